#include "config/OptionChecker.hpp"

#include <gtest/gtest.h>

#include "FakeStages.hpp"

namespace winnow::config {
namespace {

struct Checked {
  std::string settings;  ///< "name=value;" each
  std::string problems;  ///< "line: message\n" each
};

/// Checks a YAML map against filters.org.example.every; `must_have: x` unless the text has it.
Checked check(std::string yaml) {
  if (yaml.find("must_have") == std::string::npos) yaml += "must_have: x\n";
  Problems problems;
  const YamlDocument document = parseYaml(yaml, problems);
  EXPECT_TRUE(document.complete) << render(problems, "f", yaml);
  const StageDeclarations stages = fakeStages();
  const winnow_stage* stage = findStage(stages, filterRole(false), "org.example.every");
  WrittenOptions written;
  for (const YamlNode& entry : document.root.children) written.entries.push_back(&entry);
  written.hostKeys = {"remove", "using", "on_undecided"};
  written.at = {9, 1, 1};
  Checked checked;
  for (const auto& [name, value] : checkOptions(*stage, written, problems))
    checked.settings += name + "=" + value + ";";
  for (const Problem& problem : problems.all())
    checked.problems += std::to_string(problem.at.line) + ": " + problem.message + "\n";
  return checked;
}

const std::string defaultsAfterLetters =
    "ratio=0.5;strict=false;conflicts=wait;exclude=editorial;exclude=report;groups.first=;groups.second=;must_have=x;";

TEST(OptionChecker, DefaultsComeInTheOrderOfTheDeclaration) {
  EXPECT_EQ(check("").settings, "min_letters=120;" + defaultsAfterLetters);
  EXPECT_EQ(check("").problems, "");
}

TEST(OptionChecker, TheOrderOfTheFileDoesNotMatter) {
  const Checked checked = check("must_have: [b, a]\nsince: 2001-05\nmin_letters: 20\nnote: no\n");
  EXPECT_EQ(
      checked.settings,
      "note=no;min_letters=20;ratio=0.5;strict=false;conflicts=wait;exclude=editorial;exclude=report;groups.first=;"
      "groups.second=;since=2001-05;must_have=b;must_have=a;");
  EXPECT_EQ(checked.problems, "");
}

TEST(OptionChecker, ListsRepeatTheNameAndOneTextIsOneItem) {
  EXPECT_NE(check("languages: [en, no]\n").settings.find("languages=en;languages=no;"), std::string::npos);
  EXPECT_NE(check("languages: no\n").settings.find("languages=no;"), std::string::npos);
  EXPECT_EQ(check("exclude: []\n").settings.find("exclude="), std::string::npos);
}

TEST(OptionChecker, AnOlderNameGivesItsValueToTheNewOne) {
  const Checked older = check("langs: [en, no]\n"), newer = check("languages: [en, no]\n");
  EXPECT_EQ(older.settings, newer.settings);
  EXPECT_NE(older.settings.find("languages=en;languages=no;"), std::string::npos);
  EXPECT_EQ(older.problems, "1: 'langs' is deprecated; use 'languages' instead\n");
  EXPECT_EQ(newer.problems, "");
  EXPECT_NE(check("langs: en\nlanguages: no\n").problems.find("leave one of them"), std::string::npos);
}

TEST(OptionChecker, MapsKeepTheOrderOfTheFile) {
  EXPECT_NE(check("groups: {z b: [x, y], a: [], c.d: one}\n")
                .settings.find("groups.z b=x;groups.z b=y;groups.a=;groups.c.d=one;"),
            std::string::npos);
  EXPECT_NE(check("groups: [z, a]\n").settings.find("groups.z=;groups.a=;"), std::string::npos);
}

TEST(OptionChecker, BooleansAreHandedOverAsWords) {
  EXPECT_NE(check("strict: yes\n").settings.find("strict=true;"), std::string::npos);
  EXPECT_NE(check("strict: false\n").settings.find("strict=false;"), std::string::npos);
}

TEST(OptionChecker, AnyScalarIsAString) {
  for (const std::string text : {"no", "010", "1.10", "''", "'null'"})
    EXPECT_EQ(check("note: " + text + "\n").problems, "") << text;
}

TEST(OptionChecker, TellsWhatIsWrong) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"langauges: [en]\n", "1: filters.org.example.every has no option 'langauges'; did you mean 'languages'?\n"},
      {"on-undecided: x\n",
       "1: filters.org.example.every has no option 'on-undecided'; did you mean 'on_undecided'?\n"},
      {"min_letters: ten\n", "1: 'min_letters' takes a whole number, not 'ten'\n"},
      {"min_letters: 050\n", "1: 'min_letters' takes a whole number, not '050'\n"},
      {"min_letters: 5.0\n", "1: 'min_letters' takes a whole number, not '5.0'\n"},
      {"min_letters: 19\n", "1: 'min_letters' takes at least 20, not '19'\n"},
      {"min_letters: 10001\n", "1: 'min_letters' takes at most 10000, not '10001'\n"},
      {"min_letters: 99999999999999999999\n", "1: 'min_letters' takes a whole number, not '99999999999999999999'\n"},
      {"min_letters: '50'\n", "1: 'min_letters' takes a whole number; '50' is quoted and so is text\n"},
      {"min_letters: [50]\n", "1: 'min_letters' takes a whole number, not a list\n"},
      {"min_letters:\n", "1: 'min_letters' has no value; write a whole number or leave it out\n"},
      {"min_letters: ~\n", "1: 'min_letters' has no value: '~' means none; quote it if the word is meant\n"},
      {"ratio: 1.01\n", "1: 'ratio' takes at most 1, not '1.01'\n"},
      {"ratio: nan\n", "1: 'ratio' takes a number, not 'nan'\n"},
      {"ratio: 20%\n", "1: 'ratio' takes a number, not '20%'\n"},
      {"strict: on\n", "1: 'strict' takes yes or no, not 'on'\n"},
      {"conflicts: wiat\n", "1: 'conflicts' takes one of wait, undecided, not 'wiat'; did you mean 'wait'?\n"},
      {"exclude: [report, reports]\n",
       "1: 'exclude' takes one of editorial, report, opinion paper, conference paper, not 'reports'; did you mean "
       "'report'?\n"},
      {"exclude: {a: b}\n", "1: 'exclude' takes a list, not a map\n"},
      {"languages: [[en]]\n", "1: 'languages' takes text, not a list\n"},
      {"languages: [en, '']\n", "1: 'languages' holds an empty text; leave it out\n"},
      {"note: [a]\n", "1: 'note' takes text, not a list\n"},
      {"groups: x\n", "1: 'groups' takes a map, not text\n"},
      {"groups: {a: {b: c}}\n", "1: 'a' takes a list, not a map\n"},
      {"groups: {a: }\n", "1: 'a' has no value; write a list ([] for none) or leave it out\n"},
      {"groups: [a, b, a]\n", "1: 'groups' holds 'a' twice\n"},
      {"since: 1899-12-31\n", "1: 'since' takes at least 1900, not '1899-12-31'\n"},
      {"since: 2021-02-29\n", "1: 'since' takes a date such as 2020-08-31, 2020-08 or 2020, not '2021-02-29'\n"},
      {"must_have: []\n", "1: 'must_have' needs at least one entry\n"},
      {"langs: en\n", "1: 'langs' is deprecated; use 'languages' instead\n"},
  };
  for (const auto& [yaml, problem] : cases) EXPECT_EQ(check(yaml).problems, problem) << yaml;
}

TEST(OptionChecker, RequiredOptionsAreToldAtTheStage) {
  Problems problems;
  checkOptions(fake::stages[8], {{}, {}, {9, 1, 1}}, problems);
  ASSERT_EQ(problems.all().size(), 1U);
  EXPECT_EQ(problems.all()[0].message, "filters.org.example.every needs the option 'must_have'");
  EXPECT_EQ(problems.all()[0].at.line, 9U);
}

TEST(CheckOption, ServesTheCommandLine) {
  EXPECT_EQ(checkOption(fake::minLetters, "20"), std::nullopt);
  EXPECT_EQ(checkOption(fake::minLetters, "x"), "'min_letters' takes a whole number, not 'x'");
  EXPECT_EQ(checkOption(fake::format, "svg"), std::nullopt);
  EXPECT_EQ(settingText(fake::strict, "yes"), "true");
  EXPECT_EQ(settingText(fake::note, "yes"), "yes");
}

}  // namespace
}  // namespace winnow::config
