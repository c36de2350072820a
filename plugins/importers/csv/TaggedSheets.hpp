// A RIS file as a sheet: votes in the notes of Rayyan or ASReview, or references that somebody put together (a group of
// EndNote, a collection of Zotero), which say nothing but which records they are.
#pragma once

#include <string_view>

#include <winnow/record_writer.hpp>

#include "DelimitedText.hpp"

namespace winnow::csv {

/// True for a line that begins a RIS record.
bool isRis(std::string_view line);

/// Reads the whole file, one record a reference. `rows` reads plain lines.
winnow_status readTaggedSheet(Host host, RowReader& rows, RecordWriter& writer);

}  // namespace winnow::csv
