#include "bibliography/Work.hpp"

#include <algorithm>
#include <iterator>

namespace winnow::bibliography {
namespace {

enum class Part : std::uint8_t { None, Family, Given, Suffix, Literal, Extra };

/// What a tag of a person is, and of whom; role 255 for a tag of no person.
struct PersonTag {
  std::uint8_t role = 255;
  Part part = Part::None;
};

constexpr std::string_view kRoles[] = {"author", "editor", "translator", "collection-editor"};

constexpr Part partNamed(std::string_view name) {
  if (name == "family") return Part::Family;
  if (name == "given") return Part::Given;
  if (name == "suffix") return Part::Suffix;
  return name == "literal" ? Part::Literal : Part::Extra;
}

constexpr std::array<PersonTag, kTagCount> personTags() {
  std::array<PersonTag, kTagCount> table{};
  for (std::size_t i = 0; i < kWorkCount; ++i)
    for (std::uint8_t role = 0; role < std::size(kRoles); ++role) {
      const std::string_view name = kWorkTags[i], prefix = kRoles[role];
      if (name.size() > prefix.size() && name.substr(0, prefix.size()) == prefix && name[prefix.size()] == '.')
        table[i] = {role, partNamed(name.substr(prefix.size() + 1))};
    }
  return table;
}
constexpr std::array<PersonTag, kTagCount> kPersonTags = personTags();

void setPart(Person& person, Part part, std::string_view text) {
  if (part == Part::Family)
    person.family = text;
  else if (part == Part::Given)
    person.given = text;
  else if (part == Part::Suffix)
    person.suffix = text;
  else if (part == Part::Literal)
    person.literal = text;
  else
    person.extra = true;
}

/// Fields without a group belong to the person before them until a new name begins.
bool startsPerson(Part part) { return part == Part::Family || part == Part::Literal; }

}  // namespace

std::string Person::display() const {
  if (!literal.empty()) return std::string(literal);
  std::string name(family);
  if (!given.empty() || !suffix.empty()) name.append(", ").append(given);
  if (!suffix.empty()) name.append(", ").append(suffix);
  return name;
}

Work::Work(const Vocabulary& vocabulary, Record record) {
  values_.reserve(record.size());
  first_.fill(kNowhere);
  for (const winnow_field& field : record) {
    if ((field.flags & WINNOW_FIELD_RAW) != 0 || field.value.size == 0) continue;
    const Vocabulary::Entry entry = vocabulary.find(field.tag);
    if (entry.kind == Vocabulary::Kind::unknown) {
      ++unknown_;
      continue;
    }
    std::uint32_t& first = first_[entry.index];
    if (first == kNowhere) first = static_cast<std::uint32_t>(values_.size());
    present_ |= maskOf(entry.index);
    values_.push_back({entry.name, view(field.value), field.group, entry.kind, entry.index});
  }
}

std::string_view Work::first(tags::Name tag) const noexcept {
  const TagIndex index = indexOf(tag);
  return index == kNoIndex || first_[index] == kNowhere ? std::string_view{} : values_[first_[index]].text;
}

std::vector<std::string_view> Work::all(tags::Name tag) const {
  std::vector<std::string_view> found;
  forEach(tag, [&](std::string_view text) { found.push_back(text); });
  return found;
}

std::string Work::joined(tags::Name tag, std::string_view separator) const {
  std::string text;
  forEach(tag, [&](std::string_view value) {
    if (!text.empty()) text.append(separator);
    text.append(value);
  });
  return text;
}

std::vector<Person> Work::people(std::string_view role) const {
  std::vector<Person> people;
  std::vector<std::uint16_t> groups;
  const auto wanted = std::find(std::begin(kRoles), std::end(kRoles), role) - std::begin(kRoles);
  for (const Value& value : values_) {
    const PersonTag tag = kPersonTags[value.index];
    if (tag.role != wanted) continue;
    const auto same = value.group == 0 ? groups.end() : std::find(groups.begin(), groups.end(), value.group);
    std::size_t at = static_cast<std::size_t>(same - groups.begin());
    const bool continues = value.group == 0 && !groups.empty() && groups.back() == 0 && !startsPerson(tag.part);
    if (continues) at = people.size() - 1;
    if (at >= people.size()) {
      people.emplace_back();
      groups.push_back(value.group);
      at = people.size() - 1;
    }
    setPart(people[at], tag.part, value.text);
  }
  people.erase(std::remove_if(people.begin(), people.end(), [](const Person& person) { return !person.isNamed(); }),
               people.end());
  return people;
}

}  // namespace winnow::bibliography
