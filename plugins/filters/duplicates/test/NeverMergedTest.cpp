// The policies of what is never merged, one test each: in every profile, with identifiers shared or not.
#include <gtest/gtest.h>

#include "Bench.hpp"

namespace winnow::duplicates::test {
namespace {

using Works = std::pair<FieldList, FieldList>;

const FieldList kNowhere = {{"container.title", ""}, {"volume", ""}, {"issue", ""}, {"page", ""}};

FieldList with(FieldList fields, const FieldList& more) {
  fields.insert(fields.end(), more.begin(), more.end());
  return fields;
}

FieldList titled(const std::string& title, const FieldList& more = {}) { return with({{"title", title}}, more); }

/// No profile joins any of the pairs, whichever comes first.
void expectApart(const std::vector<Works>& pairs) {
  for (const auto& [one, other] : pairs)
    for (const char* profile : {"strict", "default", "broad"}) {
      const TestRecord a = article(one), b = article(other);
      EXPECT_NE(answer(a, b, {{"profile", profile}}).substr(0, 5), "merge")
          << a.first("title") << " / " << b.first("title") << ", " << profile;
      EXPECT_NE(answer(b, a, {{"profile", profile}}).substr(0, 5), "merge")
          << b.first("title") << " / " << a.first("title") << ", " << profile;
    }
}

const std::string kTitle = article().first("title");
const FieldList kSameDoi = {{"id.doi", "10.1234/a"}};

TEST(NeverMerged, noticesAndTheirArticle) {
  std::vector<Works> pairs;
  for (const char* heading :
       {"Erratum: ", "Erratum to: ", "Corrigendum: ", "Correction: ", "Reply to: ", "Response to: ", "Comment on: ",
        "Commentary on: ", "Re: ", "Retraction: ", "Expression of concern: "})
    for (const auto& [place, noticed] : {Works{{}, {{"page", "300"}}},
                                         {{{"page", ""}}, {{"page", ""}}},
                                         {kNowhere, kNowhere},
                                         {{}, {{"page", "300"}, {"issue", "5"}}},
                                         {kSameDoi, with(kSameDoi, {{"page", "300"}})}})
      pairs.push_back({place, titled(heading + kTitle, noticed)});
  expectApart(pairs);
}

TEST(NeverMerged, noticesOfOneArticleAmongThemselves) {
  expectApart({{titled("Comment on: " + kTitle, {{"page", "300"}}), titled("Reply to: " + kTitle, {{"page", "300"}})},
               {titled("Erratum: " + kTitle, {{"page", ""}}), titled("Retraction: " + kTitle, {{"page", ""}})}});
}

TEST(NeverMerged, abstractsOfAMeetingAndTheArticle) {
  const FieldList meeting = {{"container.title", "Sleep Medicine"},
                             {"volume", "14"},
                             {"issue", "Suppl 1"},
                             {"page", "e88"},
                             {"issued.year", "2013"}};
  expectApart({{{}, meeting},
               {{}, with(meeting, {{"publication-type", "conference-abstract"}})},
               {{{"type", "article-journal"}}, with({{"type", "paper-conference"}}, meeting)},
               {{},
                {{"container.title", "Third Sleep Days, Lyon, Abstracts"},
                 {"volume", ""},
                 {"issue", ""},
                 {"page", "12"},
                 {"publication-type", "conference-abstract"}}}});
}

TEST(NeverMerged, partsOfASeries) {
  std::vector<Works> pairs;
  for (const auto& [one, two] : {std::pair("Part 1", "Part 2"),
                                 {"Part I: methods", "Part II: results"},
                                 {"first of two parts", "second of two parts"},
                                 {"I", "II"},
                                 {"phase 2", "phase 3"}})
    for (const FieldList& place : {FieldList{{"page", ""}}, kNowhere, FieldList{{"page", ""}, {"issue", ""}}})
      pairs.push_back({titled("Sleep quality and memory in retired shift workers. " + std::string(one), place),
                       titled("Sleep quality and memory in retired shift workers. " + std::string(two), place)});
  expectApart(pairs);
}

TEST(NeverMerged, updatesAndTheWorkTheyUpdate) {
  const std::string review = "Sleep hygiene for retired shift workers: systematic review";
  std::vector<Works> pairs;
  for (const FieldList& place : {FieldList{{"page", ""}}, kNowhere}) {
    pairs.push_back(
        {titled(review, place), titled("Sleep hygiene for retired shift workers: updated systematic review", place)});
    pairs.push_back({titled(review, place), titled(review + ", an update", place)});
    pairs.push_back({titled(review + " 2014", place), titled(review + " 2018", place)});
  }
  expectApart(pairs);
}

TEST(NeverMerged, versionsOfACochraneReview) {
  const FieldList cochrane = {
      {"container.title", "Cochrane Database of Systematic Reviews"}, {"volume", ""}, {"page", "CD001234"}};
  const auto version = [&](const char* end, const char* year, const char* issue) {
    return with(cochrane,
                {{"id.doi", std::string("10.1002/14651858.CD001234") + end}, {"issued.year", year}, {"issue", issue}});
  };
  expectApart({{version("", "2004", "2"), version(".pub2", "2008", "3")},
               {version(".pub2", "2008", "3"), version(".pub3", "2008", "3")},
               {version(".pub2", "2008", ""), version(".pub3", "2009", "")},
               {with(cochrane, {{"issued.year", "2004"}, {"issue", "2"}}),
                with(cochrane, {{"issued.year", "2008"}, {"issue", "3"}})}});
}

TEST(NeverMerged, registrations) {
  const FieldList registered = {
      {"container.title", ""}, {"volume", ""}, {"issue", ""}, {"page", ""}, {"author.literal", ""}};
  std::vector<Works> pairs;
  for (const auto& [one, two] : {std::pair("NCT00000001", "NCT00000002"),
                                 {"ISRCTN12345678", "ISRCTN12345679"},
                                 {"NCT00000001", "ISRCTN12345678"}})
    pairs.push_back({with(registered, {{"id.accession", one}}), with(registered, {{"id.accession", two}})});
  pairs.push_back({{}, with(registered, {{"id.accession", "NCT00000001"}, {"database", "ClinicalTrials.gov"}})});
  expectApart(pairs);
}

TEST(NeverMerged, genericTitles) {
  std::vector<Works> pairs;
  for (const char* title : {"Editorial", "Letter to the editor", "Introduction", "In this issue", "Book review",
                            "Foreword", "Abstracts", "Obituary"}) {
    const FieldList other = {{"page", "300"}, {"issue", "4"}};
    pairs.push_back({titled(title, {{"page", "217"}}), titled(title, other)});
    pairs.push_back({titled(title, {{"page", ""}}), titled(title, {{"page", ""}, {"issue", "4"}})});
    pairs.push_back({titled(title, kNowhere), titled(title, with(kNowhere, {{"issued.year", "2013"}}))});
  }
  expectApart(pairs);
}

TEST(NeverMerged, chaptersThatShareAnIsbn) {
  const FieldList book = {{"type", "chapter"},
                          {"container.title", "Handbook of sleep at work"},
                          {"volume", ""},
                          {"issue", ""},
                          {"id.isbn", "9783161484100"}};
  expectApart({{with(book, {{"title", "Sleep of nurses"}, {"page", "11-30"}}),
                with(book, {{"title", "Sleep of firefighters"}, {"page", "31-50"}})},
               {with(book, {{"title", "Sleep of nurses"}, {"page", ""}}),
                with(book, {{"title", "Sleep of firefighters"}, {"page", ""}})},
               {with(book, {{"title", "Introduction"}, {"page", "1-10"}}),
                with(book, {{"title", "Introduction"}, {"page", "201-210"}})},
               {with(book, {{"title", "Sleep of nurses"}, {"page", "11-30"}}),
                {{"type", "book"},
                 {"title", "Handbook of sleep at work"},
                 {"container.title", ""},
                 {"volume", ""},
                 {"issue", ""},
                 {"page", ""},
                 {"id.isbn", "9783161484100"}}}});
}

TEST(NeverMerged, abstractsOfASupplementThatShareADoi) {
  const FieldList supplement = {
      {"container.title", "Sleep Medicine"}, {"volume", "14"}, {"issue", "Suppl 1"}, {"id.doi", "10.1234/supplement"}};
  expectApart({{with(supplement, {{"title", "Memory of nurses after night shifts"}, {"page", "S12"}}),
                with(supplement, {{"title", "Diet of firefighters in early retirement"}, {"page", "S13"}})},
               {with(supplement, {{"title", "Memory of nurses after night shifts"}, {"page", ""}}),
                with(supplement, {{"title", "Diet of firefighters in early retirement"}, {"page", ""}})},
               {with(supplement, {{"title", "Memory of nurses after night shifts"}, {"page", "S12"}}),
                with(supplement, {{"title", "Memory of nurses after day shifts"}, {"page", "S12"}})}});
}

TEST(NeverMerged, preprintAndArticleUnlessWanted) {
  const FieldList server = {
      {"container.title", "medRxiv"}, {"volume", ""}, {"issue", ""}, {"page", ""}, {"issued.year", "2013"}};
  const FieldList withDoi = with(server, {{"id.doi", "10.1101/2013.05.01.20012345"}}),
                  published = {{"id.doi", "10.1234/a"}};
  expectApart({{{}, server}, {published, withDoi}});
  for (const char* profile : {"strict", "default", "broad"}) {
    EXPECT_EQ(answer(article(), article(server), {{"profile", profile}, {"versions", "merge"}}).substr(0, 5), "merge")
        << profile;
    EXPECT_EQ(answer(article(published), article(withDoi), {{"profile", profile}, {"versions", "merge"}}).substr(0, 5),
              "merge")
        << profile;
    EXPECT_NE(answer(article(published), article(with(withDoi, {{"author.literal", "Somebody, Else"}})),
                     {{"profile", profile}, {"versions", "merge"}})
                  .substr(0, 5),
              "merge")
        << "of other people";
  }
}

}  // namespace
}  // namespace winnow::duplicates::test
