// The flow as text: the CSV of the PRISMA2020 application, and the accessible table.
#pragma once

#include <string>
#include <vector>

#include "Diagram.hpp"

namespace winnow::prisma {

/// Something that the other program's format cannot say as the flow does.
struct Remark {
  std::string code, message, action;
};

/// The template of the PRISMA2020 application: header and 34 rows. What it has no row for is added to the nearest one
/// and reported in `remarks`. Format: the package PRISMA2020 1.1.4.
std::string writeCsv(const Flow& flow, const Appearance& appearance, std::vector<Remark>& remarks);

/// A Markdown document with the same numbers as the diagram, in its order.
std::string writeMarkdown(const Flow& flow, const Appearance& appearance);

}  // namespace winnow::prisma
