#include "Eligibility.hpp"

#include <algorithm>

#include "engine/records/References.hpp"

namespace winnow::engine {

namespace {

using config::Criterion;
using config::CriterionKind;
using Answers = std::map<std::string, Holds>;

/// Whether one criterion keeps a record out. Missing: somebody must still answer.
enum class Bar { None, Unclear, Out, Missing };

std::optional<Holds> answerTo(const std::string& id, const Answers& answers) {
  const auto found = answers.find(id);
  return found == answers.end() ? std::nullopt : std::optional<Holds>(found->second);
}

Holds opposite(Holds holds) {
  return holds == Holds::Yes ? Holds::No : holds == Holds::No ? Holds::Yes : Holds::Unclear;
}

/// Whether a criterion applies at all; nothing if its condition has not been answered.
std::optional<Holds> applies(const Criterion& c, const Answers& answers) {
  if (c.conditionId.empty()) return Holds::Yes;
  const std::optional<Holds> condition = answerTo(c.conditionId, answers);
  return condition && c.isUnless ? opposite(*condition) : condition;
}

/// A criterion that alone can keep a record out: of "all of", or of "none of".
Bar barOf(const Criterion& c, const Answers& answers) {
  const std::optional<Holds> isApplied = applies(c, answers);
  if (isApplied == Holds::No) return Bar::None;
  std::optional<Holds> holds = answerTo(c.id, answers);
  if (!holds || !isApplied) return Bar::Missing;
  if (c.kind == CriterionKind::NoneOf) holds = opposite(*holds);
  if (*holds == Holds::Yes) return Bar::None;
  return *holds == Holds::No && *isApplied == Holds::Yes ? Bar::Out : Bar::Unclear;
}

/// The criteria of "at least one of" together.
Bar barOfOne(const std::vector<const Criterion*>& group, const Answers& answers) {
  bool isUnclear = false, isMissing = false, isAsked = false;
  for (const Criterion* c : group) {
    const std::optional<Holds> isApplied = applies(*c, answers), holds = answerTo(c->id, answers);
    isAsked = isAsked || isApplied != Holds::No;
    if (isApplied == Holds::No || holds == Holds::No) continue;
    if (isApplied == Holds::Yes && holds == Holds::Yes) return Bar::None;
    (!holds || !isApplied ? isMissing : isUnclear) = true;
  }
  if (!isAsked) return Bar::None;
  return isMissing ? Bar::Missing : isUnclear ? Bar::Unclear : Bar::Out;
}

/// Decides the rows of one step.
class RowJudge {
 public:
  RowJudge(const std::vector<Criterion>& criteria, RowProblems& problems) : criteria_(criteria), problems_(problems) {}

  void decide(SheetRow& row) {
    Answers answers;
    for (const Criterion& c : criteria_) {
      const std::string column = plainName(criterionColumn(c));
      const std::string_view text = row.cell(column);
      if (text.empty()) continue;
      if (const std::optional<Holds> holds = holdsIn(text))
        answers[c.id] = *holds;
      else
        return problems_.warn(row, "decisions.unknown-answer",
                              "'" + std::string(text) + "' is no answer to '" + c.id + "'",
                              "the row was left out; write yes, no or unclear", column);
    }
    if (answers.empty()) return;
    const Judgement judgement = judge(criteria_, answers);
    if (row.cell("decision").empty())
      fillIn(row, judgement);
    else
      compare(row, judgement);
  }

 private:
  static void fillIn(SheetRow& row, const Judgement& judgement) {
    if (judgement.decision.empty()) return;  // not answered in full
    row.cells["decision"] = judgement.decision;
    if (row.cell("reason").empty() && !judgement.reason.empty()) row.cells["reason"] = judgement.reason;
  }
  void compare(const SheetRow& row, const Judgement& judgement) {
    const std::string written = plainName(row.cell("decision"));
    if (judgement.decision.empty() || written == judgement.decision || written == "taken back") return;
    problems_.warn(row, "decisions.criteria-differ",
                   "the decision is '" + written + "', the answers to the criteria say '" + judgement.decision + "'" +
                       (judgement.reason.empty() ? "" : " for '" + judgement.reason + "'"),
                   "the decision counts; correct one of the two", "decision");
  }

  const std::vector<Criterion>& criteria_;
  RowProblems& problems_;
};

}  // namespace

std::optional<Holds> holdsIn(std::string_view text) {
  const std::string word = plainName(text);
  if (word == "yes" || word == "y") return Holds::Yes;
  if (word == "no" || word == "n") return Holds::No;
  if (word == "unclear" || word == "?" || word == "maybe" || word == "unsure") return Holds::Unclear;
  return std::nullopt;
}

std::string criterionColumn(const config::Criterion& criterion) { return criterion.id + "?"; }

Judgement judge(const std::vector<config::Criterion>& criteria, const std::map<std::string, Holds>& answers) {
  std::vector<const Criterion*> group;
  for (const Criterion& c : criteria)
    if (c.kind == CriterionKind::AtLeastOneOf) group.push_back(&c);
  bool isUnclear = false, isMissing = false;
  for (const Criterion& c : criteria) {
    const bool isOfGroup = c.kind == CriterionKind::AtLeastOneOf;
    if (isOfGroup && &c != group.front()) continue;
    const Bar bar = isOfGroup ? barOfOne(group, answers) : barOf(c, answers);
    if (bar == Bar::Out) return {"exclude", c.id};
    isUnclear = isUnclear || bar == Bar::Unclear;
    isMissing = isMissing || bar == Bar::Missing;
  }
  if (isMissing) return {};
  return {isUnclear ? "maybe" : "include", {}};
}

void decideByCriteria(const config::Review& review, std::vector<SheetRow>& rows, RowProblems& problems) {
  RowJudge judge(review.criteria, problems);
  for (SheetRow& row : rows) judge.decide(row);
}

}  // namespace winnow::engine
