#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <winnow/testing.hpp>

using testing::ElementsAre;
using testing::IsEmpty;
using winnow::testing::MockHost;

namespace {
const winnow_stage* bib() { return winnow_plugin_v1.stage(0); }
const std::string kGood = "@article{good,\n  title = {Good},\n  year = 2019\n}\n";
std::vector<std::string> codes(const MockHost& host) {
  std::vector<std::string> list;
  for (const auto& d : host.diagnostics)
    if (d.severity != WINNOW_INFO) list.push_back(d.code);
  return list;
}
}  // namespace

TEST(BibtexImporter, EntriesMacrosAndComments) {
  MockHost host;
  const auto records =
      host.read(bib(),
                "Written by someone@example.org\n@string{js = \"J. \" # {Shade}}\n@comment{not {this}}\n%@article{nor, "
                "title={that}}\n"
                "@Article {key1, Title = \"A {quoted} \\\"one\\\"\" , JOURNAL = js # { B}, month = 10 # \"~\" # mar, "
                "year = 2019}\n"
                "@techreport(key2, title = {Round (brackets)}, institution = \"Parks\", number = {7})\n")
          .records;
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].first("container.title"), "J. Shade B");
  EXPECT_EQ(records[0].first("issued.month"), "3");
  EXPECT_EQ(records[0].first("id.local"), "key1");
  EXPECT_EQ(records[0].at.line, 5u);
  EXPECT_EQ(records[1].first("title"), "Round (brackets)");
  EXPECT_EQ(records[1].first("type"), "report");
  EXPECT_EQ(records[1].first("publisher"), "Parks");
  EXPECT_THAT(codes(host), IsEmpty());
}

TEST(BibtexImporter, AFieldNameWithABlankIsInformation) {
  MockHost host;
  const auto records = host.read(bib(), "@article{b,\n Early Access = {x},\n title = {T}}\n").records;
  ASSERT_EQ(records.size(), 1u);
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].code, "bib.field-name");
  EXPECT_EQ(host.diagnostics[0].severity, std::uint32_t{WINNOW_INFO});
  EXPECT_EQ(host.diagnostics[0].line, 2u);
}

TEST(BibtexImporter, EveryChunkSizeGivesTheSame) {
  for (const std::size_t chunk : {std::size_t{1}, std::size_t{13}, std::size_t{4096}}) {
    MockHost host;
    host.chunk = chunk;
    const auto records = host.read(bib(), kGood + "junk\n" + kGood + kGood).records;
    ASSERT_EQ(records.size(), 3u) << chunk;
    EXPECT_EQ(records[2].at.line, 10u);
    EXPECT_EQ(records[2].at.length, kGood.size() - 1);
  }
}

TEST(BibtexImporter, CrossrefLendsFromAParentBeforeOrBehind) {
  const std::string child = "@inproceedings{c, title = {Child}, crossref = {P}}\n",
                    parent = "@proceedings{P, title = {Parent}, year = 2001, editor = {Berg, Anna}}\n";
  for (const std::string& text : {child + parent, parent + child}) {
    MockHost host;
    const auto records = host.read(bib(), text).records;
    ASSERT_EQ(records.size(), 2u);
    const auto& c = records[0].first("title") == "Child" ? records[0] : records[1];
    EXPECT_EQ(c.first("container.title"), "Parent");
    EXPECT_EQ(c.first("issued.year"), "2001");
    EXPECT_THAT(c.all("editor.family"), ElementsAre("Berg"));
  }
  MockHost host;
  EXPECT_EQ(host.read(bib(), child).records.size(), 1u);
  EXPECT_EQ(host.diagnostics.at(0).code, "bib.crossref");
}

TEST(BibtexImporter, DefectsAreLocatedAndCostNothingBesides) {
  struct Case {
    std::string entry, code;
    std::uint32_t line;
    std::string title;
  };
  const Case cases[] = {
      {"@article{b,\n title = {A {broken},\n year = {2020}\n}\n", "bib.unbalanced-brace", 6, "A broken"},
      {"@article{b,\n title = {T}\n year = {2020}\n}\n", "bib.missing-comma", 6, "T"},
      {"@article{b,\n title = {T},\n journal = nowhere # { x}\n}\n", "bib.undefined-macro", 7, "T"},
      {"@article{b c, 12,\n title = {T},\n}\n", "bib.odd-key", 5, "T"},
      {"@article{good,\n title = {T},\n}\n", "bib.duplicate-key", 5, "T"},
      {"@article{b,\n note = {a}, b}, c},\n title = {T}}\n", "bib.extra-brace", 6, "T"},
      {"@article{b,\n title = {T},\n year = {n.d. 20x}\n}\n", "date.unreadable", 7, "T"},
      {"@article{title = {T}}\n", "bib.no-key", 5, "T"}};
  for (const Case& c : cases) {
    MockHost host;
    const auto records = host.read(bib(), kGood + c.entry + "@article{last, title = {Last}, year = 2021}\n").records;
    ASSERT_EQ(records.size(), 3u) << c.entry;
    EXPECT_EQ(records[1].first("title"), c.title) << c.entry;
    EXPECT_EQ(records[2].first("title"), "Last");
    EXPECT_THAT(codes(host), ElementsAre(c.code)) << c.entry;
    for (const auto& d : host.diagnostics) {
      EXPECT_EQ(d.line, c.line) << c.entry;
      EXPECT_EQ(d.record, 2u) << c.entry;
    }
  }
}

TEST(BibtexImporter, OtherEncodings) {
  MockHost host;
  EXPECT_EQ(host.read(bib(), "@book{a,\n title = {S\xF8}}\n").records.at(0).first("title"), "Sø");
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].code, "text.cp1252");
  EXPECT_EQ(host.diagnostics[0].line, 2u);
  MockHost declared;
  EXPECT_EQ(
      declared.read(bib(), "% Encoding: windows-1252\n@book{a,\n title = {S\xF8}}\n").records.at(0).first("title"),
      "Sø");
  EXPECT_THAT(declared.diagnostics, IsEmpty());
}

TEST(BibtexImporter, AFileWithoutEntriesIsAnError) {
  MockHost host;
  EXPECT_EQ(host.read(bib(), "@comment{x}\nmail@example.org {\n").status, WINNOW_FAILED);
  EXPECT_EQ(host.diagnostics.at(0).code, "bib.no-record");
}

TEST(BibtexImporter, ProbeByContent) {
  MockHost host;
  EXPECT_EQ(host.probe(bib(), "Scopus\nEXPORT DATE: today\n\n@ARTICLE{a,").first, 90u);
  EXPECT_EQ(host.probe(bib(), "mail me at a@b.example {x}").first, 0u);
  EXPECT_EQ(host.probe(bib(), "TY  - JOUR\nAB  - @ home\n").first, 0u);
}

TEST(BibtexImporter, CutAnywhereItKeepsWhatIsWhole) {
  const std::string text = kGood + "@book(b, title = \"Two {x}\", year = 2020)\n" + kGood;
  const std::size_t first = kGood.size() - 1, second = text.find(")\n") + 1;
  for (std::size_t size = 0; size <= text.size(); ++size) {
    MockHost host;
    const auto result = host.read(bib(), text.substr(0, size));
    const std::size_t whole = (size >= first) + (size >= second) + (size >= text.size() - 1);
    EXPECT_GE(result.records.size(), whole) << size;
    for (const auto& d : host.diagnostics) EXPECT_NE(d.code, "plugin.exception") << d.message;
    if (result.status != WINNOW_OK) {
      EXPECT_EQ(host.diagnostics.back().severity, static_cast<std::uint32_t>(WINNOW_ERROR));
    }
  }
}

TEST(BibtexImporter, LineEndsMakeNoDifference) {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    std::string text;
    for (const char c : kGood + "@article{b,\n title = {Two\n lines},\n journal = nowhere\n}\n")
      text += c == '\n' ? end : std::string(1, c);
    MockHost host;
    const auto records = host.read(bib(), text).records;
    ASSERT_EQ(records.size(), 2u);
    EXPECT_EQ(records[1].first("title"), "Two lines");
    EXPECT_EQ(records[1].at.line, 5u);
    ASSERT_EQ(host.diagnostics.size(), 1u);
    EXPECT_EQ(host.diagnostics[0].line, 8u);
  }
}

TEST(BibtexImporter, EntriesThatWaitForOneThatIsNotThereTakeLinearTime) {
  // One comparison for each pair would be some 3,000 million here.
  std::string text;
  for (int i = 0; i < 80'000; ++i) text += "@inbook{k" + std::to_string(i) + ", crossref = {none}}\n";
  MockHost host;
  EXPECT_EQ(host.read(bib(), text).records.size(), 80'000u);
}

TEST(BibtexImporter, AnEntryOfVeryManyFieldsTakesLinearTime) {
  std::string text = "@book{k";
  for (int i = 0; i < 60'000; ++i) text += ",\n f" + std::to_string(i) + " = {x}";
  MockHost host;
  EXPECT_EQ(host.read(bib(), text + "}\n").records.size(), 1u);
}

TEST(BibtexImporter, TextWithoutLinesOrEntriesTakesLinearTime) {
  for (const std::string piece : {"a", "@ ", " "}) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += piece;
    MockHost host;
    host.chunk = 1;
    EXPECT_EQ(host.read(bib(), text + "\n" + kGood).records.size(), 1u);
  }
}
