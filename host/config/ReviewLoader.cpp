#include "ReviewLoader.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "Nearest.hpp"
#include "YamlDocument.hpp"
#include "io/VersionRange.hpp"
#include "io/Waiting.hpp"
#include "parts/ChartingReader.hpp"
#include "parts/CriteriaReader.hpp"
#include "parts/ExportsReader.hpp"
#include "parts/FileMatch.hpp"
#include "parts/IsolationReader.hpp"
#include "parts/PlainText.hpp"
#include "parts/Readers.hpp"
#include "parts/Section.hpp"
#include "parts/SheetsReader.hpp"
#include "parts/SourcesReader.hpp"
#include "parts/StepsReader.hpp"
#include "parts/SynthesisReader.hpp"

namespace winnow::config {
namespace {

void readAbout(const YamlNode& node, Review& review, Problems& problems) {
  const Section section(node, keys::review, "'review'", problems);
  review.title = section.text("title");
  review.question = section.text("question");
  review.framework = section.text("framework");
  review.reporting = section.text("reporting");
  review.dates = section.text("dates");
  review.registration = section.text("registration");
  for (WrittenEntry& entry : section.entries("definitions")) review.definitions[entry.key] = std::move(entry.text);
  for (const char* key : {"protocol", "amendments", "appraisal", "funding", "interests", "availability"})
    if (std::string text = section.text(key); !text.empty()) review.statements[key] = std::move(text);
}

void readSearch(const YamlNode& node, Review& review, Problems& problems) {
  const Section section(node, keys::search, "'search'", problems);
  review.search.at = section.at();
  review.search.fields = section.nameTexts("fields");
  for (WrittenEntry& entry : section.entries("repairs")) {
    const bool isNumber = entry.key.find_first_not_of("0123456789") == std::string::npos && entry.key[0] != '0';
    if (!isNumber) {
      problems.error("config.number", entry.keyAt,
                     "'repairs' names lines of the strategy by number, not '" + entry.key + "'");
    }
    review.search.repairs.push_back({entry.key, std::move(entry.text), entry.keyAt});
  }
  const auto fileAt = [&](std::string_view key) {
    const auto file = section.written(key);
    std::error_code ignored;
    if (file && !std::filesystem::is_regular_file(review.folder / file->text, ignored))
      problems.error("config.missing-file", file->at, "there is no file '" + file->text + "'");
    return file ? file->text : std::string();
  };
  review.search.strategy = fileAt("strategy");
  review.search.mesh = fileAt("mesh");
}

void readEligibility(const YamlNode& node, Review& review, Problems& problems) {
  const Section section(node, keys::eligibility, "'eligibility'", problems);
  static constexpr std::pair<std::string_view, CriterionKind> kinds[] = {
      {"all of", CriterionKind::AllOf},
      {"at least one of", CriterionKind::AtLeastOneOf},
      {"none of", CriterionKind::NoneOf}};
  for (const auto& [key, kind] : kinds) {
    const YamlNode* list = section.find(key);
    if (list == nullptr) continue;
    for (Criterion& criterion : readCriteria(*list, key, kind, problems)) {
      const auto first = std::find_if(review.criteria.begin(), review.criteria.end(),
                                      [&](const Criterion& other) { return other.id == criterion.id; });
      if (first != review.criteria.end()) {
        problems.error(
            "config.twice", criterion.at,
            "the criterion '" + criterion.id + "' is stated twice, also in line " + std::to_string(first->at.line));
        continue;
      }
      review.criteria.push_back(std::move(criterion));
    }
  }
  checkConditions(review, problems);
  for (WrittenEntry& entry : section.entries("reasons")) {
    const auto criterion = std::find_if(review.criteria.begin(), review.criteria.end(),
                                        [&](const Criterion& one) { return one.id == entry.key; });
    if (criterion != review.criteria.end()) {
      criterion->reason = std::move(entry.text);
      continue;
    }
    std::vector<std::string> ids;
    for (const Criterion& one : review.criteria) ids.push_back(one.id);
    problems.error("config.unknown-criterion", entry.keyAt,
                   "there is no criterion '" + entry.key + "'" + didYouMean(entry.key, ids));
  }
}

void readVersion(const Section& root, Problems& problems) {
  const auto version = root.written("version");
  if (!version || version->text == "1") return;
  problems.error("config.version", version->at,
                 "this program reads version 1, not '" + version->text + "'; update winnow, or write version: 1");
}

void readFolders(const Section& root, Review& review, Problems& problems) {
  const auto placeOf = [&](std::string_view key) { return root.find(key) != nullptr ? root.find(key)->at : root.at(); };
  const std::string ledger = root.text("ledger");
  const std::string assignments = root.text("assignments");
  const std::string out = root.text("out");
  review.fullTexts = std::filesystem::path(root.text("full_texts")).lexically_normal().string();
  const bool isOutside = review.fullTexts.rfind("..", 0) == 0 || review.fullTexts.rfind('/', 0) == 0;
  if (isOutside)
    problems.error("config.full-texts", placeOf("full_texts"),
                   "'full_texts' is a folder inside of the review's folder: the page shows no other files");
  review.answers = root.text("answers");
  std::error_code ignored;
  if (!review.answers.empty() && !std::filesystem::is_directory(review.folder / review.answers, ignored))
    problems.warning("config.answers", placeOf("answers"),
                     "there is no folder '" + review.answers + "'; every step answers itself");
  review.ledgerAt = placeOf("ledger");
  review.outAt = placeOf("out");
  review.ledger = review.folder / (ledger.empty() ? review.file.stem().string() + ".ledger" : ledger);
  review.assignments =
      review.folder / (assignments.empty() ? review.file.stem().string() + ".assignments.csv" : assignments);
  review.outFolder = out.empty() ? "out" : out;
}

/// Each plugin that is named must be there in a version that the review takes, used or not.
void readPlugins(std::vector<WrittenEntry> entries, const StageDeclarations& stages, Review& review,
                 Problems& problems) {
  for (WrittenEntry& entry : entries) {
    const auto range = io::VersionRange::parse(entry.text);
    if (!range) {
      problems.error("config.version-range", entry.at,
                     "'" + entry.text + "' is no range of versions; write \">=1.2 <2\", or 1.4 for every 1.4");
      continue;
    }
    std::string why;
    const StageDeclaration* found = findNamed(stages, entry.key, why);
    if (found == nullptr) {
      problems.error("config.missing-plugin", entry.keyAt,
                     "the review needs '" + entry.key + "', and " + why +
                         " ('winnow plugins --why' shows what was found and what was refused)");
      continue;
    }
    if (!range->takes(view(found->stage->version)))
      problems.error("config.plugin-version", entry.at,
                     "the review takes " + entry.key + " " + entry.text + ", and " +
                         std::string(view(found->stage->version)) + " is installed (" + found->file + ")");
    review.plugins.push_back({std::string(view(found->stage->id)), std::move(entry.text), entry.keyAt});
  }
}

void readRoot(const YamlNode& node, Review& review, const StageDeclarations& stages, Problems& problems) {
  const Section root(node, keys::root, "a review", problems);
  readVersion(root, problems);
  readFolders(root, review, problems);
  if (const YamlNode* about = root.find("review")) readAbout(*about, review, problems);
  for (WrittenEntry& entry : root.entries("reviewers"))
    review.reviewers.push_back({entry.key, std::move(entry.text), entry.keyAt});
  for (WrittenEntry& entry : root.entries("known_as")) {
    checkReviewer({entry.text, entry.at}, review, problems);
    review.knownAs[entry.key] = std::move(entry.text);
  }
  root.choice("keys");
  review.pageKeys = root.text("keys");
  if (const YamlNode* search = root.find("search")) readSearch(*search, review, problems);
  if (const YamlNode* sources = root.find("sources")) readSources(*sources, stages, review, problems);
  if (const YamlNode* sheets = root.find("sheets")) readSheetFormat(*sheets, review, problems);
  if (const YamlNode* eligibility = root.find("eligibility")) readEligibility(*eligibility, review, problems);
  if (const YamlNode* charting = root.find("charting")) readForms(*charting, review, problems);
  if (const YamlNode* selection = root.find("selection")) readSelection(*selection, stages, review, problems);
  tellUnusedForms(review, problems);
  tellUnreadSheets(review, problems);
  if (const YamlNode* synthesis = root.find("synthesis")) readSynthesis(*synthesis, review, problems);
  for (const Written& pattern : root.names("studies")) {
    review.studyPatterns.push_back(pattern.text);
    for (const std::filesystem::path& file : matchFiles(review.folder, pattern.text)) {
      review.studies.push_back(file);
      review.studyNames.push_back(relativeName(file, review.folder));
    }
  }
  if (const YamlNode* exports = root.find("exports")) readExports(*exports, stages, review, problems);
  readPlugins(root.entries("plugins"), stages, review, problems);
  if (const YamlNode* isolate = root.find("isolate")) readIsolation(*isolate, stages, review, problems);
  for (WrittenEntry& entry : root.entries("reasons_known_as")) {
    const auto isReason = [&](const std::vector<Criterion>& list) {
      return std::any_of(list.begin(), list.end(), [&](const Criterion& c) { return c.id == entry.text; });
    };
    const bool isKnown = isReason(review.criteria) || std::any_of(review.steps.begin(), review.steps.end(),
                                                                  [&](const Step& s) { return isReason(s.reasons); });
    if (!isKnown)
      problems.error("config.unknown-reason", entry.at,
                     "'" + entry.text + "' is neither a criterion of 'eligibility' nor a reason of a step");
    review.reasonsKnownAs[entry.key] = std::move(entry.text);
  }
  review.failOn = root.nameTexts("fail_on");
  for (WrittenEntry& entry : root.entries("accepted")) review.accepted[entry.key] = std::move(entry.text);
}

/// The bytes of a file, but not more than one beyond the limit: a larger file is refused anyway.
std::string contentOf(const io::Descriptor& file, const std::string& name) {
  std::string text(largestYaml + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const std::size_t got = io::readSome(file.get(), text.data() + size, text.size() - size, name);
    if (got == 0) break;
    size += got;
  }
  text.resize(size);
  return text;
}

}  // namespace

Loaded readReview(std::string text, const std::filesystem::path& file, const StageDeclarations& stages) {
  Loaded loaded;
  loaded.text = withoutByteOrderMark(text);
  std::error_code ignored;
  loaded.review.file = std::filesystem::absolute(file, ignored).lexically_normal();
  loaded.review.folder = loaded.review.file.parent_path();
  const YamlDocument document = parseYaml(loaded.text, loaded.problems);
  if (document.complete) readRoot(document.root, loaded.review, stages, loaded.problems);
  loaded.problems.accept(loaded.review.accepted);
  loaded.problems.sortByPlace();
  return loaded;
}

Loaded loadReview(const std::filesystem::path& file, std::string_view shownName, const StageDeclarations& stages) {
  Loaded loaded;
  const std::string shown(shownName);
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) {
    loaded.problems.error("config.unreadable", {},
                          "this is a folder; name the file, for example " + shown + "/review.yaml");
    return loaded;
  }
  const io::Descriptor in(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!in) {
    loaded.problems.error("config.unreadable", {}, std::string("cannot be read: ") + std::strerror(errno));
    return loaded;
  }
  return readReview(contentOf(in, shown), file, stages);
}

}  // namespace winnow::config
