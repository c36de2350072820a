// Similarity of two strings by the edits that turn one into the other.
#pragma once

#include <cstddef>
#include <string_view>

namespace winnow::duplicates {

/// Levenshtein distance in bytes (bit-parallel; G. Myers 1999, H. Hyyrö 2003); a joker equals any byte. Texts longer
/// than 1024 bytes are compared by their first 1024. Thread: any.
std::size_t editDistance(std::string_view a, std::string_view b);

/// 1 - distance / longer size; 1 for two empty texts. Texts whose sizes alone forbid `floor` give 0 at once.
double editSimilarity(std::string_view a, std::string_view b, double floor = 0);

}  // namespace winnow::duplicates
