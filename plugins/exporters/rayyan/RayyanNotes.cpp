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
std::string inQuotes(std::string_view text) {
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
  std::string_view reviewer, decision, reason, note;
};

std::vector<Vote> votesOf(const Work& work) {
  std::vector<Vote> votes;
  for (const Work::Value& value : work.values()) {
    const bool isOfVote = value.tag == tags::kVoteReviewer || value.tag == tags::kVoteDecision ||
                          value.tag == tags::kVoteReason || value.tag == tags::kVoteNote;
    if (!isOfVote) continue;
    auto at = std::find_if(votes.begin(), votes.end(), [&](const Vote& v) { return v.group == value.group; });
    if (at == votes.end()) at = votes.insert(votes.end(), Vote{value.group, {}, {}, {}, {}});
    if (value.tag == tags::kVoteReviewer) at->reviewer = value.text;
    if (value.tag == tags::kVoteDecision) at->decision = value.text;
    if (value.tag == tags::kVoteReason) at->reason = value.text;
    if (value.tag == tags::kVoteNote) at->note = value.text;
  }
  return votes;
}

/// A note in its parts: "for later; labels: ward, city" has labels, which are the record's in Rayyan.
struct Note {
  std::string text;
  std::vector<std::string> labels;
};
Note noteOf(std::string_view note) {
  constexpr std::string_view kLabels = "labels: ";
  Note parts;
  for (std::size_t begin = 0; begin < note.size();) {
    const std::size_t end = std::min(note.find("; ", begin), note.size());
    const std::string_view part = note.substr(begin, end - begin);
    begin = end + 2;
    if (part.substr(0, kLabels.size()) != kLabels) {
      parts.text.append(parts.text.empty() ? "" : "; ").append(part);
      continue;
    }
    std::string_view list = part.substr(kLabels.size());
    while (!list.empty()) {
      const std::size_t comma = std::min(list.find(", "), list.size());
      parts.labels.push_back(label(list.substr(0, comma)));
      list.remove_prefix(std::min(comma + 2, list.size()));
    }
  }
  return parts;
}

void append(std::string& notes, std::string_view name, const std::string& value) {
  if (value.empty()) return;
  if (!notes.empty()) notes += " | ";
  notes.append(name).append(": ").append(value);
}

void addOnce(std::vector<std::string>& list, const std::string& text) {
  if (!text.empty() && std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

std::string joined(const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& one : list) text += (text.empty() ? "" : ",") + one;
  return text;
}

/// {"KBAA"=>"...", "ON"=>"..."} of entries that are written already.
std::string hash(const std::vector<std::string>& entries) {
  std::string text;
  for (const std::string& entry : entries) text += (text.empty() ? "" : ", ") + entry;
  return text.empty() ? text : "{" + text + "}";
}

}  // namespace

std::string rayyanNotes(const Work& work) {
  std::vector<std::string> decisions, reasons, labels, whose, remarks;
  for (const Vote& vote : votesOf(work)) {
    if (vote.reviewer.empty() || wordOf(vote.decision).empty()) continue;
    const std::string name = inQuotes(vote.reviewer), reason = label(vote.reason);
    decisions.push_back(name + "=>\"" + std::string(wordOf(vote.decision)) + "\"");
    addOnce(reasons, reason);
    if (!reason.empty()) whose.push_back(name + "=>" + inQuotes(vote.reason));
    const Note note = noteOf(vote.note);
    for (const std::string& one : note.labels) addOnce(labels, one);
    if (!note.text.empty()) remarks.push_back(name + "=>[" + inQuotes(note.text) + "]");
  }
  std::string notes;
  append(notes, "RAYYAN-INCLUSION", hash(decisions));
  append(notes, "RAYYAN-LABELS", joined(labels));
  append(notes, "RAYYAN-EXCLUSION-REASONS", joined(reasons));
  append(notes, "USER-NOTES", hash(remarks));
  append(notes, "winnow-reasons", hash(whose));
  const std::string_view id = work.has(tags::kRecordKey) ? work.first(tags::kRecordKey) : work.first(tags::kWinnowId);
  append(notes, "winnow-id", std::string(id));
  return notes;
}

}  // namespace winnow::exporters
