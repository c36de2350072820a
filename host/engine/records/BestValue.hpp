// Which of several records of one work gives each field of the merged record.
//
// The representative's value stands unless another record has a better version of the same value: the same people with
// more of their names, the same title with its subtitle, the same abstract in full. A different value is no better
// value. What a work may have several of (identifiers, links, keywords, languages, publication types) is united.
// docs/merged-records.md tells the rule of every field.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <winnow/abi.h>

#include "Completeness.hpp"
#include "plugins/TagTable.hpp"

namespace winnow::engine {

/// The fields of a merged record. Values are views into the members' fields.
struct MergedFields {
  std::vector<winnow_field> fields;
  std::vector<std::uint32_t> from;    ///< parallel: place of the member that gave the field
  std::vector<std::string_view> why;  ///< parallel: why that member; empty for the representative's own
};

/// The rule of every field. Immutable, so any thread.
class BestValue {
 public:
  /// Rises with every change of a rule: what filters answered and exporters wrote from other values is done again.
  static constexpr std::uint64_t kRevision = 1;

  explicit BestValue(plugins::TagTable& tags);

  /// Merges the fields of `members`, the first being the representative. Raw fields are those of the representative
  /// alone; what came from another member has no origin. Of equally good values the representative's stands, then the
  /// smaller text: the order of the other members decides nothing but the order of united values.
  MergedFields merge(std::span<const std::span<const winnow_field>> members) const;

 private:
  enum class Rule : std::uint8_t { Keep, Unite, UniteWords, Doi, People, Title, Abstract, Date, Journal, Pages, Type };
  enum class Part : std::uint8_t { Whole, Family, Given, Literal, Year, Month, Day, Season, Beside };
  /// What a tag is part of; all tags of one slot are taken from one member.
  struct Slot {
    std::uint32_t number;
    Rule rule = Rule::Keep;
    Part part = Part::Whole;
  };
  using Fields = std::vector<const winnow_field*>;
  /// What the members say of one slot.
  struct Said {
    Slot slot;
    std::vector<Fields> by;  ///< by member; empty: nothing
  };
  class Merging;

  Slot slotOf(std::uint32_t tag) const;
  static std::string_view reason(Rule rule);
  std::string comparable(Rule rule, const winnow_field& field) const;
  std::size_t winner(const Said& said) const;
  std::optional<Completeness> measure(Rule rule, const Fields& own, const Fields& other) const;
  std::optional<Completeness> precision(const Fields& own, const Fields& other) const;
  std::vector<NamedPerson> people(const Fields& fields) const;
  std::string_view part(const Fields& fields, Part wanted) const;

  std::unordered_map<std::uint32_t, Slot> slots_;
};

}  // namespace winnow::engine
