// Every rule that joins: a pair that it joins, and the nearest pair that it does not.
#include <gtest/gtest.h>

#include "Bench.hpp"

namespace winnow::duplicates::test {
namespace {

const std::string kAbstract =
    "Retired shift workers were asked about sleep and tested for memory. We followed four hundred people for two years "
    "with "
    "diaries, wrist sensors and word lists, and compared early risers with late ones. Memory was better after regular "
    "nights.";

TEST(Rules, identical) {
  EXPECT_EQ(answer(article(), article()), "merge duplicates.identical");
  EXPECT_EQ(answer(article(), article({{"title", "SLEEP QUALITY AND MEMORY CONSOLIDATION IN RETIRED SHIFT-WORKERS."}})),
            "merge duplicates.identical");
}

TEST(Rules, identicalNeedsContentOrAnotherFile) {
  const FieldList bare = {{"title", ""}, {"author.literal", ""}, {"page", ""}};
  const auto from = [](FieldList fields, const std::string& file) {
    fields.emplace_back("record.file", file);
    return article(fields);
  };
  EXPECT_EQ(answer(article(bare), article(bare)), "distinct") << "they say nothing";
  EXPECT_EQ(answer(from(bare, "a.ris"), from(bare, "a.ris")), "distinct") << "two records of one file";
  EXPECT_EQ(answer(from(bare, "a.ris"), from(bare, "b.ris")), "merge duplicates.identical") << "a copy of the file";
  EXPECT_TRUE(meet(from(bare, "a.ris"), from(bare, "b.ris")));
  FieldList other = bare;
  other.emplace_back("publisher", "Another House");
  EXPECT_EQ(answer(from(bare, "a.ris"), from(other, "b.ris")), "distinct") << "not byte for byte";
  TestRecord named = from(bare, "b.ris");
  named.fields.push_back({"record.key", "medline:1", 0, 0, {}, {}});
  named.fields.push_back({"id.local", "17", 0, 0, {}, {}});
  EXPECT_EQ(answer(from(bare, "a.ris"), named), "merge duplicates.identical") << "what the file calls it";
  const FieldList empty = {{"title", ""},  {"author.literal", ""}, {"container.title", ""},
                           {"volume", ""}, {"issue", ""},          {"page", ""}};
  EXPECT_EQ(answer(from(empty, "a.ris"), from(empty, "b.ris")), "distinct") << "an empty record duplicates nothing";
  // A column, a section or two words of title name no work.
  const FieldList column = {{"title", "Book reviews"}, {"volume", ""}, {"issue", ""}, {"page", ""}};
  EXPECT_NE(answer(article(column), article(column)).substr(0, 5), "merge");
  const FieldList notice = {
      {"title", "Correction"},
      {"author.literal", ""},
      {"abstract", "In the article on sleep and mood the name of the second author was missing."}};
  FieldList otherNotice = notice;
  otherNotice.back().second = "A table of the clinical perspective on dosage was printed with two misprints in it.";
  EXPECT_NE(answer(article(notice), article(otherNotice)).substr(0, 5), "merge") << "two notices on one page";
  EXPECT_EQ(answer(article(notice), article(notice)), "merge duplicates.identical");
}

TEST(Rules, pubmed) {
  const FieldList sparse = {{"id.pmid", "12345678"}, {"page", ""}, {"volume", ""}, {"author.literal", ""}};
  EXPECT_EQ(answer(article({{"id.pmid", "12345678"}}), article(sparse)), "merge duplicates.pubmed");
  EXPECT_EQ(answer(article({{"id.pmid", "12345678"}}),
                   article({{"id.pmid", "12345678"}, {"title", "Growing tomatoes on flat roofs"}, {"page", "3"}})),
            "distinct")
      << "a wrong number does not join two titles";
}

TEST(Rules, trialRegistration) {
  const FieldList a = {
      {"id.accession", "NCT01234567"}, {"issued.year", "2012"}, {"page", ""}, {"volume", ""}, {"issue", ""},
      {"container.title", ""}};
  FieldList b = a;
  b[1].second = "2016";
  EXPECT_EQ(answer(article(a), article(b)), "merge duplicates.trial");
}

TEST(Rules, accession) {
  const FieldList a = {{"id.accession", "61234"}, {"database", "Embase"}, {"issued.year", "2012"}, {"page", ""}};
  const FieldList b = {{"id.accession", "61234"}, {"database", "Embase"}, {"volume", ""}};
  EXPECT_EQ(answer(article(a), article(b)), "merge duplicates.accession");
}

TEST(Rules, doiAndTitle) {
  const FieldList a = {{"id.doi", "10.1234/ABC"}};
  const FieldList b = {
      {"id.doi", "https://doi.org/10.1234/abc"}, {"issued.year", "2017"}, {"volume", ""}, {"page", "e17"}};
  EXPECT_EQ(answer(article(a), article(b)), "merge duplicates.doi-and-title");
  const FieldList otherWork = {{"id.doi", "10.1234/abc"},
                               {"title", "Growing tomatoes on flat roofs"},
                               {"author.literal", "Fern, Ada"},
                               {"page", "3-9"}};
  EXPECT_EQ(answer(article(a), article(otherWork)), "distinct") << "a wrong DOI joins nothing";
  const FieldList likeOne = {{"id.doi", "10.1234/abc"},
                             {"title", "Sleep quality and recall of dreams in retired shift workers"},
                             {"page", "300-304"}};
  EXPECT_EQ(answer(article(a), article(likeOne)), "distinct") << "abstracts of one supplement share its DOI";
}

TEST(Rules, doiAndPlace) {
  const FieldList a = {
      {"id.doi", "10.1234/abc"}, {"title", "[Schlaf und Erinnerung im Ruhestand]"}, {"issued.year", "2013"}};
  EXPECT_EQ(answer(article({{"id.doi", "10.1234/abc"}}), article(a)), "merge duplicates.doi-and-place");
}

TEST(Rules, titleAndPlace) {
  EXPECT_EQ(answer(article(), article({{"issue", ""}})), "merge duplicates.title-and-place");
  EXPECT_EQ(answer(article(), article({{"author.literal", "Sleep Research Group"}})),
            "merge duplicates.title-and-place")
      << "one journal prints a title once at a page";
  EXPECT_EQ(answer(article(), article({{"container.title", "Sleep Letters"}})), "merge duplicates.title-and-place")
      << "all else agrees, the journal is named otherwise";
  EXPECT_EQ(answer(article(), article({{"container.title", "Sleep Letters"}, {"author.literal", "Fern, Ada"}})),
            "distinct");
  EXPECT_EQ(answer(article({{"page", "217"}}), article({{"page", "217"}, {"author.literal", "Fern, Ada"}})), "distinct")
      << "two letters under one headline";
  EXPECT_EQ(answer(article(), article({{"issued.year", "2016"}})), "merge duplicates.title-and-place")
      << "the volume tells the year";
}

TEST(Rules, titleAndPlaceWithoutVolume) {
  EXPECT_EQ(answer(article({{"container.title", ""}}), article({{"volume", ""}, {"issue", ""}})),
            "merge duplicates.title-and-place");
  EXPECT_EQ(answer(article({{"container.title", ""}}), article({{"volume", ""}, {"issue", ""}, {"page", "301-9"}}))
                .substr(0, 5),
            "maybe");
}

TEST(Rules, titleAndJournal) {
  const FieldList online = {{"volume", ""}, {"issue", ""}, {"page", ""}};
  EXPECT_EQ(answer(article(), article(online)), "merge duplicates.title-and-journal");
  FieldList earlier = online;
  earlier.emplace_back("issued.year", "2013");
  EXPECT_EQ(answer(article(), article(earlier)), "maybe duplicates.maybe")
      << "the abstract of a meeting looks like that";
  earlier[2].second = "1-13";
  EXPECT_EQ(answer(article(), article(earlier)), "merge duplicates.title-and-journal") << "as many pages as in print";
  EXPECT_EQ(answer(article({{"page", ""}}), article({{"issue", "1"}})), "maybe duplicates.maybe")
      << "abstract and article may share a volume";
  EXPECT_EQ(answer(article({{"page", "e1804"}}), article()), "merge duplicates.title-and-journal")
      << "two ways of counting";
  FieldList otherTeam = {{"title", "Sleep quality and memory consolidatoin in retired shift workers"},
                         {"author.literal", "Hollis, Mara J"},
                         {"author.literal", "Stone, Ann"},
                         {"author.literal", "Okoro, Chidi"}};
  EXPECT_EQ(answer(article(), article(otherTeam)).substr(0, 5), "merge") << "volume, issue and pages make up for it";
  otherTeam.insert(otherTeam.end(), online.begin(), online.end());
  EXPECT_NE(answer(article(), article(otherTeam)).substr(0, 5), "merge") << "a misprint and another author: too little";
}

TEST(Rules, titleAndJournalInOneIssue) {
  EXPECT_EQ(answer(article({{"page", ""}, {"issued.year", "2012"}}), article()), "merge duplicates.title-and-journal");
  EXPECT_EQ(answer(article({{"page", ""},
                            {"author.literal", "Hollis, Mara J"},
                            {"author.literal", "Brandt, Tobias"},
                            {"author.literal", "Chidi, Ngozi"}}),
                   article()),
            "merge duplicates.title-and-journal")
      << "one of three authors is named otherwise";
  EXPECT_EQ(answer(article({{"page", ""}, {"issued.year", "2009"}}), article()), "distinct");
  EXPECT_EQ(answer(article({{"page", ""}, {"author.literal", ""}}), article()), "merge duplicates.title-and-journal");
}

TEST(Rules, titleAndPageSlip) {
  EXPECT_EQ(answer(article(), article({{"page", "271-229"}, {"issue", ""}})), "merge duplicates.title-and-journal")
      << "pages that run backwards say nothing";
  EXPECT_EQ(answer(article(), article({{"page", "271-283"}})), "merge duplicates.title-and-journal")
      << "as many pages, two digits changed places";
  EXPECT_EQ(answer(article(), article({{"page", "222-229"}, {"issue", ""}})), "merge duplicates.title-and-journal")
      << "the ranges overlap";
  EXPECT_EQ(answer(article(), article({{"page", "230-242"}})), "maybe duplicates.maybe") << "one follows the other";
  EXPECT_EQ(answer(article(), article({{"page", "127-131"}})), "maybe duplicates.maybe") << "no slip does that";
  EXPECT_EQ(answer(article(), article({{"page", "127-131"}, {"issue", "1"}})), "distinct");
  EXPECT_EQ(answer(article(), article({{"volume", "12"}})), "merge duplicates.title-and-journal");
  EXPECT_EQ(answer(article({{"page", "xi-xii"}}), article({{"page", "1-17"}})), "maybe duplicates.maybe")
      << "an editorial announces the article";
  EXPECT_EQ(answer(article({{"page", "e51857"}}), article({{"page", "e53112"}})), "maybe duplicates.maybe")
      << "an erratum under the title of the article";
  EXPECT_EQ(answer(article(), article({{"title", "Sleep quality and memory consolidations in retired shift workers"},
                                       {"page", "127-131"}})),
            "distinct")
      << "abstracts of one meeting are alike";
}

TEST(Rules, titleAndAbstract) {
  const FieldList early = {{"volume", ""},          {"issue", ""},           {"page", ""},
                           {"issued.year", "2012"}, {"container.title", ""}, {"abstract", kAbstract}};
  EXPECT_EQ(answer(article({{"abstract", kAbstract}}), article(early)), "merge duplicates.title-and-abstract");
  FieldList other = early;
  other.back().second =
      "Another text " + kAbstract.substr(60) + " with more words behind it so that it is long enough to tell something";
  EXPECT_NE(
      answer(article({{"abstract", kAbstract}}),
             article({{"volume", ""}, {"issue", ""}, {"page", ""}, {"issued.year", "2012"}, {"container.title", ""}})),
      "merge duplicates.title-and-abstract");
  const FieldList noPeople = {{"author.literal", ""}, {"issued.year", ""}, {"container.title", ""}, {"volume", ""},
                              {"issue", ""},          {"page", ""},        {"abstract", kAbstract}};
  EXPECT_EQ(answer(article({{"abstract", kAbstract}}), article(noPeople)), "merge duplicates.title-and-abstract")
      << "an abstract is written once";
}

TEST(Rules, samePages) {
  EXPECT_EQ(
      answer(article(), article({{"title", "[Rest at night and remembering after a life of working in shifts]"}})),
      "merge duplicates.same-pages");
  EXPECT_EQ(
      answer(article(), article({{"title", "Schlafqualitaet und Gedaechtnis von Schichtarbeitern im Ruhestand"}})),
      "merge duplicates.same-pages")
      << "the dictionary tells the languages apart";
  EXPECT_EQ(answer(article({{"author.literal", "Hollis, Mara J"}}), article({{"title", "[Tomatoes on flat roofs]"}})),
            "distinct")
      << "one author of three is not the team";
  EXPECT_EQ(answer(article(), article({{"title", "Tomatoes on flat roofs and how to grow them"}})), "distinct");
}

TEST(Rules, articleNumber) {
  const FieldList a = {{"page", "CD006273"}, {"volume", ""}, {"issue", ""}, {"container.title", "Database of Reviews"}};
  FieldList b = a;
  b.emplace_back("title", "Sleep quality and memory consolidation in retired adult shift workers");
  EXPECT_EQ(answer(article(a), article(b)), "merge duplicates.same-pages");
  b[0].second = "CD006274";
  EXPECT_EQ(answer(article(a), article(b)), "distinct");
}

TEST(Rules, titleAndAuthorsWithoutJournal) {
  const FieldList bare = {{"volume", ""}, {"issue", ""}, {"page", ""}, {"container.title", ""}};
  EXPECT_EQ(answer(article(), article(bare)), "merge duplicates.title-and-journal");
  FieldList shortTitle = bare;
  shortTitle.emplace_back("title", "Sleep and memory");
  shortTitle.emplace_back("author.literal", "Hollis, Mara J");
  const FieldList whole = {{"title", "Sleep and memory"}, {"author.literal", "Hollis, Mara J"}};
  EXPECT_EQ(answer(article(whole), article(shortTitle)), "distinct") << "two words and one author";
  FieldList nextYear = bare;
  nextYear.emplace_back("issued.year", "2015");
  EXPECT_EQ(answer(article(), article(nextYear)), "maybe duplicates.maybe") << "a meeting, then the journal";
}

TEST(Rules, blockingLetsThemMeet) {
  const FieldList damaged[] = {
      {{"title", "Slep qualty and memry"}},
      {{"author.literal", "Brandt, T"}, {"issued.year", "2015"}},
      {{"title", "[Schlaf und Erinnerung im Ruhestand]"}},
      {{"volume", ""}, {"page", ""}, {"issued.year", ""}},
      {{"title", "Short report: Sleep quality and memory consolidation in retired shift workers"}, {"page", ""}}};
  for (const FieldList& changes : damaged) EXPECT_TRUE(meet(article(), article(changes)));
  EXPECT_FALSE(meet(
      article(),
      article({{"title", "Tomatoes on flat roofs"}, {"author.literal", "Fern, A"}, {"volume", "2"}, {"page", "7"}})));
}

}  // namespace
}  // namespace winnow::duplicates::test
