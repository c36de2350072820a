#include "CriteriaReader.hpp"

#include <algorithm>

#include "../Nearest.hpp"
#include "Section.hpp"
#include "Vocabulary.hpp"

namespace winnow::config {
namespace {

Criterion readConditional(const YamlNode& entry, CriterionKind kind, Problems& problems) {
  const Section section(entry, keys::criterion, "the criterion '" + entry.key + "'", problems);
  Criterion criterion{entry.key, section.text("text"), kind, entry.keyAt};
  const auto applies = section.written("if"), unless = section.written("unless");
  if (applies && unless)
    problems.error("config.two-conditions", unless->at,
                   "'" + entry.key + "' has 'if' and 'unless'; a criterion depends on one other");
  if (const auto& condition = applies ? applies : unless) {
    criterion.conditionId = condition->text;
    criterion.conditionAt = condition->at;
    criterion.isUnless = !applies;
  }
  return criterion;
}

}  // namespace

std::vector<Criterion> readCriteria(const YamlNode& node, std::string_view key, CriterionKind kind,
                                    Problems& problems) {
  std::vector<Criterion> criteria;
  if (node.kind != YamlKind::Map) {
    wrongKind(node, key, "a map of criteria", problems);
    return criteria;
  }
  for (const YamlNode& entry : node.children) {
    if (entry.kind == YamlKind::Map)
      criteria.push_back(readConditional(entry, kind, problems));
    else if (auto text = readText(entry, entry.key, problems))
      criteria.push_back({entry.key, std::move(text->text), kind, entry.keyAt});
  }
  return criteria;
}

void checkConditions(const Review& review, Problems& problems) {
  std::vector<std::string> ids;
  for (const Criterion& c : review.criteria) ids.push_back(c.id);
  for (const Criterion& c : review.criteria) {
    if (c.conditionId.empty()) continue;
    if (c.conditionId == c.id)
      problems.error("config.condition", c.conditionAt, "'" + c.id + "' cannot depend on itself");
    else if (std::find(ids.begin(), ids.end(), c.conditionId) == ids.end())
      problems.error("config.unknown-criterion", c.conditionAt,
                     "there is no criterion '" + c.conditionId + "'" + didYouMeanOf(c.conditionId, ids));
  }
}

}  // namespace winnow::config
