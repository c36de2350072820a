#include "RisLines.hpp"

#include <algorithm>

#include "bibliography/Slots.hpp"
#include "bibliography/Text.hpp"

namespace winnow::exporters {
namespace {

using bibliography::Person;
using bibliography::Slot;
using bibliography::Work;

struct TypeCode {
  std::string_view csl, ris;
  bool comesBack;
};
/// CSL type -> RIS type. `comesBack`: a reader of RIS gives the same CSL type for the code.
constexpr TypeCode kTypes[] = {
    {"article-journal", "JOUR", true},
    {"article-magazine", "MGZN", true},
    {"article-newspaper", "NEWS", true},
    {"bill", "BILL", true},
    {"book", "BOOK", true},
    {"broadcast", "VIDEO", false},
    {"chapter", "CHAP", true},
    {"classic", "CLSWK", false},
    {"dataset", "DATA", true},
    {"entry-dictionary", "DICT", true},
    {"entry-encyclopedia", "ENCYC", true},
    {"figure", "FIGURE", false},
    {"graphic", "ART", true},
    {"hearing", "HEAR", true},
    {"legal_case", "CASE", true},
    {"legislation", "STAT", true},
    {"manuscript", "MANSCPT", true},
    {"map", "MAP", true},
    {"motion_picture", "MPCT", true},
    {"pamphlet", "PAMP", false},
    {"paper-conference", "CONF", true},
    {"patent", "PAT", true},
    {"personal_communication", "PCOMM", true},
    {"post", "BLOG", false},
    {"post-weblog", "BLOG", true},
    {"report", "RPRT", true},
    {"review", "JOUR", false},
    {"review-book", "JOUR", false},
    {"software", "COMP", true},
    {"song", "SOUND", true},
    {"speech", "SLIDE", true},
    {"standard", "STAND", true},
    {"thesis", "THES", true},
    {"webpage", "ELEC", true},
    {"document", "GEN", true},
};

const TypeCode* codeOf(std::string_view cslType) {
  const auto found =
      std::find_if(std::begin(kTypes), std::end(kTypes), [&](const TypeCode& t) { return t.csl == cslType; });
  return found == std::end(kTypes) ? nullptr : found;
}

/// "TY", "A1": two signs that could begin a tag line ("AB - text", "N1-text").
bool looksLikeTag(std::string_view line) {
  if (line.size() < 3) return false;
  const auto isUpper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const bool isDigit = line[1] >= '0' && line[1] <= '9';
  if (!isUpper(line[0]) || !(isUpper(line[1]) || isDigit)) return false;
  const std::size_t next = line.find_first_not_of(" \t", 2);
  return next != std::string_view::npos && line[next] == '-';
}

std::string risName(const Person& person) {
  std::string name = person.display();
  // A body without a comma would come back as a family name; the comma at the end says that it is whole.
  if (!person.literal.empty()) name.push_back(',');
  return name;
}

std::string padded(std::string_view number) {
  return std::string(number.size() < 2 ? 2 - number.size() : 0, '0') + std::string(number);
}

}  // namespace

std::string_view risTypeOf(std::string_view cslType) {
  const TypeCode* code = codeOf(cslType);
  return code == nullptr ? "GEN" : code->ris;
}

bool risHoldsType(std::string_view cslType) {
  const TypeCode* code = codeOf(cslType);
  return code != nullptr && code->comesBack;
}

void RisLines::tag(std::string_view name, std::string_view value) {
  const std::string line = bibliography::oneLine(value);
  if (line.empty()) return;
  text_.append(name).append("  - ").append(line).append(newline_);
}

void RisLines::every(std::string_view name, const Work& work, tags::Name tagName) {
  for (const std::string_view value : work.all(tagName)) tag(name, value);
}

void RisLines::paragraphs(std::string_view name, std::string_view value) {
  bool isFirst = true;
  while (!value.empty()) {
    const std::size_t end = value.find_first_of("\r\n");
    const std::string line = bibliography::oneLine(value.substr(0, end));
    value.remove_prefix(end == std::string_view::npos ? value.size() : end + 1);
    if (line.empty()) continue;
    if (isFirst) {
      tag(name, line);
    } else if (looksLikeTag(line)) {
      text_.resize(text_.size() - newline_.size());
      text_.append(" ").append(line).append(newline_);
    } else {
      text_.append("      ").append(line).append(newline_);
    }
    isFirst = false;
  }
}

void RisLines::titles(const Work& work) {
  const bool isBook = work.first(tags::kType) == "book";
  tag("TI", work.first(tags::kTitle));
  tag("TT", work.first(tags::kTitleTranslated));
  tag("ST", work.first(tags::kTitleShort));
  if (isBook) {
    tag("T2", work.first(tags::kCollectionTitle));
  } else {
    tag("T2", work.first(tags::kContainerTitle));
    tag("T3", work.first(tags::kCollectionTitle));
  }
  tag("JA", work.first(tags::kContainerAbbreviation));
}

void RisLines::people(const Work& work) {
  // The second authors of a book are the editors of its series, of anything else its own editors.
  const bool isBook = work.first(tags::kType) == "book";
  const std::pair<std::string_view, std::string_view> roles[] = {{"author", "AU"},
                                                                 {"editor", isBook ? "A3" : "A2"},
                                                                 {"collection-editor", isBook ? "A2" : "A3"},
                                                                 {"translator", "A4"}};
  for (const auto& [role, name] : roles)
    for (const Person& person : work.people(role)) tag(name, risName(person));
}

void RisLines::dates(const Work& work) {
  const std::string_view year = work.first(tags::kIssuedYear), month = work.first(tags::kIssuedMonth),
                         day = work.first(tags::kIssuedDay);
  tag("PY", year);
  if (!bibliography::isYear(year) || !bibliography::isMonth(month)) return;
  const std::string ofMonth = bibliography::isDay(day) ? padded(day) : std::string();
  tag("DA", std::string(year) + "/" + padded(month) + "/" + ofMonth + "/");
}

void RisLines::pages(const Work& work) {
  const std::string_view pages = work.first(tags::kPage);
  const std::size_t dash = pages.find('-');
  if (bibliography::isPlainPage(pages) && dash != std::string_view::npos) {
    tag("SP", pages.substr(0, dash));
    tag("EP", pages.substr(dash + 1));
    return;
  }
  tag("SP", pages);
}

void RisLines::publicationTypes(const Work& work) {
  const bool hasWords = work.has(tags::kPublicationTypeRaw);
  tag("M3", work.joined(hasWords ? tags::kPublicationTypeRaw : tags::kPublicationType, "; "));
}

void RisLines::rest(const Work& work) {
  tag("DO", work.first(tags::kDoi));
  every("SN", work, tags::kIssn);
  every("SN", work, tags::kIsbn);
  tag("C2", work.first(tags::kPmcid));
  tag("AN", work.first(work.has(tags::kAccession) ? tags::kAccession : tags::kPmid));
  tag("ID", work.first(tags::kLocalId));
  tag("DB", work.first(tags::kDatabase));
  tag("DP", work.first(tags::kDatabaseProvider));
  every("LA", work, work.has(tags::kLanguage) ? tags::kLanguage : tags::kLanguageRaw);
  tag("PB", work.first(tags::kPublisher));
  tag("CY", work.first(tags::kPublisherPlace));
  tag("ET", work.first(tags::kEdition));
  for (const std::string_view abstract : work.all(tags::kAbstract)) paragraphs("AB", abstract);
  every("KW", work, tags::kKeyword);
  every("UR", work, tags::kUrl);
  for (const std::string_view note : work.all(tags::kNote)) paragraphs("N1", note);
}

std::string RisLines::write(const Work& work, std::string_view line) {
  text_.clear();
  tag("TY", risTypeOf(work.first(tags::kType)));
  people(work);
  titles(work);
  dates(work);
  tag("VL", work.first(tags::kVolume));
  tag("IS", work.first(tags::kIssue));
  pages(work);
  tag("C7", work.first(tags::kArticleNumber));
  publicationTypes(work);
  rest(work);
  text_.append("C8  - ").append(line).append(newline_);
  text_.append("ER  - ").append(newline_);
  return std::move(text_);
}

namespace {

bool isMonth(const Work& work, std::string_view value) {
  return bibliography::isYear(work.first(tags::kIssuedYear)) && bibliography::isMonth(value);
}
bool isDay(const Work& work, std::string_view value) {
  return isMonth(work, work.first(tags::kIssuedMonth)) && bibliography::isDay(value);
}
bool isType(const Work&, std::string_view value) { return risHoldsType(value); }

bool isTypeCode(const Work& work, std::string_view value) { return value == risTypeOf(work.first(tags::kType)); }
bool isLocalId(const Work&, std::string_view value) { return bibliography::isPlain(value); }

std::vector<Slot> risSlots() {
  std::vector<Slot> slots = bibliography::commonSlots();
  slots.push_back({tags::kType, isType});
  slots.push_back({tags::kTypeRaw, isTypeCode});
  slots.push_back({tags::kLocalId, isLocalId});
  slots.push_back({tags::kIssuedMonth, isMonth});
  slots.push_back({tags::kIssuedDay, isDay});
  return slots;
}

}  // namespace

RisRecords::RisRecords(std::string_view newline) : lines_(newline), line_(risSlots()) {}

}  // namespace winnow::exporters
