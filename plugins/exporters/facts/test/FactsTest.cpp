#include "facts/Facts.hpp"

#include <gtest/gtest.h>

#include "facts/Statements.hpp"
#include "facts/Words.hpp"
#include "facts/test/SmallReview.hpp"
#include "winnow/testing.hpp"

namespace {

using namespace winnow::facts;
using winnow::testing::MockHost;

Facts facts() {
  MockHost host;
  winnow::facts::test::provide(host);
  return readFacts(winnow::Host(host.raw()));
}
bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(Facts, EveryDocumentIsRead) {
  const Facts f = facts();
  EXPECT_EQ(f.about.title, "Peers");
  EXPECT_EQ(f.identified(), 100);
  EXPECT_EQ(f.databases.reasons[0].first, "not paid");
  EXPECT_EQ(f.steps[1].overturned, 1);
  EXPECT_EQ(f.lastSearch(), "2020-12-15");
  EXPECT_EQ(f.sourcesOf("database").size(), 2u);
  EXPECT_EQ(f.about.said("funding"), "None.");
}

/// Labels are people's words: a database, or a reason, may be called 'n'.
TEST(Facts, ALabelIsNoNumberOfTheFlow) {
  MockHost host;
  winnow::facts::test::provide(host);
  auto flow = nlohmann::ordered_json::parse(host.documents["flow"]);
  auto& identified = flow["db"]["identified"];
  identified["n"] = 7;
  host.documents["flow"] = flow.dump();
  EXPECT_EQ(readFacts(winnow::Host(host.raw())).identified(), 107);
}

TEST(Facts, WhatIsMissingIsNamed) {
  MockHost host;
  winnow::facts::test::provide(host);
  host.documents.erase("steps");
  try {
    readFacts(winnow::Host(host.raw()));
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "this run has no document \"steps\"");
  }
}

TEST(Statements, SearchSaysSourcesDatesAndHits) {
  EXPECT_EQ(searchParagraph(facts()),
            "We searched 2 databases on 31 August 2020: MEDLINE (Ovid) and Google Scholar. The search was run again in "
            "MEDLINE (PubMed) on 15 "
            "December 2020. Terms were searched in title and abstract. 99 records were exported. Of the 8600 results "
            "that Google Scholar reported, "
            "the first 30 were taken. Other methods (experts) gave 1 record. The full strategy stands in the appendix, "
            "line by line as it was run; "
            "lines 2 and 4 were repaired, which is shown there.");
}

TEST(Statements, SelectionSaysEveryStepWithItsNumbers) {
  const std::vector<std::string> out = selectionParagraphs(facts());
  ASSERT_EQ(out.size(), 7u);
  EXPECT_EQ(out[0],
            "100 records were identified, of which 20 were duplicates: records of the same work, or the same record "
            "exported again. Duplicates "
            "were found by the rules of the filter duplicates (version 1.2): 20 of 100 records were merged into "
            "others; 2 doubtful pairs were kept "
            "as two records each; people decided about 1 pair.");
  EXPECT_EQ(out[1],
            "“language”: 6 of 80 records were excluded; the filter language proposed 6 exclusions, of which AB "
            "confirmed 5 and overturned 1, "
            "adding 1; 4 records that could not be decided stayed in.");
  EXPECT_EQ(out[2],
            "“title” (titles and abstracts): of 74 records, AB read all of them and CD read a random 20 % (15 "
            "records), drawn before anyone read "
            "with the seed 7, each on a sheet of his or her own. 2 disagreements were resolved together. 50 were "
            "excluded; 1 record that could "
            "not be decided stayed in.");
  EXPECT_EQ(out[3], "“design”: each of 24 records was put into one category (RCT 4 and survey 20).");
  EXPECT_EQ(out[5],
            "From databases and registers, 23 reports were sought, 1 could not be retrieved; of 22 assessed, 13 were "
            "excluded: not paid (12) and "
            "old (1). From other methods, 1 report was sought; of 1 assessed, 0 were excluded.");
  EXPECT_EQ(out[6], "10 studies in 10 reports were included.");
}

TEST(Statements, AgreementComesWithIntervals) {
  const std::string out = agreementParagraph(facts());
  EXPECT_TRUE(has(out, "At “title”, AB and CD agreed on 66.7 % (20.8 to 93.9) of the 3 records that both had read"))
      << out;
  EXPECT_TRUE(has(out, "PABAK 0.33"));
  EXPECT_TRUE(has(out, "With fewer than 200 records the intervals are wide."));
  Facts none = facts();
  none.votes.clear();
  EXPECT_TRUE(has(agreementParagraph(none), "no agreement can be given"));
}

TEST(Statements, ChartingSaysFormAndReader) {
  EXPECT_TRUE(
      has(chartingParagraph(facts()),
          "10 studies were charted with the form “main form”, version 1 (1 item and 1 further characteristic); AB "
          "charted all of them. [write: how the form was piloted"));
}

TEST(Statements, WithoutADecisionNothingWasPooled) {
  Facts f = facts();
  EXPECT_EQ(metaAnalysisParagraph(f),
            "No meta-analysis was performed; it was decided by AB on 10 January 2021: no two outcomes alike.");
  EXPECT_TRUE(has(appraisalParagraph(f), "not appraised critically"));
  f.about.decision.clear();
  EXPECT_EQ(metaAnalysisParagraph(f), "No meta-analysis was performed: no decision to pool the studies is recorded.");
  f.about.decision = "pool";
  f.about.analyses = {"recovery (SMD)"};
  EXPECT_TRUE(has(metaAnalysisParagraph(f), "It was decided by AB on 10 January 2021 to pool effects: no two"));
  EXPECT_TRUE(has(metaAnalysisParagraph(f), "Analyses: recovery (SMD). [write: the results"));
  EXPECT_TRUE(has(appraisalParagraph(f), "[write: how risk of bias"));
}

TEST(Statements, AutomationNamesEveryToolThatSuggested) {
  winnow::document::Document document;
  addAutomation(document, facts(), 1);
  const std::string out = winnow::document::markdown(document);
  EXPECT_TRUE(has(out, "It made or suggested judgements in 3 steps; in all others every decision is a person’s."));
  EXPECT_TRUE(has(out, "| language | language 1.0 | 80 | 6 | 5 | 1 | 1 | 0 |"));
  EXPECT_TRUE(has(out, "| duplicates | duplicates 1.2 | 100 | 20 | – | – | – | 20 |"));
  EXPECT_TRUE(has(
      out,
      "People confirmed 5 of the 6 suggestions that they judged (83.3 %) and overturned 1. They excluded 1 that it"));
  EXPECT_TRUE(has(out, "CLD2")) << "a tool that was trained is named as one";
  EXPECT_FALSE(has(out, "decisions 1")) << "what combines votes is no automation";
  Facts byHand = facts();
  byHand.steps.erase(byHand.steps.begin(), byHand.steps.begin() + 2);
  byHand.steps[1].hasProposals = false;
  winnow::document::Document other;
  addAutomation(other, byHand, 1);
  EXPECT_TRUE(has(winnow::document::markdown(other), "every decision is a person’s"));
}

TEST(Words, DatesAndShares) {
  EXPECT_EQ(day("2020-08-31"), "31 August 2020");
  EXPECT_EQ(day("2020-12"), "December 2020");
  EXPECT_EQ(day("2020-13-01"), "2020-13-01");
  EXPECT_EQ(day("open"), "open");
  EXPECT_EQ(share("0.2"), "20 %");
  EXPECT_EQ(share("0.125"), "12.5 %");
  EXPECT_EQ(share("1.0"), "100 %");
  EXPECT_EQ(share("all"), "all");
  EXPECT_EQ(listed({"a", "b", "c"}), "a, b and c");
}

}  // namespace
