#include <winnow/formats/rayyan.hpp>
#include <winnow/formats/text.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <utility>

namespace winnow::formats {

namespace {

constexpr std::string_view kInclusion = "RAYYAN-INCLUSION:", kLabels = "RAYYAN-LABELS:",
                           kReasons = "RAYYAN-EXCLUSION-REASONS:", kUserNotes = "USER-NOTES:",
                           kOwnReasons = "winnow-reasons:";

/// A Ruby string at the beginning of `text`, which is moved behind it. False: there is none.
bool takeString(std::string_view& text, std::string& out) {
  text = trim(text);
  out.clear();
  if (text.empty() || text.front() != '"') return false;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] == '"') {
      text.remove_prefix(at + 1);
      return true;
    }
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    out += text[at];
  }
  return false;
}

std::string decisionOf(std::string_view word) {
  const std::string low = lower(word);
  if (low == "included") return "include";
  return low == "excluded" ? "exclude" : low;
}

/// The hash at the beginning of `text`, which is moved behind it: {"name"=>"word"} or {"name"=>["word", "word"]}.
std::vector<std::pair<std::string, std::vector<std::string>>> takeHash(std::string_view& text) {
  std::vector<std::pair<std::string, std::vector<std::string>>> entries;
  const auto skip = [&](char c) {
    text = trim(text);
    const bool isThere = !text.empty() && text.front() == c;
    if (isThere) text.remove_prefix(1);
    return isThere;
  };
  if (!skip('{')) return entries;
  std::string name, word;
  while (takeString(text, name)) {
    text = trim(text);
    if (text.substr(0, 2) != "=>") return entries;
    text.remove_prefix(2);
    auto& words = entries.emplace_back(collapsed(name), std::vector<std::string>{}).second;
    const bool isList = skip('[');
    while (takeString(text, word)) {
      words.push_back(word);
      if (!isList || !skip(',')) break;
    }
    if (isList) skip(']');
    if (words.empty()) return entries;
    skip(',');
  }
  skip('}');
  return entries;
}

std::string_view takePart(std::string_view& text) {
  const std::size_t bar = text.find(" | ");
  const std::string_view part = trim(text.substr(0, bar));
  text = bar == std::string_view::npos ? std::string_view{} : text.substr(bar + 3);
  return part;
}

void addWords(std::string_view list, std::vector<std::string>& out) {
  for (const std::string_view word : split(list, ",")) out.push_back(collapsed(word));
}

/// True for the mark and a hash behind it; anything else behind a mark stays a note.
bool isHashBehind(std::string_view text, std::string_view mark) {
  if (text.substr(0, mark.size()) != mark) return false;
  const std::string_view rest = trim(text.substr(mark.size()));
  return !rest.empty() && rest.front() == '{';
}

/// Labels, reasons, or what is none of Rayyan's.
void takeOther(std::string_view part, RayyanNotes& out) {
  if (part.substr(0, kLabels.size()) == kLabels)
    addWords(part.substr(kLabels.size()), out.labels);
  else if (part.substr(0, kReasons.size()) == kReasons)
    addWords(part.substr(kReasons.size()), out.reasons);
  else if (!part.empty())
    out.rest.append(out.rest.empty() ? "" : " | ").append(part);
  out.isRayyan = out.isRayyan || part.substr(0, 7) == "RAYYAN-";
}

/// A reason as Rayyan can hold it: it parts its list at commas.
std::string asRayyanHasIt(std::string text) {
  for (char& c : text)
    if (c == ',' || c == '|' || c == ';') c = ' ';
  return collapsed(text);
}

/// Whose a reason is, by what an export of ours said; only while the record still has that reason.
void attribute(RayyanNotes& notes, const std::vector<std::pair<std::string, std::vector<std::string>>>& own) {
  for (const auto& [name, words] : own)
    for (RayyanNotes::Vote& vote : notes.votes) {
      const auto& reasons = notes.reasons;
      const bool stands = std::find(reasons.begin(), reasons.end(), asRayyanHasIt(words[0])) != reasons.end();
      if (vote.reviewer == pseudonymOf(name) && vote.decision == "exclude" && stands) vote.reason = collapsed(words[0]);
    }
}

}  // namespace

RayyanNotes readRayyanNotes(std::string_view note) {
  RayyanNotes out;
  if (note.find("RAYYAN-") == std::string_view::npos && note.find(kUserNotes) == std::string_view::npos) return out;
  std::vector<std::pair<std::string, std::vector<std::string>>> remarks, own;
  while (!(note = trim(note)).empty()) {
    const std::string_view before = note;
    const auto takes = [&](std::string_view mark) {
      const bool isThere = note.substr(0, mark.size()) == mark;
      if (isThere) note.remove_prefix(mark.size());
      return isThere;
    };
    if (takes(kInclusion)) {
      for (const auto& [name, words] : takeHash(note))
        out.votes.push_back({pseudonymOf(name), decisionOf(words[0]), {}, {}});
      out.isRayyan = true;
      takePart(note);
    } else if (isHashBehind(note, kUserNotes) && takes(kUserNotes)) {
      remarks = takeHash(note);
      out.isRayyan = true;
      takePart(note);
    } else if (isHashBehind(note, kOwnReasons) && takes(kOwnReasons)) {
      own = takeHash(note);
      takePart(note);
    } else {
      takeOther(takePart(note), out);
    }
    if (note.data() == before.data() && note.size() == before.size()) break;
  }
  attribute(out, own);
  for (const auto& [name, words] : remarks) {
    const std::string reviewer = pseudonymOf(name);
    const auto vote = std::find_if(out.votes.begin(), out.votes.end(),
                                   [&](const RayyanNotes::Vote& v) { return v.reviewer == reviewer; });
    for (const std::string& word : words)
      if (vote != out.votes.end())
        vote->note.append(vote->note.empty() ? "" : "; ").append(collapsed(word));
      else
        out.rest.append(out.rest.empty() ? "" : " | ").append(reviewer + ": " + collapsed(word));
  }
  return out;
}

std::string pseudonymOf(std::string_view name) {
  if (name.find('@') == std::string_view::npos) return std::string(name);
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a: the same name for the same address, and no address in a ledger
  for (const char c : lower(name)) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  char text[24];
  std::snprintf(text, sizeof text, "reviewer-%08x", static_cast<unsigned>(hash ^ (hash >> 32)));
  return text;
}

}  // namespace winnow::formats
