#include "SearchDocument.hpp"

#include <vector>

#include "io/InputStream.hpp"

namespace winnow::engine {

namespace {

using Json = nlohmann::ordered_json;

/// Decoded as exports are: strategies come out of old word processors.
std::string strategyText(const config::Review& review) {
  std::string text;
  io::InputStream input(review.folder / review.search.strategy);
  for (std::string_view chunk = input.next(); !chunk.empty(); chunk = input.next()) {
    text.append(chunk);
    input.release(text.size());
  }
  return text;
}

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
    sources.push_back({{"kind", kKinds[static_cast<int>(s.kind)]}, {"name", s.name}, {"platform", s.platform}, {"wave", s.wave}, {"searched", s.searched},
                       {"query", s.query}, {"reported", countOrNull(s.reported)}, {"taken", countOrNull(s.taken)}, {"imported", imported[i]}});
  }
  Json strategy;
  if (!review.search.strategy.empty()) strategy = {{"file", review.search.strategy}, {"text", strategyText(review)}};
  return {{"format", "winnow-search/1"}, {"strategy", std::move(strategy)}, {"fields", review.search.fields}, {"repairs", std::move(repairs)}, {"sources", std::move(sources)}};
}

}  // namespace winnow::engine
