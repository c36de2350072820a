#include "BlockingKeys.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <initializer_list>
#include <string>

#include <xxhash.h>

namespace winnow::duplicates {

namespace {

constexpr std::size_t kPrefixWords = 5;

std::uint64_t hashText(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

std::uint64_t combine(std::initializer_list<std::uint64_t> parts) {
  std::uint64_t hash = 0;
  for (const std::uint64_t part : parts) hash = (hash ^ part) * 0x9E3779B97F4A7C15ull ^ (hash >> 29);
  return hash;
}

/// Collects the keys of one record; a part of zero is an empty part and gives no key.
class Writer {
 public:
  Writer(std::uint64_t record, Keys& keys) : record_(record), keys_(keys) {}

  void add(KeySpace space, std::initializer_list<std::uint64_t> parts) {
    if (std::find(parts.begin(), parts.end(), 0u) != parts.end()) return;
    const std::uint64_t hash = combine(parts);
    std::array<char, sizeof hash> bytes;
    for (std::size_t i = 0; i < bytes.size(); ++i)
      bytes[i] = static_cast<char>(hash >> (8 * i));  // little-endian everywhere
    keys_.add(record_, static_cast<std::uint32_t>(space), {bytes.data(), bytes.size()});
  }

 private:
  std::uint64_t record_;
  Keys& keys_;
};

/// The first content words, or the last ones.
std::uint64_t titleEdge(const Title& title, bool fromEnd) {
  std::uint64_t hash = 0;
  std::size_t taken = 0;
  for (std::size_t i = 0; i < title.words.size() && taken < kPrefixWords; ++i) {
    const Word& word = title.words[fromEnd ? title.words.size() - 1 - i : i];
    if (!word.isContent) continue;
    hash = combine({hash, word.hash});
    ++taken;
  }
  return hash;
}

std::uint64_t firstAuthor(const Features& f) {
  if (f.authors.empty()) return 0;
  const std::string& family = f.authors.list.front().family;
  const std::size_t space = family.rfind(' ');  // particles and double names differ between databases
  return hashText(space == std::string::npos ? std::string_view(family) : std::string_view(family).substr(space + 1));
}

std::uint64_t firstInitial(const Features& f) {
  if (f.authors.empty() || f.authors.list.front().initials.empty()) return 0;
  return static_cast<unsigned char>(f.authors.list.front().initials[0]);
}

/// The longest different content words, 0 for each that is missing. Long words tend to be rare.
std::array<std::uint64_t, 4> longestWords(const Title& title) {
  std::array<const Word*, 4> longest{};
  const auto precedes = [](const Word& a, const Word& b) {
    return a.size != b.size ? a.size > b.size : a.hash < b.hash;
  };
  for (const Word& word : title.words) {
    if (!word.isContent) continue;
    const Word* next = &word;
    for (const Word*& place : longest) {
      if (place != nullptr && place->hash == next->hash) break;
      if (place == nullptr || precedes(*next, *place)) std::swap(place, next);
      if (next == nullptr) break;
    }
  }
  std::array<std::uint64_t, 4> hashes{};
  for (std::size_t i = 0; i < hashes.size(); ++i) hashes[i] = longest[i] == nullptr ? 0 : longest[i]->hash;
  return hashes;
}

/// Two titles that differ in one word still share three of the four longest, or two of three where there are no more.
/// Two words alone are too few: "randomised controlled" and a common name are in hundreds of titles.
void addWordKeys(const Title& title, std::uint64_t author, Writer& out) {
  const std::array<std::uint64_t, 4> longest = longestWords(title);
  if (longest[3] == 0) {
    out.add(KeySpace::titleWordsAuthor, {longest[0], longest[1], longest[2], author});
    for (std::size_t left = 0; left < 3; ++left)
      out.add(KeySpace::titleWordsAuthor, {longest[left == 0 ? 1 : 0], longest[left == 2 ? 1 : 2], author});
    return;
  }
  for (std::size_t left = 0; left < 4; ++left)
    out.add(KeySpace::titleWordsAuthor,
            {longest[left == 0 ? 1 : 0], longest[left <= 1 ? 2 : 1], longest[left == 3 ? 2 : 3], author});
}

void addTitleKeys(const Features& f, const Title& title, Writer& out) {
  const std::uint64_t begin = titleEdge(title, false);
  if (title.isGeneric) out.add(KeySpace::titleIssuePage, {begin, f.volume.number, f.issue.number, f.pages.first});
  if (title.isSectionName) return;
  const std::uint64_t author = firstAuthor(f);
  out.add(KeySpace::titleAuthor, {begin, author});
  if (title.isGeneric) return;
  out.add(KeySpace::titleYear, {begin, f.year});
  out.add(KeySpace::titleWords, {title.subject});
  out.add(KeySpace::titleVolume, {begin, f.volume.number});
  out.add(KeySpace::titlePage, {begin, f.pages.first});
  const std::uint64_t end = titleEdge(title, true);
  addWordKeys(title, author, out);
  out.add(KeySpace::titleEndAuthor, {end, author});
  out.add(KeySpace::titleEndYear, {end, f.year});
}

}  // namespace

void addKeys(std::uint64_t record, const Features& f, Keys& keys) {
  Writer out(record, keys);
  out.add(KeySpace::content, {f.title.empty() ? f.exact : f.content});
  if (!f.ids.doi.empty()) out.add(KeySpace::doi, {hashText(f.ids.doi.text)});
  out.add(KeySpace::number, {f.ids.pmid, 1});
  out.add(KeySpace::number, {f.ids.pmcid, 2});
  for (const std::string& trial : f.ids.trials) out.add(KeySpace::number, {hashText(trial), 3});
  if (!f.ids.accession.empty()) out.add(KeySpace::accession, {hashText(f.ids.accession)});
  addTitleKeys(f, f.title, out);
  for (const Title& title : f.otherTitles) addTitleKeys(f, title, out);
  const std::uint64_t author = firstAuthor(f);
  const std::string initials = f.journal.initials();
  const std::uint64_t journal = initials.empty() ? 0 : hashText(initials);
  const std::uint64_t page = f.pages.kind == PageKind::generic ? 0 : f.pages.first;
  out.add(KeySpace::authorYearPage, {author, f.year, page});
  out.add(KeySpace::authorYearJournal, {author, f.year, journal});
  out.add(KeySpace::authorIssueJournal, {author, f.volume.number, f.issue.number, journal});
  out.add(KeySpace::volumePageJournal, {f.volume.number, page, journal});
  out.add(KeySpace::authorInitialYear, {author, firstInitial(f), f.year});
  out.add(KeySpace::yearVolumePage, {f.year, f.volume.number, page});
  if (f.abstract.hashes.size() >= 4)
    out.add(KeySpace::abstractBand,
            {combine({f.abstract.hashes[0], f.abstract.hashes[1], f.abstract.hashes[2], f.abstract.hashes[3]})});
}

}  // namespace winnow::duplicates
