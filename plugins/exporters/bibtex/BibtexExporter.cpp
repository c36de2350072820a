// exporters.bibtex: bibliographic records as BibTeX. Rules: README.md.
#include <algorithm>
#include <string>
#include <unordered_map>

#include <winnow/formats/languages.hpp>
#include <winnow/formats/text.hpp>

#include "BibtexText.hpp"
#include "bibliography/LossReport.hpp"
#include "bibliography/Text.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;
using bibliography::Person;
using bibliography::Work;
using exporters::texName;
using exporters::texText;
using exporters::texVerbatim;

struct EntryType {
  std::string_view csl, entry;
};
/// CSL type -> entry type that readers give the same CSL type; others become "misc".
constexpr EntryType kTypes[] = {{"article-journal", "article"},
                                {"article-magazine", "article"},
                                {"article-newspaper", "article"},
                                {"book", "book"},
                                {"chapter", "incollection"},
                                {"dataset", "dataset"},
                                {"entry-encyclopedia", "inreference"},
                                {"graphic", "artwork"},
                                {"legal_case", "jurisdiction"},
                                {"legislation", "legislation"},
                                {"manuscript", "unpublished"},
                                {"map", "map"},
                                {"motion_picture", "movie"},
                                {"pamphlet", "booklet"},
                                {"paper-conference", "inproceedings"},
                                {"patent", "patent"},
                                {"periodical", "periodical"},
                                {"personal_communication", "letter"},
                                {"report", "techreport"},
                                {"software", "software"},
                                {"song", "music"},
                                {"speech", "presentation"},
                                {"standard", "standard"},
                                {"thesis", "phdthesis"},
                                {"webpage", "online"}};
constexpr std::string_view kMonths[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec"};

std::string_view entryTypeOf(std::string_view csl) {
  const auto at = std::find_if(std::begin(kTypes), std::end(kTypes), [&](const EntryType& t) { return t.csl == csl; });
  return at == std::end(kTypes) ? "misc" : at->entry;
}

/// Gives each record of a file a key of its own.
class Keys {
 public:
  /// The record's own key where it has a plain one, else family name, year and the title's first word.
  std::string of(const Work& work) {
    std::string key = exporters::texKey(work.first(tags::kLocalId));
    if (key.empty() || key.size() != work.first(tags::kLocalId).size()) key = madeOf(work);
    const std::size_t count = ++counts_[key];
    if (count > 1) key += "-" + std::to_string(count);
    if (count > 1) ++counts_[key];
    return key;
  }

 private:
  static std::string madeOf(const Work& work) {
    const std::vector<Person> authors = work.people("author");
    const std::string_view name = authors.empty()             ? std::string_view("anonymous")
                                  : authors[0].family.empty() ? authors[0].literal
                                                              : authors[0].family;
    const std::string family = formats::foldForMatching(name),
                      title = formats::foldForMatching(work.first(tags::kTitle));
    std::string key = exporters::texKey(family.substr(0, family.find(' ')) +
                                        std::string(work.first(tags::kIssuedYear)) + title.substr(0, title.find(' ')));
    return key.empty() ? "record" : key;
  }
  std::unordered_map<std::string, std::size_t> counts_;
};

/// One record's entry.
class Entry {
 public:
  std::string write(const Work& work, const std::string& key) {
    const std::string_view csl = work.first(tags::kType);
    text_ = "@" + std::string(entryTypeOf(csl)) + "{" + key;
    people("author", work);
    people("editor", work);
    people("translator", work);
    text("title", work.first(tags::kTitle));
    text("shorttitle", work.first(tags::kTitleShort));
    text("origtitle", work.first(tags::kTitleOriginal));
    if (csl == "article-magazine" || csl == "article-newspaper")
      text("entrysubtype", csl == "article-magazine" ? "magazine" : "newspaper");
    const bool isInBook = csl == "chapter" || csl == "paper-conference" || csl == "entry-encyclopedia";
    text(isInBook ? "booktitle" : "journal", work.first(tags::kContainerTitle));
    text("shortjournal", work.first(tags::kContainerAbbreviation));
    text("series", work.first(tags::kCollectionTitle));
    dates(work);
    text("volume", work.first(tags::kVolume));
    text("number", work.first(tags::kIssue));
    pages(work.first(tags::kPage));
    text("eid", work.first(tags::kArticleNumber));
    text("edition", work.first(tags::kEdition));
    text(csl == "thesis" ? "school" : csl == "report" ? "institution" : "publisher", work.first(tags::kPublisher));
    text("address", work.first(tags::kPublisherPlace));
    verbatim("doi", work.first(tags::kDoi));
    text("pmid", work.first(tags::kPmid));
    text("pmcid", work.first(tags::kPmcid));
    text("issn", work.joined(tags::kIssn, ", "));
    text("isbn", work.joined(tags::kIsbn, ", "));
    verbatim("url", work.first(tags::kUrl));
    languages(work);
    text("abstract", work.joined(tags::kAbstract, " "));
    text("keywords",
         work.joined(tags::kKeyword, "; ") +
             (work.all(tags::kKeyword).size() == 1 && work.first(tags::kKeyword).find(',') != std::string_view::npos
                  ? ";"
                  : ""));
    if (csl == "article-journal")
      text("type",
           work.joined(work.has(tags::kPublicationTypeRaw) ? tags::kPublicationTypeRaw : tags::kPublicationType, "; "));
    text("note", work.joined(tags::kNote, " "));
    text("source", work.first(tags::kDatabase));
    text_ += "\n}\n";
    return std::move(text_);
  }

 private:
  void field(std::string_view name, const std::string& value) {
    if (!value.empty()) text_.append(",\n  ").append(name).append(" = ").append(value);
  }
  void text(std::string_view name, std::string_view value) {
    if (const std::string tex = texText(value); !tex.empty()) field(name, "{" + tex + "}");
  }
  void verbatim(std::string_view name, std::string_view value) {
    if (const std::string tex = texVerbatim(value); !tex.empty()) field(name, "{" + tex + "}");
  }
  void people(std::string_view role, const Work& work) {
    std::string names;
    for (const Person& person : work.people(role)) names += (names.empty() ? "" : " and ") + texName(person);
    if (!names.empty()) field(role, "{" + names + "}");
  }
  void dates(const Work& work) {
    const std::string_view year = work.first(tags::kIssuedYear), month = work.first(tags::kIssuedMonth),
                           day = work.first(tags::kIssuedDay);
    text("year", year.empty() ? work.first(tags::kIssuedRaw) : year);
    if (month.empty()) text("month", work.first(tags::kIssuedSeason));
    if (!bibliography::isMonth(month)) return;
    field("month", std::string(kMonths[static_cast<std::size_t>(std::stoi(std::string(month))) - 1]));
    if (bibliography::isDay(day)) field("day", "{" + std::string(day) + "}");
  }
  void pages(std::string_view pages) {
    std::string tex = texText(pages);
    const std::size_t dash = tex.find('-');
    if (dash != std::string::npos && tex.find('-', dash + 1) == std::string::npos) tex.insert(dash, "-");
    if (!tex.empty()) field("pages", "{" + tex + "}");
  }
  void languages(const Work& work) {
    std::string names;
    for (const std::string_view code : work.all(tags::kLanguage)) {
      const std::string_view name = formats::languageName(code);
      names.append(names.empty() ? "" : "; ").append(name.empty() ? code : name);
    }
    text("language", names);
  }

  std::string text_;
};

/// True if the value has a place in an entry.
bool holds(const Work& work, tags::Name tag, std::size_t n) {
  for (const tags::Name any :
       {tags::kAuthorFamily, tags::kAuthorGiven, tags::kAuthorSuffix, tags::kAuthorLiteral, tags::kEditorFamily,
        tags::kEditorGiven, tags::kEditorSuffix, tags::kEditorLiteral, tags::kTranslatorFamily, tags::kTranslatorGiven,
        tags::kTranslatorSuffix, tags::kTranslatorLiteral, tags::kIssn, tags::kIsbn, tags::kAbstract, tags::kKeyword,
        tags::kNote, tags::kLanguage, tags::kTypeRaw})
    if (tag == any) return true;
  const std::string_view csl = work.first(tags::kType);
  if (tag == tags::kType) return n == 0 && (csl == "document" || entryTypeOf(csl) != "misc");
  if (tag == tags::kPublicationType || tag == tags::kPublicationTypeRaw) return csl == "article-journal";
  if (tag == tags::kLanguageRaw) return work.has(tags::kLanguage);
  if (tag == tags::kIssuedDay) return n == 0 && work.has(tags::kIssuedMonth);
  if (tag == tags::kIssuedSeason) return n == 0 && !work.has(tags::kIssuedMonth);
  if (tag == tags::kIssuedRaw) return n == 0;
  if (tag == tags::kLocalId) return n == 0 && exporters::texKey(work.first(tag)).size() == work.first(tag).size();
  for (const tags::Name once : {tags::kTitle,
                                tags::kTitleShort,
                                tags::kTitleOriginal,
                                tags::kContainerTitle,
                                tags::kContainerAbbreviation,
                                tags::kCollectionTitle,
                                tags::kIssuedYear,
                                tags::kIssuedMonth,
                                tags::kVolume,
                                tags::kIssue,
                                tags::kPage,
                                tags::kArticleNumber,
                                tags::kEdition,
                                tags::kPublisher,
                                tags::kPublisherPlace,
                                tags::kDoi,
                                tags::kPmid,
                                tags::kPmcid,
                                tags::kUrl,
                                tags::kDatabase})
    if (tag == once) return n == 0;
  return false;
}

class BibtexExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.bibtex", version = "1.0.0",
                                    help = "Bibliographic records as BibTeX.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;

  BibtexExporter(Host host, const Settings&) : Exporter(host), vocabulary_(host) {}

  winnow_status write(Sink sink) override {
    bibliography::LossReport losses("BibTeX");
    Keys keys;
    std::string_view before;
    winnow_status written = WINNOW_OK;
    const winnow_status read = sink.forEach([&](Record record) {
      if (written != WINNOW_OK) return;
      const Work work(vocabulary_, record);
      losses.begin(work.unknownCount());
      losses.check(work, [&](tags::Name tag, std::size_t n) { return holds(work, tag, n); });
      written = sink.write(std::string(before) + Entry().write(work, keys.of(work)));
      before = "\n";
    });
    if (read != WINNOW_OK || written != WINNOW_OK) return read != WINNOW_OK ? read : written;
    losses.send(host());
    return WINNOW_OK;
  }

 private:
  bibliography::Vocabulary vocabulary_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-bibtex", "1.0.0", "Apache-2.0"), BibtexExporter)
