#include "RayyanNotes.hpp"

#include <algorithm>
#include <vector>

#include "bibliography/Text.hpp"

namespace winnow::exporters {
namespace {

using bibliography::Work;

std::string_view wordOf(std::string_view decision) {
  if (decision == "include") return "Included";
  if (decision == "exclude") return "Excluded";
  return decision == "maybe" ? "Maybe" : std::string_view{};
}

/// A Ruby string: quotes and backslashes escaped.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : bibliography::oneLine(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string label(std::string_view text) {
  std::string out = bibliography::oneLine(text);
  for (char& c : out)
    if (c == ',' || c == '|' || c == ';') c = ' ';
  return out;
}

struct Vote {
  std::uint16_t group = 0;
  std::string_view reviewer, decision, reason;
};

std::vector<Vote> votesOf(const Work& work) {
  std::vector<Vote> votes;
  for (const Work::Value& value : work.values()) {
    if (value.tag != tags::kVoteReviewer && value.tag != tags::kVoteDecision && value.tag != tags::kVoteReason)
      continue;
    auto at = std::find_if(votes.begin(), votes.end(), [&](const Vote& v) { return v.group == value.group; });
    if (at == votes.end()) at = votes.insert(votes.end(), Vote{value.group, {}, {}, {}});
    if (value.tag == tags::kVoteReviewer) at->reviewer = value.text;
    if (value.tag == tags::kVoteDecision) at->decision = value.text;
    if (value.tag == tags::kVoteReason) at->reason = value.text;
  }
  return votes;
}

void append(std::string& notes, std::string_view name, const std::string& value) {
  if (value.empty()) return;
  if (!notes.empty()) notes += " | ";
  notes.append(name).append(": ").append(value);
}

}  // namespace

std::string rayyanNotes(const Work& work) {
  std::string decisions, notes;
  std::vector<std::string> reasons;
  for (const Vote& vote : votesOf(work)) {
    if (vote.reviewer.empty() || wordOf(vote.decision).empty()) continue;
    decisions +=
        (decisions.empty() ? "" : ", ") + quoted(vote.reviewer) + "=>\"" + std::string(wordOf(vote.decision)) + "\"";
    const std::string reason = label(vote.reason);
    if (!reason.empty() && std::find(reasons.begin(), reasons.end(), reason) == reasons.end())
      reasons.push_back(reason);
  }
  if (!decisions.empty()) append(notes, "RAYYAN-INCLUSION", "{" + decisions + "}");
  std::string joined;
  for (const std::string& reason : reasons) joined += (joined.empty() ? "" : ",") + reason;
  append(notes, "RAYYAN-EXCLUSION-REASONS", joined);
  const std::string_view id = work.has(tags::kRecordKey) ? work.first(tags::kRecordKey) : work.first(tags::kWinnowId);
  append(notes, "winnow-id", std::string(id));
  return notes;
}

}  // namespace winnow::exporters
