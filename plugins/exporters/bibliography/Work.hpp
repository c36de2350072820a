#pragma once

#include <array>
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
    TagIndex index = kNoIndex;
  };

  Work(const Vocabulary& vocabulary, Record record);

  /// The first value of that tag, empty if there is none.
  std::string_view first(tags::Name tag) const noexcept;
  /// All values of that tag, in the record's order.
  std::vector<std::string_view> all(tags::Name tag) const;
  bool has(tags::Name tag) const noexcept { return !first(tag).empty(); }
  /// The tags of kind `work` that have a value.
  TagMask present() const noexcept { return present_; }
  /// Calls each(text) for the values of that tag, in the record's order.
  template <class Each>
  void forEach(tags::Name tag, Each&& each) const {
    const TagIndex index = indexOf(tag);
    if (index == kNoIndex || first_[index] == kNowhere) return;
    for (std::size_t i = first_[index]; i < values_.size(); ++i)
      if (values_[i].index == index) each(values_[i].text);
  }
  /// The values of that tag joined.
  std::string joined(tags::Name tag, std::string_view separator) const;
  /// The people of a role ("author", "editor", "translator", "collection-editor"), in order.
  std::vector<Person> people(std::string_view role) const;
  /// Every value of the vocabulary, in the record's order.
  const std::vector<Value>& values() const noexcept { return values_; }
  /// Derived fields whose tag is outside the vocabulary.
  std::size_t unknownCount() const noexcept { return unknown_; }

 private:
  static constexpr std::uint32_t kNowhere = UINT32_MAX;

  std::vector<Value> values_;
  std::array<std::uint32_t, kTagCount> first_;  ///< by tag: the place of its first value
  TagMask present_ = 0;
  std::size_t unknown_ = 0;
};

}  // namespace winnow::bibliography
