#include "EndnoteRecord.hpp"

#include <algorithm>
#include <utility>

#include "XmlText.hpp"
#include "bibliography/Slots.hpp"

namespace winnow::exporters {
namespace {

using bibliography::Person;
using bibliography::Work;

struct ReferenceType {
  std::string_view csl, name, number;
  bool comesBack;
};
/// CSL type -> EndNote's reference type. `comesBack`: the name alone gives the CSL type again.
constexpr ReferenceType kTypes[] = {
    {"article-journal", "Journal Article", "17", true},
    {"article-magazine", "Magazine Article", "19", true},
    {"article-newspaper", "Newspaper Article", "23", true},
    {"bill", "Bill", "4", true},
    {"book", "Book", "6", true},
    {"chapter", "Book Section", "5", true},
    {"dataset", "Dataset", "59", true},
    {"document", "Generic", "13", true},
    {"entry-dictionary", "Dictionary", "52", false},
    {"entry-encyclopedia", "Encyclopedia", "53", false},
    {"graphic", "Artwork", "2", false},
    {"hearing", "Hearing", "14", false},
    {"legal_case", "Case", "7", true},
    {"legislation", "Statute", "31", true},
    {"manuscript", "Manuscript", "36", false},
    {"map", "Map", "20", false},
    {"motion_picture", "Film or Broadcast", "21", false},
    {"paper-conference", "Conference Paper", "47", true},
    {"patent", "Patent", "25", true},
    {"personal_communication", "Personal Communication", "26", false},
    {"post-weblog", "Blog", "56", true},
    {"report", "Report", "27", true},
    {"review", "Journal Article", "17", false},
    {"review-book", "Journal Article", "17", false},
    {"software", "Computer Program", "9", false},
    {"song", "Music", "61", false},
    {"standard", "Standard", "58", false},
    {"thesis", "Thesis", "32", true},
    {"webpage", "Web Page", "16", true},
};
constexpr ReferenceType kGeneric{"", "Generic", "13", false};

const ReferenceType& referenceType(std::string_view cslType) {
  const auto found =
      std::find_if(std::begin(kTypes), std::end(kTypes), [&](const auto& t) { return t.csl == cslType; });
  return found == std::end(kTypes) ? kGeneric : *found;
}

std::string endnoteName(const Person& person) {
  std::string name = person.display();
  // EndNote's own rule: a comma at the end keeps a body from being parted into family and given name.
  if (!person.literal.empty()) name.push_back(',');
  return name;
}

/// "Mar 3", as EndNote writes the date beside the year; empty if the month is no month.
std::string monthAndDay(std::string_view month, std::string_view day) {
  constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::size_t number = 0;
  for (const char c : month)
    number = c >= '0' && c <= '9' && number < 13 ? number * 10 + static_cast<std::size_t>(c - '0') : 13;
  if (number == 0 || number > 12) return {};
  std::string date(kMonths[number - 1]);
  if (!day.empty()) date.append(" ").append(day);
  return date;
}

}  // namespace

std::string_view endnoteTypeOf(std::string_view cslType) { return referenceType(cslType).name; }

bool endnoteHoldsType(std::string_view cslType) { return referenceType(cslType).comesBack; }

void EndnoteRecord::styled(std::string_view element, tags::Name tag, std::string_view value) {
  std::size_t removed = 0;
  const std::string xml = xmlText(value, removed);
  if (removed != 0) removed_[tag] += removed;
  if (xml.empty()) return;
  open(element);
  text_.append("<style face=\"normal\" font=\"default\" size=\"100%\">").append(xml).append("</style>");
  close(element);
}

void EndnoteRecord::first(std::string_view element, tags::Name tag) { styled(element, tag, work_->first(tag)); }

void EndnoteRecord::joined(std::string_view element, tags::Name tag, std::string_view separator) {
  styled(element, tag, work_->joined(tag, separator));
}

void EndnoteRecord::nested(std::string_view outer, std::string_view inner, tags::Name tag) {
  const Values values = work_->all(tag);
  if (values.empty()) return;
  open(outer);
  for (const std::string_view value : values) styled(inner, tag, value);
  close(outer);
}

void EndnoteRecord::contributors() {
  constexpr struct {
    std::string_view role, element;
    tags::Name tag;
  } kRoles[] = {{"author", "authors", tags::kAuthorFamily},
                {"editor", "secondary-authors", tags::kEditorFamily},
                {"collection-editor", "tertiary-authors", tags::kCollectionEditorFamily},
                {"translator", "subsidiary-authors", tags::kTranslatorFamily}};
  const std::size_t before = text_.size();
  open("contributors");
  const std::size_t empty = text_.size();
  for (const auto& [role, element, tag] : kRoles) {
    const std::vector<Person> people = work_->people(role);
    if (people.empty()) continue;
    open(element);
    for (const Person& person : people) styled("author", tag, endnoteName(person));
    close(element);
  }
  if (text_.size() == empty)
    text_.resize(before);
  else
    close("contributors");
}

void EndnoteRecord::titles() {
  const bool isBook = work_->first(tags::kType) == "book";
  open("titles");
  first("title", tags::kTitle);
  first("secondary-title", isBook ? tags::kCollectionTitle : tags::kContainerTitle);
  if (!isBook) first("tertiary-title", tags::kCollectionTitle);
  first("short-title", tags::kTitleShort);
  first("translated-title", tags::kTitleTranslated);
  close("titles");
}

void EndnoteRecord::periodical() {
  if (!bibliography::isPeriodical(work_->first(tags::kType)) || !work_->has(tags::kContainerTitle)) return;
  open("periodical");
  first("full-title", tags::kContainerTitle);
  first("abbr-1", tags::kContainerAbbreviation);
  close("periodical");
}

void EndnoteRecord::numbers() {
  first("pages", tags::kPage);
  first("volume", tags::kVolume);
  first("number", tags::kIssue);
  first("edition", tags::kEdition);
}

void EndnoteRecord::dates() {
  if (!work_->has(tags::kIssuedYear)) return;
  open("dates");
  first("year", tags::kIssuedYear);
  const std::string date = monthAndDay(work_->first(tags::kIssuedMonth), work_->first(tags::kIssuedDay));
  if (!date.empty()) {
    open("pub-dates");
    styled("date", tags::kIssuedMonth, date);
    close("pub-dates");
  }
  close("dates");
}

void EndnoteRecord::identifiers() {
  std::string serials = work_->joined(tags::kIssn, "\n");
  const std::string books = work_->joined(tags::kIsbn, "\n");
  if (!serials.empty() && !books.empty()) serials.push_back('\n');
  styled("isbn", tags::kIssn, serials + books);
  first("accession-num", work_->has(tags::kAccession) ? tags::kAccession : tags::kPmid);
  first("electronic-resource-num", tags::kDoi);
}

void EndnoteRecord::texts() {
  joined("abstract", tags::kAbstract, "\n\n");
  joined("notes", tags::kNote, "\n");
  joined("work-type", work_->has(tags::kPublicationTypeRaw) ? tags::kPublicationTypeRaw : tags::kPublicationType, "; ");
  first("remote-database-name", tags::kDatabase);
  first("remote-database-provider", tags::kDatabaseProvider);
  joined("language", work_->has(tags::kLanguage) ? tags::kLanguage : tags::kLanguageRaw, "; ");
}

void EndnoteRecord::links() {
  if (!work_->has(tags::kUrl)) return;
  open("urls");
  nested("related-urls", "url", tags::kUrl);
  close("urls");
}

std::string EndnoteRecord::write(const Work& work, std::string_view line, std::size_t number) {
  work_ = &work;
  removed_.clear();
  const ReferenceType& type = referenceType(work.first(tags::kType));
  text_.assign("<record><source-app name=\"Winnow\" version=\"1.0\">Winnow</source-app><rec-number>");
  text_.append(std::to_string(number)).append("</rec-number><ref-type name=\"").append(type.name).append("\">");
  text_.append(type.number).append("</ref-type>");
  contributors();
  titles();
  periodical();
  numbers();
  nested("keywords", "keyword", tags::kKeyword);
  dates();
  first("pub-location", tags::kPublisherPlace);
  first("publisher", tags::kPublisher);
  identifiers();
  texts();
  links();
  first("custom2", tags::kPmcid);
  styled("custom4", tags::kNote, line);
  first("custom7", tags::kArticleNumber);
  close("record");
  return std::move(text_);
}

}  // namespace winnow::exporters
