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
    const std::pair<std::string_view, std::uint32_t> plain[] = {
        {"VI", tags_.volume}, {"IP", tags_.issue}, {"PB", tags_.publisher}, {"PL", tags_.place}, {"EN", tags_.edition}};
    for (const auto& [tag, to] : plain)
      if (const Value* v = first(tag)) derive_.text(to, v->text, from(*v));
    if (const Value* v = first("JT"); v != nullptr && first("PB") == nullptr && isSourcePublisher())
      derive_.text(tags_.publisher, v->text, from(*v));
    if (const Value* v = first("PG")) derive_.pages(v->text, {}, from(*v));
    forEach("LA", [&](const Value& v) { derive_.languages(v.text, from(v)); });
  }

 private:
  const Value* first(std::string_view tag) const {
    const auto found = std::find_if(record_.begin(), record_.end(),
                                    [&](const Value& v) { return v.tag == tag && !formats::isBlank(v.text); });
    return found == record_.end() ? nullptr : &*found;
  }
  template <class Each>
  void forEach(std::string_view tag, Each&& each) const {
    for (const Value& v : record_)
      if (v.tag == tag && !formats::isBlank(v.text)) each(v);
  }
  /// All values of a tag that should stand once, joined.
  std::string allOf(std::string_view tag) const {
    std::string all;
    forEach(tag, [&](const Value& v) {
      if (!all.empty()) all += ' ';
      all += v.text;
    });
    return all;
  }
  Origin from(const Value& v) const { return {v.raw, rule_, 0, 0}; }
  bool hasType(std::string_view word) const {
    return std::any_of(record_.begin(), record_.end(),
                       [&](const Value& v) { return v.tag == "PT" && v.text.find(word) != std::string_view::npos; });
  }

  void types() {
    const Value* pt = first("PT");
    writer_.derive(tags_.type, cslType(), {pt == nullptr ? WINNOW_NONE : pt->raw, rule_, 0, 0});
    forEach("PT", [&](const Value& v) { derive_.publicationTypes(v.text, from(v)); });
  }

  std::string_view cslType() const {
    if (first("BTI") != nullptr) return first("CTI") != nullptr || first("TI") != nullptr ? "chapter" : "book";
    if (hasType("Dissertation") || hasType("Thes")) return "thesis";
    if (hasType("Book")) return "book";
    // ERIC calls studies in journals reports as well; the number of its journal articles begins with EJ.
    const Value* eric = first("OID");
    const bool isInJournal = hasType("Journal Article") || (eric != nullptr && eric->text.substr(0, 2) == "EJ");
    if (!isInJournal && (hasType("Reports") || hasType("Technical Report"))) return "report";
    return hasType("Preprint") ? "article" : "article-journal";
  }
  /// ERIC writes the publisher of what is in no journal into JT.
  bool isSourcePublisher() const { return first("OID") != nullptr && cslType() != "article-journal"; }

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
      const std::string clean = cleanTitle(allOf(title->tag), translated);
      derive_.copy(tags_.title, clean, from(*title));
      if (translated) derive_.copy(tags_.titleTranslated, clean, from(*title));
    }
    if (const Value* v = first("TT")) derive_.text(tags_.titleOriginal, v->text, from(*v));
    const Value* journal = isSourcePublisher() ? nullptr : first("JT");
    const Value* abbreviation = first("TA");
    if (book != nullptr && book != title)
      derive_.text(tags_.container, book->text, from(*book));
    else if (journal != nullptr)
      derive_.text(tags_.container, journal->text, from(*journal));
    else if (abbreviation != nullptr)
      derive_.text(tags_.container, abbreviation->text, from(*abbreviation));
    if (journal != nullptr && abbreviation != nullptr &&
        formats::trim(journal->text) != formats::trim(abbreviation->text))
      derive_.text(tags_.containerShort, abbreviation->text, from(*abbreviation));
  }

  /// In the order of the record: FAU holds the full name of the AU behind it; AD and AUID belong to the name before
  /// them.
  void people() {
    bool isNamed = false;      // the full name of the next AU or ED was there
    std::uint16_t person = 0;  // whom AD and AUID are about; 0: nobody we know
    for (const Value& v : record_) {
      const bool isFull = v.tag == "FAU" || v.tag == "FED";
      if (isFull || v.tag == "AU" || v.tag == "ED") {
        const Role role = v.tag == "FAU" || v.tag == "AU" ? Role::Author : Role::Editor;
        if (isFull || !isNamed)
          person = derive_.person(role, formats::parseName(v.text, isFull ? NameStyle::Comma : NameStyle::InitialsLast),
                                  from(v));
        isNamed = isFull;
        if (role != Role::Author) person = 0;
      } else if (v.tag == "CN") {
        formats::PersonName body;
        body.literal = formats::collapsed(v.text);
        person = derive_.person(Role::Author, body, from(v));
      } else if (v.tag == "FIR" || v.tag == "IR") {
        person = 0;
      } else if (person != 0 && (v.tag == "AD" || v.tag == "AUID")) {
        Origin origin = from(v);
        origin.group = person;
        if (v.tag == "AD")
          derive_.text(tags_.affiliation, v.text, origin);
        else
          derive_.copy(tags_.orcid, formats::normaliseOrcid(v.text), origin);
      }
    }
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
    if (const Value* v = first("PMID")) {
      const std::string_view number = formats::trim(v->text);  // what follows is a line that is none
      derive_.copy(tags_.pmid, formats::normalisePmid(number.substr(0, number.find(' '))), from(*v));
    }
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
    for (const std::string_view tag : {"IS", "ISSN", "ISBN"})
      forEach(tag, [&](const Value& v) { derive_.serialNumbers(v.text, from(v)); });
    for (const std::string_view tag : {"AN", "OID"})
      if (const Value* v = first(tag)) derive_.text(tags_.accession, v->text, from(*v));
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

const Value* deriveFields(const std::vector<Value>& record, const formats::Tags& tags, std::uint32_t rule,
                          RecordWriter& writer) {
  Mapping mapping(record, tags, rule, writer);
  mapping.run();
  return mapping.badDate;
}

}  // namespace winnow::medline
