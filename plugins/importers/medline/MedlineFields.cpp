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
    if (first("BTI") != nullptr) return isPartOfBook() ? "chapter" : "book";
    if (hasType("Dissertation") || hasType("Thes")) return "thesis";
    if (hasType("Book")) return "book";
    // ERIC calls studies in journals reports as well; the number of its journal articles begins with EJ.
    const Value* eric = first("OID");
    const bool isInJournal = hasType("Journal Article") || (eric != nullptr && eric->text.substr(0, 2) == "EJ");
    if (!isInJournal && isEricReport()) return "report";
    return hasType("Preprint") ? "article" : "article-journal";
  }
  /// ERIC's "Reports - Research" and "Technical Report"; PubMed's "Case Reports" is an article.
  bool isEricReport() const {
    return std::any_of(record_.begin(), record_.end(), [](const Value& v) {
      const std::string_view text = formats::trim(v.text);
      return v.tag == "PT" && (text.substr(0, 7) == "Reports" || text.substr(0, 16) == "Technical Report");
    });
  }
  /// A whole book has its title in BTI alone, a chapter of its own in TI.
  bool isPartOfBook() const {
    const Value *title = first("TI"), *book = first("BTI");
    return title != nullptr && book != nullptr && formats::collapsed(title->text) != formats::collapsed(book->text);
  }
  /// ERIC writes the publisher of what is in no journal into JT.
  bool isSourcePublisher() const { return first("OID") != nullptr && cslType() != "article-journal"; }

  /// PubMed ends titles with a full stop and puts translations into brackets.
  static std::string withoutStop(std::string_view text) {
    std::string title = formats::collapsed(text);
    if (!title.empty() && title.back() == '.' && (title.size() < 2 || title[title.size() - 2] != '.')) title.pop_back();
    return title;
  }
  static std::string cleanTitle(std::string_view text, bool& translated) {
    std::string title = withoutStop(text);
    translated = title.size() > 2 && title.front() == '[' && title.back() == ']';
    return translated ? title.substr(1, title.size() - 2) : title;
  }

  void titles() {
    const Value* book = first("BTI");
    const Value* title = book == nullptr || isPartOfBook() ? first("TI") : book;
    if (title == nullptr) title = first("CTI");  // the collection that the book is part of (NLM): no title of its own
    if (title != nullptr) {
      bool translated = false;
      const std::string clean = cleanTitle(allOf(title->tag), translated);
      derive_.copy(tags_.title, clean, from(*title));
      if (translated) derive_.copy(tags_.titleTranslated, clean, from(*title));
    }
    if (const Value* v = first("TT")) derive_.text(tags_.titleOriginal, v->text, from(*v));
    const Value* journal = isSourcePublisher() ? nullptr : first("JT");
    const Value* abbreviation = first("TA");
    if (const Value* collection = first("CTI"); collection != nullptr && collection != title)
      derive_.text(tags_.collection, collection->text, from(*collection));
    if (book != nullptr && book != title)
      derive_.copy(tags_.container, withoutStop(book->text), from(*book));
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
    if (first("PG") == nullptr) articleNumber();
    for (const std::string_view tag : {"IS", "ISSN", "ISBN"})
      forEach(tag, [&](const Value& v) { derive_.serialNumbers(v.text, from(v)); });
    for (const std::string_view tag : {"AN", "OID"})
      if (const Value* v = first(tag)) derive_.text(tags_.accession, v->text, from(*v));
  }

  /// "LID - 607", "LID - e0123456 [pii]": where no pages are given, the article's number in its volume. Other numbers
  /// of publishers ("S0140-6736(19)30001-2 [pii]") are none.
  void articleNumber() {
    bool found = false;
    forEach("LID", [&](const Value& v) {
      std::string_view text = formats::trim(v.text);
      if (const std::size_t mark = text.find(" [pii]"); mark != std::string_view::npos) text = text.substr(0, mark);
      if (found || !isArticleNumber(text)) return;
      found = true;
      derive_.copy(tags_.articleNumber, text, from(v));
    });
    if (found) return;
    if (const Value* v = first("SO")) {  // "J Peers. 2019 Apr 1;12(3):e101. doi: ..."
      const std::size_t semicolon = v->text.find(';');
      const std::size_t colon = semicolon == std::string_view::npos ? semicolon : v->text.find(':', semicolon);
      if (colon == std::string_view::npos) return;
      const std::string_view rest = v->text.substr(colon + 1);
      const std::string_view number = formats::trim(rest.substr(0, rest.find('.')));
      if (isArticleNumber(number)) derive_.copy(tags_.articleNumber, number, from(*v));
    }
  }
  static bool isArticleNumber(std::string_view text) {
    std::size_t letters = 0;
    while (letters < text.size() &&
           ((text[letters] >= 'a' && text[letters] <= 'z') || (text[letters] >= 'A' && text[letters] <= 'Z')))
      ++letters;
    const std::string_view digits = text.substr(letters);
    return letters <= 3 && !digits.empty() && digits.size() <= 9 &&
           digits.find_first_not_of("0123456789") == std::string_view::npos;
  }

  /// Each abstract once, in the order of the file; a second is in another language, or of the publisher.
  void abstracts() {
    std::vector<std::string> texts;
    const Value* source = nullptr;
    for (const std::string_view tag : {"AB", "OAB"})
      forEach(tag, [&](const Value& v) {
        std::string text = formats::collapsed(v.text);
        if (std::find(texts.begin(), texts.end(), text) != texts.end()) return;
        if (source == nullptr) source = &v;
        texts.push_back(std::move(text));
      });
    std::string whole;
    for (const std::string& text : texts) whole += (whole.empty() ? "" : "\n\n") + text;
    if (source != nullptr) derive_.copy(tags_.abstract, whole, from(*source));
  }

  void texts() {
    abstracts();
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
