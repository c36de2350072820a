#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "search-strategy/strategy/Parser.hpp"
#include "search-strategy/strategy/lint/Lint.hpp"
#include "search-strategy/strategy/mesh/Tree.hpp"

namespace winnow::search {
namespace {

/// The query as line 4, after three lines that it may refer to.
Parsed read(const std::string& query, const mesh::Tree* tree = nullptr) {
  return parse("1. one.ti.\n2. two.ti.\n3. three.ti.\n4. " + query + "\n", Platform::Ovid, tree);
}

std::string canonical(const std::string& query) {
  const Parsed parsed = read(query);
  return parsed.strategy.lines[3].tree ? printOvid(*parsed.strategy.lines[3].tree) : "?";
}

/// "OVID-E04@14" of the first error of line 4, columns of the query.
std::string fault(const std::string& query) {
  for (const Diagnostic& d : read(query).diagnostics)
    if (d.severity == Severity::Error && d.line == 4) return d.code + "@" + std::to_string(d.column - 3);
  return "none";
}

std::vector<std::string> codes(const std::string& text, const mesh::Tree* tree = nullptr) {
  const Parsed parsed = parse(text, Platform::Ovid, tree);
  std::vector<std::string> all;
  for (const Diagnostic& d : lint::lint(parsed, Platform::Ovid, tree))
    all.push_back(d.code + "@" + std::to_string(d.line));
  return all;
}

TEST(OvidParser, printsOneFormAndReadsItBack) {
  const std::pair<const char*, const char*> cases[] = {
      {"(Home ADJ3 help).TI.", "(Home adj3 help).ti."},
      {"peer adj support.ti,ab.", "(peer adj support).ti,ab."},
      {"((a1 or b1) or c1).tw", "(a1 or b1 or c1).tw."},
      {"x1.ab. or y1.ti.", "x1.ab. or y1.ti."},
      {"(x1 and y1) or z1", "x1 and y1 or z1"},
      {"x1 and (y1 or z1)", "x1 and (y1 or z1)"},
      {"x1 not (y1 not z1)", "x1 not (y1 not z1)"},
      {"OR/1-3", "or/1-3"},
      {"1-3/or", "or/1-3"},
      {"1 and 2 not 3", "1 and 2 not 3"},
      {"exp *Schizophrenia/dt, th [Drug Therapy]", "exp *Schizophrenia/dt,th"},
      {"\"Delivery of Health Care\"/", "Delivery of Health Care/"},
      {"\"Wounds and Injuries\"/", "\"Wounds and Injuries\"/"},
      {"(2019 or 2020).yr.", "(2019 or 2020).yr."},
      {"blood.ab. /freq=5", "blood.ab. /freq=5"},
      {"limit 3 to (english language and yr=\"2000 -Current\")",
       "limit 3 to (english language and yr=\"2000 -Current\")"},
      {"limit 3 to (\"case reports\" or \"therapy and prevention\")",
       "limit 3 to (case reports or \"therapy and prevention\")"},
      {"R 121919.mp. [mp=title, abstract]", "R 121919.mp."},
      {"(vancomycin$ or glycopeptide$).ti,ab. (14989)", "(vancomycin$ or glycopeptide$).ti,ab."},
      {"remove duplicates from 2", "remove duplicates from 2"},
      {"and/or.ti.", "and/or.ti."}};
  for (const auto& [query, form] : cases) {
    EXPECT_EQ(canonical(query), form) << query;
    const Parsed once = read(query), twice = read(canonical(query));
    ASSERT_TRUE(once.strategy.lines[3].tree && twice.strategy.lines[3].tree) << query;
    EXPECT_TRUE(*once.strategy.lines[3].tree == *twice.strategy.lines[3].tree) << query;
  }
}

TEST(OvidParser, tellsWhatIsWrongAndWhere) {
  const std::pair<const char*, const char*> cases[] = {{"1 and 2 and", "OVID-E04@12"},
                                                       {"1 and 2 and ", "OVID-E04@12"},
                                                       {"and 2", "OVID-E04@1"},
                                                       {"mental health and or addiction", "OVID-E04@19"},
                                                       {"ti,ab.", "OVID-E05@1"},
                                                       {"peer..ti.", "OVID-E03@5"},
                                                       {"peer.zzz.", "OVID-E13@5"},
                                                       {"peer adj (a1 or b1)).ti,ab.", "OVID-E02@20"},
                                                       {"(peer or (a1 or b1).ti,ab.", "OVID-E01@1"},
                                                       {"exp Peer Group", "OVID-E07@1"},
                                                       {"*peer.ti.", "OVID-E08@1"},
                                                       {"* and 2", "OVID-E08@1"},
                                                       {"peer near/3 support", "OVID-E09@6"},
                                                       {"1 and 4", "OVID-E10@7"},
                                                       {"1 and 99", "OVID-E11@7"},
                                                       {"\"peer support.ti.", "OVID-E12@1"},
                                                       {"(a1 adj (b1 and c1)).ti.", "OVID-E14@5"},
                                                       {"(a1) (b1)", "OVID-E06@6"},
                                                       {"()", "OVID-E04@2"},
                                                       {"CONTRACEPTION/ EXP", "OVID-E03@16"}};
  for (const auto& [query, wanted] : cases) EXPECT_EQ(fault(query), wanted) << query;
}

TEST(OvidParser, offersFixesThatAreSafe) {
  const Parsed parsed = read("peer adj (a1 or b1)).ti,ab.");
  for (const Diagnostic& d : parsed.diagnostics)
    if (d.code == "OVID-E02") {
      EXPECT_EQ(d.fix, "(peer adj (a1 or b1)).ti,ab.");
    }
  const Parsed dangling = parse("1. a1.ti.\n2. b1.ti.\n3. 1 and\n", Platform::Ovid);
  const auto all = lint::lint(dangling, Platform::Ovid, nullptr);
  EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const Diagnostic& d) { return d.fix == "1 and 2"; }));
}

TEST(OvidParser, depthIsBounded) {
  EXPECT_EQ(fault(std::string(10000, '(') + "a" + std::string(10000, ')')).substr(0, 8), "OVID-E03");
  std::string chain = "a1";
  for (int i = 0; i < 10000; ++i) chain += " not b1";
  EXPECT_EQ(fault(chain).substr(0, 8), "OVID-E03");
}

TEST(OvidParser, numbersArePrintedOrPositions) {
  EXPECT_EQ(parse("peer.ti.\n1 or 1\n", Platform::Ovid).strategy.lines[1].number, 2u);
  EXPECT_EQ(parse("#4 peer.ti.\n#7 #4 and #4\n", Platform::Ovid).strategy.lines[1].number, 7u);
  const Parsed damaged = parse("1. a1.ti.\n\xEF\xBF\xBD. b1.ti.\n3. c1.ti.\n4. d1.ti.\n5. or/1-4\n", Platform::Ovid);
  EXPECT_EQ(damaged.strategy.lines[1].number, 2u);
  EXPECT_TRUE(damaged.strategy.lines[1].tree);
}

TEST(OvidParser, treeTellsHeadingsFromOperators) {
  const mesh::Tree tree = mesh::Tree::load("Wounds and Injuries;C26\nBurns;C26.200\n", "mtrees2019.bin");
  EXPECT_EQ(read("Wounds and Injuries/", &tree).strategy.lines[3].tree->kind, Kind::Heading);
  EXPECT_EQ(read("Wounds and Injuries/").strategy.lines[3].tree->kind, Kind::And);
  EXPECT_EQ(tree.year(), "2019");
}

TEST(Lint, tellsWhatIsDoubtful) {
  const auto all = codes(
      "1. peer group\n2. (organis* or organisation*).ti,ab.\n3. or/1-2\n4. coproduct*.ti,ab.\n5. a*.ti.\n6. 3 or 5\n");
  EXPECT_THAT(
      all, testing::IsSupersetOf({"OVID-W21@1", "OVID-W25@2", "OVID-W30@2", "OVID-W31@4", "OVID-W22@4", "OVID-W20@5"}));
}

TEST(Lint, aSetThatIsNotUsedIsUnderlinedWhole) {
  const Parsed parsed = parse("1. peers.ti.\n2. søvn*.ti.\n3. 1 and 1\n", Platform::Ovid);
  const std::vector<Diagnostic> found = lint::lint(parsed, Platform::Ovid, nullptr);
  const auto unused = std::find_if(found.begin(), found.end(), [](const auto& d) { return d.code == "OVID-W22"; });
  ASSERT_NE(unused, found.end());
  EXPECT_EQ(unused->column, 4u);
  EXPECT_EQ(unused->length, 9u);  // of letters, not of bytes
}

TEST(Lint, wordsThatNobodyWritesAreToldWithAListAlone) {
  const Parsed parsed = parse(
      "1. enduce*.ti.\n2. (recieve or suport* or municipal* or peers or xyzzyx).ti.\n3. or/1-2\n", Platform::Ovid);
  const lint::WordList words("induce 12\ninduced\nreceive 3\nsupport 99\nmunicipality\npeer\n");
  std::vector<std::string> told;
  for (const Diagnostic& d : lint::lint(parsed, Platform::Ovid, nullptr, {}, words))
    if (d.code == "OVID-W26")
      told.push_back(std::to_string(d.line) + ":" + std::to_string(d.column) + " " +
                     d.message.substr(d.message.find("near")));
  EXPECT_THAT(told, testing::ElementsAre("1:4 near: 'induce*'", "2:5 near: 'receive'", "2:16 near: 'support*'",
                                         "2:41 near: 'peer'"));
  for (const Diagnostic& d : lint::lint(parsed, Platform::Ovid, nullptr)) EXPECT_NE(d.code, "OVID-W26");
}

TEST(Lint, spellingsAreThoseOfWordsThatHaveTwo) {
  for (const char* word :
       {"collaborat*", "elaborate", "laborator*", "colorectal", "managing", "imaging", "chemotherap*"})
    EXPECT_THAT(codes(std::string("1. ") + word + ".ti.\n2. b1.ti.\n3. or/1-2\n"),
                testing::Not(testing::Contains("OVID-W30@1")))
        << word;
  for (const char* word : {"labor", "colour*", "aging", "hemoglobin", "multicentre", "tumor*"})
    EXPECT_THAT(codes(std::string("1. ") + word + ".ti.\n2. b1.ti.\n3. or/1-2\n"), testing::Contains("OVID-W30@1"))
        << word;
}

TEST(Lint, aSetOfBrokenLinesIsIncomplete) {
  EXPECT_THAT(codes("1. a1.ti.\n2. b1 and\n3. or/1-2\n4. 3 and 1\n"),
              testing::AllOf(testing::Contains("OVID-I03@3"), testing::Not(testing::Contains("OVID-I03@4"))));
}

TEST(Lint, findsSubsumedLinesOfOneOrOnly) {
  EXPECT_THAT(codes("1. (peer adj (provid* or support*)).ti,ab.\n2. (peer adj provider*).ti,ab.\n3. or/1-2\n"),
              testing::Contains("OVID-W23@2"));
  EXPECT_THAT(codes("1. peer*.ti,ab.\n2. peers.ti,ab.\n3. 1 and 2\n"), testing::Not(testing::Contains("OVID-W23@2")));
}

TEST(PubMedParser, readsTagsFromLeftToRight) {
  const Parsed parsed =
      parse("\"peer support\"[tiab:~2] OR Peer Group[mh] AND english[la]\n#1 NOT review[pt]\n", Platform::PubMed);
  ASSERT_TRUE(parsed.strategy.lines[0].tree && parsed.strategy.lines[1].tree);
  EXPECT_EQ(parsed.strategy.lines[0].tree->kind, Kind::And);
  EXPECT_EQ(printOvid(*parsed.strategy.lines[0].tree),
            "((peer adj3 support).ti,ab. or exp Peer Group/) and english.la.");
}

}  // namespace
}  // namespace winnow::search
