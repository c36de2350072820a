// exporters.nbib: bibliographic records as MEDLINE text, the format PubMed calls nbib. Rules: README.md.
#include <algorithm>
#include <string>

#include "bibliography/LossReport.hpp"
#include "bibliography/Text.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;
using bibliography::Person;
using bibliography::Work;

struct Pair {
  std::string_view from, to;
};
/// ISO 639-2/B, which MEDLINE writes, of the languages that exports of our readers are in.
constexpr Pair kLanguages[] = {{"ar", "ara"}, {"bg", "bul"}, {"cs", "cze"}, {"da", "dan"}, {"de", "ger"}, {"el", "gre"},
                               {"en", "eng"}, {"es", "spa"}, {"et", "est"}, {"fa", "per"}, {"fi", "fin"}, {"fr", "fre"},
                               {"he", "heb"}, {"hr", "hrv"}, {"hu", "hun"}, {"is", "ice"}, {"it", "ita"}, {"ja", "jpn"},
                               {"ko", "kor"}, {"lt", "lit"}, {"lv", "lav"}, {"nb", "nob"}, {"nl", "dut"}, {"nn", "nno"},
                               {"no", "nor"}, {"pl", "pol"}, {"pt", "por"}, {"ro", "rum"}, {"ru", "rus"}, {"se", "sme"},
                               {"sk", "slo"}, {"sl", "slv"}, {"sr", "srp"}, {"sv", "swe"}, {"th", "tha"}, {"tr", "tur"},
                               {"uk", "ukr"}, {"vi", "vie"}, {"zh", "chi"}};
/// What MEDLINE calls the publication types of winnow/tags.hpp.
constexpr Pair kTypes[] = {{"article", "Journal Article"},
                           {"review", "Review"},
                           {"systematic-review", "Systematic Review"},
                           {"meta-analysis", "Meta-Analysis"},
                           {"editorial", "Editorial"},
                           {"letter", "Letter"},
                           {"comment", "Comment"},
                           {"erratum", "Published Erratum"},
                           {"retraction", "Retraction of Publication"},
                           {"case-report", "Case Reports"},
                           {"trial", "Clinical Trial"},
                           {"guideline", "Guideline"},
                           {"news", "News"},
                           {"thesis", "Academic Dissertation"},
                           {"preprint", "Preprint"},
                           {"report", "Technical Report"},
                           {"dataset", "Dataset"},
                           {"interview", "Interview"}};
constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

template <std::size_t N>
std::string_view lookUp(const Pair (&table)[N], std::string_view key) {
  const auto at = std::find_if(std::begin(table), std::end(table), [&](const Pair& p) { return p.from == key; });
  return at == std::end(table) ? std::string_view{} : at->to;
}

/// One record's lines.
class NbibLines {
 public:
  std::string write(const Work& work) {
    const std::string_view type = work.first(tags::kType);
    tag(work.has(tags::kPmid) ? "PMID" : "OWN", work.has(tags::kPmid) ? work.first(tags::kPmid) : "winnow");
    every("IS", work, tags::kIssn);
    every("ISBN", work, tags::kIsbn);
    tag("VI", work.first(tags::kVolume));
    tag("IP", work.first(tags::kIssue));
    date(work);
    titles(work, type);
    tag("PG", work.first(tags::kPage));
    if (work.has(tags::kDoi)) tag("LID", std::string(work.first(tags::kDoi)) + " [doi]");
    if (!work.has(tags::kPage)) tag("LID", work.first(tags::kArticleNumber));
    for (const std::string_view abstract : work.all(tags::kAbstract)) tag("AB", abstract);
    tag("CI", work.first(tags::kAbstractCopyright));
    people(work);
    for (const std::string_view code : work.all(tags::kLanguage))
      tag("LA", lookUp(kLanguages, code).empty() ? code : lookUp(kLanguages, code));
    types(work, type);
    tag("TT", work.first(tags::kTitleOriginal));
    tag("PMC", work.first(tags::kPmcid));
    every("OT", work, tags::kKeyword);
    every("GN", work, tags::kNote);
    return std::move(text_);
  }

 private:
  /// "TI  - text": the tag in four columns, no line end within the value.
  void tag(std::string_view name, std::string_view value) {
    const std::string line = bibliography::oneLine(value);
    if (line.empty()) return;
    text_.append(name).append(4 - name.size(), ' ').append("- ").append(line).append("\n");
  }
  void every(std::string_view name, const Work& work, tags::Name tagName) {
    for (const std::string_view value : work.all(tagName)) tag(name, value);
  }

  void date(const Work& work) {
    const std::string_view year = work.first(tags::kIssuedYear), month = work.first(tags::kIssuedMonth),
                           day = work.first(tags::kIssuedDay), season = work.first(tags::kIssuedSeason);
    std::string text(year);
    if (!year.empty() && bibliography::isMonth(month)) {
      text.append(" ").append(kMonths[static_cast<std::size_t>(std::stoi(std::string(month))) - 1]);
      if (bibliography::isDay(day)) text.append(" ").append(day);
    } else if (!year.empty() && !season.empty()) {
      text.append(" ")
          .append(1, static_cast<char>(season[0] - ('a' <= season[0] && season[0] <= 'z' ? 32 : 0)))
          .append(season.substr(1));
    }
    tag("DP", text);
  }

  /// MEDLINE closes a title with a full stop, which readers take away again.
  static std::string closed(std::string_view title) {
    std::string text = bibliography::oneLine(title);
    if (!text.empty() && text.back() != '.' && text.back() != '?' && text.back() != '!') text.push_back('.');
    return text;
  }
  void titles(const Work& work, std::string_view type) {
    const std::string_view title = work.first(tags::kTitle);
    if (type == "book") {
      tag("BTI", title);
    } else {
      tag("TI", closed(title));
      if (type == "chapter") tag("BTI", work.first(tags::kContainerTitle));
    }
    if (type == "book" || type == "chapter") return;
    tag("TA",
        work.first(work.has(tags::kContainerAbbreviation) ? tags::kContainerAbbreviation : tags::kContainerTitle));
    tag("JT", work.first(tags::kContainerTitle));
  }

  /// "Berg, Anna Marie" -> "Berg AM".
  static std::string shortName(const Person& person) {
    std::string initials;
    bool isWordBegin = true, isTaken = false;
    for (const char c : person.given) {
      const bool goesOn = (static_cast<unsigned char>(c) & 0xC0) == 0x80;  // within a character of several bytes
      const bool isGap = c == ' ' || c == '-' || c == '.';
      if (!goesOn) isTaken = isWordBegin && !isGap;
      if (isTaken) initials.push_back(c);
      if (!goesOn) isWordBegin = isGap;
    }
    return std::string(person.family) + (initials.empty() ? "" : " " + initials);
  }
  void people(const Work& work) {
    for (const Person& person : work.people("author")) {
      if (!person.literal.empty()) {
        tag("CN", person.literal);
        continue;
      }
      tag("FAU", person.display());
      tag("AU", shortName(person));
    }
    for (const Person& person : work.people("editor")) {
      tag("FED", person.display());
      tag("ED", person.literal.empty() ? shortName(person) : std::string(person.literal));
    }
  }

  void types(const Work& work, std::string_view type) {
    bool isWritten = false;
    const bool hasWords = work.has(tags::kPublicationTypeRaw);
    for (const std::string_view value : work.all(hasWords ? tags::kPublicationTypeRaw : tags::kPublicationType)) {
      const std::string_view words = hasWords ? value : lookUp(kTypes, value);
      tag("PT", words);
      isWritten = isWritten || !words.empty();
    }
    if (isWritten) return;
    if (type == "article-journal") tag("PT", "Journal Article");
    if (type == "thesis") tag("PT", "Academic Dissertation");
    if (type == "report") tag("PT", "Technical Report");
    if (type == "article") tag("PT", "Preprint");
  }

  std::string text_;
};

/// True if the value has a place in MEDLINE text.
bool holds(const Work& work, tags::Name tag, std::size_t n) {
  for (const tags::Name repeated :
       {tags::kIssn, tags::kIsbn, tags::kAbstract, tags::kLanguage, tags::kPublicationTypeRaw, tags::kKeyword,
        tags::kNote, tags::kAuthorFamily, tags::kAuthorGiven, tags::kAuthorSuffix, tags::kAuthorLiteral,
        tags::kEditorFamily, tags::kEditorGiven, tags::kEditorSuffix, tags::kEditorLiteral})
    if (tag == repeated) return true;
  if (tag == tags::kPublicationType)
    return work.has(tags::kPublicationTypeRaw) || !lookUp(kTypes, work.all(tag)[n]).empty();
  if (tag == tags::kLanguageRaw) return work.has(tags::kLanguage);
  if (tag == tags::kIssuedRaw) return work.has(tags::kIssuedYear);
  if (tag == tags::kArticleNumber) return n == 0 && !work.has(tags::kPage);
  const std::string_view type = work.first(tags::kType);
  if (tag == tags::kType)
    return type == "article-journal" || type == "book" || type == "chapter" || type == "thesis" || type == "report" ||
           type == "article";
  if (tag == tags::kContainerTitle) return n == 0 && type != "book";
  if (tag == tags::kContainerAbbreviation) return n == 0 && type != "book" && type != "chapter";
  for (const tags::Name once : {tags::kPmid, tags::kPmcid, tags::kDoi, tags::kTitle, tags::kTitleOriginal,
                                tags::kIssuedYear, tags::kIssuedMonth, tags::kIssuedDay, tags::kIssuedSeason,
                                tags::kVolume, tags::kIssue, tags::kPage, tags::kAbstractCopyright})
    if (tag == once) return n == 0;
  return false;
}

class NbibExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.nbib", version = "1.0.0",
                                    help = "Bibliographic records as MEDLINE text (nbib).";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;

  NbibExporter(Host host, const Settings&) : Exporter(host), vocabulary_(host) {}

  winnow_status write(Sink sink) override {
    bibliography::LossReport losses("MEDLINE text");
    std::string_view before;
    winnow_status written = WINNOW_OK;
    const winnow_status read = sink.forEach([&](Record record) {
      if (written != WINNOW_OK) return;
      const Work work(vocabulary_, record);
      losses.begin(work.unknownCount());
      losses.check(work, [&](tags::Name tag, std::size_t n) { return holds(work, tag, n); });
      written = sink.write(std::string(before) + NbibLines().write(work));
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

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-nbib", "1.0.0", "Apache-2.0"), NbibExporter)
