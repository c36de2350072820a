#include "PersonNames.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <winnow/formats/text.hpp>

namespace winnow::tagged {

namespace {

formats::NameStyle styleOf(Names names) {
  return names == Names::InitialsLast ? formats::NameStyle::InitialsLast
         : names == Names::GivenFirst ? formats::NameStyle::GivenFirst
                                      : formats::NameStyle::Comma;
}

/// One to three capitals: never a family name beside a longer given name.
bool isInitials(std::string_view word) {
  return !word.empty() && word.size() <= 3 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// "van der Berg Anna Maria": small letters begin particles, the next word is the family name.
formats::PersonName familyFirst(std::string_view text) {
  const std::vector<std::string_view> words = formats::split(text, " \t");
  const auto isParticle = [](std::string_view word) { return word[0] >= 'a' && word[0] <= 'z'; };
  std::size_t given = 0;
  while (given + 1 < words.size() && isParticle(words[given])) ++given;
  ++given;
  formats::PersonName name;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string& part = i < given ? name.family : name.given;
    part.append(part.empty() ? "" : " ").append(words[i]);
  }
  if (name.given.empty()) name.literal = std::exchange(name.family, {});
  return name;
}

/// "World Health Organization", "GBD 2019 Collaborators": words that names of bodies hold, in the languages of
/// databases that write given names first, and names of people do not.
bool isBody(std::string_view text) {
  static constexpr std::string_view kWords[] = {
      "organization", "organisation",  "university",    "universitet",   "ministry",    "institute",  "institution",
      "department",   "society",       "association",   "agency",        "council",     "committee",  "commission",
      "consortium",   "collaboration", "collaborators", "investigators", "centre",      "center",     "foundation",
      "federation",   "government",    "hospital",      "network",       "nations",     "group",      "union",
      "authority",    "directorate",   "academy",       "laboratory",    "corporation", "initiative", "programme"};
  for (std::string_view word : formats::split(text, " \t,()")) {
    const std::string lower = formats::lower(word);
    if (std::find(std::begin(kWords), std::end(kWords), lower) != std::end(kWords)) return true;
  }
  return false;
}

}  // namespace

formats::PersonName personName(std::string_view text, Names written) {
  if (written == Names::Body || (written == Names::GivenFirst && isBody(text))) {
    formats::PersonName body;
    body.literal = formats::collapsed(text);
    return body;
  }
  if (written == Names::FamilyFirst && text.find(',') == std::string_view::npos) return familyFirst(text);
  formats::PersonName name = formats::parseName(text, styleOf(written));
  if (written == Names::InitialsFirst && isInitials(name.family) && !isInitials(name.given))
    std::swap(name.family, name.given);
  return name;
}

}  // namespace winnow::tagged
