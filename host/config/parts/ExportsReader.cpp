#include "ExportsReader.hpp"

#include <algorithm>

#include "../Nearest.hpp"
#include "../OptionChecker.hpp"
#include "Section.hpp"
#include "SourcesReader.hpp"
#include "Values.hpp"
#include "io/Listed.hpp"

namespace winnow::config {
namespace {

void readPath(const Section& section, const Review& review, Export& one, Problems& problems) {
  const auto path = section.written("write");
  if (!path) return;
  one.path = path->text;
  one.pathAt = path->at;
  const std::filesystem::path normal = std::filesystem::path(path->text).lexically_normal();
  for (const Export& other : review.exports) {
    if (std::filesystem::path(other.path).lexically_normal() != normal) continue;
    return problems.error("config.twice", path->at,
                          "'" + path->text + "' is written twice; first in line " + std::to_string(other.at.line));
  }
}

void readOf(const Section& section, const Review& review, Export& one, Problems& problems) {
  const auto of = section.written("of");
  if (!of) return;
  one.of = of->text;
  std::vector<std::string> known = splitBars(exportedRecords);
  const std::string words = io::listed(known);
  for (const Step& step : review.steps) known.push_back(step.id);
  if (std::find(known.begin(), known.end(), of->text) != known.end()) return;
  problems.error(
      "config.unknown-records", of->at,
      "'of' takes the id of a step or one of " + words + ", not '" + of->text + "'" + didYouMean(of->text, known));
}

void readExport(const YamlNode& node, const StageDeclarations& stages, Review& review, Problems& problems) {
  const Section section(node, keys::exported, "an export", problems, Others::Keep);
  if (node.kind != YamlKind::Map) return;
  Export one;
  one.at = section.at();
  readPath(section, review, one, problems);
  readOf(section, review, one, problems);
  if (const auto name = section.written("using")) {
    one.pluginAt = name->at;
    if (const winnow_stage* stage = requireStage(*name, stages, exporterRole(), problems)) {
      one.plugin = view(stage->id);
      one.settings = checkOptions(
          *stage, {section.others(), namesOf(keys::exported), name->at, review.folder, &one.optionAt}, problems);
    }
  }
  review.exports.push_back(std::move(one));
}

}  // namespace

void readExports(const YamlNode& node, const StageDeclarations& stages, Review& review, Problems& problems) {
  if (node.kind != YamlKind::List) return wrongKind(node, "exports", "a list", problems);
  for (const YamlNode& one : node.children) readExport(one, stages, review, problems);
}

}  // namespace winnow::config
