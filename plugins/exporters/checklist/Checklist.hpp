// Reporting guidelines as lists of items, each filled from the facts of a review or left for its authors.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "facts/Facts.hpp"
#include "table/Grid.hpp"

namespace winnow::checklist {

enum class Status {
  Filled,  ///< the facts say it
  Partly,  ///< the facts say some of it; the rest is marked in the text
  Open,    ///< for the authors to write
  NotDone  ///< does not apply, and the text says why
};

/// One line of a filled checklist. Wording of items is our own.
struct Line {
  std::string number, section, item, demand;
  bool isOptional = false;
  Status status = Status::Open;
  std::string text;   ///< what is reported, or what to write
  std::string where;  ///< part of the report that says it, as its anchor: "methods-search"; empty: none
};

struct Checklist {
  std::string name, source;
  std::vector<Line> lines;
};

/// PRISMA extension for scoping reviews: 22 items, 12 and 16 optional (A. C. Tricco et al., Ann Intern Med
/// 2018;169:467-73).
Checklist prismaScr(const facts::Facts& facts);
/// PRISMA 2020: 27 items, 42 with their parts (M. J. Page et al., BMJ 2021;372:n71).
Checklist prisma2020(const facts::Facts& facts);
/// PRISMA-S for searches: 16 items (M. L. Rethlefsen et al., Syst Rev 2021;10:39).
Checklist prismaS(const facts::Facts& facts);

/// "PRISMA-ScR", "PRISMA 2020", "PRISMA-S"; throws std::runtime_error for any other.
Checklist checklistNamed(std::string_view name, const facts::Facts& facts);

/// "filled", "partly filled", "write this", "not done".
std::string_view word(Status status);
/// Section, item, what to report, status, text, where. `report`: where the anchors lead to, "" for none.
table::Grid gridOf(const Checklist& checklist, const std::string& report);

}  // namespace winnow::checklist
