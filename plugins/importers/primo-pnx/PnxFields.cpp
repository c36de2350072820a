#include "PnxFields.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <winnow/formats/ascii.hpp>
#include <winnow/formats/identifiers.hpp>
#include <winnow/formats/publication_types.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::pnx {

namespace {

using formats::Deriver;
using formats::NameStyle;
using formats::Role;
using xml::Element;

/// Display values carry more behind "$$" and a capital: "Beck, Simone, 1904-1991. $$QBeck, Simone".
std::string shown(std::string text) {
  if (const std::size_t more = text.find("$$"); more != std::string::npos) text.resize(more);
  return formats::collapsed(formats::decodeEntities(text));
}

using formats::isDigit;

/// A person's name without dates, roles and authority numbers: "Верн, Жюль (1828-1905) NLR10::..." -> "Верн, Жюль".
std::string bareName(std::string text) {
  text = text.substr(0, text.find_first_of("<[("));
  // From the first number on it is dates; a comma and a small letter begin a role.
  for (std::size_t i = 0; i < text.size(); ++i)
    if (isDigit(text[i])) text.resize(i);
  for (std::size_t comma = text.find(", "); comma != std::string::npos; comma = text.find(", ", comma + 1))
    if (comma + 2 < text.size() && text[comma + 2] >= 'a' && text[comma + 2] <= 'z' &&
        text.rfind(", ", comma - 1) != std::string::npos) {
      text.resize(comma);
      break;
    }
  while (!text.empty() && (text.back() == ' ' || text.back() == ',')) text.pop_back();
  const std::size_t last = text.find_last_of(" ,");
  // The stop behind a whole word closes the field; behind one letter it is an initial's.
  if (!text.empty() && text.back() == '.' && (last == std::string::npos || text.size() - last > 3) &&
      std::count(text.begin(), text.end(), '.') == 1)
    text.pop_back();
  return text;
}

/// Ex Libris, "Primo Technical Guide: the PNX record". addata is structured, display is what people see.
class Mapping {
 public:
  Mapping(Element record, const formats::Tags& tags, const OriginOf& from, RecordWriter& writer)
      : record_(record),
        display_(record.child("display")),
        data_(record.child("addata")),
        tags_(tags),
        from_(from),
        writer_(writer),
        derive_(tags, writer) {}

  void run() {
    type();
    titles();
    people();
    date();
    numbers();
    identifiers();
    texts();
    published();
  }

 private:
  void put(std::uint32_t tag, const std::string& text, Element e) { derive_.copy(tag, text, from_(e)); }
  Element either(std::string_view inData, std::string_view inDisplay) const {
    const Element e = inData.empty() ? Element() : data_.child(inData);
    return e && !e.text().empty() ? e : inDisplay.empty() ? Element() : display_.child(inDisplay);
  }

  void type() {
    const Element shownType = display_.child("type"), ris = data_.child("ristype");
    csl_ = cslOfDisplay(formats::lower(shownType.text()));
    if (csl_.empty() && ris) csl_ = formats::cslTypeOfRis(ris.text());
    if (csl_.empty()) csl_ = "document";
    writer_.derive(tags_.type, csl_, from_(shownType ? shownType : ris));
    put(tags_.typeRaw, shownType.text(), shownType);
  }
  /// Libraries add own words to Primo's types: "print_book", "pbooks", "book_chapter".
  static std::string_view cslOfDisplay(const std::string& word) {
    constexpr std::pair<std::string_view, std::string_view> kTypes[] = {{"chapter", "chapter"},
                                                                        {"newspaper", "article-newspaper"},
                                                                        {"magazine", "article-magazine"},
                                                                        {"article", "article-journal"},
                                                                        {"review", "article-journal"},
                                                                        {"dissertation", "thesis"},
                                                                        {"thes", "thesis"},
                                                                        {"proceeding", "paper-conference"},
                                                                        {"conference", "paper-conference"},
                                                                        {"reference_entr", "entry"},
                                                                        {"book", "book"},
                                                                        {"journal", "periodical"},
                                                                        {"report", "report"},
                                                                        {"patent", "patent"},
                                                                        {"dataset", "dataset"},
                                                                        {"web", "webpage"},
                                                                        {"video", "motion_picture"},
                                                                        {"audio", "song"},
                                                                        {"map", "map"},
                                                                        {"image", "graphic"},
                                                                        {"legal", "legislation"},
                                                                        {"standard", "standard"},
                                                                        {"score", "document"}};
    for (const auto& [part, csl] : kTypes)
      if (word.find(part) != std::string::npos) return csl;
    return {};
  }
  bool isPart() const {
    return csl_ == "chapter" || csl_ == "article-journal" || csl_ == "article-newspaper" ||
           csl_ == "article-magazine" || csl_ == "paper-conference";
  }

  void titles() {
    Element e = display_.child("title");
    for (const char* name : {"atitle", "btitle", "jtitle"})
      if (!e || e.text().empty()) e = data_.child(name);
    if (e) {
      std::string title = shown(e.text());
      title = title.substr(0, title.find(" / "));  // behind it stands who is responsible (ISBD)
      for (std::size_t at = title.find(" : "); at != std::string::npos; at = title.find(" : ", at)) title.erase(at, 1);
      put(tags_.title, title, e);
    }
    if (isPart()) container();
    Element series = either("seriestitle", "series");
    if (!series && csl_ == "chapter") series = display_.child("relation");
    if (series && series.text().rfind("$$", 0) != 0) put(tags_.collection, shown(series.text()), series);
    if (const Element abbreviation = data_.child("stitle"))
      put(tags_.containerShort, abbreviation.text(), abbreviation);
  }
  void container() {
    Element e =
        data_.child(csl_ == "chapter" || (csl_ == "paper-conference" && !data_.child("jtitle")) ? "btitle" : "jtitle");
    if (!e) e = data_.child("jtitle");
    if (e) return put(tags_.container, e.text(), e);
    e = display_.child("ispartof");
    if (e) put(tags_.container, shown(e.text().substr(0, e.text().find(','))), e);
  }

  /// Names of an element's values: display puts several into one, addata one into each.
  void collect(Element section, std::string_view name, std::vector<std::pair<std::string, Element>>& names) const {
    section.children(name, [&](Element e) {
      const std::string words = shown(e.text());
      for (std::size_t begin = 0; begin <= words.size();) {
        const std::size_t end = std::min(words.find(" ; ", begin), words.size());
        const std::string bare = bareName(words.substr(begin, end - begin));
        const bool isKnown = std::any_of(names.begin(), names.end(), [&](const auto& n) { return n.first == bare; });
        if (!bare.empty() && !isKnown) names.emplace_back(bare, e);
        begin = end + 3;
      }
    });
  }
  static bool areSplit(const std::vector<std::pair<std::string, Element>>& names) {
    return !names.empty() && std::all_of(names.begin(), names.end(),
                                         [](const auto& n) { return n.first.find(',') != std::string::npos; });
  }
  void people() {
    std::vector<std::pair<std::string, Element>> names, others;
    collect(display_, "creator", names);
    if (!areSplit(names)) {
      collect(data_, "au", others);
      if (areSplit(others) || names.empty()) names = std::move(others);
    }
    if (names.empty()) collect(data_, "addau", names);
    if (names.empty()) collect(display_, "contributor", names);
    for (const auto& [name, e] : names)
      derive_.person(Role::Author, formats::parseName(name, NameStyle::Comma), from_(e));
  }

  void date() {
    Element e;
    for (const Element candidate : {data_.child("date"), data_.child("risdate"), display_.child("creationdate")})
      if (!e && candidate && !candidate.text().empty()) e = candidate;
    if (!e) return;
    std::string words = e.text();
    if (words.find_first_not_of("0123456789") == std::string::npos && words.size() > 4 && words.size() < 8)
      words.resize(4);
    const auto read = formats::parseDate(words);
    if (read && read->year != 0)
      derive_.date(*read, from_(e));
    else if (const int year = formats::findYear(words.substr(0, 4)); year != 0)
      derive_.copy(tags_.year, std::to_string(year), from_(e));
    put(tags_.issuedRaw, e.text(), e);
  }

  void numbers() {
    for (const auto& [name, tag] : {std::pair<std::string_view, std::uint32_t>{"volume", tags_.volume},
                                    {"issue", tags_.issue},
                                    {"artnum", tags_.articleNumber}})
      if (const Element e = data_.child(name)) put(tag, e.text(), e);
    const Element first = data_.child("spage"), pages = data_.child("pages");
    if (pages && !pages.text().empty())
      derive_.pages(pages.text(), {}, from_(pages));
    else if (first)
      derive_.pages(first.text(), data_.textOf("epage"), from_(first));
    if (const Element e = display_.child("edition")) put(tags_.edition, shown(e.text()), e);
  }

  void identifiers() {
    if (const Element e = data_.child("doi")) derive_.doi(e.text(), from_(e), false);
    for (const char* name : {"issn", "eissn", "isbn", "eisbn"})
      data_.children(name, [&](Element e) { derive_.serialNumbers(e.text(), from_(e)); });
    if (!data_.child("isbn") && !data_.child("issn"))
      display_.children("identifier", [&](Element e) {
        if (e.text().find("IS") != std::string::npos) derive_.serialNumbers(e.text(), from_(e));
      });
    if (const Element e = data_.child("pmid")) put(tags_.pmid, formats::normalisePmid(e.text()), e);
    if (const Element e = record_.child("control/recordid")) put(tags_.localId, e.text(), e);
    record_.child("links").children("linktorsrc", [&](Element e) {
      const std::string text = e.text();
      const std::size_t begin = text.find("$$U");
      if (begin != std::string::npos) put(tags_.url, text.substr(begin + 3, text.find("$$", begin + 3) - begin - 3), e);
    });
  }

  /// Libraries give several descriptions of one work; each once.
  std::string abstractOf(Element first) const {
    if (data_.child("abstract")) return shown(first.text());
    std::vector<std::string> texts;
    display_.children("description", [&](Element e) {
      std::string text = shown(e.text());
      if (!text.empty() && std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(std::move(text));
    });
    std::string whole;
    for (const std::string& text : texts) whole += (whole.empty() ? "" : "\n\n") + text;
    return whole;
  }

  void texts() {
    const Element abstract = either("abstract", "description");
    if (abstract) put(tags_.abstract, abstractOf(abstract), abstract);
    display_.children("language", [&](Element e) { derive_.languages(writer_.keep(shown(e.text())), from_(e)); });
    display_.children("subject", [&](Element e) {
      const std::string words = shown(e.text());
      for (std::size_t begin = 0; begin < words.size();) {
        const std::size_t end = std::min(words.find(" ; ", begin), words.size());
        put(tags_.keyword, words.substr(begin, end - begin), e);
        begin = end + 3;
      }
    });
    data_.children("notes", [&](Element e) { put(tags_.note, e.text(), e); });
  }

  void published() {
    Element e = data_.child("pub");
    if (e)
      put(tags_.publisher, e.text(), e);
    else if ((e = display_.child("publisher"))) {
      const std::string words = shown(e.text());  // "Oslo : Invented Press" (ISBD)
      const std::size_t colon = words.find(" : ");
      put(tags_.publisher, colon == std::string::npos ? words : words.substr(colon + 3), e);
      if (colon != std::string::npos && !data_.child("cop")) put(tags_.place, words.substr(0, colon), e);
    }
    if ((e = data_.child("cop"))) put(tags_.place, e.text(), e);
    if ((e = display_.child("source"))) put(tags_.database, shown(e.text()), e);
  }

  Element record_, display_, data_;
  const formats::Tags& tags_;
  const OriginOf& from_;
  RecordWriter& writer_;
  Deriver derive_;
  std::string_view csl_;
};

}  // namespace

bool isRecord(Element record) { return record.child("display") || record.child("addata"); }

void deriveFields(Element record, const formats::Tags& tags, const OriginOf& from, RecordWriter& writer) {
  Mapping(record, tags, from, writer).run();
}

}  // namespace winnow::pnx
