#include "Limits.hpp"

#include <algorithm>

#include "../text/CodePoints.hpp"

namespace winnow::search::ovid {

namespace {

constexpr std::string_view kLanguages[] = {"afrikaans",
                                           "albanian",
                                           "arabic",
                                           "armenian",
                                           "azerbaijani",
                                           "basque",
                                           "bosnian",
                                           "bulgarian",
                                           "catalan",
                                           "chinese",
                                           "croatian",
                                           "czech",
                                           "danish",
                                           "dutch",
                                           "english",
                                           "esperanto",
                                           "estonian",
                                           "finnish",
                                           "french",
                                           "gaelic",
                                           "galician",
                                           "georgian",
                                           "german",
                                           "greek",
                                           "hebrew",
                                           "hindi",
                                           "hungarian",
                                           "icelandic",
                                           "indonesian",
                                           "irish",
                                           "italian",
                                           "japanese",
                                           "korean",
                                           "latin",
                                           "latvian",
                                           "lithuanian",
                                           "macedonian",
                                           "malay",
                                           "moldavian",
                                           "multilingual",
                                           "no language specified",
                                           "norwegian",
                                           "persian",
                                           "polish",
                                           "portuguese",
                                           "romanian",
                                           "rumanian",
                                           "russian",
                                           "serbian",
                                           "serbo-croatian",
                                           "slovak",
                                           "slovakian",
                                           "slovene",
                                           "slovenian",
                                           "spanish",
                                           "swedish",
                                           "thai",
                                           "turkish",
                                           "ukrainian",
                                           "urdu",
                                           "vietnamese",
                                           "welsh"};

constexpr std::string_view kTypes[] = {"journal article",
                                       "review",
                                       "systematic review",
                                       "systematic reviews",
                                       "meta analysis",
                                       "meta-analysis",
                                       "randomized controlled trial",
                                       "clinical trial",
                                       "clinical trial, all",
                                       "controlled clinical trial",
                                       "comparative study",
                                       "editorial",
                                       "letter",
                                       "comment",
                                       "case reports",
                                       "case report",
                                       "evaluation study",
                                       "evaluation studies",
                                       "guideline",
                                       "practice guideline",
                                       "historical article",
                                       "news",
                                       "multicenter study",
                                       "observational study",
                                       "validation study",
                                       "validation studies",
                                       "conference abstract",
                                       "conference paper",
                                       "conference review",
                                       "article",
                                       "book",
                                       "dissertation abstract",
                                       "pragmatic clinical trial",
                                       "clinical trial, phase i",
                                       "clinical trial, phase ii",
                                       "clinical trial, phase iii",
                                       "clinical trial, phase iv",
                                       "preprint",
                                       "retracted publication",
                                       "note",
                                       "short survey",
                                       "chapter",
                                       "erratum",
                                       "peer reviewed journal",
                                       "clinical study",
                                       "twin study"};

bool isIn(std::string_view word, const std::string_view* begin, const std::string_view* end) {
  return std::find(begin, end, word) != end;
}

bool isAge(std::string_view value) {
  for (const std::string_view mark : {"infant", "newborn", "child", "adolescen", "adult", "aged", "years", "months",
                                      "neonat", "preschool", "elderly", "<age", "school age"})
    if (value.find(mark) != std::string_view::npos) return true;
  return false;
}

std::string digitsOf(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c >= '0' && c <= '9') out += c;
  return out;
}

/// "2000 -Current", "1966 - 1992", "2005", "-2010": from and to.
void readRange(std::string_view value, Limit& limit) {
  std::size_t dash = std::string_view::npos;
  const std::u32string points = decode(value);
  for (std::size_t i = 0; i < points.size() && dash == std::string_view::npos; ++i)
    if (isDash(points[i])) dash = i;
  if (dash == std::string_view::npos) {
    limit.from = limit.to = digitsOf(value);
    return;
  }
  limit.from = digitsOf(encode(points.substr(0, dash)));
  limit.to = digitsOf(encode(points.substr(dash + 1)));
}

/// Without quotes and surrounding blanks.
std::string unquoted(std::string_view text) {
  std::string out;
  for (const char32_t c : decode(text))
    if (!isQuote(c)) appendUtf8(out, c);
  return squeezed(out);
}

/// `yr="2000 -Current"`, `ED = 19460101-20170715`; false for what is no such pair.
bool readPair(std::string_view text, Limit& limit) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string name = lower(trimmed(text.substr(0, equals)));
  const bool isYear = name == "yr" || name == "year" || name == "py";
  const bool isDate = name == "ed" || name == "em" || name == "dt" || name == "ep" || name == "up" || name == "dc" ||
                      name == "dd" || name == "rd" || name == "ez" || name == "da";
  const std::string value = unquoted(text.substr(equals + 1));
  if ((!isYear && !isDate) || digitsOf(value).empty()) return false;
  limit.kind = isYear ? LimitKind::Year : LimitKind::Date;
  if (isDate) limit.field = name;
  readRange(value, limit);
  return true;
}

Limit readLimit(std::string_view text) {
  Limit limit;
  if (readPair(trimmed(text), limit)) return limit;
  const std::string typed = unquoted(text);
  std::string value = lower(typed);
  limit.value = typed;
  std::string language = value;
  if (language.size() > 9 && language.compare(language.size() - 9, 9, " language") == 0)
    language.resize(language.size() - 9);
  if (language.rfind("lg=", 0) == 0 || language.rfind("la=", 0) == 0) language.erase(0, 3);
  if (isLanguage(language)) return {LimitKind::Language, language, "", "", "", {}};
  if (value == "humans" || value == "human") return {LimitKind::Humans, "", "", "", "", {}};
  if (value == "animals" || value == "animal") return {LimitKind::Animals, "", "", "", "", {}};
  if (isIn(value, std::begin(kTypes), std::end(kTypes)))
    limit.kind = LimitKind::PublicationType;
  else if (value.find("maximizes") == std::string::npos && value.find("best balance") == std::string::npos &&
           isAge(value))
    limit.kind = LimitKind::Age;
  return limit;
}

/// Splits at `and`/`or` outside quotes and inner brackets. `ors`: whether any was "or".
std::vector<std::string> split(std::string_view text, std::vector<bool>& ors) {
  std::vector<std::string> parts{""};
  bool quoted = false;
  int depth = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '"') quoted = !quoted;
    if (text[i] == '(') ++depth;
    if (text[i] == ')') --depth;
    const bool free = !quoted && depth == 0 && text[i] == ' ';
    const std::string word = free ? lower(text.substr(i + 1, text.find(' ', i + 1) - i - 1)) : std::string();
    if (free && (word == "and" || word == "or") && i + 1 + word.size() < text.size()) {
      ors.push_back(word == "or");
      parts.emplace_back();
      i += 1 + word.size();
      continue;
    }
    parts.back() += text[i++];
  }
  return parts;
}

/// Straight quotes and single blanks, so that one rule splits them.
std::string levelled(std::string_view text) {
  std::string out;
  for (const char32_t c : decode(text)) appendUtf8(out, isQuote(c) ? U'"' : isBlank(c) ? U' ' : c);
  return squeezed(out);
}

std::string printLimit(const Limit& limit);

std::string joined(const std::vector<Limit>& limits, const char* with) {
  std::string out;
  for (const Limit& limit : limits) out += (out.empty() ? "" : with) + printLimit(limit);
  return out;
}

bool needsQuotes(std::string_view value) {
  const std::string padded = " " + lower(value) + " ";
  return padded.find(" and ") != std::string::npos || padded.find(" or ") != std::string::npos ||
         value.find_first_of("()") != std::string_view::npos;
}

std::string range(const Limit& limit, bool dates) {
  if (limit.from == limit.to) return limit.from;
  if (dates) return "\"" + limit.from + "-" + limit.to + "\"";
  return "\"" + limit.from + " -" + (limit.to.empty() ? "Current" : limit.to) + "\"";
}

std::string printLimit(const Limit& limit) {
  switch (limit.kind) {
    case LimitKind::Language:
      return limit.value + " language";
    case LimitKind::Year:
      return "yr=" + range(limit, false);
    case LimitKind::Date:
      return limit.field + "=" + range(limit, true);
    case LimitKind::Any:
      return joined(limit.of, " or ");
    case LimitKind::Humans:
      return "humans";
    case LimitKind::Animals:
      return "animals";
    default:
      return needsQuotes(limit.value) ? "\"" + limit.value + "\"" : limit.value;
  }
}

}  // namespace

bool isLanguage(std::string_view word) { return isIn(word, std::begin(kLanguages), std::end(kLanguages)); }

std::vector<Limit> readLimits(std::string_view text) {
  std::string level = levelled(text);
  if (level.size() > 1 && level.front() == '(' && level.back() == ')')
    level = squeezed(level.substr(1, level.size() - 2));
  if (level.empty()) return {};
  std::vector<bool> ors;
  std::vector<Limit> all;
  const std::vector<std::string> parts = split(level, ors);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string part = squeezed(parts[i]);
    if (part.empty()) return {};
    Limit limit = readLimit(part);
    if (i == 0 || !ors[i - 1]) {
      all.push_back(std::move(limit));
      continue;
    }
    if (all.back().kind != LimitKind::Any) {
      Limit any;
      any.kind = LimitKind::Any;
      any.of.push_back(std::move(all.back()));
      all.back() = std::move(any);
    }
    all.back().of.push_back(std::move(limit));
  }
  return all;
}

std::string printLimits(const std::vector<Limit>& limits) {
  const bool single = limits.size() == 1 && limits[0].kind != LimitKind::Any;
  return single ? printLimit(limits[0]) : "(" + joined(limits, " and ") + ")";
}

}  // namespace winnow::search::ovid
