#include <winnow/formats/publication_types.hpp>
#include <winnow/formats/text.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace winnow::formats {

namespace {

using Entry = std::pair<std::string_view, std::string_view>;

// Folded words -> value. Sources: NLM publication types (PubMed PT), Emtree item types (Embase M3), EBSCO, ERIC (its
// list of publication types), Scopus and Web of Science document types as they stand in exports.
constexpr Entry kTypes[] = {{"article", "article"},
                            {"journal article", "article"},
                            {"original article", "article"},
                            {"research article", "article"},
                            {"article in press", "article"},
                            {"academic journal", "article"},
                            {"journal", "article"},
                            {"journal articles", "article"},
                            {"periodical", "article"},
                            {"peer reviewed journal", "article"},
                            {"brief communication", "article"},
                            {"short survey", "article"},
                            {"data paper", "article"},
                            {"early access", "article"},
                            {"introductory journal article", "article"},
                            {"brief item", "article"},
                            {"original study", "article"},
                            {"review", "review"},
                            {"literature review", "review"},
                            {"scoping review", "review"},
                            {"narrative review", "review"},
                            {"conference review", "review"},
                            {"systematic review", "systematic-review"},
                            {"meta analysis", "meta-analysis"},
                            {"metaanalysis", "meta-analysis"},
                            {"meta synthesis", "systematic-review"},
                            {"editorial", "editorial"},
                            {"editorial material", "editorial"},
                            {"letter", "letter"},
                            {"letter to the editor", "letter"},
                            {"comment reply", "comment"},
                            {"note", "note"},
                            {"erratum", "erratum"},
                            {"published erratum", "erratum"},
                            {"correction", "erratum"},
                            {"corrigendum", "erratum"},
                            {"correction notice", "erratum"},
                            {"correction addition", "erratum"},
                            {"retraction", "retraction"},
                            {"retracted", "retraction"},
                            {"retracted publication", "retraction"},
                            {"retraction of publication", "retraction"},
                            {"retraction notice", "retraction"},
                            {"conference paper", "conference-paper"},
                            {"proceedings paper", "conference-paper"},
                            {"conference article", "conference-paper"},
                            {"congress", "conference-paper"},
                            {"congresses", "conference-paper"},
                            {"conference", "conference-paper"},
                            {"proceeding", "conference-paper"},
                            {"inproceedings", "conference-paper"},
                            {"conference abstract", "conference-abstract"},
                            {"meeting abstract", "conference-abstract"},
                            {"meeting abstracts", "conference-abstract"},
                            {"abstract", "conference-abstract"},
                            {"poster", "conference-abstract"},
                            {"conference proceeding", "proceedings"},
                            {"conference proceedings", "proceedings"},
                            {"proceedings", "proceedings"},
                            {"proceedings of a conference", "proceedings"},
                            {"book", "book"},
                            {"authored book", "book"},
                            {"edited book", "book"},
                            {"monograph", "book"},
                            {"books", "book"},
                            {"ebook", "book"},
                            {"chapter", "chapter"},
                            {"book chapter", "chapter"},
                            {"book section", "chapter"},
                            {"report", "report"},
                            {"technical report", "report"},
                            {"research report", "report"},
                            {"government document", "report"},
                            {"government publication", "report"},
                            {"reports", "report"},
                            {"working paper", "report"},
                            {"annual report", "report"},
                            {"thesis", "thesis"},
                            {"dissertation", "thesis"},
                            {"doctoral dissertation", "thesis"},
                            {"dissertation thesis", "thesis"},
                            {"academic dissertation", "thesis"},
                            {"masters thesis", "thesis"},
                            {"dissertations theses", "thesis"},
                            {"dissertations theses doctoral dissertations", "thesis"},
                            {"dissertations theses masters theses", "thesis"},
                            {"speeches meeting papers", "conference-paper"},
                            {"collected works proceedings", "proceedings"},
                            {"opinion papers", "comment"},
                            {"information analyses", "review"},
                            {"dissertation abstract", "thesis"},
                            {"preprint", "preprint"},
                            {"protocol", "protocol"},
                            {"study protocol", "protocol"},
                            {"clinical trial protocol", "protocol"},
                            {"case report", "case-report"},
                            {"case reports", "case-report"},
                            {"case study", "case-report"},
                            {"randomized controlled trial", "trial"},
                            {"clinical trial", "trial"},
                            {"controlled clinical trial", "trial"},
                            {"trial registry record", "trial"},
                            {"pragmatic clinical trial", "trial"},
                            {"guideline", "guideline"},
                            {"practice guideline", "guideline"},
                            {"practice guidelines", "guideline"},
                            {"consensus development conference", "guideline"},
                            {"news", "news"},
                            {"news item", "news"},
                            {"newspaper article", "news"},
                            {"newspaper", "news"},
                            {"magazine article", "news"},
                            {"trade publication article", "news"},
                            {"magazine", "news"},
                            {"comment", "comment"},
                            {"commentary", "comment"},
                            {"opinion", "comment"},
                            {"opinion paper", "comment"},
                            {"viewpoint", "comment"},
                            {"perspective", "comment"},
                            {"essay", "comment"},
                            {"personal narrative", "comment"},
                            {"personal narratives", "comment"},
                            {"speculation", "comment"},
                            {"interview", "interview"},
                            {"dataset", "dataset"},
                            {"patent", "patent"}};

constexpr Entry kRis[] = {{"JOUR", "article-journal"},
                          {"EJOUR", "article-journal"},
                          {"JFULL", "article-journal"},
                          {"ABST", "article-journal"},
                          {"INPR", "article-journal"},
                          {"MGZN", "article-magazine"},
                          {"NEWS", "article-newspaper"},
                          {"BOOK", "book"},
                          {"EBOOK", "book"},
                          {"EDBOOK", "book"},
                          {"SER", "book"},
                          {"WHOLE", "book"},
                          {"CLSWK", "book"},
                          {"CHAP", "chapter"},
                          {"ECHAP", "chapter"},
                          {"CONF", "paper-conference"},
                          {"CPAPER", "paper-conference"},
                          {"THES", "thesis"},
                          {"RPRT", "report"},
                          {"GOVDOC", "report"},
                          {"GRNT", "report"},
                          {"ELEC", "webpage"},
                          {"WEB", "webpage"},
                          {"ICOMM", "personal_communication"},
                          {"PCOMM", "personal_communication"},
                          {"BLOG", "post-weblog"},
                          {"ENCYC", "entry-encyclopedia"},
                          {"DICT", "entry-dictionary"},
                          {"PAT", "patent"},
                          {"DATA", "dataset"},
                          {"DBASE", "dataset"},
                          {"AGGR", "dataset"},
                          {"COMP", "software"},
                          {"MPCT", "motion_picture"},
                          {"VIDEO", "motion_picture"},
                          {"ADVS", "motion_picture"},
                          {"SOUND", "song"},
                          {"MUSIC", "song"},
                          {"ART", "graphic"},
                          {"FIGURE", "graphic"},
                          {"MAP", "map"},
                          {"BILL", "bill"},
                          {"CASE", "legal_case"},
                          {"HEAR", "hearing"},
                          {"STAT", "legislation"},
                          {"LEGAL", "legislation"},
                          {"MANSCPT", "manuscript"},
                          {"UNPB", "manuscript"},
                          {"UNBILL", "manuscript"},
                          {"ANCIENT", "manuscript"},
                          {"SLIDE", "speech"},
                          {"STAND", "standard"},
                          {"EQUA", "document"},
                          {"CHART", "graphic"},
                          {"CTLG", "book"},
                          {"PAMP", "pamphlet"},
                          {"MULTI", "webpage"}};

constexpr Entry kNames[] = {{"journal article", "article-journal"},
                            {"journalarticle", "article-journal"},
                            {"article", "article-journal"},
                            {"electronic article", "article-journal"},
                            {"article in press", "article-journal"},
                            {"review", "article-journal"},
                            {"letter", "article-journal"},
                            {"editorial", "article-journal"},
                            {"note", "article-journal"},
                            {"short survey", "article-journal"},
                            {"erratum", "article-journal"},
                            {"data paper", "article-journal"},
                            {"conference abstract", "article-journal"},
                            {"magazine article", "article-magazine"},
                            {"magazinearticle", "article-magazine"},
                            {"newspaper article", "article-newspaper"},
                            {"newspaperarticle", "article-newspaper"},
                            {"book", "book"},
                            {"edited book", "book"},
                            {"electronic book", "book"},
                            {"monograph", "book"},
                            {"conference proceeding", "book"},
                            {"serial", "book"},
                            {"series", "book"},
                            {"book section", "chapter"},
                            {"booksection", "chapter"},
                            {"chapter", "chapter"},
                            {"book chapter", "chapter"},
                            {"electronic book section", "chapter"},
                            {"conference proceedings", "paper-conference"},
                            {"conference paper", "paper-conference"},
                            {"conference publication", "paper-conference"},
                            {"ieee conferences", "paper-conference"},
                            {"ieee journals", "article-journal"},
                            {"ieee magazines", "article-magazine"},
                            {"conferencepaper", "paper-conference"},
                            {"proceedings paper", "paper-conference"},
                            {"inproceedings", "paper-conference"},
                            {"conference", "paper-conference"},
                            {"ieee conferences", "paper-conference"},
                            {"ieee journals", "article-journal"},
                            {"ieee magazines", "article-magazine"},
                            {"thesis", "thesis"},
                            {"dissertation", "thesis"},
                            {"phdthesis", "thesis"},
                            {"report", "report"},
                            {"government document", "report"},
                            {"techreport", "report"},
                            {"web page", "webpage"},
                            {"webpage", "webpage"},
                            {"online", "webpage"},
                            {"online multimedia", "webpage"},
                            {"electronic source", "webpage"},
                            {"blog", "post-weblog"},
                            {"blogpost", "post-weblog"},
                            {"blog post", "post-weblog"},
                            {"encyclopedia", "entry-encyclopedia"},
                            {"encyclopediaarticle", "entry-encyclopedia"},
                            {"dictionary", "entry-dictionary"},
                            {"dictionaryentry", "entry-dictionary"},
                            {"patent", "patent"},
                            {"dataset", "dataset"},
                            {"online database", "dataset"},
                            {"computer program", "software"},
                            {"computerprogram", "software"},
                            {"software", "software"},
                            {"film or broadcast", "motion_picture"},
                            {"film", "motion_picture"},
                            {"videorecording", "motion_picture"},
                            {"audiovisual material", "motion_picture"},
                            {"music", "song"},
                            {"audiorecording", "song"},
                            {"podcast", "song"},
                            {"artwork", "graphic"},
                            {"figure", "graphic"},
                            {"chart or table", "graphic"},
                            {"map", "map"},
                            {"bill", "bill"},
                            {"statute", "legislation"},
                            {"case", "legal_case"},
                            {"hearing", "hearing"},
                            {"legal rule or regulation", "legislation"},
                            {"personal communication", "personal_communication"},
                            {"email", "personal_communication"},
                            {"manuscript", "manuscript"},
                            {"unpublished work", "manuscript"},
                            {"unpublished", "manuscript"},
                            {"ancient text", "manuscript"},
                            {"presentation", "speech"},
                            {"standard", "standard"},
                            {"interview", "interview"},
                            {"preprint", "article"},
                            {"generic", "document"},
                            {"misc", "document"},
                            {"document", "document"},
                            {"pamphlet", "pamphlet"},
                            {"forumpost", "post"}};

template <std::size_t N>
std::string_view find(const Entry (&table)[N], std::string_view word) {
  for (const Entry& entry : table)
    if (entry.first == word) return entry.second;
  return {};
}

/// PsycINFO numbers its types: "Journal (0100)".
void dropClassCode(std::string& folded) {
  const std::size_t blank = folded.rfind(' ');
  const bool isCode = blank != std::string::npos && folded.size() - blank == 5 &&
                      folded.find_first_not_of("0123456789", blank + 1) == std::string::npos;
  if (isCode) folded.resize(blank);
}

}  // namespace

std::string_view publicationType(std::string_view words) {
  std::string folded = foldForMatching(words);
  if (folded.empty()) return {};
  dropClassCode(folded);
  const std::string_view value = find(kTypes, folded);
  return value.empty() ? std::string_view("other") : value;
}

std::vector<std::string_view> publicationTypeWords(std::string_view list) {
  std::vector<std::string_view> all;
  for (const std::string_view words : split(list, ";\n")) {
    const std::vector<std::string_view> parts = split(words, ",");
    const bool areKnown = std::none_of(parts.begin(), parts.end(),
                                       [](std::string_view part) { return publicationType(part) == "other"; });
    if (areKnown)
      all.insert(all.end(), parts.begin(), parts.end());
    else
      all.push_back(words);
  }
  return all;
}

std::string_view cslTypeOfRis(std::string_view ty) {
  const std::string_view type = find(kRis, trim(ty));
  return type.empty() ? std::string_view("document") : type;
}

bool isRisType(std::string_view code) {
  std::string type(trim(code));
  for (char& c : type)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return type == "GEN" || type == "MISC" || type == "OTHER" || !find(kRis, type).empty();
}

std::string_view cslTypeOfName(std::string_view name) { return find(kNames, foldForMatching(name)); }

}  // namespace winnow::formats
