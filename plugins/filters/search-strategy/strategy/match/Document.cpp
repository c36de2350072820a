#include "Document.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "../text/CodePoints.hpp"

namespace winnow::search::match {

namespace {

struct Code {
  std::string_view code;
  FieldSet fields;
};

constexpr FieldSet kMultiPurpose = bit(Field::Title) | bit(Field::Abstract) | bit(Field::OriginalTitle) |
                                   bit(Field::Substance) | bit(Field::Heading) | bit(Field::Subheading) |
                                   bit(Field::Keyword);

// Ovid's database guides; tw as in MEDLINE.
constexpr Code kCodes[] = {{"ti", bit(Field::Title)},
                           {"ab", bit(Field::Abstract)},
                           {"ot", bit(Field::OriginalTitle)},
                           {"tw", bit(Field::Title) | bit(Field::Abstract)},
                           {"kf", bit(Field::Keyword)},
                           {"kw", bit(Field::Keyword)},
                           {"mp", kMultiPurpose},
                           {"hw", bit(Field::Heading)},
                           {"sh", bit(Field::Heading)},
                           {"mh", bit(Field::Heading)},
                           {"fs", bit(Field::Subheading)},
                           {"fx", bit(Field::Subheading)},
                           {"xs", bit(Field::Subheading)},
                           {"pt", bit(Field::Type)},
                           {"la", bit(Field::Language)},
                           {"lg", bit(Field::Language)},
                           {"yr", bit(Field::Year)},
                           {"dp", bit(Field::Year)},
                           {"py", bit(Field::Year)},
                           {"au", bit(Field::Author)},
                           {"as", bit(Field::Author)},
                           {"jn", bit(Field::Journal)},
                           {"jw", bit(Field::Journal)},
                           {"ja", bit(Field::Journal)},
                           {"so", bit(Field::Journal)},
                           {"is", bit(Field::Issn)},
                           {"in", bit(Field::Affiliation)},
                           {"ad", bit(Field::Affiliation)},
                           {"do", bit(Field::Doi)},
                           {"ui", bit(Field::Id)},
                           {"an", bit(Field::Id)},
                           {"nm", bit(Field::Substance)},
                           {"rn", bit(Field::Substance)},
                           {"af", kAllFields},
                           {"tx", kAllFields}};

struct LanguageName {
  std::string_view two, three, name;
};
// ISO 639-1, MARC code (as MEDLINE), English name.
constexpr LanguageName kLanguages[] = {
    {"en", "eng", "english"},    {"de", "ger", "german"},     {"fr", "fre", "french"},    {"es", "spa", "spanish"},
    {"it", "ita", "italian"},    {"pt", "por", "portuguese"}, {"nl", "dut", "dutch"},     {"da", "dan", "danish"},
    {"no", "nor", "norwegian"},  {"nb", "nob", "norwegian"},  {"nn", "nno", "norwegian"}, {"sv", "swe", "swedish"},
    {"fi", "fin", "finnish"},    {"is", "ice", "icelandic"},  {"pl", "pol", "polish"},    {"cs", "cze", "czech"},
    {"sk", "slo", "slovak"},     {"hu", "hun", "hungarian"},  {"ru", "rus", "russian"},   {"uk", "ukr", "ukrainian"},
    {"tr", "tur", "turkish"},    {"el", "gre", "greek"},      {"he", "heb", "hebrew"},    {"ar", "ara", "arabic"},
    {"fa", "per", "persian"},    {"zh", "chi", "chinese"},    {"ja", "jpn", "japanese"},  {"ko", "kor", "korean"},
    {"ro", "rum", "romanian"},   {"bg", "bul", "bulgarian"},  {"hr", "hrv", "croatian"},  {"sr", "srp", "serbian"},
    {"sl", "slv", "slovenian"},  {"et", "est", "estonian"},   {"lv", "lav", "latvian"},   {"lt", "lit", "lithuanian"},
    {"ca", "cat", "catalan"},    {"af", "afr", "afrikaans"},  {"hi", "hin", "hindi"},     {"th", "tha", "thai"},
    {"vi", "vie", "vietnamese"}, {"id", "ind", "indonesian"}, {"ms", "may", "malay"}};

}  // namespace

void Document::addHeading(std::string_view text, std::uint32_t index) {
  HeadingValue heading;
  const auto unstarred = [&](std::string_view part) {
    part = trimmed(part);
    if (!part.empty() && part.front() == '*') {
      heading.major = true;
      part.remove_prefix(1);
    }
    return part;
  };
  std::size_t slash = text.find('/');
  heading.name = unstarred(text.substr(0, slash));
  if (heading.name.empty()) return;
  heading.value = static_cast<std::uint32_t>(values.size());
  values.push_back({Field::Heading, heading.name, index});
  while (slash != std::string_view::npos) {
    const std::size_t next = text.find('/', slash + 1);
    const std::string_view name =
        unstarred(text.substr(slash + 1, next == std::string_view::npos ? next : next - slash - 1));
    if (!name.empty()) {
      heading.subheadings.push_back(name);
      values.push_back({Field::Subheading, name, index});
    }
    slash = next;
  }
  headings.push_back(std::move(heading));
}

FieldSet fieldsOf(const std::vector<std::string>& codes) {
  FieldSet fields = 0;
  for (const std::string& code : codes) {
    const auto* found =
        std::find_if(std::begin(kCodes), std::end(kCodes), [&](const Code& c) { return c.code == code; });
    fields |= found == std::end(kCodes) ? bit(Field::Other) : found->fields;
  }
  return fields;
}

std::vector<std::string_view> languageNames(std::string_view code) {
  const std::string wanted = lower(code.substr(0, code.find('-')));
  for (const LanguageName& language : kLanguages)
    if (wanted == language.two || wanted == language.three || wanted == language.name)
      return {language.name, language.three, language.two};
  return {};
}

}  // namespace winnow::search::match
