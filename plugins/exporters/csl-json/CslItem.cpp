#include "CslItem.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace winnow::exporters {
namespace {

using bibliography::Person;
using bibliography::Work;
using nlohmann::ordered_json;

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

/// The number in text of digits, or the text itself when it is none.
ordered_json number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::string(text);
  return value;
}

void addVariable(ordered_json& item, const Variable& variable, const Work& work) {
  if (!work.has(variable.tag)) return;
  const bool isJoined = !variable.separator.empty();
  item[std::string(variable.csl)] =
      isJoined ? work.joined(variable.tag, variable.separator) : std::string(work.first(variable.tag));
}

ordered_json name(const Person& person) {
  ordered_json json = ordered_json::object();
  if (!person.family.empty()) json["family"] = std::string(person.family);
  if (!person.given.empty()) json["given"] = std::string(person.given);
  if (!person.suffix.empty()) json["suffix"] = std::string(person.suffix);
  if (!person.literal.empty()) json["literal"] = std::string(person.literal);
  return json;
}

void addPeople(ordered_json& item, const Work& work) {
  for (const std::string_view role : kRoles) {
    const std::vector<Person> people = work.people(role);
    if (people.empty()) continue;
    ordered_json names = ordered_json::array();
    for (const Person& person : people) names.push_back(name(person));
    item[std::string(role)] = std::move(names);
  }
}

/// A month without a year, or a day without a month, has no place in date-parts; the words of the export stand in raw.
void addIssued(ordered_json& item, const Work& work) {
  ordered_json issued = ordered_json::object();
  ordered_json parts = ordered_json::array();
  for (const tags::Name tag : {tags::kIssuedYear, tags::kIssuedMonth, tags::kIssuedDay}) {
    const std::string_view value = work.first(tag);
    if (value.empty()) break;
    parts.push_back(number(value));
  }
  if (!parts.empty()) issued["date-parts"] = ordered_json::array({parts});
  if (work.has(tags::kIssuedSeason)) issued["season"] = std::string(work.first(tags::kIssuedSeason));
  if (parts.empty() && work.has(tags::kIssuedRaw)) issued["raw"] = std::string(work.first(tags::kIssuedRaw));
  if (!issued.empty()) item["issued"] = std::move(issued);
}

ordered_json custom(const Work& work) {
  ordered_json json = ordered_json::object();
  for (const Extra& extra : kExtras) {
    const std::string key(extra.name);
    if (extra.kind == Extra::list) {
      json[key] = ordered_json::array();
      for (const std::string_view value : work.all(extra.tag)) json[key].push_back(std::string(value));
    } else if (work.has(extra.tag)) {
      const std::string_view value = work.first(extra.tag);
      json[key] = extra.kind == Extra::number ? number(value) : ordered_json(std::string(value));
    }
  }
  return json;
}

std::string identity(const Work& work, std::uint64_t ordinal) {
  for (const tags::Name tag : {tags::kRecordKey, tags::kLocalId})
    if (work.has(tag)) return std::string(work.first(tag));
  return "record-" + std::to_string(ordinal);
}

bool isPersonPart(tags::Name tag) {
  return std::any_of(std::begin(kRoles), std::end(kRoles), [tag](std::string_view role) {
    if (tag.substr(0, role.size()) != role || tag.substr(role.size(), 1) != ".") return false;
    const std::string_view part = tag.substr(role.size() + 1);
    return part != "orcid" && part != "affiliation";
  });
}

}  // namespace

ordered_json cslItem(const Work& work, std::uint64_t ordinal) {
  ordered_json item = ordered_json::object();
  item["id"] = identity(work, ordinal);
  item["type"] = work.has(tags::kType) ? std::string(work.first(tags::kType)) : "document";
  for (const Variable& variable : kBeforePeople) addVariable(item, variable, work);
  addPeople(item, work);
  addIssued(item, work);
  for (const Variable& variable : kAfterDate) {
    addVariable(item, variable, work);
    // Words that name no language of the ISO lists stand as the source wrote them.
    if (variable.tag == tags::kLanguage && !work.has(tags::kLanguage))
      addVariable(item, {variable.csl, tags::kLanguageRaw, ""}, work);
  }
  item["custom"]["winnow"] = custom(work);
  return item;
}

bool cslHolds(const Work& work, tags::Name tag, std::size_t n) {
  if (isPersonPart(tag)) return true;
  if (tag == tags::kType || tag == tags::kIssuedYear || tag == tags::kIssuedSeason) return n == 0;
  if (tag == tags::kIssuedMonth) return n == 0 && work.has(tags::kIssuedYear);
  if (tag == tags::kIssuedDay) return n == 0 && work.has(tags::kIssuedYear) && work.has(tags::kIssuedMonth);
  if (tag == tags::kIssuedRaw) return n == 0 && !work.has(tags::kIssuedYear);
  if (tag == tags::kLanguageRaw) return n == 0 && !work.has(tags::kLanguage);
  if (tag == tags::kLocalId) return n == 0 && !work.has(tags::kRecordKey);
  for (const Extra& extra : kExtras)
    if (extra.tag == tag && extra.kind == Extra::list) return true;
  const auto holds = [&](const Variable& variable) {
    return variable.tag == tag && (n == 0 || !variable.separator.empty());
  };
  return std::any_of(std::begin(kBeforePeople), std::end(kBeforePeople), holds) ||
         std::any_of(std::begin(kAfterDate), std::end(kAfterDate), holds);
}

}  // namespace winnow::exporters
