// What the tests of this plugin share: records in one line, features of a record, the answer about two records.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <winnow/testing.hpp>

#include "features/Features.hpp"
#include "rules/RuleTable.hpp"

namespace winnow::duplicates::test {

using testing::SettingList;
using testing::TestPair;
using testing::TestRecord;
using FieldList = std::vector<std::pair<std::string, std::string>>;

/// The one stage of the plugin.
inline const winnow_stage* stage() { return winnow_plugin_v1.stage(0); }

/// A complete article; `changes` replace its fields, an empty value takes the field out. "author.literal" in `changes`
/// replaces all authors by those given.
inline TestRecord article(const FieldList& changes = {}) {
  const FieldList fields = {{"title", "Sleep quality and memory consolidation in retired shift workers"},
                            {"author.literal", "Hollis, Mara J"},
                            {"author.literal", "Brandt, Tobias"},
                            {"author.literal", "Okoro, Chidi"},
                            {"issued.year", "2014"},
                            {"container.title", "Journal of Applied Sleep Science"},
                            {"volume", "21"},
                            {"issue", "3"},
                            {"page", "217-229"}};
  const auto isChanged = [&](const std::string& tag) {
    for (const auto& change : changes)
      if (change.first == tag) return true;
    return false;
  };
  TestRecord record;
  for (const auto& [tag, value] : fields)
    if (!isChanged(tag)) record.fields.push_back({tag, value, 0, 0, {}, {}});
  for (const auto& [tag, value] : changes)
    if (!value.empty()) record.fields.push_back({tag, value, 0, 0, {}, {}});
  return record;
}

/// Rule and outcome of two records, "merge duplicates.pubmed", "maybe duplicates.other-doi" or "distinct".
inline std::string answer(const TestRecord& a, const TestRecord& b, const SettingList& settings = {}) {
  testing::MockHost host;
  const std::vector<TestPair> pairs = host.match(stage(), {a, b}, settings);
  if (pairs.empty()) return "distinct";
  return (pairs.front().maybe ? "maybe " : "merge ") + pairs.front().rule;
}

/// True if two records share a blocking key.
inline bool meet(const TestRecord& a, const TestRecord& b) {
  testing::MockHost host;
  const auto keys = host.keys(stage(), {a, b});
  for (const auto& [left, leftKey] : keys)
    for (const auto& [right, rightKey] : keys)
      if (left == 1 && right == 2 && leftKey == rightKey) return true;
  return false;
}

/// Features of a hand-written record.
inline Features featuresFor(const TestRecord& record) {
  testing::MockHost host;
  const FeatureTags tags{Host(host.raw())};
  std::vector<winnow_field> fields;
  for (const testing::TestField& f : record.fields)
    fields.push_back({host.tagNumber(f.tag), WINNOW_NONE, f.group, WINNOW_FIELD_DERIVED, 0, str(f.value), 0, 0});
  const winnow_record raw{1, fields.data(), fields.size(), {}};
  return featuresOf(Record(raw), tags);
}

}  // namespace winnow::duplicates::test
