// The paths of a format's members or elements below their record, each numbered once, and which of them a table means.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow::tree {

/// How a format writes paths.
enum class Style : char {
  Json = '.',  ///< "authorships.author.display_name"
  Xml = '/'    ///< "artinfo/ui", "artinfo/ui@type"
};

/// One step of what a table means: "creators[creatorType=author|editor]".
struct Step {
  std::string name;                 ///< of the member, element or "@attribute"; "*": any element
  std::string member;               ///< what must be below it; empty: nothing
  std::vector<std::string> values;  ///< the member says one of these, whatever the case; empty: it is there
  bool isNegated = false;           ///< "!=": it says none of these
};

/// The steps of a path as tables write it. Empty: the text is no path.
std::vector<Step> stepsOf(std::string_view text, Style style);

/// Numbers paths, and knows which selectors fit each. All selectors come first, then paths. One thread.
class Paths {
 public:
  /// The record itself, whose path is empty.
  static constexpr std::uint32_t kRecord = 0;
  /// A file with more names than this is no export: what is new then is one path, "(other)".
  static constexpr std::size_t kMostPaths = 20'000;

  explicit Paths(Style style) : style_(style) { paths_.emplace_back(); }

  /// Gives the number of the selector; the same text has the same number. Throws std::runtime_error for a text that is
  /// no path.
  std::uint32_t addSelector(std::string_view text);
  const std::vector<Step>& steps(std::uint32_t selector) const { return selectors_[selector]; }

  /// The member or element of that name below a path.
  std::uint32_t below(std::uint32_t path, std::string_view name);
  const std::string& text(std::uint32_t path) const { return paths_[path].text; }
  std::string_view name(std::uint32_t path) const { return paths_[path].name; }
  std::uint32_t parent(std::uint32_t path) const { return paths_[path].parent; }
  std::size_t size() const noexcept { return paths_.size(); }
  /// Selectors whose names are those of the path. What their steps ask for besides is asked of the nodes.
  const std::vector<std::uint32_t>& selectorsAt(std::uint32_t path) const { return paths_[path].here; }
  /// True if a selector, or what one asks for, lies below the path.
  bool leadsOn(std::uint32_t path) const { return paths_[path].leadsOn; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>()(text); }
  };
  struct Path {
    std::string text, name;
    std::uint32_t parent = 0, depth = 0;
    bool leadsOn = true;
    std::vector<std::uint32_t> here;
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> children;
  };
  std::uint32_t add(std::uint32_t parent, std::string_view name);
  bool fits(std::uint32_t path, const std::vector<Step>& steps, std::size_t count) const;

  Style style_;
  std::vector<Path> paths_;
  std::vector<std::vector<Step>> selectors_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

}  // namespace winnow::tree
