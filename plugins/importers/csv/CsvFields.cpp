#include "CsvFields.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include <winnow/formats/identifiers.hpp>
#include <winnow/formats/pages.hpp>
#include <winnow/formats/publication_types.hpp>
#include <winnow/formats/rayyan.hpp>
#include <winnow/formats/text.hpp>

#include "CitationText.hpp"

namespace winnow::csv {

namespace {

using formats::NameStyle;
using formats::Role;

/// A number from 1 to `largest`; 0 for anything else.
int wholeNumber(std::string_view text, int largest) {
  text = formats::trim(text);
  int value = 0;
  if (text.empty() || text.size() > 2) return 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return 0;
    value = value * 10 + (c - '0');
  }
  return value <= largest ? value : 0;
}

/// "Wei Wu, Qiao Qiao, Guodong Li": three or more parts of several words each are names, not one name in its parts.
bool isCommaList(const std::vector<std::string_view>& parts, std::size_t least) {
  return parts.size() >= least && std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
           return part.find(' ') != std::string_view::npos;
         });
}

}  // namespace

void Fields::useColumns(std::vector<Column> columns, std::string_view dialect) {
  dialect_ = dialect;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    Column column = columns[i];
    if (column == Column::LocalId && dialect == "wos") column = Column::IndexKeywords;  // ID: Keywords Plus
    if (column == Column::Source && dialect == "scopus") column = Column::Database;
    places_[static_cast<std::size_t>(column)].push_back(static_cast<std::uint32_t>(i));
  }
}

void Fields::derive(const std::vector<Value>& values, const Row& row) {
  values_ = &values;
  row_ = &row;
  text(Column::Title, tags_.title);
  plain(Column::ShortTitle, tags_.titleShort);
  plain(Column::TranslatedTitle, tags_.titleTranslated);
  type();
  people();
  date();
  source();
  pages();
  identifiers();
  text(Column::Abstract, tags_.abstract);
  keywords();
  if (const Value* v = find(Column::Language)) derive_.languages(v->text, from(*v));
  plain(Column::Url, tags_.url);
  plain(Column::Publisher, tags_.publisher);
  plain(Column::Place, tags_.place);
  plain(Column::Edition, tags_.edition);
  notes();
  plain(Column::Database, tags_.database);
}

/// The first value of that meaning.
const Value* Fields::find(Column column) const {
  for (const std::uint32_t i : places_[static_cast<std::size_t>(column)])
    if (const Value& v = (*values_)[i]; !v.text.empty() && !formats::isPlaceholder(v.text)) return &v;
  return nullptr;
}

template <class Each>
void Fields::forAll(Column column, Each&& each) const {
  for (const std::uint32_t i : places_[static_cast<std::size_t>(column)])
    if (const Value& v = (*values_)[i]; !v.text.empty() && !formats::isPlaceholder(v.text)) each(v);
}

void Fields::plain(Column column, std::uint32_t tag) {
  if (const Value* v = find(column)) derive_.text(tag, v->text, from(*v));
}

/// Running text: web pages leave their entities in it.
void Fields::text(Column column, std::uint32_t tag) {
  const Value* v = find(column);
  if (v == nullptr) return;
  const std::size_t entity = v->text.find('&');
  if (entity == std::string_view::npos || v->text.find(';', entity) == std::string_view::npos)
    return derive_.text(tag, v->text, from(*v));
  derive_.text(tag, writer_.keep(formats::decodeEntities(v->text)), from(*v));
}

void Fields::type() {
  const Value* type = find(Column::Type);
  const Value* publication = find(Column::PublicationType);
  if (publication == nullptr && dialect_.empty()) publication = type;
  const Value* source = type != nullptr ? type : publication;
  std::string_view csl = source == nullptr ? std::string_view{} : formats::cslTypeOfName(source->text);
  if (csl.empty() && source != nullptr && dialect_ == "wos")
    csl = formats::cslTypeOfName(source->text == "C" ? "conference paper" : source->text == "B" ? "book" : "");
  if (csl.empty())
    csl = find(Column::Journal) != nullptr || find(Column::Source) != nullptr ? "article-journal" : "document";
  writer_.derive(tags_.type, csl, {source == nullptr ? WINNOW_NONE : source->raw, rule_, 0, 0});
  if (source != nullptr) derive_.text(tags_.typeRaw, source->text, from(*source));
  if (publication != nullptr) derive_.publicationTypes(publication->text, from(*publication));
}

void Fields::people() {
  const Value* authors = find(Column::Authors);
  // "Liu, Fang (57202353242); Li, Chen (5721)": Scopus writes its author ids behind the full names.
  if (const Value* full = find(Column::FullAuthors)) {
    for (std::string_view name : formats::split(full->text, ";")) {
      if (const std::size_t paren = name.rfind(" ("); paren != std::string_view::npos && name.back() == ')')
        name = name.substr(0, paren);
      derive_.person(Role::Author, formats::parseName(name), from(*full));
    }
  } else if (authors != nullptr) {
    const bool isGivenFirst = dialect_ == "ieee" || dialect_ == "csdl";
    const std::vector<std::string_view> parts = formats::split(authors->text, ",");
    if (authors->text.find(';') == std::string_view::npos && formats::splitNames(authors->text).size() == 1 &&
        isCommaList(parts, dialect_ == "csdl" ? 1 : 3)) {
      for (const std::string_view name : parts)
        derive_.person(Role::Author, formats::parseName(name, NameStyle::GivenFirst), from(*authors));
    } else {
      derive_.people(Role::Author, authors->text, from(*authors),
                     isGivenFirst ? NameStyle::GivenFirst : NameStyle::InitialsLast, true);
    }
  }
  if (const Value* editors = find(Column::Editors))
    derive_.people(Role::Editor, editors->text, from(*editors), NameStyle::InitialsLast, true);
}

void Fields::date() {
  const Value* year = find(Column::Year);
  const Value* date = find(Column::Date);
  const Value* source = year != nullptr ? year : date;
  if (source == nullptr) return;
  auto parsed = formats::parseDate(source->text);
  if (!parsed || parsed->year == 0) {
    const auto* base = row_->text.data();
    const bool isInRow = source->text.data() >= base && source->text.data() < base + row_->text.size();
    winnow_span at{};
    at.line = writer_.field(source->raw).line;
    at.column = isInRow ? row_->columnOf(static_cast<std::size_t>(source->text.data() - base)) : 1;
    host_.diagnose({WINNOW_WARNING, "date.unreadable",
                    "'" + std::string(source->text.substr(0, 60)) + "' tells no year", "the date was left out", at,
                    writer_.count() + 1});
    return;
  }
  if (parsed->month == 0 && year != nullptr && date != nullptr)
    if (const auto more = formats::parseDate(date->text); more && (more->year == parsed->year || more->year == 0)) {
      more->season.empty() ? void() : void(parsed->season = more->season);
      parsed->month = more->month;
      parsed->day = more->day;
    }
  if (parsed->month == 0)
    if (const Value* month = find(Column::Month)) {
      const auto named = formats::parseDate(month->text);
      parsed->month = named ? named->month : wholeNumber(month->text, 12);
      if (const Value* day = find(Column::Day); day != nullptr && parsed->month != 0)
        parsed->day = wholeNumber(day->text, 31);
    }
  derive_.date(*parsed, from(*source));
}

/// Journal and numbers: from their own columns, or out of a citation where there are none.
void Fields::source() {
  const Value* whole = dialect_ == "pubmed" ? find(Column::Citation) : nullptr;
  Citation parts;
  if (whole != nullptr) parts = pubmedCitation(whole->text);
  if (const Value* v = find(Column::Source); v != nullptr && find(Column::Journal) == nullptr) {
    whole = v;
    parts = embaseCitation(v->text);
    if (parts.journal.empty()) parts.journal = v->text;
  }
  const auto either = [&](Column column, std::uint32_t tag, std::string_view otherwise) {
    if (const Value* v = find(column)) return derive_.text(tag, v->text, from(*v));
    if (whole != nullptr && !otherwise.empty()) derive_.text(tag, otherwise, from(*whole));
  };
  either(Column::Journal, tags_.container, parts.journal);
  plain(Column::JournalAbbreviation, tags_.containerShort);
  either(Column::Volume, tags_.volume, parts.volume);
  either(Column::Issue, tags_.issue, parts.issue);
  if (whole == nullptr) return;
  if (!parts.pages.empty() && find(Column::Pages) == nullptr && find(Column::FirstPage) == nullptr)
    derive_.pages(parts.pages, {}, from(*whole));
  if (find(Column::Year) != nullptr || find(Column::Date) != nullptr) return;
  if (const auto parsed = formats::parseDate(parts.date)) derive_.date(*parsed, from(*whole));
}

void Fields::pages() {
  const Value *first = find(Column::FirstPage), *last = find(Column::LastPage), *pages = find(Column::Pages);
  if (first != nullptr)
    derive_.pages(first->text, last == nullptr ? std::string_view{} : last->text, from(*first));
  else if (pages != nullptr)
    derive_.pages(pages->text, {}, from(*pages));
  plain(Column::ArticleNumber, tags_.articleNumber);
}

void Fields::identifiers() {
  bool hasDoi = false;
  if (const Value* v = find(Column::Doi)) hasDoi = derive_.doi(v->text, from(*v), false);
  if (const Value* v = find(Column::Url); v != nullptr && !hasDoi) hasDoi = derive_.doi(v->text, from(*v), true);
  if (const Value* v = find(Column::Citation); v != nullptr && !hasDoi) derive_.doi(v->text, from(*v), true);
  if (const Value* v = find(Column::Pmid)) derive_.copy(tags_.pmid, formats::normalisePmid(v->text), from(*v));
  if (const Value* v = find(Column::Pmcid)) derive_.copy(tags_.pmcid, formats::normalisePmcid(v->text), from(*v));
  for (const Column column : {Column::SerialNumber, Column::Issn, Column::Isbn})
    forAll(column, [&](const Value& v) { derive_.serialNumbers(v.text, from(v)); });
  plain(Column::Accession, tags_.accession);
  plain(Column::LocalId, tags_.localId);
}

void Fields::keywords() {
  for (const Column column : {Column::Keywords, Column::IndexKeywords})
    forAll(column, [&](const Value& v) {
      const std::string_view marks = v.text.find(';') == std::string_view::npos ? ",\n\r" : ";\n\r";
      for (const std::string_view word : formats::split(v.text, marks)) derive_.text(tags_.keyword, word, from(v));
    });
}

void Fields::notes() {
  const Value* v = find(Column::Notes);
  if (v == nullptr) return;
  writer_.derive(tags_.winnowId, formats::findWinnowId(v->text), from(*v));
  const formats::RayyanNotes rayyan = formats::readRayyanNotes(v->text);
  if (rayyan.isRayyan)
    derive_.text(tags_.note, writer_.keep(rayyan.rest), from(*v));
  else
    derive_.text(tags_.note, v->text, from(*v));
}

}  // namespace winnow::csv
