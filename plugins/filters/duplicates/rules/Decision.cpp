#include "Decision.hpp"

#include <algorithm>

#include "Joining.hpp"
#include "Vetoes.hpp"

namespace winnow::duplicates {

namespace {

constexpr double kWorthALook = -1;  // half as likely one work as two, among pairs that meet

/// Below every pair that is joined; the hand-check list begins with what is most likely one work.
double scoreOfMaybe(const Comparison& c) {
  constexpr double kMiddle = 0.3, kShare = 0.01, kMost = 30;
  return kMiddle + kShare * std::clamp(c.weight, -kMost, kMost);
}

/// Vetoes after which asking a person is a waste: what differs is plain to see.
bool isPlain(Rule veto) {
  return veto == kNotice || veto == kNumbers || veto == kMeaning || veto == kSection || veto == kOtherTrial;
}

bool isWorthALook(const Comparison& c) {
  const bool sameDoiOtherTitle =
      c.doi == Agreement::equal && c.authors.agree() && c.authors.sameCount && c.contradictions() == 0 && !c.isGeneric;
  if (sameDoiOtherTitle && !c.title.numbersDiffer && !c.title.noticesDiffer) return true;
  if (c.title.similarity < 0.9 || !c.title.harmless() || c.authors.share < 0.75 || c.isGeneric || contradicts(c.doi) ||
      c.yearGap > 2)
    return false;
  if (c.weight < kWorthALook && !c.isPreprintPair) return false;  // the place of a preprint always differs
  const int against = c.contradictions() + (c.otherIssue() ? 1 : 0);
  if (against == 0) return true;
  // A database holds a work once; and short titles recur.
  return against == 1 && !c.sameDatabase && c.contentWords >= 5;
}

}  // namespace

Decision decide(const Comparison& comparison, const Policy& policy) {
  Decision decision;
  decision.joining = joiningRule(comparison, policy);
  if (!decision.joining) {
    if (!isWorthALook(comparison)) return decision;
    decision.outcome = Outcome::maybe;
    decision.rule = kMaybe;
    decision.score = scoreOfMaybe(comparison);
    return decision;
  }
  decision.stoppedBy = veto(comparison, *decision.joining, policy);
  const bool asks = *decision.joining >= kRuleCount && policy.own[*decision.joining - kRuleCount].asks;
  if (!decision.stoppedBy && asks) {
    decision.outcome = Outcome::maybe;
    decision.rule = *decision.joining;
    decision.score = scoreOfMaybe(comparison);
  } else if (!decision.stoppedBy) {
    decision.outcome = Outcome::merge;
    decision.rule = *decision.joining;
    decision.score = strength(decision.rule, comparison);
  } else if (!isPlain(*decision.stoppedBy) && !comparison.isGeneric && comparison.weight >= kWorthALook) {
    decision.outcome = Outcome::maybe;
    decision.rule = *decision.stoppedBy;
    decision.score = scoreOfMaybe(comparison);
  }
  return decision;
}

bool areApart(const Comparison& comparison, const Policy& policy) {
  if (decide(comparison, policy).outcome == Outcome::merge) return false;
  const std::optional<Rule> found = veto(comparison, kTitleAndJournal, policy);
  if (!found || *found == kForeignWords || *found == kSection) return false;
  const bool onlyRemark = *found == kNotice && comparison.title.equal() && comparison.contradictions() == 0;
  return !onlyRemark;  // "(vol 3, pg 4, 2001)" behind the title of a record that says little else
}

}  // namespace winnow::duplicates
