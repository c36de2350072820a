#include "bibliography/WinnowLine.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "bibliography/Text.hpp"

namespace winnow::bibliography {
namespace {

using nlohmann::ordered_json;
using TagSet = std::set<tags::Name>;

/// Tags that lose their meaning one without the other: if one of a family is in the line, all are.
constexpr std::string_view kFamilies[] = {"author", "editor", "translator", "collection-editor", "publication-type"};
/// Ids that readers look for in addresses, notes and accession numbers.
constexpr tags::Name kMinedIds[] = {tags::kDoi, tags::kPmid, tags::kPmcid, tags::kAccession};

/// Tags that readers fill from one place: a value that does not come back as it is may come back as its neighbour.
constexpr std::initializer_list<tags::Name> kNeighbours[] = {
    {tags::kTitle, tags::kTitleTranslated, tags::kTitleOriginal, tags::kTitleShort},
    {tags::kTitleTranslated, tags::kTitleOriginal, tags::kTitleShort},
    {tags::kIssuedYear, tags::kIssuedMonth, tags::kIssuedDay, tags::kIssuedSeason},
    {tags::kContainerTitle, tags::kContainerAbbreviation, tags::kCollectionTitle},
    {tags::kVolume, tags::kIssue},
    {tags::kPage, tags::kArticleNumber},
    {tags::kIssn, tags::kIsbn},
    {tags::kAbstract, tags::kAbstractCopyright}};

bool isOfFamily(tags::Name tag, std::string_view family) {
  if (tag.substr(0, family.size()) != family) return false;
  return tag.size() == family.size() || tag[family.size()] == '.';
}

std::string_view familyOf(tags::Name tag) {
  for (const std::string_view family : kFamilies)
    if (isOfFamily(tag, family)) return family;
  return {};
}

void addFamily(TagSet& listed, std::string_view family) {
  for (const tags::Name tag : Vocabulary::workTags())
    if (isOfFamily(tag, family)) listed.insert(tag);
}

/// Adds the tag and those of its neighbours' groups that `concerns` accepts.
template <class Concerns>
void addWithNeighbours(TagSet& listed, tags::Name tag, Concerns&& concerns) {
  listed.insert(tag);
  for (const auto& group : kNeighbours)
    if (std::find(group.begin(), group.end(), tag) != group.end() && concerns(group))
      listed.insert(group.begin(), group.end());
}

/// What a reader makes of other tags, or of the type line, although the record does not say it.
void addInvented(TagSet& listed, const Work& work) {
  for (const tags::Name tag :
       {tags::kType, tags::kTypeRaw, tags::kLocalId})  // EndNote's rec-number is our own counting
    if (!work.has(tag)) listed.insert(tag);
  addFamily(listed, "publication-type");
  if (work.has(tags::kIssuedYear) && !work.has(tags::kIssuedRaw)) listed.insert(tags::kIssuedRaw);
  if (work.has(tags::kLanguage) && !work.has(tags::kLanguageRaw)) listed.insert(tags::kLanguageRaw);
  if (work.has(tags::kLanguageRaw) && work.all(tags::kLanguage).size() != 1) listed.insert(tags::kLanguage);
  const bool hasSource =
      work.has(tags::kUrl) || work.has(tags::kNote) || work.has(tags::kAccession) || work.has(tags::kPmid);
  for (const tags::Name id : kMinedIds)
    if (hasSource && !work.has(id)) listed.insert(id);
}

void addMember(ordered_json& object, tags::Name tag, std::string_view text) {
  const std::string name(tag), value(text);
  if (!object.contains(name)) {
    object[name] = value;
    return;
  }
  if (!object[name].is_array()) object[name] = ordered_json::array({object[name]});
  object[name].push_back(value);
}

/// The listed values as objects, parts of one group together at the place of the first.
ordered_json fieldsOf(const Work& work, const TagSet& listed) {
  ordered_json fields = ordered_json::array();
  std::map<std::uint16_t, std::size_t> groups;
  for (const Work::Value& value : work.values()) {
    if (value.kind != Vocabulary::Kind::work || listed.count(value.tag) == 0) continue;
    const auto known = value.group == 0 ? groups.end() : groups.find(value.group);
    if (known != groups.end()) {
      addMember(fields[known->second], value.tag, value.text);
      continue;
    }
    if (value.group != 0) groups.emplace(value.group, fields.size());
    fields.push_back(ordered_json::object());
    addMember(fields.back(), value.tag, value.text);
  }
  return fields;
}

/// U+FFFE and U+FFFF are no characters of XML 1.0: as JSON escapes they are.
std::string withoutNoncharacters(const std::string& json) {
  std::string text;
  text.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    const std::string_view here = std::string_view(json).substr(i, 3);
    if (here != "\xEF\xBF\xBE" && here != "\xEF\xBF\xBF") {
      text.push_back(json[i]);
      continue;
    }
    text.append(here.back() == '\xBE' ? "\\ufffe" : "\\uffff");
    i += 2;
  }
  return text;
}

}  // namespace

bool isPlainPerson(const Person& person) {
  if (person.extra) return false;
  if (!person.literal.empty()) return person.family.empty() && person.given.empty() && isPlainName(person.literal);
  if (!isPlainName(person.family) || !isPlainName(person.given)) return false;
  return person.suffix.empty() || isPlainSuffix(person.suffix);
}

const Slot* WinnowLine::slotOf(tags::Name tag) const noexcept {
  const auto found = std::find_if(slots_.begin(), slots_.end(), [tag](const Slot& slot) { return slot.tag == tag; });
  return found == slots_.end() ? nullptr : &*found;
}

std::vector<tags::Name> WinnowLine::listedTags(const Work& work) const {
  TagSet listed;
  std::map<tags::Name, std::size_t> seen;
  const auto hasNoSlot = [this](const auto& group) {
    return std::all_of(group.begin(), group.end(), [this](tags::Name tag) { return slotOf(tag) == nullptr; });
  };
  for (const Work::Value& value : work.values()) {
    if (value.kind != Vocabulary::Kind::work) continue;
    const std::string_view family = familyOf(value.tag);
    if (family == "author") continue;
    if (!family.empty()) {
      // Which of A2, A3, A4 is which differs by reader and type: all of them stand in the line, or none.
      for (const std::string_view other : kFamilies)
        if (other != "author") addFamily(listed, other);
      continue;
    }
    const Slot* slot = slotOf(value.tag);
    const bool isFirst = seen[value.tag]++ == 0;
    if (slot == nullptr)
      addWithNeighbours(listed, value.tag, hasNoSlot);
    else if (!isFirst && !slot->repeats)
      listed.insert(value.tag);
    else if (!slot->holds(work, value.text))
      addWithNeighbours(listed, value.tag, [](const auto&) { return true; });
  }
  const std::vector<Person> authors = work.people("author");
  const bool hasStray = authors.empty() && std::any_of(work.values().begin(), work.values().end(),
                                                       [](const auto& v) { return isOfFamily(v.tag, "author"); });
  if (hasStray || !std::all_of(authors.begin(), authors.end(), isPlainPerson)) addFamily(listed, "author");
  addInvented(listed, work);
  std::vector<tags::Name> ordered;
  for (const tags::Name tag : Vocabulary::workTags())
    if (listed.count(tag) != 0) ordered.push_back(tag);
  return ordered;
}

std::string WinnowLine::of(const Work& work) const {
  const std::vector<tags::Name> listed = listedTags(work);
  ordered_json line = ordered_json::object();
  if (work.has(tags::kRecordKey)) line["id"] = std::string(work.first(tags::kRecordKey));
  line["replace"] = ordered_json::array();
  for (const tags::Name tag : listed) line["replace"].push_back(std::string(tag));
  line["fields"] = fieldsOf(work, TagSet(listed.begin(), listed.end()));
  const std::string json = line.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  return "winnow:" + withoutNoncharacters(json);
}

}  // namespace winnow::bibliography
