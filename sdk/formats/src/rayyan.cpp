#include <winnow/formats/rayyan.hpp>
#include <winnow/formats/text.hpp>

#include <cstdint>
#include <cstdio>

namespace winnow::formats {

namespace {

constexpr std::string_view kInclusion = "RAYYAN-INCLUSION:", kLabels = "RAYYAN-LABELS:",
                           kReasons = "RAYYAN-EXCLUSION-REASONS:";

/// A Ruby string at the begin of `text`, which is moved behind it. False: there is none.
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

/// The hash at the begin of `text`, which is moved behind it.
void takeVotes(std::string_view& text, std::vector<RayyanNotes::Vote>& votes) {
  text = trim(text);
  if (text.empty() || text.front() != '{') return;
  text.remove_prefix(1);
  std::string name, word;
  while (takeString(text, name)) {
    text = trim(text);
    if (text.substr(0, 2) != "=>") return;
    text.remove_prefix(2);
    if (!takeString(text, word)) return;
    votes.push_back({pseudonymOf(collapsed(name)), decisionOf(word)});
    text = trim(text);
    if (!text.empty() && text.front() == ',') text.remove_prefix(1);
  }
  if (!text.empty() && text.front() == '}') text.remove_prefix(1);
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

}  // namespace

RayyanNotes readRayyanNotes(std::string_view note) {
  RayyanNotes out;
  if (note.find("RAYYAN-") == std::string_view::npos) return out;
  while (!(note = trim(note)).empty()) {
    const std::string_view before = note;
    if (note.substr(0, kInclusion.size()) == kInclusion) {
      note.remove_prefix(kInclusion.size());
      takeVotes(note, out.votes);
      out.isRayyan = true;
      takePart(note);
      continue;
    }
    const std::string_view part = takePart(note);
    if (part.substr(0, kLabels.size()) == kLabels)
      addWords(part.substr(kLabels.size()), out.labels);
    else if (part.substr(0, kReasons.size()) == kReasons)
      addWords(part.substr(kReasons.size()), out.reasons);
    else if (!part.empty())
      out.rest.append(out.rest.empty() ? "" : " | ").append(part);
    out.isRayyan = out.isRayyan || part.substr(0, 7) == "RAYYAN-";
    if (note.data() == before.data() && note.size() == before.size()) break;
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
