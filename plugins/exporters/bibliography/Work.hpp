#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bibliography/Vocabulary.hpp"

namespace winnow::bibliography {

/// One person or body. Views into the record. Either `literal` or `family` is set; `extra` tells that the group holds
/// more (an ORCID, an affiliation).
struct Person {
  std::string_view family, given, suffix, literal;
  bool extra = false;

  bool isNamed() const noexcept { return !family.empty() || !given.empty() || !literal.empty(); }
  /// "Family, Given, Suffix", or the literal name.
  std::string display() const;
};

/// The derived fields of one record that have an agreed meaning, borrowed like the record. Thread: any, const.
class Work {
 public:
  struct Value {
    tags::Name tag;
    std::string_view text;
    std::uint16_t group = 0;
    Vocabulary::Kind kind = Vocabulary::Kind::unknown;
  };

  Work(const Vocabulary& vocabulary, Record record);

  /// The first value of that tag, empty if there is none.
  std::string_view first(tags::Name tag) const noexcept;
  /// All values of that tag, in the record's order.
  std::vector<std::string_view> all(tags::Name tag) const;
  bool has(tags::Name tag) const noexcept { return !first(tag).empty(); }
  /// The values of that tag joined.
  std::string joined(tags::Name tag, std::string_view separator) const;
  /// The people of a role ("author", "editor", "translator", "collection-editor"), in order.
  std::vector<Person> people(std::string_view role) const;
  /// Every value of the vocabulary, in the record's order.
  const std::vector<Value>& values() const noexcept { return values_; }
  /// Derived fields whose tag is outside the vocabulary.
  std::size_t unknownCount() const noexcept { return unknown_; }

 private:
  std::vector<Value> values_;
  std::size_t unknown_ = 0;
};

}  // namespace winnow::bibliography
