// duplicates-levels RECORDS.csv: every pair of records that meet, as CSV: record_a, record_b, outcome, rule, weight,
// and the level of each field. What weights are fitted from (tests/bench/dedup_rules.py), and nothing of the program.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <winnow/testing.hpp>

#include "BlockingKeys.hpp"
#include "evidence/Weights.hpp"
#include "features/Features.hpp"
#include "rules/Decision.hpp"

namespace {

using namespace winnow;
using namespace winnow::duplicates;

constexpr std::size_t kLargestBlock = 512;  // as in the host

/// The rows of a CSV file (RFC 4180).
std::vector<std::vector<std::string>> readCsv(const std::string& text) {
  std::vector<std::vector<std::string>> rows(1);
  std::string cell;
  bool isQuoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (isQuoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      cell += text[++i];
    } else if (c == '"') {
      isQuoted = !isQuoted;
    } else if (!isQuoted && (c == ',' || c == '\n')) {
      rows.back().push_back(std::move(cell));
      cell.clear();
      if (c == '\n') rows.emplace_back();
    } else if (isQuoted || c != '\r') {
      cell += c;
    }
  }
  rows.pop_back();
  return rows;
}

/// The column of the labelled sets and the tag that an importer makes of it.
constexpr std::pair<std::string_view, std::string_view> kColumns[] = {
    {"title", "title"},       {"authors", "author.literal"}, {"year", "issued.year"},  {"journal", "container.title"},
    {"volume", "volume"},     {"number", "issue"},           {"pages", "page"},        {"doi", "id.doi"},
    {"isbn_issn", "id.issn"}, {"accession", "id.accession"}, {"database", "database"}, {"abstract", "abstract"}};

struct Set {
  std::vector<std::string> ids;
  std::vector<Features> features;
};

Set readSet(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const auto rows = readCsv({std::istreambuf_iterator<char>(file), {}});
  testing::MockHost host;
  const FeatureTags tags{Host(host.raw())};
  Set set;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    std::vector<winnow_field> fields;
    for (std::size_t c = 0; c < rows[r].size() && c < rows[0].size(); ++c) {
      if (rows[0][c] == "record_id") set.ids.push_back(rows[r][c]);
      for (const auto& [column, tag] : kColumns)
        if (rows[0][c] == column && !rows[r][c].empty())
          fields.push_back({host.tagNumber(tag), WINNOW_NONE, 0, WINNOW_FIELD_DERIVED, 0, str(rows[r][c]), 0, 0});
    }
    const winnow_record raw{1, fields.data(), fields.size(), {}};
    set.features.push_back(featuresOf(Record(raw), tags));
  }
  return set;
}

using KeyMap = std::map<std::pair<std::uint32_t, std::string>, std::vector<std::uint32_t>>;

KeyMap blocksOf(const std::vector<Features>& features) {
  KeyMap blocks;
  for (std::uint32_t i = 0; i < features.size(); ++i) {
    Keys keys;
    addKeys(i, features[i], keys);
    const winnow_out out{
        sizeof out,
        0,
        &blocks,
        nullptr,
        [](const winnow_out* to, const winnow_key* list, std::size_t count) {
          for (std::size_t k = 0; k < count; ++k) {
            auto& block = (*static_cast<KeyMap*>(to->impl))[{list[k].space, std::string(view(list[k].value))}];
            const auto record = static_cast<std::uint32_t>(list[k].record);
            if (block.empty() || block.back() != record) block.push_back(record);
          }
        },
        nullptr,
        nullptr,
        nullptr};
    keys.send(&out);
  }
  return blocks;
}

RecurringTitles survey(const std::vector<Features>& features) {
  std::map<std::uint64_t, std::vector<const Features*>> titles;
  for (const Features& f : features)
    if (f.title.subject != 0) titles[f.title.subject].push_back(&f);
  std::vector<std::uint64_t> subjects;
  for (const auto& [subject, records] : titles)
    if (records.size() > 2 && areSeveralWorks(records)) subjects.push_back(subject);
  RecurringTitles recurring;
  recurring.learn(std::move(subjects));
  return recurring;
}

void print(const Set& set, std::uint32_t a, std::uint32_t b, const RecurringTitles& recurring, const Policy& policy) {
  const Comparison comparison = compare(set.features[a], set.features[b], recurring);
  const Decision decision = decide(comparison, policy);
  constexpr const char* kOutcomes[] = {"distinct", "maybe", "merge"};
  const std::string_view rule =
      decision.outcome == Outcome::distinct ? "" : view(RuleTable::reasons[decision.rule].code);
  std::printf("%s,%s,%s,%.*s,%.2f", set.ids[a].c_str(), set.ids[b].c_str(),
              kOutcomes[static_cast<std::size_t>(decision.outcome)], static_cast<int>(rule.size()), rule.data(),
              comparison.weight);
  for (const std::uint8_t level : levelsOf(comparison)) std::printf(",%d", level);
  std::printf("\n");
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return std::fprintf(stderr, "usage: duplicates-levels RECORDS.csv\n"), 2;
  const Set set = readSet(arguments[1]);
  const RecurringTitles recurring = survey(set.features);
  Policy policy;
  policy.off.resize(kRuleCount);
  std::printf("record_a,record_b,outcome,rule,weight");
  for (std::size_t i = 0; i < kFieldCount; ++i)
    std::printf(",%.*s", static_cast<int>(nameOf(static_cast<Field>(i)).size()), nameOf(static_cast<Field>(i)).data());
  std::printf("\n");
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
  for (const auto& [key, block] : blocksOf(set.features)) {
    if (block.size() > kLargestBlock) continue;
    for (std::size_t i = 0; i < block.size(); ++i)
      for (std::size_t k = i + 1; k < block.size(); ++k)
        if (seen.insert({block[i], block[k]}).second && worthComparing(set.features[block[i]], set.features[block[k]]))
          print(set, block[i], block[k], recurring, policy);
  }
  return 0;
}
