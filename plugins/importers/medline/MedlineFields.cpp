#include "MedlineFields.hpp"

#include <algorithm>
#include <string>

#include <winnow/formats/identifiers.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::medline {

namespace {

using formats::Deriver;
using formats::NameStyle;
using formats::Role;
using Origin = RecordWriter::Origin;

class Mapping {
 public:
  Mapping(const std::vector<Value>& record, const formats::Tags& tags, std::uint32_t rule, RecordWriter& writer)
      : record_(record), tags_(tags), rule_(rule), writer_(writer), derive_(tags, writer) {}

  const Value* badDate = nullptr;

  void run() {
    types();
    titles();
    people();
    dates();
    identifiers();
    texts();
    const std::pair<std::string_view, std::uint32_t> plain[] = {{"VI", tags_.volume}, {"IP", tags_.issue}, {"PB", tags_.publisher}, {"PL", tags_.place}, {"EN", tags_.edition}};
    for (const auto& [tag, to] : plain)
      if (const Value* v = first(tag)) derive_.text(to, v->text, from(*v));
    if (const Value* v = first("PG")) derive_.pages(v->text, {}, from(*v));
    forEach("LA", [&](const Value& v) { derive_.languages(v.text, from(v)); });
  }

 private:
  const Value* first(std::string_view tag) const {
    const auto found = std::find_if(record_.begin(), record_.end(), [&](const Value& v) { return v.tag == tag && !formats::isBlank(v.text); });
    return found == record_.end() ? nullptr : &*found;
  }
  template <class Each>
  void forEach(std::string_view tag, Each&& each) const {
    for (const Value& v : record_)
      if (v.tag == tag && !formats::isBlank(v.text)) each(v);
  }
  Origin from(const Value& v) const { return {v.raw, rule_, 0, 0}; }
  bool hasType(std::string_view word) const {
    return std::any_of(record_.begin(), record_.end(), [&](const Value& v) { return v.tag == "PT" && v.text.find(word) != std::string_view::npos; });
  }

  void types() {
    std::string_view csl = "article-journal";
    if (first("BTI") != nullptr) csl = first("CTI") != nullptr || first("TI") != nullptr ? "chapter" : "book";
    else if (hasType("Dissertation") || hasType("Thes")) csl = "thesis";
    else if (hasType("Book")) csl = "book";
    else if (hasType("Reports") && !hasType("Journal Article")) csl = "report";
    else if (hasType("Preprint")) csl = "article";
    const Value* pt = first("PT");
    writer_.derive(tags_.type, csl, {pt == nullptr ? WINNOW_NONE : pt->raw, rule_, 0, 0});
    forEach("PT", [&](const Value& v) { derive_.publicationTypes(v.text, from(v)); });
  }

  /// PubMed ends titles with a full stop and puts translations into brackets.
  static std::string cleanTitle(std::string_view text, bool& translated) {
    std::string title = formats::collapsed(text);
    if (!title.empty() && title.back() == '.' && (title.size() < 2 || title[title.size() - 2] != '.')) title.pop_back();
    translated = title.size() > 2 && title.front() == '[' && title.back() == ']';
    return translated ? title.substr(1, title.size() - 2) : title;
  }

  void titles() {
    const Value* title = first("CTI");
    if (title == nullptr) title = first("TI");
    const Value* book = first("BTI");
    if (title == nullptr) title = book;
    if (title != nullptr) {
      bool translated = false;
      const std::string clean = cleanTitle(title->text, translated);
      derive_.copy(tags_.title, clean, from(*title));
      if (translated) derive_.copy(tags_.titleTranslated, clean, from(*title));
    }
    if (const Value* v = first("TT")) derive_.text(tags_.titleOriginal, v->text, from(*v));
    const Value* journal = first("JT");
    const Value* abbreviation = first("TA");
    if (book != nullptr && book != title) derive_.text(tags_.container, book->text, from(*book));
    else if (journal != nullptr) derive_.text(tags_.container, journal->text, from(*journal));
    else if (abbreviation != nullptr) derive_.text(tags_.container, abbreviation->text, from(*abbreviation));
    if (journal != nullptr && abbreviation != nullptr) derive_.text(tags_.containerShort, abbreviation->text, from(*abbreviation));
    if (const Value* v = first("CTDT")) derive_.text(tags_.collection, v->text, from(*v));
  }

  /// FAU holds the full name of the AU that follows it.
  void people() {
    const bool hasFull = first("FAU") != nullptr;
    forEach(hasFull ? "FAU" : "AU", [&](const Value& v) { derive_.person(Role::Author, formats::parseName(v.text, hasFull ? NameStyle::Comma : NameStyle::InitialsLast), from(v)); });
    forEach("CN", [&](const Value& v) {
      formats::PersonName body;
      body.literal = formats::collapsed(v.text);
      derive_.person(Role::Author, body, from(v));
    });
    const bool hasFullEditor = first("FED") != nullptr;
    forEach(hasFullEditor ? "FED" : "ED", [&](const Value& v) { derive_.person(Role::Editor, formats::parseName(v.text, hasFullEditor ? NameStyle::Comma : NameStyle::InitialsLast), from(v)); });
  }

  void dates() {
    const Value* v = first("DP");
    if (v == nullptr) v = first("DEP");
    if (v == nullptr) return;
    const auto date = formats::parseDate(v->text);
    if (!date || date->year == 0) {
      badDate = v;
      return;
    }
    derive_.date(*date, from(*v));
    derive_.text(tags_.issuedRaw, v->text, from(*v));
  }

  void identifiers() {
    if (const Value* v = first("PMID")) derive_.copy(tags_.pmid, formats::normalisePmid(v->text), from(*v));
    if (const Value* v = first("PMC")) derive_.copy(tags_.pmcid, formats::normalisePmcid(v->text), from(*v));
    bool hasDoi = false;
    for (const std::string_view tag : {"LID", "AID", "SO"})
      forEach(tag, [&](const Value& v) {
        const bool isDoi = v.text.find("[doi]") != std::string_view::npos;
        hasDoi = hasDoi || derive_.doi(v.text, from(v), !isDoi && v.text.find("http") == std::string_view::npos);
      });
    forEach("LID", [&](const Value& v) {  // "LID - 607": a bare number is the article's
      const bool bare = v.text.find('[') == std::string_view::npos && v.text.find('/') == std::string_view::npos;
      if (bare && first("PG") == nullptr) derive_.text(tags_.articleNumber, v.text, from(v));
    });
    for (const std::string_view tag : {"IS", "ISBN"}) forEach(tag, [&](const Value& v) { derive_.serialNumbers(v.text, from(v)); });
    if (const Value* v = first("AN"); v != nullptr) derive_.text(tags_.accession, v->text, from(*v));
  }

  void texts() {
    if (const Value* v = first("AB")) derive_.text(tags_.abstract, v->text, from(*v));
    if (const Value* v = first("CI")) derive_.text(tags_.abstractCopyright, v->text, from(*v));
    for (const std::string_view tag : {"MH", "OT"})
      forEach(tag, [&](const Value& v) {
        std::string_view word = formats::trim(v.text);
        while (!word.empty() && word.front() == '*') word.remove_prefix(1);
        derive_.text(tags_.keyword, word, from(v));
      });
    forEach("GN", [&](const Value& v) { derive_.text(tags_.note, v.text, from(v)); });
  }

  const std::vector<Value>& record_;
  const formats::Tags& tags_;
  std::uint32_t rule_;
  RecordWriter& writer_;
  Deriver derive_;
};

}  // namespace

const Value* deriveFields(const std::vector<Value>& record, const formats::Tags& tags, std::uint32_t rule, RecordWriter& writer) {
  Mapping mapping(record, tags, rule, writer);
  mapping.run();
  return mapping.badDate;
}

}  // namespace winnow::medline
