#include "CsvColumns.hpp"

#include <algorithm>
#include <utility>

#include <winnow/formats/text.hpp>

namespace winnow::csv {

namespace {

struct Meaning {
  Column column;
  std::string_view headings;  ///< folded, without blanks, each between two '|'
};

// Headings as the exports themselves write them; EBSCO's ("articletitle", "doctype", "plink", "subjects") were not
// verified by an export. Two letters: Web of Science, tab-delimited.
constexpr Meaning kMeanings[] = {
    {Column::Title, "|title|articletitle|documenttitle|titles|primarytitle|ti|"},
    {Column::ShortTitle, "|shorttitle|"},
    {Column::TranslatedTitle, "|translatedtitle|"},
    {Column::Authors, "|authors|author|authornames|firstauthors|au|"},
    {Column::FullAuthors, "|authorfullnames|authorsfullnames|af|"},
    {Column::GroupAuthors, "|groupauthors|ca|"},
    {Column::Editors, "|editors|editor|secondaryauthors|be|"},
    {Column::Year, "|year|publicationyear|py|yearofpublication|"},
    {Column::Date, "|datepublished|publicationdate|date|dateofpublication|pd|"},
    {Column::Month, "|month|"},
    {Column::Day, "|day|"},
    {Column::Journal,
     "|journal|sourcetitle|publicationtitle|journalbook|publication|secondarytitle|journaltitle|jo|so|"},
    {Column::JournalAbbreviation, "|abbreviatedsourcetitle|journalabbreviation|j9|"},
    {Column::Source, "|source|"},
    {Column::Volume, "|volume|vl|"},
    {Column::Issue, "|issue|number|issuenumber|is|"},
    {Column::Pages, "|pages|"},
    {Column::FirstPage, "|pagestart|startpage|firstpage|bp|"},
    {Column::LastPage, "|pageend|endpage|lastpage|ep|"},
    {Column::ArticleNumber, "|artno|articlenumber|ar|"},
    {Column::Citation, "|citation|"},
    {Column::Doi, "|doi|di|"},
    {Column::Pmid, "|pmid|pubmedid|pubmed|medlinepmid|pm|"},
    {Column::Pmcid, "|pmcid|"},
    {Column::SerialNumber, "|isbnissn|issnisbn|"},
    {Column::Issn, "|issn|issns|eissn|sn|ei|"},
    {Column::Isbn, "|isbn|isbns|"},
    {Column::Accession, "|accession|accessionnumber|eid|pui|ut|utuniquewosid|an|"},
    {Column::LocalId, "|recordid|key|id|lensid|"},
    {Column::Database, "|database|longdbname|"},
    {Column::Abstract, "|abstract|abstractnote|ab|abstracts|"},
    {Column::Keywords, "|keywords|authorkeywords|manualtags|de|"},
    {Column::IndexKeywords,
     "|indexkeywords|automatictags|keywordsplus|meshterms|subjects|emtreedrugindextermsmajorfocus|"
     "emtreedrugindexterms|emtreemedicalindextermsmajorfocus|emtreemedicalindexterms|"},
    {Column::Language, "|language|languages|languageoforiginaldocument|la|articlelanguage|"},
    {Column::Type, "|type|itemtype|typeofreference|documentidentifier|pt|"},
    {Column::PublicationType, "|publicationtype|documenttype|doctype|dt|"},
    {Column::Url, "|url|link|urls|fulltexturl|sourceurl|sourceurls|pdflink|plink|fulltextlink|"},
    {Column::Publisher, "|publisher|bookpublisher|pu|"},
    {Column::Place, "|place|location|placepublished|pi|"},
    {Column::Edition, "|edition|"},
    {Column::Notes, "|notes|note|extra|"}};

std::string folded(std::string_view heading) {
  std::string out = formats::foldForMatching(heading);
  out.erase(std::remove(out.begin(), out.end(), ' '), out.end());
  return out;
}

bool hasAll(const std::vector<std::string>& headings, std::string_view names) {
  for (const std::string_view name : formats::split(names, "|"))
    if (std::none_of(headings.begin(), headings.end(),
                     [&](const std::string& h) { return formats::equalsIgnoringCase(h, name); }))
      return false;
  return true;
}

}  // namespace

Column columnOf(std::string_view heading) {
  if (heading.size() > 64) return Column::Unknown;
  const std::string name = "|" + folded(heading) + "|";
  if (name.size() < 4) return Column::Unknown;
  for (const Meaning& meaning : kMeanings)
    if (meaning.headings.find(name) != std::string_view::npos) return meaning.column;
  return Column::Unknown;
}

std::size_t knownColumns(const std::vector<std::string>& headings) {
  return static_cast<std::size_t>(std::count_if(headings.begin(), headings.end(),
                                                [](const std::string& h) { return columnOf(h) != Column::Unknown; }));
}

const std::vector<Dialect>& dialects() {
  static const auto* const kDialects = new std::vector<Dialect>{
      {"scopus", "Scopus", "EID|Title"},
      {"rayyan", "Rayyan", "key|title|pubmed_id|issn"},
      {"zotero", "Zotero", "Key|Item Type"},
      {"pubmed", "PubMed", "PMID|Citation"},
      {"lens", "The Lens", "Lens ID"},
      {"ieee", "IEEE Xplore", "Document Title|Publication Title"},
      {"csdl", "IEEE Computer Society Digital Library", "Title|Authors|Affiliations|Publication|Category"},
      {"embase", "embase.com", "Author Names|Source"},
      {"embase", "embase.com", "PUI"},
      {"scholar", "Google Scholar", "Authors|Publication|Publisher"},
      {"wos", "Web of Science, tab-delimited", "PT|AU|TI|UT"},
      {"wos", "bibliometrix, data frames of Web of Science tags", "AU|TI|SO|DE|ID|UT"},
      {"wos", "Web of Science, Excel", "UT (Unique WOS ID)"},
      {"scielo", "SciELO", "Title|Author(s)|Journal|Language(s)|Publication year"},
      {"ebsco", "EBSCOhost (not verified)", "Article Title|Journal Title|Accession Number"}};
  return *kDialects;
}

std::string_view dialectOf(const std::vector<std::string>& headings) {
  for (const Dialect& dialect : dialects())
    if (hasAll(headings, dialect.headings)) return dialect.id;
  return {};
}

}  // namespace winnow::csv
