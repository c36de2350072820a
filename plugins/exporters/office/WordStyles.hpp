// The parts of a Word file that are the same for every document: types, relations, styles, footer.
#pragma once

#include <string>
#include <string_view>

#include "Docx.hpp"

namespace winnow::office {

inline constexpr std::string_view kOfficeRelations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

std::string_view styleId(Paragraph kind);
std::string contentTypes();
std::string packageRelations();
/// Everything before the first block.
std::string documentHead();
std::string documentRelations(const std::string& more);
/// Styles with that font, the text in `size` points.
std::string wordStyles(const std::string& font, double size);
std::string wordNumbering();
/// The page's number, in the middle.
std::string wordFooter();

}  // namespace winnow::office
