// filters.decisions: what readers' votes mean together. Swap it for another rule. See README.md.
#include <algorithm>
#include <string>
#include <vector>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

namespace {

using namespace winnow;

/// One reader's word.
struct Vote {
  std::string_view reviewer, decision, reason;
};

class DecisionsFilter final : public Filter {
 public:
  static constexpr std::string_view id = "filters.decisions", version = "1.0.0";
  static constexpr std::string_view help = "Turns the votes of the readers into include, exclude, undecided or wait.";
  static constexpr std::uint32_t flags = WINNOW_STATELESS | WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr std::string_view reads[] = {"vote.", "resolution."};
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "conflicts", "wait",
             "Readers who differ: wait for their joint decision, or leave the record undecided.", "wait|undecided"),
      option(WINNOW_CHOICE, "exclusion_reason", "required",
             "Whether an exclusion must name a criterion, where the review has any; PRISMA asks for it at full text.",
             "required|optional"),
      option(WINNOW_MAP, "criteria", "",
             "Criteria that may be given as reason, id and text; from the review's eligibility.")};
  enum Reason : std::uint32_t { NotRetrieved, Excluded, Waiting, Conflict, NoReason, UnknownReason, Maybe, Differ };
  static constexpr winnow_reason reasons[] = {
      dropReason("decisions.not-retrieved", "not retrieved"),
      dropReason("decisions.excluded", "excluded by the readers"),
      reason(WINNOW_WAIT, "decisions.waiting", "not read by everyone yet"),
      reason(WINNOW_WAIT, "decisions.conflict", "readers differ, no joint decision yet"),
      reason(WINNOW_WAIT, "decisions.no-reason", "excluded without a criterion"),
      reason(WINNOW_WAIT, "decisions.unknown-reason", "excluded for a reason that is no criterion"),
      unsureReason("decisions.maybe", "readers are not sure"),
      unsureReason("decisions.differ", "readers differ")};

  DecisionsFilter(Host host, const Settings& settings)
      : Filter(host),
        assigned_(host.tag(tags::kVoteAssigned)),
        reviewer_(host.tag(tags::kVoteReviewer)),
        decision_(host.tag(tags::kVoteDecision)),
        reason_(host.tag(tags::kVoteReason)),
        jointBy_(host.tag(tags::kResolutionBy)),
        jointDecision_(host.tag(tags::kResolutionDecision)),
        jointReason_(host.tag(tags::kResolutionReason)),
        waits_(settings.text("conflicts") == "wait"),
        needsReason_(settings.text("exclusion_reason") != "optional") {
    for (const auto& [criterion, text] : settings.map("criteria"))
      ownReasons_.push_back({WINNOW_DROP, "criterion." + std::string(criterion), std::string(criterion)});
  }

  Verdict judge(Record record) override {
    const std::vector<Vote> votes = votesOf(record);
    std::string missing;
    for (const std::uint32_t i : record.all(assigned_)) {
      const bool voted =
          std::any_of(votes.begin(), votes.end(), [&](const Vote& v) { return v.reviewer == record.value(i); });
      if (!voted) missing += (missing.empty() ? "" : ", ") + std::string(record.value(i));
    }
    if (votes.empty() || !missing.empty()) return Verdict::wait(Waiting).note(missing);
    const auto votedFor = [&](std::string_view word) {
      return std::count_if(votes.begin(), votes.end(), [&](const Vote& v) { return v.decision == word; });
    };
    const auto all = static_cast<std::ptrdiff_t>(votes.size());
    if (votedFor("include") == all) return Verdict::keep();
    if (votedFor("exclude") == all) return excluded(votes.front().reason);
    if (votedFor("not retrieved") == all) return Verdict::drop(NotRetrieved);
    if (votedFor("include") + votedFor("maybe") == all) return Verdict::unsure(Maybe);
    return joint(record, votes);
  }

 private:
  std::vector<Vote> votesOf(Record record) const {
    std::vector<Vote> votes;
    for (std::size_t i = 0; i < record.size(); ++i) {
      if (record[i].tag != reviewer_) continue;
      Vote vote{record.value(i), {}, {}};
      for (std::size_t k = 0; k < record.size(); ++k) {
        if (record[k].group != record[i].group) continue;
        if (record[k].tag == decision_) vote.decision = record.value(k);
        if (record[k].tag == reason_) vote.reason = record.value(k);
      }
      votes.push_back(vote);
    }
    return votes;
  }

  /// An exclusion names a criterion where the review has any.
  Verdict excluded(std::string_view given) const {
    if (ownReasons_.empty()) return Verdict::drop(Excluded).note(std::string(given));
    if (given.empty()) return needsReason_ ? Verdict::wait(NoReason) : Verdict::drop(Excluded);
    for (std::size_t i = 0; i < ownReasons_.size(); ++i)
      if (ownReasons_[i].label == given) return Verdict::drop(static_cast<std::uint32_t>(std::size(reasons) + i));
    return Verdict::wait(UnknownReason).note(std::string(given));
  }

  /// Readers who differ decide together: two names at least.
  Verdict joint(Record record, const std::vector<Vote>& votes) const {
    const std::string_view decision = record.first(jointDecision_);
    if (decision.empty() || record.all(jointBy_).size() < 2) {
      if (!waits_) return Verdict::unsure(Differ);
      std::string words;
      for (const Vote& vote : votes)
        words += (words.empty() ? "" : ", ") + std::string(vote.reviewer) + ": " + std::string(vote.decision);
      return Verdict::wait(Conflict).note(words);
    }
    if (decision == "include") return Verdict::keep();
    if (decision == "maybe") return Verdict::unsure(Maybe);
    if (decision == "not retrieved") return Verdict::drop(NotRetrieved);
    return excluded(record.first(jointReason_));
  }

  std::uint32_t assigned_, reviewer_, decision_, reason_, jointBy_, jointDecision_, jointReason_;
  bool waits_, needsReason_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "filters-decisions", "1.0.0", "Apache-2.0"), DecisionsFilter)
