// From elements of MODS to fields.
#pragma once

#include <functional>

#include <winnow/formats/derive.hpp>

#include "xml/Tree.hpp"

namespace winnow::mods {

using OriginOf = std::function<RecordWriter::Origin(xml::Element)>;

/// Derives all fields of one record onto the writer's open record.
void deriveFields(xml::Element record, const formats::Tags& tags, const OriginOf& from, RecordWriter& writer);

}  // namespace winnow::mods
