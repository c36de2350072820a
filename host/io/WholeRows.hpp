// Where the whole rows of a table that is only ever appended to end.
#pragma once

#include <cstddef>
#include <string_view>

namespace winnow::io {

/// The offset behind the last row of `csv` (RFC 4180) that has its line end; what follows was being written when its
/// program ended. A line end between quotes ends no row.
std::size_t wholeRowsEnd(std::string_view csv);

}  // namespace winnow::io
