// The benchmarks, one function a topic; each prints its rows.
#pragma once

#include <filesystem>

#include "plugins/Catalogue.hpp"

namespace winnow::bench {

void importing(const plugins::Catalogue& catalogue,
               const std::filesystem::path& folder);  ///< parsers against empty scans
void keeping(const plugins::Catalogue& catalogue,
             const std::filesystem::path& folder);   ///< the ledger against a bare insert
void boundary(const plugins::Catalogue& catalogue);  ///< filters against a direct call

}  // namespace winnow::bench
