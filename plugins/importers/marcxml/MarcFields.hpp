// From fields of MARC 21 to fields.
#pragma once

#include <functional>

#include <winnow/formats/derive.hpp>

#include "xml/Tree.hpp"

namespace winnow::marc {

using OriginOf = std::function<RecordWriter::Origin(xml::Element)>;

/// True if the element holds anything of a MARC record.
bool isRecord(xml::Element record);
/// Derives all fields of one record onto the writer's open record.
void deriveFields(xml::Element record, const formats::Tags& tags, const OriginOf& from, RecordWriter& writer);

}  // namespace winnow::marc
