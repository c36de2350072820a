// The best value of each field of a merged record, and the record it came from.
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <string>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "engine/records/BestValue.hpp"

namespace winnow::engine {
namespace {

/// A record in short: tag, value, group.
struct Short {
  std::string_view tag, value;
  std::uint16_t group = 0;
};

class BestValues : public testing::Test {
 protected:
  void member(const std::vector<Short>& fields) {
    std::vector<winnow_field>& record = records_.emplace_back();
    for (const Short& f : fields) {
      const bool isRaw = f.tag.substr(0, 4) == "raw:";
      record.push_back({tags_.number(f.tag), WINNOW_NONE, f.group,
                        static_cast<std::uint16_t>(isRaw ? WINNOW_FIELD_RAW : WINNOW_FIELD_DERIVED), 0, str(f.value), 0,
                        0});
    }
  }

  MergedFields merged() const {
    std::vector<std::span<const winnow_field>> members(records_.begin(), records_.end());
    return best_.merge(members);
  }

  /// "value <member" of every field with this tag.
  std::vector<std::string> of(std::string_view tag) {
    const MergedFields all = merged();
    std::vector<std::string> values;
    for (std::size_t i = 0; i < all.fields.size(); ++i)
      if (all.fields[i].tag == tags_.number(tag))
        values.push_back(std::string(view(all.fields[i].value)) + " <" + std::to_string(all.from[i]));
    return values;
  }

  /// The value that wins where the first record says `own` and the second `other`.
  std::string between(std::string_view tag, std::string_view own, std::string_view other) {
    records_.clear();
    member({{tag, own}});
    member({{tag, other}});
    const auto values = of(tag);
    return values.size() == 1 ? values.front() : "not one value";
  }

  plugins::TagTable tags_;
  BestValue best_{tags_};
  std::deque<std::vector<winnow_field>> records_;
};

using Values = std::vector<std::string>;

TEST_F(BestValues, WhatTheRepresentativeLacksComesFromWhoSaysMost) {
  member({{tags::kTitle, "Peers"}});
  member({{tags::kVolume, "4"}, {tags::kNote, "short"}});
  member({{tags::kVolume, "4"}, {tags::kNote, "a longer note"}});
  EXPECT_EQ(of(tags::kVolume), Values{"4 <1"});
  EXPECT_EQ(of(tags::kNote), Values{"a longer note <2"});
  EXPECT_EQ(of(tags::kTitle), Values{"Peers <0"});
}

TEST_F(BestValues, AFieldWithoutARuleStaysTheRepresentatives) { EXPECT_EQ(between(tags::kVolume, "4", "41"), "4 <0"); }

TEST_F(BestValues, TheListWithMoreOfTheSamePeople) {
  member({{tags::kAuthorFamily, "Berg", 1}, {tags::kAuthorGiven, "A.", 1}, {tags::kAuthorLiteral, "et al.", 2}});
  member({{tags::kAuthorFamily, "Berg", 1},
          {tags::kAuthorGiven, "Anna", 1},
          {tags::kAuthorFamily, "Lund", 2},
          {tags::kAuthorGiven, "Ola", 2}});
  EXPECT_EQ(of(tags::kAuthorFamily), (Values{"Berg <1", "Lund <1"}));
  EXPECT_EQ(of(tags::kAuthorGiven), (Values{"Anna <1", "Ola <1"}));
  EXPECT_EQ(of(tags::kAuthorLiteral), Values{});
}

TEST_F(BestValues, GivenNamesInFullBeatInitialsAndOtherPeopleAreNoBetterPeople) {
  member({{tags::kAuthorFamily, "Berg", 1}, {tags::kAuthorGiven, "A.", 1}});
  member({{tags::kAuthorFamily, "Berg", 7},
          {tags::kAuthorGiven, "Anna", 7},
          {tags::kAuthorOrcid, "0000-0002-1825-0097", 7}});
  EXPECT_EQ(of(tags::kAuthorGiven), Values{"Anna <1"});
  EXPECT_EQ(of(tags::kAuthorOrcid), Values{"0000-0002-1825-0097 <1"});
  records_.clear();
  member({{tags::kAuthorFamily, "Berg", 1}, {tags::kAuthorGiven, "A.", 1}});
  member({{tags::kAuthorFamily, "Smith", 1}, {tags::kAuthorFamily, "Jones", 2}});
  EXPECT_EQ(of(tags::kAuthorFamily), Values{"Berg <0"});
}

TEST_F(BestValues, NamesRunTogetherAreTakenApart) {
  member({{tags::kAuthorLiteral, "Adeli K.Lewis G. F."}});
  member({{tags::kAuthorFamily, "Adeli", 1},
          {tags::kAuthorGiven, "K.", 1},
          {tags::kAuthorFamily, "Lewis", 2},
          {tags::kAuthorGiven, "G. F.", 2}});
  EXPECT_EQ(of(tags::kAuthorFamily), (Values{"Adeli <1", "Lewis <1"}));
}

TEST_F(BestValues, Titles) {
  EXPECT_EQ(between(tags::kTitle, "Peers at work", "Peers at work: a scoping review"),
            "Peers at work: a scoping review <1");
  EXPECT_EQ(between(tags::kTitle, "Peers at work: a scoping review", "Peers at work"),
            "Peers at work: a scoping review <0");
  EXPECT_EQ(between(tags::kTitle, "PEERS AT WORK", "Peers at work"), "Peers at work <1");
  EXPECT_EQ(between(tags::kTitle, "PEERS AT WORK: A SCOPING REVIEW", "Peers at work"),
            "PEERS AT WORK: A SCOPING REVIEW <0");
  EXPECT_EQ(between(tags::kTitle, "Peers at work", "PEERS AT WORK: A SCOPING REVIEW"), "Peers at work <0");
  EXPECT_EQ(between(tags::kTitle, "Peers at work", "Peers at work [Review] [33 refs]"), "Peers at work <0");
  EXPECT_EQ(between(tags::kTitle, "Les pairs fran?ais au travail",
                    "Les pairs fran\xC3\xA7"
                    "ais au travail"),
            "Les pairs fran\xC3\xA7"
            "ais au travail <1");
  EXPECT_EQ(between(tags::kTitle, "Do peers work? A trial", "Do peers work? A trial"), "Do peers work? A trial <0");
  EXPECT_EQ(between(tags::kTitle, "Peers at work", "Peers at workplaces and elsewhere"), "Peers at work <0");
}

TEST_F(BestValues, TheAbstractInFullWithoutTheNoticeOfCopyright) {
  const std::string brief = "Peer workers support recovery in public services. Interviews with twelve people";
  const std::string full = brief + " showed what helps: training, pay and supervision.";
  const std::string notice =
      brief + " \xC2\xA9 2019 A Publisher of Journals Limited. All rights reserved by the publisher.";
  const std::string other =
      "Eine ganz andere Zusammenfassung in einer anderen Sprache, die sehr viel weiter ausholt als das Original es "
      "jemals tat, und das mit Absicht.";
  EXPECT_EQ(between(tags::kAbstract, brief, full), full + " <1");
  EXPECT_EQ(between(tags::kAbstract, full, brief), full + " <0");
  EXPECT_EQ(between(tags::kAbstract, brief, notice), brief + " <0");
  EXPECT_EQ(between(tags::kAbstract, notice, full), full + " <1");
  EXPECT_EQ(between(tags::kAbstract, brief, other), brief + " <0");
}

TEST_F(BestValues, TheMorePreciseDateOfTheSameYear) {
  member({{tags::kIssuedYear, "2019"}, {tags::kIssuedRaw, "2019"}});
  member({{tags::kIssuedYear, "2018"}, {tags::kIssuedMonth, "12"}, {tags::kIssuedDay, "30"}});
  member({{tags::kIssuedYear, "2019"}, {tags::kIssuedMonth, "3"}, {tags::kIssuedRaw, "Mar 2019"}});
  EXPECT_EQ(of(tags::kIssuedYear), Values{"2019 <2"});
  EXPECT_EQ(of(tags::kIssuedMonth), Values{"3 <2"});
  EXPECT_EQ(of(tags::kIssuedDay), Values{});
  EXPECT_EQ(of(tags::kIssuedRaw), Values{"Mar 2019 <2"});
}

TEST_F(BestValues, JournalsWrittenOut) {
  EXPECT_EQ(between(tags::kContainerTitle, "J. Ment. Health", "Journal of Mental Health"),
            "Journal of Mental Health <1");
  EXPECT_EQ(between(tags::kContainerTitle, "JOURNAL OF MENTAL HEALTH", "Journal of Mental Health"),
            "Journal of Mental Health <1");
  EXPECT_EQ(between(tags::kContainerTitle, "Journal of Mental Health", "J. Ment. Health"),
            "Journal of Mental Health <0");
  EXPECT_EQ(between(tags::kContainerTitle, "BMJ", "BMJ Open"), "BMJ <0");
}

TEST_F(BestValues, PagesAndTypes) {
  EXPECT_EQ(between(tags::kPage, "943", "943-947"), "943-947 <1");
  EXPECT_EQ(between(tags::kPage, "943", "94-97"), "943 <0");
  EXPECT_EQ(between(tags::kPage, "1-6", "943-947"), "1-6 <0");
  EXPECT_EQ(between(tags::kType, "document", "article-journal"), "article-journal <1");
  EXPECT_EQ(between(tags::kType, "book", "article-journal"), "book <0");
}

TEST_F(BestValues, IdentifiersAndKeywordsAreUnited) {
  member({{tags::kPmid, "1"},
          {tags::kKeyword, "Peer Group"},
          {tags::kKeyword, "Recovery"},
          {tags::kIssn, "1234-5678"},
          {tags::kUrl, "https://a.example"}});
  member({{tags::kPmid, "1"},
          {tags::kKeyword, "peer group"},
          {tags::kKeyword, "Lay workers"},
          {tags::kIssn, "8765-4321"},
          {tags::kUrl, "https://b.example"},
          {tags::kAccession, "X9"}});
  EXPECT_EQ(of(tags::kPmid), Values{"1 <0"});
  EXPECT_EQ(of(tags::kKeyword), (Values{"Peer Group <0", "Recovery <0", "Lay workers <1"}));
  EXPECT_EQ(of(tags::kIssn), (Values{"1234-5678 <0", "8765-4321 <1"}));
  EXPECT_EQ(of(tags::kUrl), (Values{"https://a.example <0", "https://b.example <1"}));
  EXPECT_EQ(of(tags::kAccession), Values{"X9 <1"});
}

TEST_F(BestValues, ADoiThatIsNoneComesLast) {
  member({{tags::kDoi, "10.x/none"}});
  member({{tags::kDoi, "10.1000/ABC"}});
  member({{tags::kDoi, "10.1000/abc"}});
  EXPECT_EQ(of(tags::kDoi), (Values{"10.1000/ABC <1", "10.x/none <0"}));
}

TEST_F(BestValues, AContradictionInLanguageIsSeenAndGroupsStayApart) {
  member({{tags::kLanguage, "en", 1}, {tags::kLanguageRaw, "eng", 1}});
  member({{tags::kLanguage, "de", 1}, {tags::kLanguageRaw, "ger", 1}});
  member({{tags::kLanguage, "fr", 1}, {tags::kLanguageRaw, "fre", 1}});
  const MergedFields all = merged();
  std::map<std::uint16_t, int> groups;
  for (const winnow_field& f : all.fields) ++groups[f.group];
  EXPECT_EQ(of(tags::kLanguage), (Values{"en <0", "de <1", "fr <2"}));
  EXPECT_EQ(groups, (std::map<std::uint16_t, int>{{1, 2}, {2, 2}, {3, 2}}));
}

TEST_F(BestValues, RawFieldsAreTheRepresentativesAndOriginsMoveAlong) {
  member({{tags::kTitle, "PEERS AT WORK"}, {"raw:VL", "4"}, {tags::kVolume, "4"}});
  records_.back()[2].origin = 1;
  member({{tags::kTitle, "Peers at work"}, {"raw:TI", "Peers at work"}});
  records_.back()[0].origin = 1;
  const MergedFields all = merged();
  ASSERT_EQ(all.fields.size(), 3u);
  EXPECT_EQ(view(all.fields[0].value), "4");
  EXPECT_EQ(all.fields[1].origin, 0u);
  EXPECT_EQ(all.fields[2].origin, WINNOW_NONE);
  EXPECT_EQ(all.why[2], "more of the title");
}

/// The order of the other members decides nothing that is not a list.
TEST_F(BestValues, TheOrderOfTheOthersDoesNotMatter) {
  const std::vector<std::vector<Short>> others = {
      {{tags::kTitle, "Peers at work: a review"},
       {tags::kVolume, "4"},
       {tags::kNote, "b"},
       {tags::kContainerTitle, "Journal of Peers"}},
      {{tags::kTitle, "Peers at Work: A Review"}, {tags::kVolume, "5"}, {tags::kNote, "a"}, {tags::kPage, "943-947"}},
      {{tags::kTitle, "PEERS AT WORK: A REVIEW OF ALL"},
       {tags::kPage, "943-948"},
       {tags::kAuthorFamily, "Berg", 1},
       {tags::kAuthorGiven, "Ann", 1}},
      {{tags::kTitle, "Peers"},
       {tags::kAuthorFamily, "Berg", 1},
       {tags::kAuthorGiven, "Ola", 1},
       {tags::kContainerTitle, "Journal for Peers"}}};
  std::vector<std::size_t> order{0, 1, 2, 3};
  std::map<std::string, std::string> first;
  do {
    records_.clear();
    member({{tags::kTitle, "Peers at work"}, {tags::kPage, "943"}, {tags::kContainerTitle, "J Peers"}});
    for (const std::size_t i : order) member(others[i]);
    const MergedFields all = merged();
    std::map<std::string, std::string> now;
    for (const winnow_field& f : all.fields) now.emplace(tags_.name(f.tag), view(f.value));
    if (first.empty()) first = now;
    EXPECT_EQ(now, first);
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_EQ(first.at("title"), "Peers at Work: A Review");
}

}  // namespace
}  // namespace winnow::engine
