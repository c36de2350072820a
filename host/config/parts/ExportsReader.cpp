#include "ExportsReader.hpp"

#include <algorithm>

#include "../Nearest.hpp"
#include "../OptionChecker.hpp"
#include "Section.hpp"
#include "SourcesReader.hpp"

namespace winnow::config {

namespace {

void readOf(const Section& section, const Review& review, Export& one, Problems& problems) {
  const auto of = section.written("of");
  if (!of) return;
  std::vector<std::string> known{"included", "all records", "unique records", "excluded"};
  for (const Step& step : review.steps) known.push_back(step.id);
  if (std::find(known.begin(), known.end(), of->text) == known.end())
    problems.error("config.unknown-records", of->at, "'of' names a step or one of included, all records, unique records, excluded, not '" + of->text + "'" + didYouMean(of->text, known));
  one.of = of->text;
}

void readExport(const YamlNode& node, const StageDeclarations& stages, Review& review, Problems& problems) {
  const Section section(node, keys::exported, "an export", problems, Others::Keep);
  Export one;
  one.at = section.at();
  one.path = section.text("write");
  for (const Export& other : review.exports)
    if (other.path == one.path && !one.path.empty()) problems.error("config.twice", one.at, "'" + one.path + "' is written twice");
  readOf(section, review, one, problems);
  const auto name = section.written("using");
  if (!name) return;
  one.pluginAt = name->at;
  const winnow_stage* stage = requireStage(*name, stages, exporterRole(), problems);
  if (stage == nullptr) return;
  one.plugin = view(stage->id);
  one.settings = checkOptions(*stage, {section.others(), namesOf(keys::exported), one.at}, problems);
  review.exports.push_back(std::move(one));
}

}  // namespace

void readExports(const YamlNode& node, const StageDeclarations& stages, Review& review, Problems& problems) {
  if (node.kind != YamlKind::List) return wrongKind(node, "exports", "a list", problems);
  for (const YamlNode& one : node.children) readExport(one, stages, review, problems);
}

}  // namespace winnow::config
