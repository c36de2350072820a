// YAML text as an immutable tree with places. The only file that knows the YAML library; everything that the
// library lets pass (duplicate keys, merge keys, a second document, bytes that are no text) is refused here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "Problems.hpp"
#include "Review.hpp"

namespace winnow::config {

enum class YamlKind { Empty, Text, List, Map };

/// One value. Text stays as written: `no`, `010` and `1.10` are those characters. A child of a map carries its key.
struct YamlNode {
  YamlKind kind = YamlKind::Empty;
  std::string text;     ///< Text: the value; Empty: "null" or "~" if that was written
  bool quoted = false;  ///< Text in quotes or in a block (| or >)
  Place at;             ///< of the value; an Empty value that is not written stands at its key
  std::string key;
  Place keyAt;
  std::vector<YamlNode> children;  ///< List: items; Map: entries, in the order of the file, keys unique

  /// The entry of a map, or null.
  const YamlNode* find(std::string_view name) const;
  /// Where a message about this value points: a text at itself, anything else at its key if it has one.
  Place place() const;
};

struct YamlDocument {
  YamlNode root;
  bool complete = false;  ///< false: the tree is not what was written, so nothing can be said about its content
};

constexpr std::size_t largestYaml = 4U << 20U;  ///< bytes
constexpr std::size_t deepestYaml = 64;         ///< lists and maps within each other

/// Reads one YAML document, without byte order mark. All problems go to `problems`, codes "yaml.*"; never throws for
/// any bytes. Columns count characters. Duplicate keys: an error, and the first stays. Thread: any.
YamlDocument parseYaml(std::string_view text, Problems& problems);

}  // namespace winnow::config
