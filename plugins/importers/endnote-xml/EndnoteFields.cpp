#include "EndnoteFields.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <winnow/formats/identifiers.hpp>
#include <winnow/formats/pages.hpp>
#include <winnow/formats/publication_types.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::endnote {

namespace {

using formats::Deriver;
using formats::NameStyle;
using formats::Role;
using Origin = RecordWriter::Origin;

constexpr std::pair<std::string_view, Field> kPaths[] = {
    {"ref-type@name", Field::RefTypeName},
    {"titles/title", Field::Title},
    {"titles/short-title", Field::ShortTitle},
    {"titles/translated-title", Field::TranslatedTitle},
    {"orig-pub/title", Field::OriginalTitle},
    {"titles/secondary-title", Field::SecondaryTitle},
    {"titles/tertiary-title", Field::TertiaryTitle},
    {"titles/alt-title", Field::AltTitle},
    {"periodical/full-title", Field::PeriodicalTitle},
    {"periodical/abbr-1", Field::PeriodicalAbbreviation},
    {"alt-periodical/full-title", Field::AltPeriodicalTitle},
    {"alt-periodical/abbr-1", Field::AltPeriodicalAbbreviation},
    {"contributors/authors/author", Field::Author},
    {"contributors/secondary-authors/author", Field::SecondaryAuthor},
    {"contributors/tertiary-authors/author", Field::TertiaryAuthor},
    {"contributors/subsidiary-authors/author", Field::SubsidiaryAuthor},
    {"contributors/translated-authors/author", Field::TranslatedAuthor},
    {"dates/year", Field::Year},
    {"dates/pub-dates/date", Field::PubDate},
    {"volume", Field::Volume},
    {"number", Field::Number},
    {"issue", Field::Issue},
    {"pages", Field::Pages},
    {"edition", Field::Edition},
    {"electronic-resource-num", Field::ElectronicResource},
    {"urls/related-urls/url", Field::RelatedUrl},
    {"urls/web-urls/url", Field::WebUrl},
    {"isbn", Field::Isbn},
    {"accession-num", Field::Accession},
    {"remote-database-name", Field::DatabaseName},
    {"remote-database-provider", Field::DatabaseProvider},
    {"rec-number", Field::RecNumber},
    {"abstract", Field::Abstract},
    {"keywords/keyword", Field::Keyword},
    {"language", Field::Language},
    {"work-type", Field::WorkType},
    {"notes", Field::Notes},
    {"research-notes", Field::ResearchNotes},
    {"publisher", Field::Publisher},
    {"pub-location", Field::PubLocation},
    {"custom2", Field::Custom2},
    {"custom4", Field::Custom4},
    {"custom7", Field::Custom7},
    {"custom8", Field::Custom8}};

class Mapping {
 public:
  Mapping(const std::vector<Value>& record, const formats::Tags& tags, std::uint32_t rule, RecordWriter& writer)
      : record_(record), tags_(tags), rule_(rule), writer_(writer), derive_(tags, writer), next_(record.size()) {
    first_.fill(kNone);
    for (std::size_t i = record.size(); i-- > 0;) {
      next_[i] = first_[static_cast<std::size_t>(record[i].field)];
      first_[static_cast<std::size_t>(record[i].field)] = static_cast<std::uint32_t>(i);
    }
  }

  void run() {
    type();
    titles();
    people();
    dates();
    numbers();
    identifiers();
    texts();
    rest();
  }

  /// The first value of a field that says something.
  const Value* find(Field field) const {
    for (std::uint32_t i = firstOf(field); i != kNone; i = next_[i])
      if (!formats::isPlaceholder(record_[i].text)) return &record_[i];
    return nullptr;
  }
  Origin from(const Value& v) const { return {v.raw, rule_, 0, 0}; }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  std::uint32_t firstOf(Field field) const { return first_[static_cast<std::size_t>(field)]; }
  template <class Each>
  void forEach(Field field, Each&& each) const {
    for (std::uint32_t i = firstOf(field); i != kNone; i = next_[i]) each(record_[i]);
  }
  void plain(Field field, std::uint32_t tag) {
    if (const Value* v = find(field)) derive_.text(tag, v->text, from(*v));
  }

  /// The name of the type; its number means different things in different programs.
  void type() {
    const Value* name = find(Field::RefTypeName);
    std::string_view csl = name == nullptr ? std::string_view{} : formats::cslTypeOfName(name->text);
    csl_ = csl.empty() ? std::string_view("document") : csl;
    writer_.derive(tags_.type, csl_, {name == nullptr ? WINNOW_NONE : name->raw, rule_, 0, 0});
    if (name != nullptr) derive_.text(tags_.typeRaw, name->text, from(*name));
  }

  void titles() {
    plain(Field::Title, tags_.title);
    plain(Field::ShortTitle, tags_.titleShort);
    plain(Field::TranslatedTitle, tags_.titleTranslated);
    plain(Field::OriginalTitle, tags_.titleOriginal);
    const Value* secondary = find(Field::SecondaryTitle);
    const Value* periodical = find(Field::PeriodicalTitle);
    const bool isBook = csl_ == "book";
    const Value* container = isBook ? periodical : secondary != nullptr ? secondary : periodical;
    if (container != nullptr) derive_.text(tags_.container, container->text, from(*container));
    const Value* abbreviation = nullptr;
    for (const Field field :
         {Field::AltTitle, Field::PeriodicalAbbreviation, Field::AltPeriodicalAbbreviation, Field::AltPeriodicalTitle})
      if (abbreviation == nullptr) abbreviation = find(field);
    if (abbreviation != nullptr &&
        (container == nullptr || formats::collapsed(abbreviation->text) != formats::collapsed(container->text)))
      derive_.text(tags_.containerShort, abbreviation->text, from(*abbreviation));
    const Value* series = isBook ? secondary : find(Field::TertiaryTitle);
    if (series != nullptr) derive_.text(tags_.collection, series->text, from(*series));
  }

  void people() {
    const std::pair<Field, Role> roles[] = {
        {Field::Author, Role::Author},
        {Field::SecondaryAuthor, csl_ == "book" ? Role::CollectionEditor : Role::Editor},
        {Field::TertiaryAuthor, Role::CollectionEditor},
        {Field::SubsidiaryAuthor, Role::Translator},
        {Field::TranslatedAuthor, Role::Translator}};
    for (const auto& [field, role] : roles)
      forEach(field, [&, role = role](const Value& v) {
        derive_.people(role, v.text, from(v), NameStyle::Comma,
                       v.text.find_first_of(";\r\n") != std::string_view::npos);
      });
  }

  void dates() {
    const Value* year = find(Field::Year);
    const Value* day = find(Field::PubDate);
    const Value* source = year != nullptr ? year : day;
    if (source == nullptr) return;
    auto date = formats::parseDate(source->text);
    if (!date) return;
    if (day != nullptr && date->month == 0)
      if (const auto more = formats::parseDate(day->text); more && (more->year == 0 || more->year == date->year)) {
        date->month = more->month;
        date->day = more->day;
        date->season = more->season;
      }
    derive_.date(*date, from(*source));
  }

  void numbers() {
    plain(Field::Volume, tags_.volume);
    const Value* issue = find(Field::Number);
    if (issue == nullptr) issue = find(Field::Issue);
    if (issue != nullptr) derive_.text(tags_.issue, issue->text, from(*issue));
    if (const Value* pages = find(Field::Pages)) derive_.pages(pages->text, {}, from(*pages));
    plain(Field::Custom7, tags_.articleNumber);
    plain(Field::Edition, tags_.edition);
  }

  void identifiers() {
    const Value* doi = find(Field::ElectronicResource);
    bool found = doi != nullptr && derive_.doi(doi->text, from(*doi), false);
    for (const Field field : {Field::RelatedUrl, Field::WebUrl, Field::Notes})
      forEach(field, [&](const Value& v) { found = found || derive_.doi(v.text, from(v), true); });
    forEach(Field::Isbn, [&](const Value& v) { derive_.serialNumbers(v.text, from(v)); });
    if (const Value* accession = find(Field::Accession)) {
      derive_.text(tags_.accession, accession->text, from(*accession));
      const Value* database = find(Field::DatabaseName);
      const std::string name = database == nullptr ? std::string() : formats::lower(database->text);
      if (name.find("medline") != std::string::npos || name.find("pubmed") != std::string::npos || name == "nlm")
        derive_.copy(tags_.pmid, formats::normalisePmid(accession->text), from(*accession));
    }
    if (const Value* pmc = find(Field::Custom2))
      derive_.copy(tags_.pmcid, formats::normalisePmcid(pmc->text), from(*pmc));
    plain(Field::RecNumber, tags_.localId);
  }

  void texts() {
    if (const Value* v = find(Field::Abstract)) derive_.text(tags_.abstract, v->text, from(*v));
    forEach(Field::Keyword, [&](const Value& v) {
      for (std::string_view word : formats::split(v.text, "\r\n")) {
        while (!word.empty() && word.front() == '*') word.remove_prefix(1);
        derive_.text(tags_.keyword, word, from(v));
      }
    });
    if (const Value* v = find(Field::Language)) derive_.languages(v->text, from(*v));
    if (const Value* v = find(Field::WorkType)) derive_.publicationTypes(v->text, from(*v));
  }

  void rest() {
    for (const Field field : {Field::RelatedUrl, Field::WebUrl})
      forEach(field, [&](const Value& v) {
        for (const std::string_view url : formats::split(v.text, "\r\n")) derive_.text(tags_.url, url, from(v));
      });
    forEach(Field::Notes, [&](const Value& v) { derive_.text(tags_.note, v.text, from(v)); });
    forEach(Field::ResearchNotes, [&](const Value& v) { derive_.text(tags_.note, v.text, from(v)); });
    plain(Field::Publisher, tags_.publisher);
    plain(Field::PubLocation, tags_.place);
    plain(Field::DatabaseName, tags_.database);
    plain(Field::DatabaseProvider, tags_.provider);
  }

  const std::vector<Value>& record_;
  const formats::Tags& tags_;
  std::uint32_t rule_;
  RecordWriter& writer_;
  Deriver derive_;
  std::string_view csl_ = "document";
  std::array<std::uint32_t, kFields> first_;  ///< by field: the place of its first value
  std::vector<std::uint32_t> next_;           ///< by value: the place of the next one of its field
};

}  // namespace

Field fieldOf(std::string_view path) {
  const auto found = std::find_if(std::begin(kPaths), std::end(kPaths), [&](const auto& p) { return p.first == path; });
  return found == std::end(kPaths) ? Field::Other : found->second;
}

void deriveFields(const std::vector<Value>& record, Host host, const formats::Tags& tags, std::uint32_t rule,
                  RecordWriter& writer) {
  Mapping mapping(record, tags, rule, writer);
  mapping.run();
  // Ours stands in custom4; in what EndNote has read as RIS, in custom8.
  for (const Field field : {Field::Custom4, Field::Custom8})
    if (const Value* own = mapping.find(field);
        own != nullptr && formats::applyWinnowLine(own->text, host, writer, mapping.from(*own)))
      return;
  for (const Value& v : record)
    if (v.field == Field::Notes || v.field == Field::ResearchNotes)
      writer.derive(tags.winnowId, formats::findWinnowId(v.text), mapping.from(v));
}

}  // namespace winnow::endnote
