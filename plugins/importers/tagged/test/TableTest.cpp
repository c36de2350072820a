#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "Decoding.hpp"
#include "Table.hpp"
#include "Tables.hpp"

using testing::ElementsAre;
using testing::HasSubstr;

namespace winnow::tagged {
namespace {

/// "LINE:COLUMN: MESSAGE" of everything that is wrong.
std::vector<std::string> problemsOf(const std::string& yaml) {
  std::vector<TableProblem> problems;
  readTable(yaml, problems);
  std::vector<std::string> texts;
  for (const TableProblem& p : problems)
    texts.push_back(std::to_string(p.line) + ":" + std::to_string(p.column) + ": " + p.message);
  return texts;
}

const std::string kHead = "winnow: dialect/1\nid: importers.x\n";

}  // namespace

TEST(Table, NamesRunTogetherEndWhereACapitalFollowsASmallLetter) {
  EXPECT_THAT(namesRunTogether("Anna BergBo Lund"), ElementsAre("Anna Berg", "Bo Lund"));
  EXPECT_THAT(namesRunTogether("Ian McDonaldÅse Ørn"), ElementsAre("Ian McDonald", "Åse Ørn"));
  EXPECT_THAT(namesRunTogether("JR BergWHO Regional Office"), ElementsAre("JR Berg", "WHO Regional Office"));
  EXPECT_THAT(namesRunTogether("Иван ПетровΑλέξης Ρόκος"), ElementsAre("Иван Петров", "Αλέξης Ρόκος"));
}

TEST(Table, TheBuiltInOnesAreGood) {
  for (const std::string_view yaml : tables::all) EXPECT_THAT(problemsOf(std::string(yaml)), ElementsAre());
}

TEST(Table, ATagIsKnownWhereverTheTableNamesIt) {
  Table table;
  table.begins = {"BG"};
  table.ends = {"EN"};
  table.lists = {"LI"};
  table.otherTags = {"OT"};
  table.changing = {"CH"};
  table.rules.emplace_back();
  table.rules.back().tags = {"RU"};
  for (const char* tag : {"BG", "EN", "LI", "OT", "CH", "RU"}) EXPECT_TRUE(isKnown(table, tag)) << tag;
  EXPECT_FALSE(isKnown(table, "XX"));
}

TEST(Table, SeveralProblemsAreToldAtOnceEachAtItsPlace) {
  EXPECT_THAT(
      problemsOf(kHead + "detct: {}\nmap:\n  - {tag: TI, to: titel}\n  - {tag: TI, to: title, extract: '(a'}\n"),
      ElementsAre("3:1: there is no key 'detct' here; did you mean 'detect'?",
                  "5:19: 'titel' is no field; did you mean 'title'?",
                  HasSubstr("6:35: this pattern cannot be read (RE2 syntax)")));
}

TEST(Table, WhatIsMissingOrWrongIsSaid) {
  EXPECT_THAT(problemsOf(""), ElementsAre("1:1: the table is empty"));
  EXPECT_THAT(problemsOf("- a\n"), ElementsAre("1:1: a dialect table is a map that begins with 'winnow: dialect/1'"));
  EXPECT_THAT(problemsOf("id: importers.x\n"), ElementsAre("1:1: the first key must be 'winnow: dialect/1'"));
  EXPECT_THAT(problemsOf("winnow: dialect/1\n"), ElementsAre("1:1: the key 'id' is missing"));
  EXPECT_THAT(problemsOf(kHead + "id: importers.y\n"), ElementsAre("3:1: the key 'id' stands twice"));
  EXPECT_THAT(problemsOf(kHead + "map: [{tag: TI}]\n"), ElementsAre("3:7: a rule says what the value becomes: 'to'"));
  EXPECT_THAT(problemsOf(kHead + "map: [{tag: TI, to: title, extract: abc}]\n"),
              ElementsAre("3:37: the pattern has no group in parentheses: what is to be taken?"));
  EXPECT_THAT(problemsOf(kHead + "map: [{tag: TI, to: title, take: frist}]\n"),
              ElementsAre("3:34: 'frist' is no value of 'take'; did you mean 'first'?"));
  EXPECT_THAT(problemsOf(kHead + "detect: {confidence: 101, any: [{tag: DB}]}\n"),
              ElementsAre("3:22: 'confidence' is a number from 1 to 100"));
  EXPECT_THAT(problemsOf(kHead + "detect: {any: [{tag: DB, equals: A, begins: B}]}\n"),
              ElementsAre("3:16: only one of 'equals', 'begins', 'contains' and 'follows'"));
  EXPECT_THAT(problemsOf(kHead + "detect: {any: [{tag: [DB, DP], equals: A}]}\n"),
              ElementsAre("3:16: this sign is of one 'tag'"));
  EXPECT_THAT(problemsOf(kHead + "detect: {any: [{equals: A}]}\n"),
              ElementsAre("3:16: a sign names a 'tag' (a 'path'), a 'line' or the 'only' tags",
                          "3:16: this sign is of one 'tag'"));
  EXPECT_THAT(problemsOf("winnow: [\n"), ElementsAre(HasSubstr("this is not YAML")));
}

TEST(Table, TypesAreThoseOfCsl) {
  EXPECT_THAT(problemsOf(kHead + "types: {J: journal}\ndefault type: boook\n"),
              ElementsAre("4:15: 'boook' is no CSL type; did you mean 'book'?", "3:12: 'journal' is no CSL type"));
  EXPECT_THAT(
      problemsOf(kHead + "map: [{tag: TI, to: title, when: journal}, {tag: XX, to: note, when: [chaptr, book]}]\n"),
      ElementsAre("3:34: 'journal' is no CSL type", "3:71: 'chaptr' is no CSL type; did you mean 'chapter'?"));
  EXPECT_THAT(problemsOf(kHead + "map: [{tag: DT, to: type, set: chaper}, {tag: DT, to: note, set: anything}]\n"),
              ElementsAre("3:32: 'chaper' is no CSL type; did you mean 'chapter'?"));
}

TEST(Table, EveryMistakeStandsWhereItWasMade) {
  EXPECT_THAT(problemsOf("winnow: dialect/1\nid: ris.mydb\n"),
              ElementsAre("2:5: an 'id' begins with 'importers.', such as 'importers.ris.mydb'"));
  EXPECT_THAT(problemsOf(kHead + "name:\nmap:\n  - {tag: TI, to: }\n"),
              ElementsAre("3:1: 'name' is one text", "5:15: 'to' is one text", HasSubstr("a rule says")));
  EXPECT_THAT(problemsOf(kHead + "tests: [{input: a.ris, records: two}]\n"),
              ElementsAre("3:33: 'records' is a number"));
}

TEST(Table, RulesOfTheTableReplaceThoseOfItsParent) {
  std::vector<TableProblem> problems;
  const Table parent = readTable(kHead + "map: [{tag: TI, to: title}, {tag: AU, to: author}]\n", problems);
  const Table own =
      readTable("winnow: dialect/1\nid: importers.x.y\nextends: importers.x\nmap: [{tag: XT, to: title}]\n", problems);
  const Table whole = extended(parent, own);
  ASSERT_TRUE(problems.empty());
  ASSERT_EQ(whole.rules.size(), 2u);
  EXPECT_EQ(whole.rules[0].tags.front(), "XT");
  EXPECT_EQ(whole.rules[1].to, Target::Author);
  EXPECT_TRUE(isKnown(whole, "TI"));
}

}  // namespace winnow::tagged
