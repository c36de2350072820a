// Which versions of a plugin a review takes: ">=1.2 <2", "1.4".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::io {

/// Conditions that must hold together. A value.
class VersionRange {
 public:
  /// Words with blanks between them: >=, >, <=, <, = and a version of numbers and dots, or a version alone, which takes
  /// all that begin with it ("1.4": 1.4, 1.4.0, 1.4.9). Missing numbers are 0. None if the text is anything else.
  static std::optional<VersionRange> parse(std::string_view text);

  /// True if the version is within. What follows the numbers ("-rc1", "+build") does not count; a version that does not
  /// begin with a number is within no range.
  bool takes(std::string_view version) const;

 private:
  struct Bound {
    std::string sign;  ///< ">=", ..., or empty: begins with
    std::vector<unsigned long> numbers;
  };
  static bool holds(const Bound& bound, const std::vector<unsigned long>& version);
  std::vector<Bound> bounds_;
};

}  // namespace winnow::io
