#include "config/ReviewLoader.hpp"

#include <algorithm>

#include "ReviewFolder.hpp"
#include "config/YamlDocument.hpp"

namespace winnow::config {
namespace {

const std::filesystem::path configs = std::filesystem::path(WINNOW_SOURCE_DIR) / "configs";

/// Writes one file for each pattern of a review's sources.
void writeExports(const std::filesystem::path& folder, const YamlNode& root) {
  const auto touch = [&](const YamlNode& wave, const YamlNode& source) {
    const YamlNode* named = wave.find("folder");
    std::string file = source.find("files")->text;
    std::replace(file.begin(), file.end(), '*', '1');
    const std::filesystem::path path = folder / (named == nullptr ? "" : named->text) / file;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream{path};
  };
  for (const YamlNode& wave : root.find("sources")->children)
    for (const char* part : {"databases", "other methods"})
      if (const YamlNode* sources = wave.find(part))
        for (const YamlNode& source : sources->children) touch(wave, source);
}

class ExampleReview : public ReviewFolder {
 protected:
  Loaded loadExample(const std::string& name) {
    const std::string text = contentOf(configs / name / "review.yaml");
    Problems ignored;
    const YamlDocument document = parseYaml(text, ignored);
    writeExports(folder, document.root);
    if (document.root.find("search") != nullptr) write("strategy.ovid", "1. psw\n");
    if (document.root.find("synthesis") != nullptr) write("decisions/casp-adapted.yaml", "");
    write("review.yaml", text);
    Loaded loaded = loadReview(folder / "review.yaml", "review.yaml", fakeStages());
    EXPECT_EQ(render(loaded.problems, "review.yaml", loaded.text), "");
    return loaded;
  }
};

const Step& stepOf(const Review& review, std::string_view id) {
  const auto found = std::find_if(review.steps.begin(), review.steps.end(), [&](const Step& s) { return s.id == id; });
  if (found == review.steps.end()) throw std::runtime_error("no step " + std::string(id));
  return *found;
}

std::string shown(const Settings& settings) {
  std::string all;
  for (const auto& [name, value] : settings) all += name + "=" + value + ";";
  return all;
}

TEST_F(ExampleReview, QuickstartIsRead) {
  std::filesystem::remove(folder / "a.ris");
  const Review review = loadExample("quickstart").review;
  EXPECT_EQ(review.title, "My first review");
  EXPECT_EQ(review.folder, folder);
  EXPECT_EQ(review.ledger, folder / "review.ledger");
  EXPECT_EQ(review.outFolder, "out");
  ASSERT_EQ(review.sources.size(), 2U);
  EXPECT_EQ(review.sources[0].name, "MEDLINE");
  EXPECT_EQ(review.sources[0].fileNames, std::vector<std::string>{"medline.ris"});
  EXPECT_EQ(review.sources[0].searched, "2020-08-31");
  EXPECT_EQ(review.sources[0].reported, std::nullopt);
  ASSERT_EQ(review.steps.size(), 2U);
  EXPECT_EQ(review.steps[0].plugin, "filters.duplicates");
  EXPECT_EQ(review.steps[0].pluginVersion, "1.2.0");
  EXPECT_EQ(review.steps[0].mode, Mode::Automatic);
  EXPECT_EQ(review.steps[1].id, "not-in-english");
  EXPECT_EQ(review.steps[1].readers[0].reviewer, "ME");
  EXPECT_EQ(shown(review.steps[1].settings), "keep=English;min_letters=120;");
  ASSERT_EQ(review.exports.size(), 2U);
  EXPECT_EQ(review.exports[0].plugin, "exporters.prisma");
  EXPECT_EQ(review.exports[0].of, "included");
}

TEST_F(ExampleReview, SourcesOfTheProtocolAreRead) {
  const Review review = loadExample("peer-support-workers").review;
  EXPECT_EQ(review.registration, "open");
  EXPECT_EQ(review.definitions.at("co-production"),
            "service users and service providers together produce services designed beforehand");
  ASSERT_EQ(review.search.repairs.size(), 3U);
  EXPECT_EQ(review.search.repairs[1].line, "4");
  EXPECT_EQ(review.search.repairs[1].text, "open");
  ASSERT_EQ(review.waves.size(), 2U);
  EXPECT_EQ(review.waves[1].searched, "2020-12-15");
  ASSERT_EQ(review.sources.size(), 17U);
  EXPECT_EQ(review.sources[7].name, "Academic Search Elite");
  EXPECT_EQ(review.sources[7].platform, "EBSCOhost");
  EXPECT_EQ(review.sources[7].fileNames, std::vector<std::string>{"exports/first/ase1.ris"});
  EXPECT_EQ(review.sources[9].kind, SourceKind::OtherMethod);
  EXPECT_EQ(review.sources[9].name, "experts: collaborative public innovation");
  EXPECT_EQ(review.sources[15].name, "citation searching");
  EXPECT_EQ(review.sources[15].parents, std::vector<std::string>{"10.5555/psw.example.001"});
  EXPECT_EQ(review.sources[15].wave, "update");
}

TEST_F(ExampleReview, StepsOfTheProtocolAreRead) {
  write("decisions/language-ON.csv", "");
  write("decisions/language-KBAA.csv", "");
  const Review review = loadExample("peer-support-workers").review;
  ASSERT_EQ(review.steps.size(), 10U);
  const Step& language = stepOf(review, "language");
  EXPECT_EQ(language.label, "not written in English");
  EXPECT_EQ(language.read, Reading::Metadata);
  EXPECT_EQ(language.decisionNames,
            (std::vector<std::string>{"decisions/language-KBAA.csv", "decisions/language-ON.csv"}));
  const Step& notPublic = stepOf(review, "not-public");
  EXPECT_EQ(notPublic.plugin, "");
  EXPECT_EQ(notPublic.mode, Mode::Confirm);
  EXPECT_EQ(notPublic.readers[0].reviewer, "KBAA");
  EXPECT_EQ(shown(stepOf(review, "topic").settings)
                .find("reasons.school and education=school*;reasons.school and "
                      "education=pupil*;"),
            0U);
  const Step& screen = stepOf(review, "title-and-abstract");
  EXPECT_EQ(screen.plugin, "filters.decisions");
  EXPECT_EQ(screen.seed, "2020-12-15");
  ASSERT_EQ(screen.readers.size(), 2U);
  EXPECT_EQ(screen.readers[0].share, "all");
  EXPECT_EQ(screen.readers[1].reviewer, "ON");
  EXPECT_EQ(screen.readers[1].share, "0.2");
  EXPECT_TRUE(screen.resolvedTogether);
  EXPECT_NE(shown(screen.settings).find("criteria.psw-lived=PSW have own experience"), std::string::npos);
  EXPECT_EQ(stepOf(review, "study-design").excludedCategories,
            (std::vector<std::string>{"opinion paper", "editorial"}));
  EXPECT_EQ(stepOf(review, "full-text").read, Reading::FullText);
  EXPECT_EQ(stepOf(review, "main-form").plugin, "");
  EXPECT_EQ(stepOf(review, "main-form").form, "main form");
  EXPECT_EQ(review.criteria.size(), 16U);
  EXPECT_EQ(review.criteria[9].kind, CriterionKind::AtLeastOneOf);
}

TEST_F(ExampleReview, FormsAndExportsOfTheProtocolAreRead) {
  const Review review = loadExample("peer-support-workers").review;
  ASSERT_EQ(review.forms.size(), 1U);
  const Form& form = review.forms[0];
  EXPECT_EQ(form.by, std::vector<std::string>{"KBAA"});
  ASSERT_EQ(form.items.size(), 26U);
  EXPECT_EQ(form.items[0].from, "author");
  EXPECT_EQ(form.items[3].id, "4");
  EXPECT_EQ(form.items[3].type, ItemType::OneOf);
  EXPECT_EQ(form.items[3].values.size(), 10U);
  EXPECT_EQ(form.items[4].type, ItemType::AnyOf);
  EXPECT_EQ(form.items[5].type, ItemType::Number);
  EXPECT_EQ(form.items[17].label, "Comments");
  EXPECT_EQ(form.items[20].id, "psw-characteristics");
  EXPECT_TRUE(form.items[20].extra);
  ASSERT_EQ(review.exports.size(), 51U);
  EXPECT_EQ(review.exports[11].of, "all records");
  EXPECT_EQ(shown(review.exports[2].settings), "format=markdown;layout=compact;");
}

using Loader = ReviewFolder;

TEST_F(Loader, DefaultsAreInheritedWhereTheVerbKnowsThem) {
  const Loaded loaded = read(reviewHead +
                             "selection:\n"
                             "  defaults: {by: ON, read: metadata, mode: automatic, on_undecided: wait, seed: x, "
                             "disagreements: left undecided, blind: yes}\n"
                             "  steps:\n"
                             "    - {remove: a, using: filters.language}\n"
                             "    - {remove: by hand, decisions: h*}\n"
                             "    - {screen: b, by: [KBAA, ON], read: full text, decisions: b*}\n");
  EXPECT_EQ(render(loaded.problems, "f", loaded.text), "");
  const auto& steps = loaded.review.steps;
  EXPECT_EQ(steps[0].readers[0].reviewer, "ON");
  EXPECT_EQ(steps[0].mode, Mode::Automatic);
  EXPECT_EQ(steps[0].onUndecided, OnUndecided::Wait);
  EXPECT_EQ(steps[0].seed, "");
  EXPECT_EQ(steps[1].mode, Mode::Confirm);  // without a filter nothing is automatic
  EXPECT_EQ(steps[2].read, Reading::FullText);
  EXPECT_EQ(steps[2].seed, "x");
  EXPECT_FALSE(steps[2].resolvedTogether);
  EXPECT_EQ(shown(steps[2].settings), "conflicts=undecided;");
}

TEST_F(Loader, ImporterSettingsAreChecked) {
  const std::string text =
      "version: 1\nreview: {title: T}\nsources:\n"
      "  - {wave: w, searched: 2020, databases: {A: {files: a.ris, from: ris, dialect: ovid, reported: 12, taken: "
      "10}}}\n";
  const Loaded loaded = read(text);
  EXPECT_EQ(render(loaded.problems, "f", loaded.text), "");
  EXPECT_EQ(loaded.review.sources[0].importer, "importers.ris");
  EXPECT_EQ(shown(loaded.review.sources[0].importerSettings), "dialect=ovid;");
  EXPECT_EQ(loaded.review.sources[0].reported, 12U);
  EXPECT_EQ(loaded.review.sources[0].taken, 10U);
}

TEST_F(Loader, OptionalPartsMayBeMissing) {
  const Loaded loaded = read(reviewHead + "ledger: state/x.ledger\nout: reports\nfail_on: [ris.missing-er, warning]\n");
  EXPECT_EQ(render(loaded.problems, "f", loaded.text), "");
  EXPECT_EQ(loaded.review.ledger, folder / "state/x.ledger");
  EXPECT_EQ(loaded.review.outFolder, "reports");
  EXPECT_EQ(loaded.review.failOn, (std::vector<std::string>{"ris.missing-er", "warning"}));
}

TEST_F(Loader, ACriterionDependsOnAnother) {
  const Loaded loaded =
      read(reviewHead +
           "eligibility:\n  all of:\n    services: public services\n    work: {text: at work, if: services}\n"
           "    peers: {text: peers take part, unless: services}\n");
  EXPECT_EQ(render(loaded.problems, "f", loaded.text), "");
  ASSERT_EQ(loaded.review.criteria.size(), 3U);
  EXPECT_EQ(loaded.review.criteria[0].conditionId, "");
  EXPECT_EQ(loaded.review.criteria[1].conditionId, "services");
  EXPECT_FALSE(loaded.review.criteria[1].isUnless);
  EXPECT_EQ(loaded.review.criteria[2].conditionId, "services");
  EXPECT_TRUE(loaded.review.criteria[2].isUnless);
}

TEST_F(Loader, AByteOrderMarkMovesNoColumn) {
  EXPECT_EQ(problemsOf("\xEF\xBB\xBFvesion: 1\n" + reviewHead.substr(11)),
            "1:1: error: a review has no key 'vesion'; did you mean 'version'?\n"
            "1:1: error: a review needs the key 'version'\n");
}

TEST_F(Loader, FilesThatCannotBeReadAreTold) {
  Loaded loaded = loadReview(folder / "none.yaml", "x/none.yaml", fakeStages());
  EXPECT_EQ(render(loaded.problems, "x/none.yaml", loaded.text),
            "x/none.yaml: error: cannot be read: No such file or directory\n");
  loaded = loadReview(folder, "x", fakeStages());
  EXPECT_EQ(render(loaded.problems, "x", loaded.text),
            "x: error: this is a folder; name the file, for example x/review.yaml\n");
  write("big.yaml", std::string(largestYaml + 5, '#'));
  loaded = loadReview(folder / "big.yaml", "big.yaml", fakeStages());
  EXPECT_EQ(render(loaded.problems, "big.yaml", loaded.text), "big.yaml: error: the file is larger than 4 MiB\n");
}

}  // namespace
}  // namespace winnow::config
