// plugins.lock: the file in which a person's approvals stand.
#pragma once

#include <filesystem>

#include "plugins/Trust.hpp"

namespace winnow::cli {

/// $WINNOW_PLUGINS_LOCK, or winnow/plugins.lock in the user's configuration folder; empty without a home.
std::filesystem::path trustFile();
/// Reads it; no file is an empty list. Throws winnow::UsageError with place and what is wrong.
plugins::TrustList loadTrust(const std::filesystem::path& file);
/// Writes it whole.
void saveTrust(const std::filesystem::path& file, const plugins::TrustList& list);

}  // namespace winnow::cli
