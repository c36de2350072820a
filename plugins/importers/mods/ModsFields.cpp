#include "ModsFields.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <winnow/formats/identifiers.hpp>
#include <winnow/formats/publication_types.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::mods {

namespace {

using formats::Deriver;
using formats::NameStyle;
using formats::Role;
using xml::Element;

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// "Alleman, Tillie Pierce [1848-1914]", "Sridharan, Kumar.": the name alone.
std::string bareName(std::string text) {
  const std::size_t bracket = text.find(" [");
  if (bracket != std::string::npos && text.back() == ']') text.resize(bracket);
  while (!text.empty() && (text.back() == ',' || text.back() == ' ')) text.pop_back();
  if (text.size() > 3 && text.back() == '.' && text[text.size() - 3] != ' ' && text[text.size() - 3] != '.')
    text.pop_back();
  return text;
}

/// MODS 3.8 (Library of Congress); elements of the record's own level, never of what it only refers to.
class Mapping {
 public:
  Mapping(Element record, const formats::Tags& tags, const OriginOf& from, RecordWriter& writer)
      : record_(record), tags_(tags), from_(from), writer_(writer), derive_(tags, writer) {
    record.children("relatedItem", [&](Element e) {
      if (e.attribute("type") == "host" && !host_) host_ = e;
      if (e.attribute("type") == "series" && !series_) series_ = e;
    });
    part_ = record.child("part");
    if (!part_) part_ = host_.child("part");
    record.children("extension", [&](Element e) {
      isBill_ = isBill_ || e.textOf("collectionCode") == "BILLS";
      if (!shortTitle_) shortTitle_ = e.child("shortTitle");
    });
  }

  void run() {
    hasAuthor_ = hasAuthor();
    type();
    titles();
    record_.children("name", [&](Element e) { person(e, false); });
    host_.children("name", [&](Element e) { person(e, true); });
    date();
    part();
    identifiers();
    texts();
    published();
  }

 private:
  void put(std::uint32_t tag, const std::string& text, Element e) { derive_.copy(tag, text, from_(e)); }
  bool hasIdentifier(Element parent, std::string_view sort) const {
    bool found = false;
    parent.children("identifier", [&](Element e) { found = found || formats::lower(e.attribute("type")) == sort; });
    return found;
  }
  /// Calls `each(genre in lower case, element)`.
  template <class Each>
  void genres(Each&& each) const {
    record_.children("genre", [&](Element e) { each(formats::lower(e.text()), e); });
  }

  void type() {
    const Element sort = record_.child("typeOfResource");
    std::string_view csl = isBill_ ? "bill" : typeOfGenres();
    if (csl.empty()) csl = typeOfResource(formats::lower(sort.text()));
    writer_.derive(tags_.type, csl, from_(sort ? sort : record_));
    put(tags_.typeRaw, sort.text(), sort);
    genres([&](const std::string&, Element e) { derive_.publicationTypes(writer_.keep(e.text()), from_(e)); });
  }
  /// Words of the MARC genre term list and of common profiles.
  std::string_view typeOfGenres() const {
    std::string_view csl;
    genres([&](const std::string& genre, Element e) {
      if (!csl.empty()) return;
      if (genre == "article" || contains(genre, "journal article"))
        csl = "article-journal";
      else if (contains(genre, "newspaper"))
        csl = "article-newspaper";
      else if (genre == "web site" || genre == "website" || genre == "web page")
        csl = "webpage";
      else if (genre == "letter" || genre == "brief")
        csl = "personal_communication";
      else if (contains(genre, "chapter"))
        csl = "chapter";
      else if (contains(genre, "thesis") || contains(genre, "dissertation"))
        csl = "thesis";
      else if (genre == "conference paper")
        csl = "paper-conference";
      else if (genre == "conference publication")
        csl = "book";
      else if (contains(genre, "technical report") || genre == "government publication")
        csl = "report";
      else if (contains(genre, "bibliography") || contains(genre, "fiction"))
        return;
      else
        csl = formats::cslTypeOfName(e.text());
    });
    return csl;
  }
  std::string_view typeOfResource(const std::string& sort) const {
    if (contains(sort, "sound recording")) return "song";
    if (contains(sort, "software")) return "software";
    if (contains(sort, "cartographic")) return "map";
    if (contains(sort, "moving image")) return "motion_picture";
    if (contains(sort, "still image")) return "graphic";
    if (contains(sort, "notated music") || contains(sort, "three dimensional")) return "document";
    if (hasIdentifier(record_, "isbn") || isVolumeOfSet()) return "book";
    const bool isSerial = hasIdentifier(host_, "issn") || host_.textOf("originInfo/issuance") == "continuing" ||
                          host_.child("part/detail");
    if (host_ && isSerial) return "article-journal";
    if (host_ && (hasIdentifier(host_, "isbn") || host_.child("part"))) return "chapter";
    bool isWeb = false;
    record_.child("physicalDescription").children("internetMediaType", [&](Element e) {
      isWeb = isWeb || e.text() == "text/html";
    });
    if (isWeb) return "webpage";
    return contains(sort, "text") || record_.textOf("originInfo/issuance") == "monographic" ? "book" : "document";
  }

  /// Published by itself, with no pages in what it belongs to.
  bool isVolumeOfSet() const {
    return host_ && record_.textOf("originInfo/issuance") == "monographic" && record_.child("originInfo/publisher") &&
           record_.child("originInfo/dateIssued") && !host_.child("part/extent") && !host_.child("part/detail");
  }

  static std::string titleOf(Element info) {
    std::string title = info.textOf("title");
    std::string_view article = {};
    const std::string nonSort = info.textOf("nonSort");
    article = nonSort;
    if (!article.empty()) title = nonSort + (article.back() == '\'' || article.back() == '-' ? "" : " ") + title;
    const auto strip = [&] {
      while (!title.empty() && (title.back() == ':' || title.back() == '/' || title.back() == ' ')) title.pop_back();
    };
    strip();
    if (const std::string number = info.textOf("partNumber"); !number.empty()) title += ". " + number;
    if (const std::string name = info.textOf("partName"); !name.empty()) title += ": " + name;
    if (const std::string rest = info.textOf("subTitle"); !rest.empty()) title += ": " + rest;
    strip();
    return title;
  }

  void titles() {
    // A bill is cited and searched by its short title (The Bluebook, rule 13); the record's own is "An Act to ...".
    bool hasTitle = isBill_ && shortTitle_, hasOwn = false;
    if (hasTitle) put(tags_.title, shortTitle_.text(), shortTitle_);
    record_.children("titleInfo", [&](Element e) {
      const std::string_view sort = e.attribute("type");
      if (sort.empty() && !std::exchange(hasOwn, true))
        put(std::exchange(hasTitle, true) ? tags_.titleOriginal : tags_.title, titleOf(e), e);
      if (sort == "translated") put(tags_.titleTranslated, titleOf(e), e);
      if (sort == "uniform") put(tags_.titleOriginal, titleOf(e), e);
      if (sort == "abbreviated") put(tags_.titleShort, titleOf(e), e);
    });
    if (!hasTitle)
      if (const Element any = record_.child("titleInfo")) put(tags_.title, titleOf(any), any);
    bool hasContainer = false;
    host_.children("titleInfo", [&](Element e) {
      if (e.attribute("type") == "abbreviated")
        put(tags_.containerShort, titleOf(e), e);
      else if (!std::exchange(hasContainer, true))
        put(tags_.container, titleOf(e), e);
    });
    if (const Element e = series_.child("titleInfo")) put(tags_.collection, titleOf(e), e);
  }

  /// True if a name is an author's: then those with other roles are no creators of the work.
  bool hasAuthor() const {
    bool found = false;
    record_.children("name", [&](Element e) {
      Role role = Role::Author;
      found = found || (roleOf(e, role) && role == Role::Author);
    });
    return found;
  }
  /// The photographer of a photograph, the interviewee of an interview: any MARC relator but those who published, paid
  /// for, own or supervised the work, or whom it is about.
  static bool isMaker(Element name) {
    static constexpr std::string_view kOthers[] = {"pbl",
                                                   "publisher",
                                                   "dst",
                                                   "distributor",
                                                   "prt",
                                                   "printer",
                                                   "fnd",
                                                   "funder",
                                                   "spn",
                                                   "sponsor",
                                                   "his",
                                                   "host institution",
                                                   "ths",
                                                   "thesis advisor",
                                                   "dgs",
                                                   "degree supervisor",
                                                   "dgg",
                                                   "degree granting institution",
                                                   "opn",
                                                   "opponent",
                                                   "own",
                                                   "owner",
                                                   "rcp",
                                                   "addressee",
                                                   "dte",
                                                   "dedicatee",
                                                   "dpt",
                                                   "depositor",
                                                   "rps",
                                                   "repository",
                                                   "mfr",
                                                   "manufacturer",
                                                   "pup",
                                                   "asn",
                                                   "associated name",
                                                   "sbj",
                                                   "subject",
                                                   "edt",
                                                   "editor",
                                                   "trl",
                                                   "translator"};
    bool isOther = false;
    name.children("role", [&](Element r) {
      r.children("roleTerm", [&](Element e) {
        isOther =
            isOther || std::find(std::begin(kOthers), std::end(kOthers), formats::lower(e.text())) != std::end(kOthers);
      });
    });
    return !isOther;
  }

  /// What a name did, by the MARC relator code or the word; nothing for those who did not write, edit or translate.
  static bool roleOf(Element name, Role& role) {
    bool hasAny = false, found = false;
    name.children("role", [&](Element r) {
      r.children("roleTerm", [&](Element e) {
        const std::string word = formats::lower(e.text());
        if (word.empty() || found) return;
        hasAny = true;
        const auto is = [&](std::initializer_list<std::string_view> words) {
          return std::find(words.begin(), words.end(), word) != words.end();
        };
        found = true;
        if (is({"aut", "cre", "author", "creator", "verfasser", "art", "artist", "cmp", "composer", "prf", "performer",
                "drt", "director", "inv", "inventor", "spk", "speaker", "dis"}))
          role = Role::Author;
        else if (is({"edt", "editor", "herausgeber", "edc", "ed."}))
          role = Role::Editor;
        else if (is({"trl", "translator"}))
          role = Role::Translator;
        else
          found = false;
      });
    });
    if (!hasAny) role = Role::Author;
    return found || !hasAny;
  }

  void person(Element e, bool ofHost) {
    Role role = Role::Author;
    if (!roleOf(e, role)) {
      if (ofHost || hasAuthor_ || !isMaker(e)) return;
      role = Role::Author;
    }
    if (ofHost && (role == Role::Author || !e.child("role"))) {
      if (e.child("role")) return;  // author of the whole book: not of this part
      role = Role::Editor;
    }
    formats::PersonName name;
    std::string whole;
    e.children("namePart", [&](Element part) {
      const std::string_view sort = part.attribute("type");
      const std::string text = part.text();
      if (sort == "family")
        name.family += (name.family.empty() ? "" : " ") + text;
      else if (sort == "given")
        name.given += (name.given.empty() ? "" : " ") + text;
      else if (sort.empty())
        whole += (whole.empty() ? "" : whole.back() == '.' ? " " : ". ") + text;
    });
    const std::string_view kind = e.attribute("type");
    if (kind == "corporate" || kind == "conference")
      name = {{}, {}, {}, whole};
    else if (name.family.empty() && name.given.empty())
      name = formats::parseName(bareName(whole), NameStyle::Comma);
    else if (name.family.empty())
      name.literal = std::exchange(name.given, {});
    RecordWriter::Origin origin = from_(e);
    const std::uint16_t group = derive_.person(role, name, origin);
    if (group == 0 || role != Role::Author) return;
    origin.group = group;
    e.children("nameIdentifier", [&](Element id) {
      if (formats::lower(id.attribute("type")) == "orcid")
        derive_.copy(tags_.orcid, formats::normaliseOrcid(id.text()), origin);
    });
    e.children("affiliation", [&](Element a) { derive_.copy(tags_.affiliation, a.text(), origin); });
  }

  /// The date of issue; one that is encoded beats one in words. Else the part's, else copyright or creation.
  void date() {
    Element best;
    const auto look = [&](Element info, std::string_view name) {
      info.children(name, [&](Element e) {
        if (e.attribute("point") == "end") return;
        if (!best || (best.attribute("encoding").empty() && !e.attribute("encoding").empty())) best = e;
      });
    };
    record_.children("originInfo", [&](Element e) { look(e, "dateIssued"); });
    if (!best) look(part_, "date");
    if (!best) host_.children("originInfo", [&](Element e) { look(e, "dateIssued"); });
    for (const std::string_view name : {"copyrightDate", "dateCreated"})
      if (!best) record_.children("originInfo", [&](Element e) { look(e, name); });
    if (!best) return;
    const std::string words = best.text();
    const auto read = formats::parseDate(words);
    if (read && read->year != 0)
      derive_.date(*read, from_(best));
    else if (const int year = formats::findYear(digits(words)); year != 0)
      derive_.copy(tags_.year, std::to_string(year), from_(best));
    put(tags_.issuedRaw, words, best);
  }
  /// "c1984", "1998-]", "[2005?]": the first four digits.
  static std::string digits(const std::string& text) {
    for (std::size_t i = 0; i + 4 <= text.size(); ++i)
      if (text.find_first_not_of("0123456789", i) >= i + 4) return text.substr(i, 4);
    return {};
  }

  void part() {
    part_.children("detail", [&](Element e) {
      const std::string_view sort = e.attribute("type");
      const std::string number = e.textOf("number").empty() ? e.textOf("title") : e.textOf("number");
      if (sort == "volume") put(tags_.volume, number, e);
      if (sort == "issue" || sort == "number") put(tags_.issue, number, e);
      if (sort == "article" || sort == "article_number") put(tags_.articleNumber, number, e);
    });
    bool hasPages = false;
    part_.children("extent", [&](Element e) {
      const std::string unit = formats::lower(e.attribute("unit"));
      if (hasPages || (!unit.empty() && unit != "pages" && unit != "page" && unit != "pp")) return;
      hasPages = true;
      const std::string first = e.textOf("start");
      derive_.pages(first.empty() ? e.textOf("list") : first, e.textOf("end"), from_(e));
    });
  }

  void identifiers() {
    bool hasDoi = false;
    const auto each = [&](Element e, bool own) {
      const std::string sort = formats::lower(e.attribute("type"));
      if (own && !hasDoi && (sort == "doi" || sort == "uri")) hasDoi = derive_.doi(e.text(), from_(e), sort == "uri");
      if (sort == "isbn" || sort == "issn") derive_.serialNumbers(e.text(), from_(e));
      if (own && (sort == "pmid" || sort == "pubmed")) put(tags_.pmid, formats::normalisePmid(e.text()), e);
    };
    record_.children("identifier", [&](Element e) { each(e, true); });
    host_.children("identifier", [&](Element e) { each(e, false); });
    if (const Element e = record_.child("recordInfo/recordIdentifier")) put(tags_.localId, e.text(), e);
    urls();
  }

  /// The record's primary address first, then others; pictures and files of it stay raw.
  void urls() {
    std::vector<Element> found;
    for (const bool primary : {true, false})
      record_.children("location", [&](Element place) {
        place.children("url", [&](Element e) {
          const bool isPrimary = formats::startsWithIgnoringCase(e.attribute("usage"), "primary");
          if (isPrimary == primary && e.attribute("access") != "raw object") found.push_back(e);
        });
      });
    record_.children("identifier", [&](Element e) {
      if (formats::lower(e.attribute("type")) == "uri" && formats::startsWithIgnoringCase(e.text(), "http"))
        found.push_back(e);
    });
    std::vector<std::string> written;
    for (const Element e : found)
      if (std::find(written.begin(), written.end(), e.text()) == written.end()) {
        put(tags_.url, e.text(), e);
        written.push_back(e.text());
      }
  }

  void texts() {
    if (const Element e = record_.child("abstract")) put(tags_.abstract, e.text(), e);
    record_.children("language", [&](Element e) { language(e); });
    record_.children("subject", [&](Element e) {
      for (const std::string_view sort : {"topic", "geographic"})
        e.children(sort, [&](Element word) { put(tags_.keyword, word.text(), word); });
    });
    record_.children("note", [&](Element e) { put(tags_.note, e.text(), e); });
  }
  /// A code and its name are one language.
  void language(Element e) {
    Element best = e.isLeaf() ? e : Element();
    e.children("languageTerm", [&](Element term) {
      if (!best || (best.attribute("type") != "code" && term.attribute("type") == "code")) best = term;
    });
    if (best) derive_.languages(writer_.keep(best.text()), from_(best));
  }

  void published() {
    Element info;
    record_.children("originInfo", [&](Element e) {
      if (!info || (info.textOf("publisher").empty() && !e.textOf("publisher").empty())) info = e;
    });
    if (!info || info.textOf("publisher").empty())
      if (const Element other = host_.child("originInfo"); other && !other.textOf("publisher").empty()) info = other;
    if (!info) return;
    if (const Element e = info.child("publisher")) put(tags_.publisher, e.text(), e);
    if (const Element e = info.child("edition")) put(tags_.edition, e.text(), e);
    bool hasPlace = false;
    info.children("place", [&](Element place) {
      place.children([&](Element e) {
        if (e.attribute("type") != "code" && !e.text().empty() && !std::exchange(hasPlace, true))
          put(tags_.place, e.text(), e);
      });
    });
  }

  Element record_, host_, series_, part_;
  Element shortTitle_;   ///< of a bill, in GovInfo's extension
  bool isBill_ = false;  ///< GovInfo (U.S. Government Publishing Office): collection code BILLS
  const formats::Tags& tags_;
  const OriginOf& from_;
  RecordWriter& writer_;
  Deriver derive_;
  bool hasAuthor_ = false;
};

}  // namespace

void deriveFields(Element record, const formats::Tags& tags, const OriginOf& from, RecordWriter& writer) {
  Mapping(record, tags, from, writer).run();
}

}  // namespace winnow::mods
