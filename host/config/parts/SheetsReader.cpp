#include "SheetsReader.hpp"

#include <algorithm>
#include <filesystem>

#include "FileMatch.hpp"
#include "Readers.hpp"
#include "Vocabulary.hpp"

namespace winnow::config {
namespace {

/// Files of one pattern, each once.
void match(const Review& review, const Written& pattern, std::vector<std::filesystem::path>& files,
           std::vector<std::string>& names) {
  for (const std::filesystem::path& file : matchFiles(review.folder, pattern.text)) {
    if (file == review.assignments || std::find(files.begin(), files.end(), file) != files.end()) continue;
    files.push_back(file);
    names.push_back(relativeName(file, review.folder));
  }
}

/// Reads `decisions` of one step.
class DecisionFiles {
 public:
  DecisionFiles(const Review& review, Step& step, Problems& problems)
      : review_(review), step_(step), problems_(problems) {}

  void read(const YamlNode& node) {
    if (node.kind != YamlKind::List) return readOne(node);
    for (const YamlNode& child : node.children) readOne(child);
  }

 private:
  void readOne(const YamlNode& node) {
    if (node.kind == YamlKind::Map) return readSaying(node);
    if (const auto pattern = readText(node, "decisions", problems_)) add(*pattern, {});
  }

  void readSaying(const YamlNode& node) {
    const Section section(node, keys::sheetFiles, "an entry of 'decisions'", problems_);
    SheetSays says;
    if (const auto reviewer = section.written("reviewer")) {
      checkReviewer(*reviewer, review_, problems_);
      says.reviewer = reviewer->text;
    }
    says.decision = section.text("decision");
    says.reason = section.text("reason");
    says.category = section.text("category");
    for (const Written& pattern : section.names("files")) add(pattern, says);
  }

  void add(const Written& pattern, const SheetSays& says) {
    step_.decisionPatterns.push_back(pattern.text);
    match(review_, pattern, step_.decisions, step_.decisionNames);
    step_.decisionSays.resize(step_.decisions.size(), says);
  }

  const Review& review_;
  Step& step_;
  Problems& problems_;
};

bool isDecidedByPeople(const Step& step) {
  return step.verb == Verb::Screen || step.verb == Verb::Chart || step.plugin.empty() || step.mode == Mode::Confirm;
}

}  // namespace

void readSheetFormat(const YamlNode& node, Review& review, Problems& problems) {
  const Section section(node, keys::sheets, "'sheets'", problems);
  if (const auto format = section.choice("format")) review.sheets.format = static_cast<SheetFormat>(*format);
  static constexpr char kDelimiters[] = {',', ';', '\t'};
  if (const auto separator = section.choice("separator")) {
    review.sheets.separator = kDelimiters[*separator % std::size(kDelimiters)];
    if (review.sheets.format == SheetFormat::Xlsx)
      problems.warning("config.unused-separator", section.find("separator")->at,
                       "a workbook has no separator; it is for 'format: csv'");
  }
  if (const auto criteria = section.choice("criteria")) review.sheets.hasCriteriaColumns = *criteria == 1;
}

void readSheetFiles(const Section& section, const Review& review, Step& step) {
  if (const YamlNode* node = section.find("decisions")) DecisionFiles(review, step, section.problems()).read(*node);
  for (const Written& pattern : section.names("resolutions")) {
    step.resolutionPatterns.push_back(pattern.text);
    match(review, pattern, step.resolutions, step.resolutionNames);
  }
}

void tellUnreadSheets(const Review& review, Problems& problems) {
  if (problems.hasErrors()) return;  // a mode that is misspelt does not make a step one of people
  for (const Step& step : review.steps)
    if (isDecidedByPeople(step) && step.decisionPatterns.empty())
      problems.warning("config.no-decisions", step.at,
                       "people decide in '" + step.label + "', and it reads no decisions; add 'decisions: decisions/" +
                           step.id + "*'");
}

}  // namespace winnow::config
