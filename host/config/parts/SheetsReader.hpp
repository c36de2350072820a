// Sheets that people fill in: how they are written, and where a step reads them.
#pragma once

#include "../Problems.hpp"
#include "../Review.hpp"
#include "../YamlDocument.hpp"
#include "Section.hpp"

namespace winnow::config {

/// The key `sheets` of a review.
void readSheetFormat(const YamlNode& node, Review& review, Problems& problems);

/// The keys `decisions` and `resolutions` of a step: patterns, or maps with a pattern and what holds for every row.
void readSheetFiles(const Section& section, const Review& review, Step& step);

/// Warns of steps in which people decide and that read no decisions.
void tellUnreadSheets(const Review& review, Problems& problems);

}  // namespace winnow::config
