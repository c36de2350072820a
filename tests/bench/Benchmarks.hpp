// The benchmarks, one function a topic; each prints its rows.
#pragma once

#include <filesystem>

#include "Pairs.hpp"
#include "plugins/Catalogue.hpp"

namespace winnow::bench {

/// Parsers against empty scans. Files are written into `folder`, rows into `table`, as in the others.
void importing(const plugins::Catalogue& catalogue, const std::filesystem::path& folder, Table& table);
/// The ledger against a bare insert.
void keeping(const plugins::Catalogue& catalogue, const std::filesystem::path& folder, Table& table);
/// Filters against a direct call.
void boundary(const plugins::Catalogue& catalogue, Table& table);

}  // namespace winnow::bench
