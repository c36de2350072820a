// Lists and numbers in messages: "a, b, c and 4 more", "1 record".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace winnow::io {

/// The items with commas between them; of more than `most` the first, and how many there are besides. Empty if there
/// are none.
std::string listed(const std::vector<std::string>& items, std::size_t most = SIZE_MAX);

/// As listed(), each item in single quotes.
std::string quoted(const std::vector<std::string>& items, std::size_t most = SIZE_MAX);

/// "1 record", "2 records".
std::string counted(std::size_t number, const std::string& one);

}  // namespace winnow::io
