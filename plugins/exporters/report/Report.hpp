// The report of a review: everything that can be said from facts, and marks where its authors must write.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "Records.hpp"
#include "document/Document.hpp"
#include "facts/Facts.hpp"

namespace winnow::report {

/// What a team chooses.
struct Choices {
  std::vector<std::string> items;       ///< of the table of studies; empty: those whose answers are counted
  std::string rows, columns, colour;    ///< of the map; empty: the form's first two lists
  std::vector<std::string> checklists;  ///< empty: by the review's `reporting`, and PRISMA-S
  std::vector<std::string> bars;        ///< empty: years and the form's first list
};

struct Material {
  facts::Facts facts;
  nlohmann::ordered_json flow;
  std::string flowText, stepsText;
  std::vector<Entry> entries;
  Lists lists;
};

/// The five stages of a scoping review (H. Arksey, L. O'Malley, Int J Soc Res Methodol 2005;8:19-32), a section each,
/// then checklists and software. `hasLists`: numbers lead to the lists of the page. Throws std::runtime_error that
/// names an item that there is not.
document::Document reportOf(const Material& material, const Choices& choices, bool hasLists);

/// The page: one file, no request; every number opens the records that it counts.
std::string pageOf(const Material& material, const document::Document& report);

/// For Quarto: YAML, text with citations of references.json, pictures by their files.
std::string quartoOf(const Material& material, document::Document report, const std::string& bibliography);

}  // namespace winnow::report
