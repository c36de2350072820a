#include "studies/Studies.hpp"

#include <gtest/gtest.h>

#include <deque>

#include "studies/Citation.hpp"
#include "studies/Dimension.hpp"
#include "winnow/testing.hpp"

namespace {

using namespace winnow;
using namespace winnow::studies;

/// A record by hand.
struct Fixture {
  winnow::testing::MockHost mock;
  std::deque<std::string> texts;
  std::vector<winnow_field> fields;

  Fixture() = default;
  Fixture(std::initializer_list<std::pair<const char*, const char*>> list) {
    for (const auto& [tag, value] : list) add(tag, value);
  }
  void add(std::string_view tag, std::string value) {
    texts.push_back(std::move(value));
    fields.push_back({mock.tagNumber(tag), WINNOW_NONE, 0, WINNOW_FIELD_DERIVED, 0, str(texts.back()), 0, 0});
  }
  winnow_record raw() const { return {1, fields.data(), fields.size(), {}}; }
  bibliography::Work work() {
    const bibliography::Vocabulary vocabulary{Host(mock.raw())};
    const winnow_record record = raw();
    return bibliography::Work(vocabulary, Record(record));
  }
};

TEST(Citation, AuthorsAndYear) {
  Fixture one{{"author.family", "Berg"}, {"issued.year", "2019"}};
  EXPECT_EQ(shortCitation(one.work()), "Berg 2019");
  one.add("author.family", "Moe");
  EXPECT_EQ(shortCitation(one.work()), "Berg & Moe 2019");
  one.add("author.literal", "The Peer Group");
  EXPECT_EQ(shortCitation(one.work()), "Berg et al. 2019");
}

TEST(Citation, WhatIsMissingIsReplacedByWhatIsThere) {
  EXPECT_EQ(shortCitation(Fixture{{"title", "Peers at work in the public services of Norway"}}.work()),
            "Peers at work in the… n.d.");
  EXPECT_EQ(shortCitation(Fixture{{"record.key", "medline:1"}, {"issued.year", "2001"}}.work()), "medline:1 2001");
}

TEST(Citation, ReferenceInVancouverStyle) {
  Fixture record{{"author.family", "Ås"},  {"author.given", "Émile-Zoé K."},
                 {"author.family", "Moe"}, {"author.given", "AB"},
                 {"title", "Who pays?"},   {"container.title", "J Peers"},
                 {"issued.year", "2019"},  {"volume", "12"},
                 {"issue", "3"},           {"page", "45-67"},
                 {"id.doi", "10.5555/x"}};
  EXPECT_EQ(reference(record.work()), "Ås ÉZK, Moe AB. Who pays? J Peers. 2019;12(3):45-67. doi:10.5555/x");
  EXPECT_EQ(reference(Fixture{{"title", "Alone"}}.work()), "Alone.");
  Fixture many;
  for (int i = 0; i < 8; ++i) many.add("author.family", "A" + std::to_string(i));
  EXPECT_EQ(reference(many.work()), "A0, A1, A2, A3, A4, A5, et al.");
}

TEST(Citation, LinksLeadToWhereItCanBeRead) {
  EXPECT_EQ(linkOf(Fixture{{"id.doi", "10.1002/(SICI)1<2::AID>3.0;CO#%"}, {"id.pmid", "1"}}.work()),
            "https://doi.org/10.1002/(SICI)1%3C2::AID%3E3.0;CO%23%25");
  EXPECT_EQ(linkOf(Fixture{{"id.pmid", "123"}}.work()), "https://pubmed.ncbi.nlm.nih.gov/123/");
  EXPECT_EQ(linkOf(Fixture{{"url", "https://example.org/a"}}.work()), "https://example.org/a");
  EXPECT_EQ(linkOf(Fixture{{"url", "javascript:alert(1)"}}.work()), "");
  EXPECT_EQ(linkOf(Fixture{{"id.pmid", "x\" onclick"}}.work()), "");
}

TEST(Studies, EqualCitationsGetLetters) {
  std::vector<Study> studies(4);
  for (Study& study : studies) study.citation = "Berg 2019", study.year = "2019";
  studies[1].citation = "Moe 2019";
  studies[3].citation = "Berg 2019";
  tellApart(studies);
  EXPECT_EQ(studies[0].citation, "Berg 2019a");
  EXPECT_EQ(studies[1].citation, "Moe 2019");
  EXPECT_EQ(studies[2].citation, "Berg 2019b");
  EXPECT_EQ(studies[3].citation, "Berg 2019c");
}

TEST(Studies, AnswersComeByItem) {
  const auto form = readForm(R"({"items": [{"id": "1", "label": "Design", "type": "one-of", "values": ["RCT"]}],
                                 "extra": [{"id": "why", "label": "why"}]})");
  Fixture record{{"chart.1", "RCT"}, {"chart.1", "survey"}, {"record.source", "MEDLINE"}, {"fate", "included"}};
  const StudyReader reader(Host(record.mock.raw()), form);
  const winnow_record raw = record.raw();
  const Study study = reader.read(Record(raw));
  EXPECT_EQ(study.answer("1"), (std::vector<std::string>{"RCT", "survey"}));
  EXPECT_TRUE(study.answer("why").empty());
  EXPECT_EQ(study.sources, (std::vector<std::string>{"MEDLINE"}));
  EXPECT_EQ(study.fate, "included");
}

TEST(Form, ItemsAreFoundAsPeopleNameThem) {
  const auto form =
      readForm(R"({"items": [{"id": "4", "label": "Study design", "type": "one-of", "values": ["a", "b"]}]})");
  for (const char* name : {"4", "study design", "4. Study design", " STUDY  design "}) {
    ASSERT_NE(findItem(form, name), nullptr) << name;
    EXPECT_EQ(findItem(form, name)->id, "4");
  }
  EXPECT_EQ(findItem(form, "design"), nullptr);
  EXPECT_TRUE(form[0].isCategorical());
  EXPECT_EQ(form[0].values, (std::vector<std::string>{"a", "b"}));
}

TEST(Form, TheVersionIsOneUnlessTheFormNamesIt) {
  EXPECT_EQ(readFormVersion(R"({"items": []})"), "1");
  EXPECT_EQ(readFormVersion(R"({"version": "2", "items": []})"), "2");
  EXPECT_THROW(readFormVersion(R"({"version": 2})"), std::runtime_error);
}

const char* const kForm = R"({"items": [
  {"id": "1", "label": "Design", "type": "one-of", "values": ["RCT", "survey", "others"]},
  {"id": "2", "label": "Outcome", "type": "any-of", "values": ["cost", "health"]},
  {"id": "3", "label": "Paid", "type": "yes-no"}, {"id": "4", "label": "Country", "type": "text"},
  {"id": "5", "label": "Year of publication", "type": "text", "from": "year"}, {"id": "6", "label": "n", "type": "number"}]})";

std::vector<Study> sample() {
  std::vector<Study> studies(4);
  studies[0].answers = {
      {"1", {"RCT"}}, {"2", {"cost", "health"}}, {"3", {"yes: since 2001"}}, {"4", {"Norway; Denmark"}}};
  studies[1].answers = {{"1", {"others: diaries"}}, {"2", {"health"}}, {"3", {"Unclear"}}, {"4", {"Norway"}}};
  studies[2].answers = {{"1", {"RCT"}}, {"2", {"health"}}};
  studies[0].year = "2019", studies[1].year = "2021", studies[3].year = "";
  studies[2].year = "2019";
  return studies;
}

TEST(Dimension, ValuesOfTheFormStandInItsOrderAlsoWithoutAStudy) {
  const Dimension design = dimensionOf(readForm(kForm), sample(), "design");
  EXPECT_EQ(design.values, (std::vector<std::string>{"RCT", "survey", "others", "not reported"}));
  EXPECT_EQ(design.count(0), 2u);
  EXPECT_EQ(design.count(1), 0u);
  EXPECT_EQ(design.count(2), 1u) << "what others are does not make another category";
  EXPECT_EQ(design.count(3), 1u);
}

TEST(Dimension, StudiesWithSeveralAnswersAreMentionedSeveralTimes) {
  const Dimension outcome = dimensionOf(readForm(kForm), sample(), "2");
  EXPECT_EQ(outcome.mentions(), 5u);
  EXPECT_EQ(outcome.of[0], (std::vector<std::uint32_t>{0, 1}));
}

TEST(Dimension, YesAndNoAreTheirFirstWord) {
  const Dimension paid = dimensionOf(readForm(kForm), sample(), "Paid");
  EXPECT_EQ(paid.values, (std::vector<std::string>{"yes", "no", "unclear", "not reported"}));
  EXPECT_EQ(paid.of[1], (std::vector<std::uint32_t>{2}));
}

TEST(Dimension, TextsAreTakenApartAndTheMostFrequentComesFirst) {
  const Dimension country = dimensionOf(readForm(kForm), sample(), "Country");
  EXPECT_EQ(country.values, (std::vector<std::string>{"Norway", "Denmark", "not reported"}));
}

TEST(Dimension, YearsHaveNoGaps) {
  const Dimension year = dimensionOf(readForm(kForm), sample(), "Year of publication");
  EXPECT_EQ(year.values, (std::vector<std::string>{"2019", "2020", "2021", "not reported"}));
  EXPECT_EQ(year.count(1), 0u);
}

TEST(Dimension, CellsOfAMapHoldTheirStudies) {
  const auto form = readForm(kForm);
  const auto cells = crossed(dimensionOf(form, sample(), "Design"), dimensionOf(form, sample(), "Outcome"));
  EXPECT_EQ(cells[0][1], (std::vector<std::uint32_t>{0, 2}));
  EXPECT_TRUE(cells[1][0].empty());
}

TEST(Dimension, WhatThereIsNotIsNamed) {
  try {
    dimensionOf(readForm(kForm), sample(), "Colour");
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(),
                 "the charting form has no item 'Colour'; studies can be sorted by 'Design', 'Outcome', 'Paid', "
                 "any other item of the form, year, wave, source");
  }
}

TEST(Dimension, ReadersChooseAmongWhatCanBeCounted) {
  std::vector<std::string> names;
  for (const Dimension& one : allDimensions(readForm(kForm), sample())) names.push_back(one.name);
  EXPECT_EQ(names, (std::vector<std::string>{"Design", "Outcome", "Paid", "Country", "Year of publication", "Source"}));
}

TEST(Studies, ReportsOfOneStudyAreOne) {
  std::vector<Study> list(4);
  list[0].citation = "Berg 2019", list[0].reference = "A.", list[0].sources = {"MEDLINE"};
  list[1].citation = "Moe 2020", list[1].group = "PEERS", list[1].reference = "B.", list[1].sources = {"MEDLINE"};
  list[1].answers = {{"1", {"trial"}}};
  list[2].citation = "Dahl 2020";
  list[3].citation = "Moe 2021", list[3].group = "PEERS", list[3].reference = "C.", list[3].sources = {"Scopus"};
  list[3].answers = {{"1", {"cohort"}}, {"2", {"Norway"}}};
  EXPECT_EQ(joinReports(list), (std::vector<std::size_t>{0, 1, 2, 1}));
  ASSERT_EQ(list.size(), 3u);
  EXPECT_EQ(list[1].citation, "Moe 2020; Moe 2021");
  EXPECT_EQ(list[1].reference, "B. C.");
  EXPECT_EQ(list[1].sources, (std::vector<std::string>{"MEDLINE", "Scopus"}));
  EXPECT_EQ(list[1].answer("1"), (std::vector<std::string>{"trial"})) << "the first report's answer stands";
  EXPECT_EQ(list[1].answer("2"), (std::vector<std::string>{"Norway"}));
}

}  // namespace
