// How complete one record's value of a field is, beside another record's value of the same field.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace winnow::engine {

/// Compared from left to right; larger is more complete.
using Completeness = std::array<std::int64_t, 3>;

/// A person or body as exports name it; missing parts are empty.
struct NamedPerson {
  std::string_view family, given, literal;
};

// Each function measures `other` beside `own`, the value it might replace, or says nothing where `other` is no version
// of `own` but another value. An empty `own` lets everything through; `own` beside itself gives its own measure. Pure;
// any thread.

/// The list with more people, then more of them split into parts, then more letters of given names; "et al." is nobody.
std::optional<Completeness> listCompleteness(const std::vector<NamedPerson>& own,
                                             const std::vector<NamedPerson>& other);
/// Without broken letters, then not in capitals, then with more words; a title with fewer words never replaces one with
/// more.
std::optional<Completeness> titleCompleteness(std::string_view own, std::string_view other);
/// More characters, a notice of copyright at the end not counted.
std::optional<Completeness> abstractCompleteness(std::string_view own, std::string_view other);
/// Not in capitals, then more letters; "J Peers" is a version of "Journal of Peers", "BMJ" none of "BMJ Open".
std::optional<Completeness> journalCompleteness(std::string_view own, std::string_view other);
/// A range "943-947" beside its first page "943".
std::optional<Completeness> pageCompleteness(std::string_view own, std::string_view other);

/// Any type beside "document", which importers say when the export does not tell.
std::optional<Completeness> typeCompleteness(std::string_view own, std::string_view other);

/// True for text in capitals alone, however it got a stray small letter. Too few letters, as in "BMJ", are none.
bool isShouting(std::string_view text);
/// True where a letter was lost on the way: U+FFFD, or a question mark between two letters.
bool isDamaged(std::string_view text);

}  // namespace winnow::engine
