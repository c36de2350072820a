#include <winnow/formats/derive.hpp>
#include <winnow/formats/identifiers.hpp>
#include <winnow/formats/languages.hpp>
#include <winnow/formats/pages.hpp>
#include <winnow/formats/publication_types.hpp>
#include <winnow/formats/text.hpp>
#include <winnow/tags.hpp>

#include <algorithm>
#include <string>

namespace winnow::formats {

Tags::Tags(const Host& host)
    : person{{host.tag(tags::kAuthorFamily), host.tag(tags::kAuthorGiven), host.tag(tags::kAuthorSuffix),
              host.tag(tags::kAuthorLiteral)},
             {host.tag(tags::kEditorFamily), host.tag(tags::kEditorGiven), host.tag(tags::kEditorSuffix),
              host.tag(tags::kEditorLiteral)},
             {host.tag(tags::kTranslatorFamily), host.tag(tags::kTranslatorGiven), host.tag(tags::kTranslatorSuffix),
              host.tag(tags::kTranslatorLiteral)},
             {host.tag(tags::kCollectionEditorFamily), host.tag(tags::kCollectionEditorGiven),
              host.tag(tags::kCollectionEditorSuffix), host.tag(tags::kCollectionEditorLiteral)}},
      type(host.tag(tags::kType)),
      typeRaw(host.tag(tags::kTypeRaw)),
      publicationType(host.tag(tags::kPublicationType)),
      publicationTypeRaw(host.tag(tags::kPublicationTypeRaw)),
      title(host.tag(tags::kTitle)),
      titleTranslated(host.tag(tags::kTitleTranslated)),
      titleOriginal(host.tag(tags::kTitleOriginal)),
      titleShort(host.tag(tags::kTitleShort)),
      year(host.tag(tags::kIssuedYear)),
      month(host.tag(tags::kIssuedMonth)),
      day(host.tag(tags::kIssuedDay)),
      season(host.tag(tags::kIssuedSeason)),
      issuedRaw(host.tag(tags::kIssuedRaw)),
      container(host.tag(tags::kContainerTitle)),
      containerShort(host.tag(tags::kContainerAbbreviation)),
      collection(host.tag(tags::kCollectionTitle)),
      volume(host.tag(tags::kVolume)),
      issue(host.tag(tags::kIssue)),
      page(host.tag(tags::kPage)),
      articleNumber(host.tag(tags::kArticleNumber)),
      doi(host.tag(tags::kDoi)),
      pmid(host.tag(tags::kPmid)),
      pmcid(host.tag(tags::kPmcid)),
      issn(host.tag(tags::kIssn)),
      isbn(host.tag(tags::kIsbn)),
      accession(host.tag(tags::kAccession)),
      localId(host.tag(tags::kLocalId)),
      winnowId(host.tag(tags::kWinnowId)),
      abstract(host.tag(tags::kAbstract)),
      abstractCopyright(host.tag(tags::kAbstractCopyright)),
      language(host.tag(tags::kLanguage)),
      languageRaw(host.tag(tags::kLanguageRaw)),
      keyword(host.tag(tags::kKeyword)),
      url(host.tag(tags::kUrl)),
      note(host.tag(tags::kNote)),
      publisher(host.tag(tags::kPublisher)),
      place(host.tag(tags::kPublisherPlace)),
      edition(host.tag(tags::kEdition)),
      database(host.tag(tags::kDatabase)),
      provider(host.tag(tags::kDatabaseProvider)),
      orcid(host.tag(tags::kAuthorOrcid)),
      affiliation(host.tag(tags::kAuthorAffiliation)),
      wrongCheckDigit(host.tag("wrong-check-digit")) {}

bool Deriver::holds(std::uint32_t tag, std::string_view value) const {
  constexpr std::size_t kWindow = 2000;  // keeps the time linear in a record of very many fields
  const std::size_t count = writer_.fieldCount();
  for (std::size_t i = count - std::min(count, kWindow); i < count; ++i)
    if (writer_.field(i).tag == tag && equalsIgnoringCase(view(writer_.field(i).value), value)) return true;
  return false;
}

void Deriver::text(std::uint32_t tag, std::string_view value, Origin from) {
  if (isMissing(tag, value)) return;
  std::string storage;
  const std::string_view clean = collapse(value, storage);
  writer_.derive(tag, clean.data() == storage.data() ? writer_.keep(clean) : clean, from);
}

/// Remarks of databases are no titles and no abstracts.
bool Deriver::isMissing(std::uint32_t tag, std::string_view value) const {
  return (tag == tags_.title || tag == tags_.abstract) && isRemark(value);
}

void Deriver::copy(std::uint32_t tag, std::string_view value, Origin from) {
  if (isMissing(tag, value)) return;
  writer_.derive(tag, writer_.keep(value), from);
}

std::uint16_t Deriver::person(Role role, const PersonName& name, Origin from) {
  if (name.empty() || (!name.literal.empty() && (isNobody(name.literal) || isRemark(name.literal)))) return 0;
  const Tags::Person& tag = tags_.person[static_cast<int>(role)];
  from.group = writer_.group();
  copy(tag.family, name.family, from);
  copy(tag.given, name.given, from);
  copy(tag.suffix, name.suffix, from);
  copy(tag.literal, name.literal, from);
  return from.group;
}

void Deriver::people(Role role, std::string_view value, Origin from, NameStyle style, bool several) {
  for (const std::string_view name : splitNames(value, several ? NameList::Any : NameList::Sure))
    person(role, parseName(name, style), from);
}

void Deriver::date(const Date& date, Origin from) {
  if (date.year != 0) copy(tags_.year, std::to_string(date.year), from);
  if (date.month != 0) copy(tags_.month, std::to_string(date.month), from);
  if (date.day != 0) copy(tags_.day, std::to_string(date.day), from);
  if (date.month == 0) copy(tags_.season, date.season, from);
}

bool Deriver::doi(std::string_view value, Origin from, bool labelled) {
  if (value.find("10.") == std::string_view::npos && value.find("%") == std::string_view::npos) return false;
  const std::string doi = labelled ? findLabelledDoi(value) : normaliseDoi(value);
  copy(tags_.doi, doi, from);
  return !doi.empty();
}

void Deriver::serialNumbers(std::string_view value, Origin from) {
  const SerialNumbers found = findSerialNumbers(value);
  const auto addOnce = [&](std::uint32_t tag, const std::string& number) {
    if (holds(tag, number)) return;
    Origin origin = from;
    if (!hasRightCheckDigit(number)) origin.rule = tags_.wrongCheckDigit;
    copy(tag, number, origin);
  };
  for (const std::string& issn : found.issn) addOnce(tags_.issn, issn);
  for (const std::string& isbn : found.isbn) addOnce(tags_.isbn, isbn);
}

void Deriver::languages(std::string_view value, Origin from) {
  if (isBlank(value)) return;
  for (const std::string_view code : languageCodes(value))
    if (!holds(tags_.language, code)) writer_.derive(tags_.language, code, from);
  text(tags_.languageRaw, value, from);
}

void Deriver::publicationTypes(std::string_view value, Origin from) {
  for (const std::string_view words : publicationTypeWords(value)) {
    if (holds(tags_.publicationTypeRaw, words)) continue;
    from.group = writer_.group();
    writer_.derive(tags_.publicationType, publicationType(words), from);
    text(tags_.publicationTypeRaw, words, from);
  }
}

void Deriver::pages(std::string_view first, std::string_view last, Origin from) {
  copy(tags_.page, joinPages(first, last), from);
}

}  // namespace winnow::formats
