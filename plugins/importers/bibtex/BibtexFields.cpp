#include "BibtexFields.hpp"

#include <algorithm>
#include <string>

#include <winnow/formats/identifiers.hpp>
#include <winnow/formats/pages.hpp>
#include <winnow/formats/publication_types.hpp>
#include <winnow/formats/text.hpp>

#include "BibtexNames.hpp"
#include "TexText.hpp"

namespace winnow::bibtex {

namespace {

using formats::Deriver;
using formats::Role;

struct Pair {
  std::string_view from, to;
};
/// Entry types of BibTeX (btxdoc), biblatex (manual, 2.1) and programs that have their own.
constexpr Pair kTypes[] = {{"article", "article-journal"},
                           {"artwork", "graphic"},
                           {"audio", "song"},
                           {"book", "book"},
                           {"bookinbook", "chapter"},
                           {"booklet", "pamphlet"},
                           {"collection", "book"},
                           {"conference", "paper-conference"},
                           {"dataset", "dataset"},
                           {"electronic", "webpage"},
                           {"image", "graphic"},
                           {"inbook", "chapter"},
                           {"incollection", "chapter"},
                           {"inproceedings", "paper-conference"},
                           {"inreference", "entry-encyclopedia"},
                           {"jurisdiction", "legal_case"},
                           {"legal", "legislation"},
                           {"legislation", "legislation"},
                           {"legmaterial", "legislation"},
                           {"legadminmaterial", "legislation"},
                           {"constitution", "legislation"},
                           {"letter", "personal_communication"},
                           {"manual", "report"},
                           {"map", "map"},
                           {"mastersthesis", "thesis"},
                           {"movie", "motion_picture"},
                           {"film", "motion_picture"},
                           {"music", "song"},
                           {"mvbook", "book"},
                           {"mvcollection", "book"},
                           {"mvproceedings", "book"},
                           {"mvreference", "book"},
                           {"online", "webpage"},
                           {"patent", "patent"},
                           {"performance", "document"},
                           {"periodical", "periodical"},
                           {"phdthesis", "thesis"},
                           {"presentation", "speech"},
                           {"talk", "speech"},
                           {"proceedings", "book"},
                           {"reference", "book"},
                           {"report", "report"},
                           {"review", "article-journal"},
                           {"software", "software"},
                           {"softwareversion", "software"},
                           {"standard", "standard"},
                           {"suppbook", "chapter"},
                           {"suppcollection", "chapter"},
                           {"suppperiodical", "article-journal"},
                           {"techreport", "report"},
                           {"thesis", "thesis"},
                           {"unpublished", "manuscript"},
                           {"video", "motion_picture"},
                           {"webpage", "webpage"},
                           {"www", "webpage"}};

/// Names of languages for babel and polyglossia that no list of languages has.
constexpr Pair kBabel[] = {
    {"acadian", "fr"},      {"american", "en"},        {"australian", "en"}, {"austrian", "de"},    {"brazil", "pt"},
    {"brazilian", "pt"},    {"british", "en"},         {"canadian", "en"},   {"canadien", "fr"},    {"francais", "fr"},
    {"germanb", "de"},      {"magyar", "hu"},          {"naustrian", "de"},  {"newzealand", "en"},  {"ngerman", "de"},
    {"nswissgerman", "de"}, {"polutonikogreek", "el"}, {"portuges", "pt"},   {"swissgerman", "de"}, {"ukenglish", "en"},
    {"usenglish", "en"}};

/// Fields that a crossref lends (biblatex manual, appendix B), and under which name the parent's title comes.
constexpr Pair kInherited[] = {{"booktitle", "booktitle"}, {"booktitle", "title"}, {"booksubtitle", "subtitle"}};

template <std::size_t N>
std::string_view lookUp(const Pair (&table)[N], std::string_view name) {
  const auto at = std::find_if(std::begin(table), std::end(table), [&](const Pair& p) { return p.from == name; });
  return at == std::end(table) ? std::string_view{} : at->to;
}

class Mapping {
 public:
  Mapping(const Entry& entry, const Entry* parent, const formats::Tags& tags, const RawOf& rawOf, std::uint32_t rule,
          RecordWriter& writer)
      : entry_(entry),
        parent_(parent),
        tags_(tags),
        rawOf_(rawOf),
        rule_(rule),
        writer_(writer),
        derive_(tags, writer) {}

  const Field* run() {
    type();
    titles();
    people();
    const Field* badYear = date();
    numbers();
    identifiers();
    texts();
    published();
    return badYear;
  }

 private:
  static bool isEmpty(const Field& f) {
    const std::string_view text = formats::trim(f.value);
    return text.empty() || text == "{}" || formats::isPlaceholder(text);
  }
  RecordWriter::Origin from(const Field& f) const { return {rawOf_(f), rule_, 0, 0}; }
  const Field* own(std::string_view name) const {
    const Field* f = entry_.find(name);
    return f != nullptr && !isEmpty(*f) ? f : nullptr;
  }
  /// The entry's own field, else what a crossref lends.
  const Field* find(std::string_view name) const {
    if (const Field* f = own(name)) return f;
    if (parent_ == nullptr) return nullptr;
    if (name == "title" || name == "subtitle" || name == "author" || name == "doi" || name == "url" ||
        name == "pages" || name == "abstract" || name == "keywords" || name == "note")
      return nullptr;
    for (const Pair& p : kInherited)
      if (p.from == name)
        if (const Field* f = parent_->find(p.to)) return f;
    return parent_->find(name);
  }
  const Field* find(std::initializer_list<std::string_view> names) const {
    for (const std::string_view name : names)
      if (const Field* f = find(name)) return f;
    return nullptr;
  }
  void put(std::uint32_t tag, const Field* f) {
    if (f != nullptr) derive_.copy(tag, plainText(f->value), from(*f));
  }

  void type() {
    std::string_view csl = lookUp(kTypes, entry_.type);
    const Field* sub = own("entrysubtype");
    if (csl == "article-journal" && sub != nullptr)
      csl = formats::startsWithIgnoringCase(sub->value, "news")  ? "article-newspaper"
            : formats::startsWithIgnoringCase(sub->value, "mag") ? "article-magazine"
                                                                 : csl;
    if (csl == "motion_picture" && sub != nullptr && formats::startsWithIgnoringCase(sub->value, "tv"))
      csl = "broadcast";
    if (csl.empty()) {  // "web_page", "newspaper_article": names of other programs
      std::string name = entry_.type;
      std::replace(name.begin(), name.end(), '_', ' ');
      csl = formats::cslTypeOfName(name);
    }
    if (csl.empty()) csl = "document";
    // Parents of a crossref have a book title as well: their own.
    if (csl == "book" && own("booktitle") != nullptr && own("title") != nullptr &&
        !sameTitle(own("booktitle")->value, own("title")->value))
      csl = "chapter";
    if (const Field* f = own("document_type")) csl = typeOfDocument(formats::lower(plainText(f->value)), csl);
    csl_ = csl;
    writer_.derive(tags_.type, csl, {WINNOW_NONE, rule_, 0, 0});
    derive_.copy(tags_.typeRaw, entry_.type, {WINNOW_NONE, rule_, 0, 0});
    for (const char* name : {"document_type", "type"})
      if (const Field* f = own(name); f != nullptr && (csl == "article-journal" || name[0] == 'd')) {
        derive_.publicationTypes(writer_.keep(plainText(f->value)), from(*f));
        break;
      }
  }

  /// Scopus calls everything an article and says more in document_type.
  static std::string_view typeOfDocument(const std::string& words, std::string_view otherwise) {
    if (words == "conference paper") return "paper-conference";
    if (words == "book chapter") return "chapter";
    return words == "book" ? "book" : otherwise;
  }
  static bool sameTitle(std::string_view a, std::string_view b) {
    return formats::foldForMatching(plainText(a)) == formats::foldForMatching(plainText(b));
  }

  static std::string joined(const std::string& title, const std::string& subtitle) {
    if (subtitle.empty() || title.empty()) return title + subtitle;
    const bool hasSign = title.back() == ':' || title.back() == '?' || title.back() == '!' || title.back() == '.';
    return title + (hasSign ? " " : ": ") + subtitle;
  }
  void putTitle(std::uint32_t tag, const Field* title, const Field* subtitle) {
    if (title == nullptr) return;
    derive_.copy(tag, joined(plainText(title->value), subtitle == nullptr ? std::string() : plainText(subtitle->value)),
                 from(*title));
  }

  void titles() {
    putTitle(tags_.title, find({"title", "maintitle", "titleaddon"}), find("subtitle"));
    put(tags_.titleShort, own("shorttitle"));
    put(tags_.titleOriginal, own("origtitle"));
    const bool isInBook = csl_ == "chapter" || csl_ == "paper-conference" || csl_.substr(0, 5) == "entry";
    const Field* journal = find({"journaltitle", "fjournal", "journal"});
    const Field* book = find("booktitle");
    const Field* container = isInBook && book != nullptr ? book : journal != nullptr ? journal : book;
    if (container == nullptr && isInBook) container = find("maintitle");
    putTitle(tags_.container, container,
             container != nullptr && container->name == "booktitle"      ? find("booksubtitle")
             : container != nullptr && container->name == "journaltitle" ? find("journalsubtitle")
                                                                         : nullptr);
    const Field* abbreviation =
        find({"shortjournal", "journal-iso", "abbrev_source_title", "journalabbreviation", "journal-abbrev"});
    if (abbreviation == nullptr && container != nullptr && container->name == "fjournal")
      abbreviation = find("journal");
    put(tags_.containerShort, abbreviation);
    if (isInBook || csl_ != "article-journal") put(tags_.collection, find("series"));
  }

  void people(Role role, const Field* f) {
    if (f == nullptr) return;
    for (const std::string_view name : splitNames(f->value)) derive_.person(role, parseName(name), from(*f));
  }
  void people() {
    people(Role::Author, find({"author", "authors"}));
    if (own("author") == nullptr)
      for (const char* name : {"director", "artist", "presenter"}) people(Role::Author, own(name));
    people(Role::Editor, find({"editor", "editors"}));
    people(Role::Translator, find("translator"));
  }

  const Field* date() {
    const Field* whole = own("date");
    const Field* year = own("year");
    if (whole == nullptr && year == nullptr) {
      whole = find("date");
      year = find("year");
    }
    const Field* used = whole != nullptr ? whole : year;
    if (used == nullptr) used = find({"publication_date", "issued"});
    if (used == nullptr) return nullptr;
    std::string words = plainText(used->value);
    if (used == whole) words = words.substr(0, words.find('/', 1));  // of a range the begin
    auto read = formats::parseDate(words);
    if (!read || read->year == 0) {
      const int found = formats::findYear(words);
      if (found == 0) {
        if (used == whole && year != nullptr) used = year, read = formats::parseDate(plainText(year->value));
        if (!read || read->year == 0) {
          derive_.copy(tags_.issuedRaw, words, from(*used));
          const bool isForthcoming = words.find_first_of("0123456789") == std::string::npos;  // "in press", "to appear"
          return isForthcoming ? nullptr : used;
        }
      } else {
        read = formats::Date{found, 0, 0, {}};
      }
    }
    if (read->month == 0) month(*read, used);
    derive_.date(*read, from(*used));
    derive_.copy(tags_.issuedRaw, words, from(*used));
    return nullptr;
  }
  /// month = mar, {March}, 3, "10~mar", "Mar 3"; day = 10.
  void month(formats::Date& date, const Field* used) const {
    const Field* f = used == entry_.find(used->name) ? own("month") : find("month");
    if (f == nullptr) return;
    const std::string words = plainText(f->value);
    if (words.size() <= 2 && words.find_first_not_of("0123456789") == std::string::npos && !words.empty()) {
      const int number = std::stoi(words);
      if (number >= 1 && number <= 12) date.month = number;
    } else if (const auto more = formats::parseDate(words)) {
      date.month = more->month;
      date.day = more->day;
      date.season = more->season;
    }
    if (const Field* day = own("day"); day != nullptr && date.day == 0 && date.month != 0) {
      const std::string text = plainText(day->value);
      if (text.size() <= 2 && !text.empty() && text.find_first_not_of("0123456789") == std::string::npos &&
          std::stoi(text) <= 31)
        date.day = std::stoi(text);
    }
  }

  void numbers() {
    put(tags_.volume, find("volume"));
    const bool hasIssues = csl_ != "report" && csl_ != "patent" && csl_ != "standard" && csl_ != "book" &&
                           csl_ != "chapter" && csl_ != "thesis";
    const Field* number = find({"number", "issue"});
    if (number != nullptr && hasIssues) put(tags_.issue, number);
    if (const Field* pages = find("pages")) derive_.pages(plainText(pages->value), {}, from(*pages));
    put(tags_.articleNumber, find({"eid", "article-number", "articleno", "art_number", "articlenumber"}));
    put(tags_.edition, find("edition"));
  }

  void identifiers() {
    bool hasDoi = false;
    if (const Field* f = find("doi")) hasDoi = derive_.doi(verbatim(f->value), from(*f), false);
    for (const char* name : {"url", "note", "ee", "howpublished"})
      if (const Field* f = hasDoi ? nullptr : own(name)) hasDoi = derive_.doi(verbatim(f->value), from(*f), true);
    for (const char* name : {"issn", "eissn", "sn", "isbn", "eisbn", "isbn-13", "isbn13"})
      if (const Field* f = find(name)) derive_.serialNumbers(plainText(f->value), from(*f));
    if (const Field* f = find("pmid"))
      derive_.copy(tags_.pmid, formats::normalisePmid(plainText(f->value)), from(*f));
    else if (const Field* note = own("note"))
      derive_.copy(tags_.pmid, pmidIn(plainText(note->value)), from(*note));
    if (const Field* f = find({"pmcid", "pmc"}))
      derive_.copy(tags_.pmcid, formats::normalisePmcid(plainText(f->value)), from(*f));
    put(tags_.accession, find({"unique-id", "ut", "accession_number", "accession"}));
    if (!entry_.key.empty()) derive_.copy(tags_.localId, entry_.key, {WINNOW_NONE, rule_, 0, 0});
    urls();
  }
  /// "PMID: 23439512" within a note.
  static std::string pmidIn(const std::string& note) {
    const std::size_t at = note.find("PMID:");
    const std::size_t begin = at == std::string::npos ? at : note.find_first_not_of(' ', at + 5);
    return begin == std::string::npos
               ? std::string()
               : formats::normalisePmid(note.substr(begin, note.find_first_not_of("0123456789", begin) - begin));
  }
  void urls() {
    bool hasUrl = false;
    for (const char* name : {"url", "link", "howpublished", "bdsk-url-1"})
      if (const Field* f = hasUrl ? nullptr : own(name)) {
        const std::string address = addressIn(f->value);
        if (name[0] == 'h' && !formats::startsWithIgnoringCase(address, "http")) continue;
        derive_.copy(tags_.url, address, from(*f));
        hasUrl = true;
      }
  }

  void texts() {
    put(tags_.abstract, own("abstract"));
    for (const char* name : {"keywords", "keyword", "author_keywords", "keywords-plus", "tags"})
      if (const Field* f = own(name)) {
        const std::string words = plainText(f->value);
        const bool hasSemicolon = words.find(';') != std::string::npos;
        for (const std::string_view word : formats::split(words, hasSemicolon ? ";" : ","))
          derive_.copy(tags_.keyword, word, from(*f));
      }
    if (const Field* f = find({"language", "langid", "hyphenation"})) {
      const std::string words = plainText(f->value);
      const std::string_view babel = lookUp(kBabel, formats::lower(words));
      if (babel.empty())
        derive_.languages(writer_.keep(words), from(*f));
      else {
        derive_.copy(tags_.language, babel, from(*f));
        derive_.copy(tags_.languageRaw, words, from(*f));
      }
    }
    for (const char* name : {"note", "annote", "annotation", "addendum"}) put(tags_.note, own(name));
    put(tags_.database, own("source"));
  }

  void published() {
    put(tags_.publisher, find({"publisher", "school", "institution", "organization"}));
    put(tags_.place, find({"address", "location", "city"}));
  }

  const Entry& entry_;
  const Entry* parent_;
  const formats::Tags& tags_;
  const RawOf& rawOf_;
  std::uint32_t rule_;
  RecordWriter& writer_;
  Deriver derive_;
  std::string_view csl_;
};

}  // namespace

bool isNoWork(const Entry& entry) { return entry.type == "xdata"; }

const Field* deriveFields(const Entry& entry, const Entry* parent, const formats::Tags& tags, const RawOf& rawOf,
                          std::uint32_t rule, RecordWriter& writer) {
  return Mapping(entry, parent, tags, rawOf, rule, writer).run();
}

bool isKnownField(std::string_view name) {
  static constexpr std::string_view kFields[] = {"abbrev_source_title",
                                                 "abstract",
                                                 "addendum",
                                                 "address",
                                                 "affiliation",
                                                 "affiliations",
                                                 "afterword",
                                                 "annotation",
                                                 "annotator",
                                                 "annote",
                                                 "archiveprefix",
                                                 "art_number",
                                                 "article-number",
                                                 "author",
                                                 "author-email",
                                                 "author_keywords",
                                                 "authority",
                                                 "bookauthor",
                                                 "bookpagination",
                                                 "booksubtitle",
                                                 "booktitle",
                                                 "booktitleaddon",
                                                 "chapter",
                                                 "cited-references",
                                                 "citeulike-article-id",
                                                 "comment",
                                                 "commentator",
                                                 "copyright",
                                                 "correspondence_address",
                                                 "crossref",
                                                 "da",
                                                 "date",
                                                 "date-added",
                                                 "date-modified",
                                                 "day",
                                                 "doc-delivery-number",
                                                 "document_type",
                                                 "doi",
                                                 "early-access-date",
                                                 "edition",
                                                 "editor",
                                                 "editora",
                                                 "editorb",
                                                 "editorc",
                                                 "editortype",
                                                 "eid",
                                                 "eissn",
                                                 "entryset",
                                                 "entrysubtype",
                                                 "eprint",
                                                 "eprintclass",
                                                 "eprinttype",
                                                 "eventdate",
                                                 "eventtitle",
                                                 "eventtitleaddon",
                                                 "file",
                                                 "foreword",
                                                 "funding-acknowledgement",
                                                 "funding-text",
                                                 "gender",
                                                 "groups",
                                                 "holder",
                                                 "howpublished",
                                                 "hyphenation",
                                                 "ids",
                                                 "institution",
                                                 "introduction",
                                                 "isan",
                                                 "isbn",
                                                 "ismn",
                                                 "isrn",
                                                 "issn",
                                                 "issue",
                                                 "issuesubtitle",
                                                 "issuetitle",
                                                 "iswc",
                                                 "journal",
                                                 "journal-iso",
                                                 "journalsubtitle",
                                                 "journaltitle",
                                                 "jstor_articletype",
                                                 "key",
                                                 "keywords",
                                                 "keywords-plus",
                                                 "label",
                                                 "langid",
                                                 "langidopts",
                                                 "language",
                                                 "lccn",
                                                 "library",
                                                 "local-url",
                                                 "location",
                                                 "mainsubtitle",
                                                 "maintitle",
                                                 "maintitleaddon",
                                                 "mendeley-groups",
                                                 "mendeley-tags",
                                                 "month",
                                                 "mrclass",
                                                 "mrnumber",
                                                 "nameaddon",
                                                 "note",
                                                 "number",
                                                 "number-of-cited-references",
                                                 "oa",
                                                 "options",
                                                 "orcid-numbers",
                                                 "organization",
                                                 "origdate",
                                                 "origlanguage",
                                                 "origlocation",
                                                 "origpublisher",
                                                 "origtitle",
                                                 "owner",
                                                 "pages",
                                                 "pagetotal",
                                                 "pagination",
                                                 "part",
                                                 "pdf",
                                                 "pmc",
                                                 "pmcid",
                                                 "pmid",
                                                 "presort",
                                                 "primaryclass",
                                                 "priority",
                                                 "publisher",
                                                 "pubmedid",
                                                 "pubstate",
                                                 "rating",
                                                 "read",
                                                 "references",
                                                 "related",
                                                 "relatedoptions",
                                                 "relatedstring",
                                                 "relatedtype",
                                                 "reprinttitle",
                                                 "research-areas",
                                                 "researcherid-numbers",
                                                 "review",
                                                 "school",
                                                 "search",
                                                 "series",
                                                 "shortauthor",
                                                 "shorteditor",
                                                 "shorthand",
                                                 "shorthandintro",
                                                 "shortjournal",
                                                 "shortseries",
                                                 "shorttitle",
                                                 "sortkey",
                                                 "sortname",
                                                 "sortshorthand",
                                                 "sorttitle",
                                                 "sortyear",
                                                 "source",
                                                 "subtitle",
                                                 "times-cited",
                                                 "timestamp",
                                                 "title",
                                                 "titleaddon",
                                                 "translator",
                                                 "type",
                                                 "unique-id",
                                                 "url",
                                                 "urldate",
                                                 "usage-count-last-180-days",
                                                 "usage-count-since-2013",
                                                 "usera",
                                                 "userb",
                                                 "userc",
                                                 "userd",
                                                 "usere",
                                                 "userf",
                                                 "venue",
                                                 "verba",
                                                 "verbb",
                                                 "verbc",
                                                 "version",
                                                 "volume",
                                                 "volumes",
                                                 "web-of-science-categories",
                                                 "web-of-science-index",
                                                 "xdata",
                                                 "year",
                                                 "zblnumber"};
  return std::binary_search(std::begin(kFields), std::end(kFields), name) || name.substr(0, 5) == "bdsk-";
}

}  // namespace winnow::bibtex
