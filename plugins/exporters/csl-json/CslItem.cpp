#include "CslItem.hpp"

#include <array>
#include <charconv>
#include <string>

#include "bibliography/JsonText.hpp"

namespace winnow::exporters {
namespace {

using bibliography::Person;
using bibliography::Work;

struct Variable {
  std::string_view csl;
  tags::Name tag;
  std::string_view separator;  ///< between values; empty: the first value only
};
/// CSL 1.0.2 variables that are plain text, in the order they are written. People, dates and `custom` stand apart.
constexpr Variable kBeforePeople[] = {
    {"title", tags::kTitle, ""}, {"title-short", tags::kTitleShort, ""}, {"original-title", tags::kTitleOriginal, ""}};
constexpr Variable kAfterDate[] = {{"container-title", tags::kContainerTitle, ""},
                                   {"container-title-short", tags::kContainerAbbreviation, ""},
                                   {"collection-title", tags::kCollectionTitle, ""},
                                   {"volume", tags::kVolume, ""},
                                   {"issue", tags::kIssue, ""},
                                   {"page", tags::kPage, ""},
                                   {"number", tags::kArticleNumber, ""},
                                   {"DOI", tags::kDoi, ""},
                                   {"PMID", tags::kPmid, ""},
                                   {"PMCID", tags::kPmcid, ""},
                                   {"ISSN", tags::kIssn, ", "},
                                   {"ISBN", tags::kIsbn, ", "},
                                   {"URL", tags::kUrl, ""},
                                   {"abstract", tags::kAbstract, "\n\n"},
                                   {"language", tags::kLanguage, ""},
                                   {"keyword", tags::kKeyword, "; "},
                                   {"publisher", tags::kPublisher, ""},
                                   {"publisher-place", tags::kPublisherPlace, ""},
                                   {"edition", tags::kEdition, ""},
                                   {"source", tags::kDatabase, ""},
                                   {"note", tags::kNote, "\n"}};
constexpr std::string_view kRoles[] = {"author", "editor", "translator", "collection-editor"};

struct Extra {
  std::string_view name;
  tags::Name tag;
  enum Kind { text, number, list } kind;
};
/// Members of `custom.winnow`.
constexpr Extra kExtras[] = {{"key", tags::kRecordKey, Extra::text},
                             {"file", tags::kRecordFile, Extra::text},
                             {"line", tags::kRecordLine, Extra::number},
                             {"byte", tags::kRecordByte, Extra::number},
                             {"importer", tags::kRecordImporter, Extra::text},
                             {"dialect", tags::kRecordDialect, Extra::text},
                             {"publication_types", tags::kPublicationType, Extra::list},
                             {"languages", tags::kLanguage, Extra::list},
                             {"keywords", tags::kKeyword, Extra::list},
                             {"urls", tags::kUrl, Extra::list},
                             {"fate", tags::kFate, Extra::text},
                             {"fate_step", tags::kFateStep, Extra::text},
                             {"fate_reason", tags::kFateReason, Extra::text},
                             {"fate_by", tags::kFateBy, Extra::text}};

/// Appends to the text of one JSON object.
class Members {
 public:
  explicit Members(std::string& out) : out_(out) { out_ += '{'; }
  void close() { out_ += '}'; }
  /// The name of the next member, up to its colon.
  std::string& name(std::string_view name) {
    if (!isFirst_) out_ += ',';
    isFirst_ = false;
    bibliography::appendJson(out_, name);
    return out_ += ':';
  }
  void text(std::string_view key, std::string_view value) { bibliography::appendJson(name(key), value); }

 private:
  std::string& out_;
  bool isFirst_ = true;
};

/// Appends the number in text of digits, or the text itself when it is none.
void appendNumber(std::string& out, std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return bibliography::appendJson(out, text);
  out += std::to_string(value);
}

void addVariable(Members& item, const Variable& variable, const Work& work) {
  if (!work.has(variable.tag)) return;
  const bool isJoined = !variable.separator.empty();
  if (isJoined)
    item.text(variable.csl, work.joined(variable.tag, variable.separator));
  else
    item.text(variable.csl, work.first(variable.tag));
}

void appendName(std::string& out, const Person& person) {
  Members name(out);
  if (!person.family.empty()) name.text("family", person.family);
  if (!person.given.empty()) name.text("given", person.given);
  if (!person.suffix.empty()) name.text("suffix", person.suffix);
  if (!person.literal.empty()) name.text("literal", person.literal);
  name.close();
}

void addPeople(Members& item, const Work& work) {
  for (const std::string_view role : kRoles) {
    const std::vector<Person> people = work.people(role);
    if (people.empty()) continue;
    std::string& out = item.name(role);
    out += '[';
    for (std::size_t i = 0; i < people.size(); ++i) {
      if (i > 0) out += ',';
      appendName(out, people[i]);
    }
    out += ']';
  }
}

/// A month without a year, or a day without a month, has no place in date-parts; the words of the export stand in raw.
void addIssued(Members& item, const Work& work) {
  const bool hasYear = work.has(tags::kIssuedYear), hasSeason = work.has(tags::kIssuedSeason);
  const bool hasRaw = !hasYear && work.has(tags::kIssuedRaw);
  if (!hasYear && !hasSeason && !hasRaw) return;
  std::string& out = item.name("issued");
  Members issued(out);
  if (hasYear) {
    issued.name("date-parts") += "[[";
    appendNumber(out, work.first(tags::kIssuedYear));
    for (const tags::Name tag : {tags::kIssuedMonth, tags::kIssuedDay}) {
      if (!work.has(tag)) break;
      out += ',';
      appendNumber(out, work.first(tag));
    }
    out += "]]";
  }
  if (hasSeason) issued.text("season", work.first(tags::kIssuedSeason));
  if (hasRaw) issued.text("raw", work.first(tags::kIssuedRaw));
  issued.close();
}

void addExtras(std::string& out, const Work& work) {
  Members extras(out);
  for (const Extra& extra : kExtras) {
    if (extra.kind == Extra::list) {
      extras.name(extra.name) += '[';
      work.forEach(extra.tag, [&](std::string_view value) {
        if (out.back() != '[') out += ',';
        bibliography::appendJson(out, value);
      });
      out += ']';
    } else if (work.has(extra.tag)) {
      if (extra.kind == Extra::number)
        appendNumber(extras.name(extra.name), work.first(extra.tag));
      else
        extras.text(extra.name, work.first(extra.tag));
    }
  }
  extras.close();
}

std::string identity(const Work& work, std::uint64_t ordinal) {
  for (const tags::Name tag : {tags::kRecordKey, tags::kLocalId})
    if (work.has(tag)) return std::string(work.first(tag));
  return "record-" + std::to_string(ordinal);
}

/// Which values of a tag have a place in an item.
enum class Place : std::uint8_t { None, First, All, Depends };

constexpr bool isPersonPart(tags::Name tag) {
  for (const std::string_view role : kRoles) {
    if (tag.substr(0, role.size()) != role || tag.substr(role.size(), 1) != ".") continue;
    const std::string_view part = tag.substr(role.size() + 1);
    return part != "orcid" && part != "affiliation";
  }
  return false;
}

constexpr Place placeOf(tags::Name tag) {
  if (isPersonPart(tag)) return Place::All;
  for (const tags::Name one :
       {tags::kIssuedMonth, tags::kIssuedDay, tags::kIssuedRaw, tags::kLanguageRaw, tags::kLocalId})
    if (tag == one) return Place::Depends;
  for (const Extra& extra : kExtras)
    if (extra.tag == tag && extra.kind == Extra::list) return Place::All;
  for (const Variable& variable : kAfterDate)
    if (variable.tag == tag) return variable.separator.empty() ? Place::First : Place::All;
  for (const Variable& variable : kBeforePeople)
    if (variable.tag == tag) return Place::First;
  return tag == tags::kType || tag == tags::kIssuedYear || tag == tags::kIssuedSeason ? Place::First : Place::None;
}

constexpr std::array<Place, 256> places() {
  std::array<Place, 256> table{};
  for (std::size_t i = 0; i < bibliography::kTagCount; ++i)
    table[i] = placeOf(bibliography::nameOf(static_cast<bibliography::TagIndex>(i)));
  return table;
}
constexpr std::array<Place, 256> kPlaces = places();

}  // namespace

void appendCslItem(std::string& out, const Work& work, std::uint64_t ordinal) {
  Members item(out);
  item.text("id", identity(work, ordinal));
  item.text("type", work.has(tags::kType) ? work.first(tags::kType) : "document");
  for (const Variable& variable : kBeforePeople) addVariable(item, variable, work);
  addPeople(item, work);
  addIssued(item, work);
  for (const Variable& variable : kAfterDate) {
    addVariable(item, variable, work);
    // Words that name no language of the ISO lists stand as the source wrote them.
    if (variable.tag == tags::kLanguage && !work.has(tags::kLanguage))
      addVariable(item, {variable.csl, tags::kLanguageRaw, ""}, work);
  }
  {
    Members custom(item.name("custom"));
    addExtras(custom.name("winnow"), work);
    custom.close();
  }
  item.close();
}

bool cslHolds(const Work& work, tags::Name tag, std::size_t n) {
  switch (kPlaces[bibliography::indexOf(tag)]) {
    case Place::None:
      return false;
    case Place::All:
      return true;
    case Place::First:
      return n == 0;
    case Place::Depends:
      break;
  }
  if (tag == tags::kIssuedMonth) return n == 0 && work.has(tags::kIssuedYear);
  if (tag == tags::kIssuedDay) return n == 0 && work.has(tags::kIssuedYear) && work.has(tags::kIssuedMonth);
  if (tag == tags::kIssuedRaw) return n == 0 && !work.has(tags::kIssuedYear);
  if (tag == tags::kLanguageRaw) return n == 0 && !work.has(tags::kLanguage);
  return n == 0 && !work.has(tags::kRecordKey);  // id.local
}

}  // namespace winnow::exporters
