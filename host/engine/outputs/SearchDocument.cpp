#include "SearchDocument.hpp"

#include <vector>

#include <nlohmann/json.hpp>

#include "io/InputStream.hpp"
#include "io/Sha256.hpp"

namespace winnow::engine {

namespace {

using Json = nlohmann::ordered_json;

Json countOrNull(const std::optional<std::uint64_t>& count) { return count ? Json(*count) : Json(); }

}  // namespace

nlohmann::ordered_json searchOf(const Evaluation& evaluation, const config::Review& review) {
  static constexpr const char* kKinds[] = {"database", "register", "other method"};
  std::vector<std::uint64_t> imported(review.sources.size());
  for (const ActiveFile& file : evaluation.records().files()) imported[file.source] += file.row.records;
  Json repairs = Json::array(), sources = Json::array();
  for (const config::Repair& r : review.search.repairs) repairs.push_back({{"line", r.line}, {"text", r.text}});
  for (std::size_t i = 0; i < review.sources.size(); ++i) {
    const config::Source& s = review.sources[i];
    sources.push_back({{"kind", kKinds[static_cast<int>(s.kind)]},
                       {"name", s.name},
                       {"platform", s.platform},
                       {"wave", s.wave},
                       {"searched", s.searched},
                       {"query", s.query},
                       {"reported", countOrNull(s.reported)},
                       {"taken", countOrNull(s.taken)},
                       {"imported", imported[i]}});
  }
  Json strategy, mesh;
  // Decoded as exports are: strategies come out of old word processors.
  if (!review.search.strategy.empty())
    strategy = {{"file", review.search.strategy}, {"text", io::readText(review.folder / review.search.strategy)}};
  if (!review.search.mesh.empty())
    mesh = {{"file", review.search.mesh}, {"sha256", io::sha256File(review.folder / review.search.mesh).first}};
  return {{"format", "winnow-search/1"},   {"strategy", std::move(strategy)}, {"fields", review.search.fields},
          {"repairs", std::move(repairs)}, {"mesh", std::move(mesh)},         {"sources", std::move(sources)}};
}

Documents givenOf(const config::Review& review) {
  if (review.search.mesh.empty()) return {};
  const Json mesh{{"format", "winnow-mesh/1"},
                  {"file", review.search.mesh},
                  {"text", io::readText(review.folder / review.search.mesh)}};
  return {{"mesh", mesh.dump(-1, ' ', false, Json::error_handler_t::replace)}};
}

}  // namespace winnow::engine
