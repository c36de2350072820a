// From elements of PubMed XML to fields.
#pragma once

#include <functional>

#include <winnow/formats/derive.hpp>

#include "xml/Tree.hpp"

namespace winnow::pubmed {

using OriginOf = std::function<RecordWriter::Origin(xml::Element)>;

/// Derives all fields of one PubmedArticle or PubmedBookArticle onto the writer's open record. False: the date could
/// not be read; `badDate` is its element.
bool deriveFields(xml::Element record, const formats::Tags& tags, const OriginOf& from, RecordWriter& writer,
                  xml::Element& badDate);

}  // namespace winnow::pubmed
