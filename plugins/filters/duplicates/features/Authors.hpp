// The people and bodies that wrote a work, as families and initials.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::duplicates {

struct Author {
  std::string family;    ///< folded, words kept apart: "van den berg"
  std::string initials;  ///< folded first letters of the given names, in order: "je"; empty if unknown
  bool isBody = false;   ///< a group, not a person
};

struct Authors {
  std::vector<Author> list;  ///< in order, the first kMost only
  bool isOpen = false;       ///< more follow: "et al.", or the list was longer

  static constexpr std::size_t kMost = 24;
  bool empty() const noexcept { return list.empty(); }
  /// Adds a name that came in parts. Parts that are two names ("Smith A", "Doe BC": a list with commas) are taken
  /// apart.
  void addParts(std::string_view family, std::string_view given);
  /// Adds a name, or several that an export ran together: "Holm RE", "Smith, John", "J. A. Smith",
  /// "Holm K.Fern G. F.", "Smith J; Doe A", "Smith J, Doe AB", "Smith, John and Doe, Ann".
  void addText(std::string_view text);

 private:
  void addPerson(std::string_view family, std::string_view given);
  void addUnsplit(std::string_view name, bool isBody);
};

}  // namespace winnow::duplicates
