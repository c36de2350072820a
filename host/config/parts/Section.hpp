// A map of review.yaml read by a table of keys: unknown keys, missing keys and wrong types are reported here, once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "../Problems.hpp"
#include "../YamlDocument.hpp"
#include "Vocabulary.hpp"

namespace winnow::config {

/// A text with its place.
struct Written {
  std::string text;
  Place at;
};

/// An entry of a TextMap.
struct WrittenEntry {
  std::string key;
  std::string text;
  Place keyAt, at;
};

/// "a list", "a map", "text", "nothing".
std::string_view kindWord(const YamlNode& node);

/// Says that `name` takes something else than what is written.
void wrongKind(const YamlNode& node, std::string_view name, std::string_view wanted, Problems& problems);

/// A text that is not empty; otherwise none (a problem has been reported). `name` is the key for the message.
std::optional<Written> readText(const YamlNode& node, std::string_view name, Problems& problems);
/// A list of texts, or one text as a list of one; what is no text is reported and left out.
std::vector<Written> readNames(const YamlNode& node, std::string_view name, Problems& problems);
/// A map of texts; what is no text is reported and left out.
std::vector<WrittenEntry> readTextMap(const YamlNode& node, std::string_view name, Problems& problems);

/// What to do with keys that are not in the table.
enum class Others { Refuse, Keep };

/// A view; node, table and problems must outlive it. Asking for a key that is not in the table is a programmer's
/// mistake and throws std::logic_error, so loader and schema cannot drift apart.
class Section {
 public:
  /// `owner` begins the messages: "'review'", "an export".
  Section(const YamlNode& node, KeyTable table, std::string owner, Problems& problems, Others others = Others::Refuse);

  /// The value of a key, or null. Empty values are reported when the section is made and count as absent.
  const YamlNode* find(std::string_view key) const;
  /// Text, Path, Date, Period or Choice, checked; none if absent, or wrong (a problem has been reported).
  std::optional<Written> written(std::string_view key) const;
  /// As written(), the text alone; empty if none.
  std::string text(std::string_view key) const;
  std::vector<Written> names(std::string_view key) const;
  std::vector<std::string> nameTexts(std::string_view key) const;
  std::vector<WrittenEntry> entries(std::string_view key) const;
  /// Choice: the position in the rule's list of choices; none if absent, or wrong (a problem has been reported).
  std::optional<std::size_t> choice(std::string_view key) const;
  /// CountOrOpen; none if absent, "open" or wrong.
  std::optional<std::uint64_t> count(std::string_view key) const;
  /// The entries whose keys are not in the table (Others::Keep).
  const std::vector<const YamlNode*>& others() const { return others_; }
  /// Says that a key of this section is unknown.
  void refuse(const YamlNode& entry) const;

  Place at() const { return node_->place(); }
  Problems& problems() const { return *problems_; }

 private:
  const KeyRule* rule(std::string_view key) const;
  const KeyRule& knownRule(std::string_view key) const;
  void checkKeys(Others others);

  const YamlNode* node_;
  KeyTable table_;
  std::string owner_;
  Problems* problems_;
  std::vector<const YamlNode*> others_;
};

/// Names of a table's keys, for suggestions.
std::vector<std::string> namesOf(KeyTable table);

}  // namespace winnow::config
