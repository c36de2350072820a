#include "bibliography/Work.hpp"

#include <algorithm>
#include <optional>

namespace winnow::bibliography {
namespace {

/// "family" of "author.family" for the role "author"; nothing for another tag.
std::optional<std::string_view> partOf(std::string_view tag, std::string_view role) {
  if (tag.size() <= role.size() || tag.substr(0, role.size()) != role || tag[role.size()] != '.') return std::nullopt;
  return tag.substr(role.size() + 1);
}

void setPart(Person& person, std::string_view part, std::string_view text) {
  if (part == "family")
    person.family = text;
  else if (part == "given")
    person.given = text;
  else if (part == "suffix")
    person.suffix = text;
  else if (part == "literal")
    person.literal = text;
  else
    person.extra = true;
}

/// Fields without a group belong to the person before them until a new name begins.
bool startsPerson(std::string_view part) { return part == "family" || part == "literal"; }

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
  for (const winnow_field& field : record) {
    if ((field.flags & WINNOW_FIELD_RAW) != 0 || field.value.size == 0) continue;
    const Vocabulary::Entry entry = vocabulary.find(field.tag);
    if (entry.kind == Vocabulary::Kind::unknown)
      ++unknown_;
    else
      values_.push_back({entry.name, view(field.value), field.group, entry.kind});
  }
}

std::string_view Work::first(tags::Name tag) const noexcept {
  for (const Value& value : values_)
    if (value.tag == tag) return value.text;
  return {};
}

std::vector<std::string_view> Work::all(tags::Name tag) const {
  std::vector<std::string_view> found;
  for (const Value& value : values_)
    if (value.tag == tag) found.push_back(value.text);
  return found;
}

std::string Work::joined(tags::Name tag, std::string_view separator) const {
  std::string text;
  for (const std::string_view value : all(tag)) {
    if (!text.empty()) text.append(separator);
    text.append(value);
  }
  return text;
}

std::vector<Person> Work::people(std::string_view role) const {
  std::vector<Person> people;
  std::vector<std::uint16_t> groups;
  for (const Value& value : values_) {
    const auto part = partOf(value.tag, role);
    if (!part) continue;
    const auto same = value.group == 0 ? groups.end() : std::find(groups.begin(), groups.end(), value.group);
    std::size_t at = static_cast<std::size_t>(same - groups.begin());
    const bool continues = value.group == 0 && !groups.empty() && groups.back() == 0 && !startsPerson(*part);
    if (continues) at = people.size() - 1;
    if (at >= people.size()) {
      people.emplace_back();
      groups.push_back(value.group);
      at = people.size() - 1;
    }
    setPart(people[at], *part, value.text);
  }
  people.erase(std::remove_if(people.begin(), people.end(), [](const Person& person) { return !person.isNamed(); }),
               people.end());
  return people;
}

}  // namespace winnow::bibliography
