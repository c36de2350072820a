#include "EndnoteFields.hpp"

#include <algorithm>
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

class Mapping {
 public:
  Mapping(const std::vector<Value>& record, const formats::Tags& tags, std::uint32_t rule, RecordWriter& writer)
      : record_(record), tags_(tags), rule_(rule), writer_(writer), derive_(tags, writer) {}

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

  const Value* find(std::string_view path) const {
    const auto found = std::find_if(record_.begin(), record_.end(), [&](const Value& v) { return v.path == path && !formats::isPlaceholder(v.text); });
    return found == record_.end() ? nullptr : &*found;
  }
  Origin from(const Value& v) const { return {v.raw, rule_, 0, 0}; }

 private:
  template <class Each>
  void forEach(std::string_view path, Each&& each) const {
    for (const Value& v : record_)
      if (v.path == path) each(v);
  }
  void plain(std::string_view path, std::uint32_t tag) {
    if (const Value* v = find(path)) derive_.text(tag, v->text, from(*v));
  }

  /// The name of the type; its number means different things in different programs.
  void type() {
    const Value* name = find("ref-type@name");
    std::string_view csl = name == nullptr ? std::string_view{} : formats::cslTypeOfName(name->text);
    csl_ = csl.empty() ? std::string_view("document") : csl;
    writer_.derive(tags_.type, csl_, {name == nullptr ? WINNOW_NONE : name->raw, rule_, 0, 0});
    if (name != nullptr) derive_.text(tags_.typeRaw, name->text, from(*name));
  }

  void titles() {
    plain("titles/title", tags_.title);
    plain("titles/short-title", tags_.titleShort);
    plain("titles/translated-title", tags_.titleTranslated);
    plain("orig-pub/title", tags_.titleOriginal);
    const Value* secondary = find("titles/secondary-title");
    const Value* periodical = find("periodical/full-title");
    const bool isBook = csl_ == "book";
    const Value* container = isBook ? periodical : secondary != nullptr ? secondary : periodical;
    if (container != nullptr) derive_.text(tags_.container, container->text, from(*container));
    const Value* abbreviation = nullptr;
    for (const char* path : {"titles/alt-title", "periodical/abbr-1", "alt-periodical/abbr-1", "alt-periodical/full-title"})
      if (abbreviation == nullptr) abbreviation = find(path);
    if (abbreviation != nullptr && (container == nullptr || formats::collapsed(abbreviation->text) != formats::collapsed(container->text)))
      derive_.text(tags_.containerShort, abbreviation->text, from(*abbreviation));
    const Value* series = isBook ? secondary : find("titles/tertiary-title");
    if (series != nullptr) derive_.text(tags_.collection, series->text, from(*series));
  }

  void people() {
    const std::pair<std::string_view, Role> roles[] = {{"contributors/authors/author", Role::Author},
                                                       {"contributors/secondary-authors/author", csl_ == "book" ? Role::CollectionEditor : Role::Editor},
                                                       {"contributors/tertiary-authors/author", Role::CollectionEditor},
                                                       {"contributors/subsidiary-authors/author", Role::Translator},
                                                       {"contributors/translated-authors/author", Role::Translator}};
    for (const auto& [path, role] : roles)
      forEach(path, [&, role = role](const Value& v) { derive_.people(role, v.text, from(v), NameStyle::Comma, v.text.find_first_of(";\r\n") != std::string_view::npos); });
  }

  void dates() {
    const Value* year = find("dates/year");
    const Value* day = find("dates/pub-dates/date");
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
    plain("volume", tags_.volume);
    const Value* issue = find("number");
    if (issue == nullptr) issue = find("issue");
    if (issue != nullptr) derive_.text(tags_.issue, issue->text, from(*issue));
    if (const Value* pages = find("pages")) derive_.pages(pages->text, {}, from(*pages));
    plain("custom7", tags_.articleNumber);
    plain("edition", tags_.edition);
  }

  void identifiers() {
    const Value* doi = find("electronic-resource-num");
    bool found = doi != nullptr && derive_.doi(doi->text, from(*doi), false);
    for (const char* path : {"urls/related-urls/url", "urls/web-urls/url", "notes"})
      forEach(path, [&](const Value& v) { found = found || derive_.doi(v.text, from(v), true); });
    forEach("isbn", [&](const Value& v) { derive_.serialNumbers(v.text, from(v)); });
    if (const Value* accession = find("accession-num")) {
      derive_.text(tags_.accession, accession->text, from(*accession));
      const Value* database = find("remote-database-name");
      const std::string name = database == nullptr ? std::string() : formats::lower(database->text);
      if (name.find("medline") != std::string::npos || name.find("pubmed") != std::string::npos || name == "nlm")
        derive_.copy(tags_.pmid, formats::normalisePmid(accession->text), from(*accession));
    }
    if (const Value* pmc = find("custom2")) derive_.copy(tags_.pmcid, formats::normalisePmcid(pmc->text), from(*pmc));
    plain("rec-number", tags_.localId);
  }

  void texts() {
    if (const Value* v = find("abstract")) derive_.text(tags_.abstract, v->text, from(*v));
    forEach("keywords/keyword", [&](const Value& v) {
      for (std::string_view word : formats::split(v.text, "\r\n")) {
        while (!word.empty() && word.front() == '*') word.remove_prefix(1);
        derive_.text(tags_.keyword, word, from(v));
      }
    });
    if (const Value* v = find("language")) derive_.languages(v->text, from(*v));
    if (const Value* v = find("work-type")) derive_.publicationTypes(v->text, from(*v));
  }

  void rest() {
    for (const char* path : {"urls/related-urls/url", "urls/web-urls/url"})
      forEach(path, [&](const Value& v) {
        for (const std::string_view url : formats::split(v.text, "\r\n")) derive_.text(tags_.url, url, from(v));
      });
    forEach("notes", [&](const Value& v) { derive_.text(tags_.note, v.text, from(v)); });
    forEach("research-notes", [&](const Value& v) { derive_.text(tags_.note, v.text, from(v)); });
    plain("publisher", tags_.publisher);
    plain("pub-location", tags_.place);
    plain("remote-database-name", tags_.database);
    plain("remote-database-provider", tags_.provider);
  }

  const std::vector<Value>& record_;
  const formats::Tags& tags_;
  std::uint32_t rule_;
  RecordWriter& writer_;
  Deriver derive_;
  std::string_view csl_ = "document";
};

}  // namespace

void deriveFields(const std::vector<Value>& record, Host host, const formats::Tags& tags, std::uint32_t rule, RecordWriter& writer) {
  Mapping mapping(record, tags, rule, writer);
  mapping.run();
  // Ours stands in custom4; in what EndNote has read as RIS, in custom8.
  for (const char* path : {"custom4", "custom8"})
    if (const Value* own = mapping.find(path); own != nullptr && formats::applyWinnowLine(own->text, host, writer, mapping.from(*own))) return;
  for (const Value& v : record)
    if (v.path == "notes" || v.path == "research-notes") writer.derive(tags.winnowId, formats::findWinnowId(v.text), mapping.from(v));
}

}  // namespace winnow::endnote
