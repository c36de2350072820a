// How the records that a translation finds compare with those of the original, and why they differ.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::search {

/// A set of two possibilities: finds more, loses some. Parts are joined with |: superset and subset together are
/// unknown.
enum class Exactness : std::uint8_t { Exact = 0, Superset = 1, Subset = 2, Unknown = 3 };

constexpr Exactness operator|(Exactness a, Exactness b) {
  return static_cast<Exactness>(static_cast<std::uint8_t>(a) | static_cast<std::uint8_t>(b));
}
/// What an operand of that exactness does to the whole when it stands behind "not".
constexpr Exactness negated(Exactness e) {
  return e == Exactness::Superset ? Exactness::Subset : e == Exactness::Subset ? Exactness::Superset : e;
}
/// "exact", "superset", "subset", "unknown".
std::string_view nameOf(Exactness e);

/// What a searcher has to know about a line; docs/search-translation.md explains every code.
struct TranslationWarning {
  std::string code;     ///< "T01"
  std::string message;  ///< one sentence
  friend bool operator==(const TranslationWarning&, const TranslationWarning&) = default;
};

/// The difference that a step made; nothing lossy is without a warning.
struct Loss {
  Exactness exactness = Exactness::Exact;
  std::vector<TranslationWarning> warnings;

  /// Adds what another part lost; every warning once.
  void add(const Loss& other);
  void add(Exactness e, std::string_view code, std::string_view message);
  void warn(TranslationWarning warning);
};

/// The general sentence of a code; empty for an unknown one.
std::string_view messageOf(std::string_view code);

}  // namespace winnow::search
