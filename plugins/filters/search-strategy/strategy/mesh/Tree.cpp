#include "Tree.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "../text/CodePoints.hpp"

namespace winnow::search::mesh {

namespace {

/// Four digits that begin with 19 or 20 in a file's name.
std::string yearIn(std::string_view name) {
  for (std::size_t i = name.size(); i >= 4; --i) {
    const std::string_view part = name.substr(i - 4, 4);
    const bool digits = std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits && (part.substr(0, 2) == "19" || part.substr(0, 2) == "20")) return std::string(part);
  }
  return {};
}

template <class Each>
void forLines(std::string_view text, Each&& each) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    each(trimmed(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

bool isTreeNumber(std::string_view text) {
  return text.size() >= 2 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= '0' && text[1] <= '9' &&
         text.find(' ') == std::string_view::npos;
}

/// Edits between two words, at most `most` + 1.
std::size_t distance(std::string_view a, std::string_view b, std::size_t most) {
  if (a.size() > b.size() + most || b.size() > a.size() + most) return most + 1;
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0], least = row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t next = std::min({row[j + 1] + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1)});
      diagonal = row[j + 1];
      row[j + 1] = next;
      least = std::min(least, next);
    }
    if (least > most) return most + 1;
  }
  return row[b.size()];
}

/// "Immunization, Schedule" -> "Schedule Immunization".
std::string inverted(std::string_view name) {
  const std::size_t comma = name.find(',');
  if (comma == std::string_view::npos) return {};
  return std::string(trimmed(name.substr(comma + 1))) + " " + std::string(trimmed(name.substr(0, comma)));
}

}  // namespace

std::string foldName(std::string_view name) {
  std::string out;
  foldName(name, out);
  return out;
}

/// Names are ASCII but for a few; those are not decoded.
void foldName(std::string_view name, std::string& out) {
  if (std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
    out = lower(squeezed(name));
    return;
  }
  out.clear();
  for (const char c : name) {
    const bool isBlank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!isBlank)
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
}

Tree Tree::load(std::string_view text, std::string_view name) {
  Tree tree;
  tree.file_ = name;
  const std::size_t slash = name.find_last_of('/');
  tree.year_ = yearIn(slash == std::string_view::npos ? name : name.substr(slash + 1));
  if (text.find("*NEWRECORD") != std::string_view::npos)
    tree.loadDescriptors(text);
  else
    tree.loadTree(text);
  tree.index();
  return tree;
}

Heading& Tree::heading(std::string_view name) {
  const auto [at, fresh] = byName_.emplace(foldName(name), static_cast<std::uint32_t>(headings_.size()));
  if (fresh) headings_.push_back({std::string(name), {}});
  return headings_[at->second];
}

void Tree::loadTree(std::string_view text) {
  std::uint32_t place = 0;
  forLines(text, [&](std::string_view line) {
    ++place;
    const std::size_t mark = line.rfind(';');
    if (line.empty()) return;
    const std::string_view number =
        mark == std::string_view::npos ? std::string_view{} : trimmed(line.substr(mark + 1));
    const std::string_view name = trimmed(line.substr(0, std::min(mark, line.size())));
    if (!isTreeNumber(number) || name.empty()) {
      if (skipped_++ == 0) firstSkipped_ = place;
    } else
      heading(name).numbers.emplace_back(number);
  });
}

void Tree::loadDescriptors(std::string_view text) {
  std::string current;
  const auto value = [](std::string_view line) {
    return trimmed(line.substr(std::min(line.find('=') + 1, line.size())));
  };
  forLines(text, [&](std::string_view line) {
    if (line == "*NEWRECORD")
      current.clear();
    else if (line.rfind("MH =", 0) == 0)
      heading(current = std::string(value(line)));
    else if (line.rfind("MN =", 0) == 0 && !current.empty())
      heading(current).numbers.emplace_back(value(line));
    else if ((line.rfind("ENTRY =", 0) == 0 || line.rfind("PRINT ENTRY =", 0) == 0) && !current.empty())
      byEntry_.emplace(foldName(value(line).substr(0, value(line).find('|'))), byName_[foldName(current)]);
  });
}

void Tree::index() {
  for (std::uint32_t i = 0; i < headings_.size(); ++i)
    for (const std::string& number : headings_[i].numbers) byNumber_.emplace_back(number, i);
  std::sort(byNumber_.begin(), byNumber_.end());
}

const Heading* Tree::find(std::string_view name) const {
  const auto found = byName_.find(foldName(name));
  return found == byName_.end() ? nullptr : &headings_[found->second];
}

std::vector<const Heading*> Tree::explode(const Heading& heading) const {
  std::vector<const Heading*> all{&heading};
  for (const std::string& number : heading.numbers) {
    const std::string below = number + ".";
    for (auto at =
             std::lower_bound(byNumber_.begin(), byNumber_.end(), std::pair<std::string, std::uint32_t>(below, 0));
         at != byNumber_.end() && at->first.compare(0, below.size(), below) == 0; ++at)
      all.push_back(&headings_[at->second]);
  }
  std::sort(all.begin(), all.end(),
            [](const Heading* a, const Heading* b) { return foldName(a->name) < foldName(b->name); });
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::vector<std::string> Tree::near(std::string_view name) const {
  const std::string folded = foldName(name);
  std::vector<std::string> found;
  if (const auto entry = byEntry_.find(folded); entry != byEntry_.end()) found.push_back(headings_[entry->second].name);
  if (const Heading* other = find(inverted(folded))) found.push_back(other->name);
  std::vector<std::pair<std::size_t, std::string>> close;
  const std::size_t most = std::min<std::size_t>(3, folded.size() / 5 + 1);
  for (const Heading& heading : headings_)
    if (const std::size_t d = distance(folded, foldName(heading.name), most); d <= most)
      close.emplace_back(d, heading.name);
  std::sort(close.begin(), close.end());
  for (const auto& [d, other] : close)
    if (std::find(found.begin(), found.end(), other) == found.end()) found.push_back(other);
  if (found.size() > 3) found.resize(3);
  return found;
}

}  // namespace winnow::search::mesh
