#include "Citation.hpp"

#include <algorithm>
#include <vector>

#include "bibliography/Text.hpp"
#include "picture/Scene.hpp"

namespace winnow::studies {

namespace {

using bibliography::Person;
using bibliography::Work;

constexpr std::size_t kMostAuthors = 6, kWordsOfTitle = 5;

std::string nameOf(const Person& person) {
  if (!person.literal.empty()) return std::string(person.literal);
  return std::string(person.family.empty() ? person.given : person.family);
}

/// What a given name becomes in Vancouver style: "Anna-Lena B." is "ALB". Databases give initials run together, too: a
/// part of at most three capitals is taken as such ("AL").
std::string initials(std::string_view given) {
  constexpr std::size_t kMostInitials = 3;
  std::string out;
  while (!given.empty()) {
    const std::size_t end = std::min(given.find_first_of(" -."), given.size());
    const std::string_view part = given.substr(0, end);
    given.remove_prefix(std::min(end + 1, given.size()));
    const bool isInitials = part.size() <= kMostInitials &&
                            std::all_of(part.begin(), part.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    std::size_t letter = part.empty() ? 0 : 1;
    while (letter < part.size() && (static_cast<unsigned char>(part[letter]) & 0xC0) == 0x80) ++letter;
    out += isInitials ? part : part.substr(0, letter);
  }
  return out;
}

std::string vancouver(const Person& person) {
  if (!person.literal.empty() || person.given.empty()) return nameOf(person);
  std::string out = std::string(person.family) + " " + initials(person.given);
  if (!person.suffix.empty()) out.append(" ").append(person.suffix);
  return out;
}

/// The text with a full stop at its end, unless it ends with a mark of its own.
std::string sentence(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  if (!text.empty() && std::string_view(".?!").find(text.back()) == std::string_view::npos) text += '.';
  return text;
}

std::string authors(const Work& work) {
  const std::vector<Person> people = work.people("author");
  std::string out;
  for (std::size_t i = 0; i < people.size() && i < kMostAuthors; ++i)
    out += (i == 0 ? "" : ", ") + vancouver(people[i]);
  if (people.size() > kMostAuthors) out += ", et al";
  return sentence(out);
}

/// "2019;12(3):45-67."
std::string place(const Work& work) {
  std::string out(work.first(tags::kIssuedYear));
  const std::string_view volume = work.first(tags::kVolume), issue = work.first(tags::kIssue);
  const std::string_view page = work.has(tags::kPage) ? work.first(tags::kPage) : work.first(tags::kArticleNumber);
  std::string where(volume);
  if (!issue.empty()) where.append("(").append(issue).append(")");
  if (!where.empty()) out.append(out.empty() ? "" : ";").append(where);
  if (!page.empty()) out.append(out.empty() ? "" : ":").append(page);
  return sentence(out);
}

/// A DOI within an address: what has a meaning there is written as %XX (RFC 3986).
std::string escaped(std::string_view doi) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : doi) {
    const auto byte = static_cast<unsigned char>(c);
    const bool isPlain = (byte >= '0' && byte <= '9') ||
                         ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z' && byte < 0x80) ||
                         std::string_view("-._~/:;()").find(c) != std::string_view::npos;
    if (isPlain)
      out += c;
    else
      out.append("%").append(1, kHex[byte >> 4]).append(1, kHex[byte & 15]);
  }
  return out;
}

}  // namespace

std::string shortCitation(const Work& work) {
  const std::vector<Person> people = work.people("author");
  std::string who;
  if (people.size() == 1) who = nameOf(people[0]);
  if (people.size() == 2) who = nameOf(people[0]) + " & " + nameOf(people[1]);
  if (people.size() > 2) who = nameOf(people[0]) + " et al.";
  if (who.empty()) {
    const std::string title = bibliography::oneLine(work.first(tags::kTitle));
    std::size_t at = 0, words = 0;
    while (at < title.size() && words < kWordsOfTitle) at = std::min(title.find(' ', at + 1), title.size()), ++words;
    who = title.substr(0, at) + (at < title.size() ? "…" : "");
  }
  if (who.empty()) who = std::string(work.first(tags::kRecordKey));
  const std::string_view year = work.first(tags::kIssuedYear);
  return bibliography::oneLine(who + " " + std::string(year.empty() ? "n.d." : year));
}

std::string reference(const Work& work) {
  std::string out;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) out += (out.empty() ? "" : " ") + part;
  };
  add(authors(work));
  add(sentence(std::string(work.first(tags::kTitle))));
  const std::string_view container = work.first(tags::kContainerTitle);
  add(sentence(std::string(container.empty() ? work.first(tags::kPublisher) : container)));
  add(place(work));
  if (work.has(tags::kDoi)) add("doi:" + std::string(work.first(tags::kDoi)));
  return bibliography::oneLine(out);
}

std::string linkOf(const Work& work) {
  if (work.has(tags::kDoi)) return "https://doi.org/" + escaped(work.first(tags::kDoi));
  if (const std::string_view pmid = work.first(tags::kPmid); bibliography::isDigits(pmid))
    return "https://pubmed.ncbi.nlm.nih.gov/" + std::string(pmid) + "/";
  const std::string url(work.first(tags::kUrl));
  const bool isWeb = url.rfind("http://", 0) == 0 || url.rfind("https://", 0) == 0;
  return isWeb && picture::isSafeLink(url) ? url : std::string();
}

}  // namespace winnow::studies
