#include "PubmedFields.hpp"

#include <string>
#include <utility>

#include <winnow/formats/identifiers.hpp>
#include <winnow/formats/publication_types.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::pubmed {

namespace {

using formats::Deriver;
using formats::Role;
using xml::Element;

/// Names of elements: NLM, "PubMed XML element descriptions" (MEDLINE/PubMed DTD of 2019 and later).
class Mapping {
 public:
  Mapping(Element record, const formats::Tags& tags, const OriginOf& from, RecordWriter& writer)
      : record_(record), tags_(tags), from_(from), writer_(writer), derive_(tags, writer) {
    citation_ = record.child("MedlineCitation");
    book_ = record.child("BookDocument");
    work_ = book_ ? book_ : citation_.child("Article");
    if (!citation_) citation_ = book_;
    data_ = record.child(book_ ? "PubmedBookData" : "PubmedData");
  }

  bool run(Element& badDate) {
    types();
    titles();
    people();
    const bool isDated = date(badDate);
    numbers();
    identifiers();
    texts();
    return isDated;
  }

 private:
  void put(std::uint32_t tag, Element e) {
    if (e) derive_.copy(tag, e.text(), from_(e));
  }
  template <class Each>
  static void every(Element parent, std::string_view list, std::string_view name, Each&& each) {
    if (const Element e = parent.child(list)) e.children(name, each);
  }

  void types() {
    // A book without a chapter's title is the book itself.
    const bool isChapter = book_ && !titleOf().empty();
    std::string_view csl = book_ ? (isChapter ? "chapter" : "book") : "article-journal";
    const auto each = [&](Element e) {
      derive_.publicationTypes(writer_.keep(e.text()), from_(e));
      if (e.text() == "Preprint") csl = "article";
    };
    every(work_, "PublicationTypeList", "PublicationType", each);
    work_.children("PublicationType", each);
    writer_.derive(tags_.type, csl, from_(record_));
  }

  std::string titleOf() const { return work_.textOf("ArticleTitle"); }

  /// PubMed ends titles with a full stop and puts translations into brackets.
  static std::string clean(std::string title, bool& translated) {
    if (!title.empty() && title.back() == '.' && (title.size() < 2 || title[title.size() - 2] != '.')) title.pop_back();
    translated = title.size() > 2 && title.front() == '[' && title.back() == ']';
    return translated ? title.substr(1, title.size() - 2) : title;
  }

  void titles() {
    bool translated = false, unused = false;
    const Element own = work_.child("ArticleTitle");
    const Element vernacular = work_.child("VernacularTitle");
    const Element book = work_.child("Book/BookTitle");
    const Element shown = !own.text().empty() ? own : vernacular && !vernacular.text().empty() ? vernacular : book;
    if (shown) {
      const std::string title = clean(shown.text(), translated);
      derive_.copy(tags_.title, title, from_(shown));
      if (translated) derive_.copy(tags_.titleTranslated, title, from_(shown));
    }
    if (vernacular) derive_.copy(tags_.titleOriginal, clean(vernacular.text(), unused), from_(vernacular));
    const Element journal = work_.child("Journal/Title");
    Element abbreviation = work_.child("Journal/ISOAbbreviation");
    if (!abbreviation) abbreviation = citation_.child("MedlineJournalInfo/MedlineTA");
    put(tags_.container, book_ ? (shown == book ? Element() : book) : journal ? journal : abbreviation);
    if (journal && abbreviation.text() != journal.text()) put(tags_.containerShort, abbreviation);
    put(tags_.collection, work_.child("Book/CollectionTitle"));
  }

  void person(Role role, Element e) {
    if (e.attribute("ValidYN") == "N") return;
    formats::PersonName name;
    name.family = e.textOf("LastName");
    name.given = e.textOf("ForeName");
    if (name.given.empty()) name.given = e.textOf("Initials");
    name.suffix = e.textOf("Suffix");
    name.literal = e.textOf("CollectiveName");
    if (name.family.empty() && !name.given.empty()) name.literal = std::exchange(name.given, {});
    RecordWriter::Origin origin = from_(e);
    const std::uint16_t group = derive_.person(role, name, origin);
    if (group == 0 || role != Role::Author) return;
    origin.group = group;
    e.children("Identifier", [&](Element id) {
      if (id.attribute("Source") == "ORCID") derive_.copy(tags_.orcid, formats::normaliseOrcid(id.text()), origin);
    });
    e.children("AffiliationInfo",
               [&](Element info) { derive_.copy(tags_.affiliation, info.textOf("Affiliation"), origin); });
    if (const Element old = e.child("Affiliation")) derive_.copy(tags_.affiliation, old.text(), origin);
  }

  /// Authors of the article or chapter; those of the book where it is no chapter, otherwise they stay raw.
  void people() {
    const auto list = [&](Element parent) {
      parent.children("AuthorList", [&](Element authors) {
        const bool areEditors = authors.attribute("Type") == "editors";
        authors.children("Author", [&](Element e) { person(areEditors ? Role::Editor : Role::Author, e); });
      });
    };
    list(work_);
    list(work_.child("Book"));
  }

  bool date(Element& bad) {
    Element e = work_.child("Journal/JournalIssue/PubDate");
    if (!e) e = work_.child("Book/PubDate");
    if (!e) e = work_.child("ArticleDate");
    if (!e) return true;
    std::string words;
    const bool isNumeric = e.textOf("Month").find_first_not_of("0123456789") == std::string::npos;
    e.children([&](Element part) { words += (words.empty() ? "" : isNumeric ? "-" : " ") + part.text(); });
    const auto read = formats::parseDate(words);
    if (!read || read->year == 0) {
      bad = e;
      return words.empty();
    }
    derive_.date(*read, from_(e));
    derive_.copy(tags_.issuedRaw, words, from_(e));
    return true;
  }

  void numbers() {
    put(tags_.volume, work_.child("Journal/JournalIssue/Volume"));
    put(tags_.issue, work_.child("Journal/JournalIssue/Issue"));
    put(tags_.edition, work_.child("Book/Edition"));
    Element pages = work_.child("Pagination/MedlinePgn");
    if (pages && !pages.text().empty()) return derive_.pages(pages.text(), {}, from_(pages));
    pages = work_.child("Pagination");
    if (pages) derive_.pages(pages.textOf("StartPage"), pages.textOf("EndPage"), from_(pages));
    // Without pages the publisher's number stands for them in a citation.
    if (!pages || pages.text().empty())
      work_.children("ELocationID", [&](Element e) {
        if (e.attribute("EIdType") == "pii" && e.attribute("ValidYN") != "N")
          derive_.copy(tags_.articleNumber, e.text(), from_(e));
      });
  }

  void identifiers() {
    bool hasDoi = false;
    const auto doi = [&](Element e) {
      if (e.attribute("EIdType") == "doi" || e.attribute("IdType") == "doi")
        if (!hasDoi && e.attribute("ValidYN") != "N") hasDoi = derive_.doi(e.text(), from_(e), false);
    };
    work_.children("ELocationID", doi);
    work_.child("Book").children("ELocationID", doi);
    // Only the record's own list: those of ReferenceList are other people's.
    for (const Element list : {data_.child("ArticleIdList"), work_.child("ArticleIdList")})
      list.children("ArticleId", doi);
    Element pmid;  // of several versions the newest
    citation_.children("PMID", [&](Element e) {
      if (!pmid || pmid.attribute("Version") < e.attribute("Version")) pmid = e;
    });
    if (pmid) derive_.copy(tags_.pmid, formats::normalisePmid(pmid.text()), from_(pmid));
    const auto other = [&](Element e) {
      if (e.attribute("IdType") == "pmc") derive_.copy(tags_.pmcid, formats::normalisePmcid(e.text()), from_(e));
      if (e.attribute("IdType") == "pubmed" && !pmid)
        derive_.copy(tags_.pmid, formats::normalisePmid(e.text()), from_(e));
      if (e.attribute("IdType") == "bookaccession") derive_.copy(tags_.accession, e.text(), from_(e));
    };
    for (const Element list : {data_.child("ArticleIdList"), work_.child("ArticleIdList")})
      list.children("ArticleId", other);
    for (const Element e : {work_.child("Journal/ISSN"), citation_.child("MedlineJournalInfo/ISSNLinking")})
      if (e) derive_.serialNumbers(e.text(), from_(e));
    work_.child("Book").children("Isbn", [&](Element e) { derive_.serialNumbers(e.text(), from_(e)); });
  }

  static std::string abstractOf(Element e) {
    std::string text;
    e.children("AbstractText", [&](Element part) {
      const std::string words = part.text();
      if (words.empty()) return;
      const std::string_view label = part.attribute("Label");
      text += (text.empty() ? "" : "\n") +
              (label.empty() || label == "UNLABELLED" ? std::string() : std::string(label) + ": ") + words;
    });
    return text;
  }

  void texts() {
    if (const Element e = work_.child("Abstract")) {
      derive_.copy(tags_.abstract, abstractOf(e), from_(e));
      put(tags_.abstractCopyright, e.child("CopyrightInformation"));
    }
    work_.children("Language", [&](Element e) { derive_.languages(writer_.keep(e.text()), from_(e)); });
    every(citation_, "MeshHeadingList", "MeshHeading", [&](Element e) {
      std::string words = e.textOf("DescriptorName");
      e.children("QualifierName", [&](Element q) { words += "/" + q.text(); });
      derive_.copy(tags_.keyword, words, from_(e));
    });
    citation_.children("KeywordList",
                       [&](Element list) { list.children("Keyword", [&](Element e) { put(tags_.keyword, e); }); });
    citation_.children("GeneralNote", [&](Element e) { put(tags_.note, e); });
    put(tags_.publisher, work_.child("Book/Publisher/PublisherName"));
    put(tags_.place, work_.child("Book/Publisher/PublisherLocation"));
  }

  Element record_, citation_, book_, work_, data_;
  const formats::Tags& tags_;
  const OriginOf& from_;
  RecordWriter& writer_;
  Deriver derive_;
};

}  // namespace

bool deriveFields(Element record, const formats::Tags& tags, const OriginOf& from, RecordWriter& writer,
                  Element& badDate) {
  return Mapping(record, tags, from, writer).run(badDate);
}

}  // namespace winnow::pubmed
