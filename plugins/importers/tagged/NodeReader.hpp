// Strict reading of a tree: every mistake with its place, several at once.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "Node.hpp"
#include "Table.hpp"

namespace winnow::tagged {

/// "; did you mean 'to'?", or nothing if no known word is near.
std::string nearest(std::string_view word, const std::vector<std::string_view>& known);

/// Walks nodes and collects what is wrong with them.
class NodeReader {
 public:
  /// `isChecked`: the tree is of a built-in table, whose patterns were checked while the program was built.
  NodeReader(std::vector<TableProblem>& problems, bool isChecked) : problems_(problems), isChecked_(isChecked) {}

  bool isChecked() const noexcept { return isChecked_; }

  void wrong(const Node& at, std::string message);
  /// Tells keys of the map that are none of these, or stand twice.
  void known(const Node& map, std::initializer_list<std::string_view> keys);
  /// The text of a key; empty if it is missing or wrong (a problem has been reported).
  std::string text(const Node& map, const char* key);
  /// As text(); a missing key is reported.
  std::string required(const Node& map, const char* key);
  /// A text or a list of texts.
  std::vector<std::string> texts(const Node& node);
  /// An RE2 pattern, or null where it is none, which has been reported.
  std::shared_ptr<const Pattern> pattern(const Node& node);
  /// Reports a text that is no type of CSL.
  void cslType(const Node& node);
  /// True or false; false if the key is missing.
  bool flag(const Node& map, const char* key);
  /// One of a few words.
  template <class Enum>
  Enum choice(const Node& map, const char* key, const std::vector<std::pair<std::string_view, Enum>>& words,
              Enum fallback) {
    const std::string given = text(map, key);
    if (given.empty()) return fallback;
    std::vector<std::string_view> names;
    for (const auto& [word, value] : words) {
      if (word == given) return value;
      names.push_back(word);
    }
    wrong(map[key], "'" + given + "' is no value of '" + key + "'" + nearest(given, names));
    return fallback;
  }

 private:
  std::vector<TableProblem>& problems_;
  bool isChecked_;
};

/// One rule of `map`.
Rule readRule(NodeReader& reader, const Node& item);

}  // namespace winnow::tagged
