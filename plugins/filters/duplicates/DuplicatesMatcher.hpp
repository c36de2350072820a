// filters.duplicates: finds the records that are one work, and says by which rule.
#pragma once

#include <string_view>
#include <vector>

#include <winnow/plugin.hpp>

#include "BlockingKeys.hpp"
#include "features/FeatureCache.hpp"
#include "rules/Decision.hpp"
#include "rules/Profile.hpp"
#include "rules/RuleTable.hpp"

namespace winnow::duplicates {

/// Blocking keys, pairs and settled groups of duplicate records. Joins nothing on doubt: what is nearly sure goes to
/// people as a "maybe" pair.
class DuplicatesMatcher : public Matcher, public RuleTable {
 public:
  static constexpr std::string_view id = "filters.duplicates";
  static constexpr std::string_view version = "2.0.0";
  static constexpr std::string_view help = "Finds records of the same work, with the rule that joins each pair";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "profile", "default", "How much evidence a merge needs", "strict|default|broad"),
      option(WINNOW_CHOICE, "versions", "keep", "Keep a preprint beside its article, or merge the two", "keep|merge"),
      option(WINNOW_INTEGER, "year_gap", "1", "Years that records without a shared identifier may lie apart", {}, "0",
             "5"),
      option(WINNOW_LIST, "off", {}, "Codes of rules to switch off", {}),
      option(WINNOW_MAP, "rules", {}, "Rules of your own: a name and what both records must have in common", {}),
  };

  static constexpr std::uint32_t surveySpace = static_cast<std::uint32_t>(KeySpace::titleWords), surveyFewest = 3;

  DuplicatesMatcher(Host host, const Settings& settings);
  void keys(Record record, Keys& keys) override;
  void survey(Batch block, Keys& facts) override;
  void learn(const std::vector<winnow_key>& facts) override;
  void match(Batch block, Pairs& pairs) override;
  void settle(Batch component, const std::vector<winnow_pair>& pairs, Pairs& standing) override;

 private:
  /// The answer about two records, which share many blocks: judged anew only if it was forgotten.
  struct Answer {
    std::uint64_t left = 0, right = 0;  ///< Features::bytes, the smaller first
    Outcome outcome = Outcome::distinct;
    std::uint32_t rule = 0;
    double score = 0;
    std::string note;
  };
  static constexpr std::size_t kAnswers = 1u << 15;

  std::vector<FeatureCache::Pointer> featuresOfAll(const Batch& batch);
  const Answer& answer(const Features& a, const Features& b);

  FeatureTags tags_;
  FeatureCache cache_;
  Policy policy_;
  RecurringTitles recurring_;
  std::vector<Answer> answers_;
};

}  // namespace winnow::duplicates
