#include "bibliography/WinnowLine.hpp"

#include <algorithm>
#include <utility>

#include "bibliography/JsonText.hpp"
#include "bibliography/Text.hpp"

namespace winnow::bibliography {
namespace {

/// Tags that lose their meaning one without the other: if one of a family is in the line, all are.
constexpr bool isOfFamily(tags::Name tag, std::string_view family) {
  if (tag.substr(0, family.size()) != family) return false;
  return tag.size() == family.size() || tag[family.size()] == '.';
}
constexpr TagMask familyMask(std::string_view family) {
  TagMask mask = 0;
  for (std::size_t i = 0; i < kWorkCount; ++i)
    if (isOfFamily(kWorkTags[i], family)) mask |= TagMask{1} << i;
  return mask;
}
constexpr TagMask kAuthors = familyMask("author"), kTypes = familyMask("publication-type");
/// Which of A2, A3, A4 is which differs by reader and type: all of them stand in the line, or none.
constexpr TagMask kOthers = familyMask("editor") | familyMask("translator") | familyMask("collection-editor") | kTypes;

/// Tags that readers fill from one place: a value that does not come back as it is may come back as its neighbour.
constexpr TagMask kNeighbours[] = {
    maskOf({tags::kTitle, tags::kTitleTranslated, tags::kTitleOriginal, tags::kTitleShort}),
    maskOf({tags::kTitleTranslated, tags::kTitleOriginal, tags::kTitleShort}),
    maskOf({tags::kIssuedYear, tags::kIssuedMonth, tags::kIssuedDay, tags::kIssuedSeason}),
    maskOf({tags::kContainerTitle, tags::kContainerAbbreviation, tags::kCollectionTitle}),
    maskOf({tags::kVolume, tags::kIssue}),
    maskOf({tags::kPage, tags::kArticleNumber}),
    maskOf({tags::kIssn, tags::kIsbn}),
    maskOf({tags::kAbstract, tags::kAbstractCopyright})};

/// The tag, and those of its neighbours' groups that `concerns` accepts.
template <class Concerns>
TagMask withNeighbours(TagIndex tag, Concerns&& concerns) {
  TagMask mask = maskOf(tag);
  for (const TagMask group : kNeighbours)
    if ((group & maskOf(tag)) != 0 && concerns(group)) mask |= group;
  return mask;
}

/// What a reader makes of other tags, or of the type line, although the record does not say it.
TagMask invented(const Work& work) {
  constexpr TagMask kAlways =
      maskOf({tags::kType, tags::kTypeRaw, tags::kLocalId});  // EndNote's rec-number is our count
  constexpr TagMask kMined = maskOf({tags::kDoi, tags::kPmid, tags::kPmcid, tags::kAccession});
  constexpr TagMask kSources = maskOf({tags::kUrl, tags::kNote, tags::kAccession, tags::kPmid});
  constexpr TagMask kYear = maskOf({tags::kIssuedYear}), kRaw = maskOf({tags::kIssuedRaw});
  constexpr TagMask kLanguage = maskOf({tags::kLanguage}), kLanguageRaw = maskOf({tags::kLanguageRaw});
  const TagMask present = work.present();
  TagMask mask = (kAlways & ~present) | kTypes;
  if ((present & kYear) != 0) mask |= kRaw & ~present;
  if ((present & kLanguage) != 0) mask |= kLanguageRaw & ~present;
  if ((present & kLanguageRaw) != 0) {
    std::size_t languages = 0;
    work.forEach(tags::kLanguage, [&](std::string_view) { ++languages; });
    if (languages != 1) mask |= kLanguage;
  }
  // Readers look for ids in addresses, notes and accession numbers.
  if ((present & kSources) != 0) mask |= kMined & ~present;
  return mask;
}

/// Members of one JSON object: a value, or the values of a tag that stands more than once.
struct Object {
  std::vector<std::pair<TagIndex, std::vector<std::string_view>>> members;

  void add(TagIndex tag, std::string_view text) {
    for (auto& [known, values] : members)
      if (known == tag) return values.push_back(text);
    members.push_back({tag, {text}});
  }
  void write(std::string& out) const {
    out += '{';
    for (const auto& [tag, values] : members) {
      if (out.back() != '{') out += ',';
      appendJson(out, nameOf(tag));
      out += values.size() > 1 ? ":[" : ":";
      for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) out += ',';
        appendJson(out, values[i]);
      }
      if (values.size() > 1) out += ']';
    }
    out += '}';
  }
};

/// The listed values as objects, parts of one group together at the place of the first.
void writeFields(std::string& out, const Work& work, TagMask listed) {
  std::vector<Object> fields;
  std::vector<std::pair<std::uint16_t, std::size_t>> groups;
  for (const Work::Value& value : work.values()) {
    if ((maskOf(value.index) & listed) == 0) continue;
    const auto known = value.group == 0 ? groups.end()
                                        : std::find_if(groups.begin(), groups.end(),
                                                       [&](const auto& group) { return group.first == value.group; });
    if (known == groups.end()) {
      if (value.group != 0) groups.emplace_back(value.group, fields.size());
      fields.emplace_back().add(value.index, value.text);
    } else {
      fields[known->second].add(value.index, value.text);
    }
  }
  out += '[';
  for (const Object& field : fields) {
    if (out.back() != '[') out += ',';
    field.write(out);
  }
  out += ']';
}

/// U+FFFE and U+FFFF are no characters of XML 1.0: as JSON escapes they are.
std::string withoutNoncharacters(std::string json) {
  if (json.find("\xEF\xBF") == std::string::npos) return json;
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

WinnowLine::WinnowLine(std::vector<Slot> slots) : slots_(std::move(slots)) {
  places_.fill(nullptr);
  for (const Slot& slot : slots_)
    if (const Slot*& place = places_[indexOf(slot.tag)]; place == nullptr) {
      place = &slot;
      slotMask_ |= maskOf(indexOf(slot.tag));
    }
}

TagMask WinnowLine::listed(const Work& work) const {
  TagMask mask = invented(work);
  TagMask seen = 0;
  const auto hasNoSlot = [this](TagMask group) { return (group & slotMask_) == 0; };
  for (const Work::Value& value : work.values()) {
    const TagMask own = maskOf(value.index);
    if (own == 0 || (own & kAuthors) != 0) continue;
    if ((own & kOthers) != 0) {
      mask |= kOthers;
      continue;
    }
    const Slot* slot = places_[value.index];
    const bool isFirst = (seen & own) == 0;
    seen |= own;
    if (slot == nullptr)
      mask |= withNeighbours(value.index, hasNoSlot);
    else if (!isFirst && !slot->repeats)
      mask |= own;
    else if (!slot->holds(work, value.text))
      mask |= withNeighbours(value.index, [](TagMask) { return true; });
  }
  const std::vector<Person> authors = work.people("author");
  const bool hasStray = authors.empty() && (work.present() & kAuthors) != 0;
  if (hasStray || !std::all_of(authors.begin(), authors.end(), isPlainPerson)) mask |= kAuthors;
  return mask;
}

std::string WinnowLine::of(const Work& work) const {
  const TagMask mask = listed(work);
  std::string line = "winnow:{";
  if (work.has(tags::kRecordKey)) {
    line += "\"id\":";
    appendJson(line, work.first(tags::kRecordKey));
    line += ',';
  }
  line += "\"replace\":[";
  for (std::size_t i = 0; i < kWorkCount; ++i) {
    if ((mask >> i & 1) == 0) continue;
    if (line.back() != '[') line += ',';
    appendJson(line, kWorkTags[i]);
  }
  line += "],\"fields\":";
  writeFields(line, work, mask);
  line += '}';
  return withoutNoncharacters(std::move(line));
}

}  // namespace winnow::bibliography
