#include "PairDecisions.hpp"

#include <algorithm>

#include "RowProblems.hpp"

namespace winnow::engine {

std::vector<PairDecision> readPairDecisions(const Workspace& work, const config::Step& step,
                                            const References& references) {
  std::vector<PairDecision> list;
  RowProblems problems(work);
  for (const SheetRow& row : readSheets(work, step.decisions, step.decisionNames)) {
    const std::string word = plainName(row.cell("decision"));
    if (word.empty() || row.cell("record") == "*") continue;
    const auto left = references.find(row.cell("record")), right = references.find(row.cell("other"));
    if (left.size() != 1 || right.size() != 1 || left == right || (word != "same" && word != "distinct")) {
      problems.warn(row, "duplicates.unknown-pair",
                    "a row needs one record, one other and the decision 'same' or 'distinct', here '" +
                        std::string(row.cell("record")) + "', '" + std::string(row.cell("other")) + "' and '" + word +
                        "'",
                    "the row was left out; name records by their keys",
                    left.size() != 1    ? "record"
                    : right.size() != 1 ? "other"
                                        : "decision");
      continue;
    }
    const RecordId a = std::min(left.front(), right.front()), b = std::max(left.front(), right.front());
    std::erase_if(list, [&](const PairDecision& d) { return d.a == a && d.b == b; });
    list.push_back({a, b, word == "same"});
  }
  problems.report();
  return list;
}

}  // namespace winnow::engine
