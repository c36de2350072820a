// From tagged values to fields, by the rules of a table.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <winnow/formats/derive.hpp>

#include "Detection.hpp"
#include "Table.hpp"

namespace winnow::tagged {

/// Tags of an export as small numbers.
class TagNames {
 public:
  TagNames() = default;
  TagNames(TagNames&&) = default;
  TagNames& operator=(TagNames&&) = default;

  std::uint32_t number(std::string_view name);
  const std::string& name(std::uint32_t number) const { return names_[number]; }
  std::size_t size() const noexcept { return names_.size(); }

 private:
  /// FNV-1a: tags are short, and every line asks.
  struct Hash {
    std::size_t operator()(std::string_view name) const noexcept {
      std::uint64_t hash = 0xcbf29ce484222325;
      for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
      return static_cast<std::size_t>(hash);
    }
  };

  std::deque<std::string> names_;
  std::unordered_map<std::string_view, std::uint32_t, Hash> numbers_;  ///< views of names_
};

/// A person of a record whose parts stood apart. `whole`: a name to be parted by the rule's `names`.
struct Person : formats::PersonName {
  std::string whole, orcid;
  std::vector<std::string> affiliations;
};

/// A table ready for work. One instance an importer; one thread.
class Mapper {
 public:
  /// Borrows `tags` and `table`.
  Mapper(const Host& host, const formats::Tags& tags, const Table& table, const Numbering& number);

  /// Derives the fields of one record onto the writer's open record. Gives the value of a date that has no year, or
  /// null. `persons`: what values mean by their `person`.
  const Value* map(const std::vector<Value>& record, RecordWriter& writer,
                   const std::vector<Person>& persons = {}) const;
  /// As map(), after another mapping: what a rule gives takes the place of what is there. The type stays `type` unless
  /// a rule says otherwise.
  const Value* mapOver(const std::vector<Value>& record, std::string_view type, RecordWriter& writer) const;

 private:
  struct Compiled {
    const Rule* rule;
    std::vector<std::uint32_t> tags;
    std::uint32_t name;
    std::uint64_t bits;  ///< of its tags
  };
  class Run;

  const formats::Tags& tags_;
  const Table& table_;
  std::vector<Compiled> rules_;
  std::uint64_t bits_ = 0;  ///< of the tags of all rules
};

}  // namespace winnow::tagged
