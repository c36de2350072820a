// From fields of BibTeX and biblatex to fields.
#pragma once

#include <functional>

#include <winnow/formats/derive.hpp>

#include "BibtexEntry.hpp"

namespace winnow::bibtex {

/// The raw field of a name; WINNOW_NONE for a value that another entry lends.
using RawOf = std::function<std::uint32_t(const Field&)>;

/// True for "@xdata", which only lends fields to other entries (biblatex manual, 3.13.6).
bool isNoWork(const Entry& entry);
/// Derives all fields of one entry onto the writer's open record; `parent` is the entry its crossref names, or null.
/// Gives the year's field if no year can be read from it.
const Field* deriveFields(const Entry& entry, const Entry* parent, const formats::Tags& tags, const RawOf& rawOf,
                          std::uint32_t rule, RecordWriter& writer);

/// True for a field of BibTeX, biblatex, a reference manager or an export of Web of Science or Scopus, in small
/// letters.
bool isKnownField(std::string_view name);

}  // namespace winnow::bibtex
