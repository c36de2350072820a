// What the page of pairs marks, shortens and escapes.
#include <gtest/gtest.h>

#include "cli/HandCheckPage.hpp"
#include "cli/WordDiff.hpp"

namespace winnow::cli {
namespace {

/// The words with what differs in brackets.
std::string shown(const std::vector<DiffWord>& words) {
  std::string out;
  for (const DiffWord& w : words)
    out += (out.empty() ? "" : " ") + (w.isOwn ? "[" + std::string(w.text) + "]" : std::string(w.text));
  return out;
}

TEST(WordDiff, MarksWhatIsNotInItsPlace) {
  const WordDiff diff = diffWords("pain in women not in men", "pain in men not in two women");
  EXPECT_EQ(shown(diff.left), "pain in [women] not in [men]");
  EXPECT_EQ(shown(diff.right), "pain in [men] not in [two] [women]");
}

TEST(WordDiff, CaseAccentsAndPunctuationAreNoDifference) {
  const WordDiff diff = diffWords("Peer Workers: a review", "Peer workers : \xC3\xA0 review");
  EXPECT_EQ(shown(diff.left), "Peer Workers: a review");
  EXPECT_EQ(shown(diff.right), "Peer workers : \xC3\xA0 review");
}

TEST(WordDiff, InitialsStandForNamesAmongNamesOnly) {
  EXPECT_EQ(shown(diffWords("Berg, A.", "Berg, Anna", Words::Names).right), "Berg, Anna");
  EXPECT_EQ(shown(diffWords("Berg, A.", "Berg, Ola", Words::Names).right), "Berg, [Ola]");
  EXPECT_EQ(shown(diffWords("vitamin A", "vitamin And", Words::Text).right), "vitamin [And]");
}

TEST(WordDiff, OfEmptyAndOfHugeTexts) {
  EXPECT_EQ(shown(diffWords("", "a b").right), "[a] [b]");
  std::string many, others;
  for (int i = 0; i < 3000; ++i) {
    many += " a" + std::to_string(i);
    others += " b" + std::to_string(i);
  }
  const WordDiff diff = diffWords("same" + many, "same" + others);
  EXPECT_FALSE(diff.left.front().isOwn);
  EXPECT_TRUE(diff.left.back().isOwn);
  EXPECT_TRUE(diff.right.back().isOwn);
}

TEST(HandCheckPage, NothingOfARecordIsMarkup) {
  const PagePair pair{
      "why <b>",
      "note & more",
      "\"a\"",
      "b",
      "<i>.ris",
      "b.ris",
      {{"title", "<script>alert(1)</script>", "x"}, {"doi", "10.1/\"><img src=x>", "10.1/a"}, {"volume", "", ""}}};
  const std::string text = pageSection(pair, 1, 2);
  for (const char* bad : {"<script", "<img", "<b>", "<i>", "\"><img", "<th scope=\"row\">volume"})
    EXPECT_EQ(text.find(bad), std::string::npos) << bad << " in " << text;
  EXPECT_NE(text.find("&lt;script&gt;"), std::string::npos);
  EXPECT_NE(text.find("href=\"#pair-2\">next"), std::string::npos);
  EXPECT_EQ(text.find("previous"), std::string::npos);
}

TEST(HandCheckPage, LongTextsAreShownByTheirDifferencesAndWholeOnDemand) {
  std::string left, right;
  for (int i = 0; i < 200; ++i) {
    left += "word" + std::to_string(i) + " ";
    right += i == 100 ? "other " : "word" + std::to_string(i) + " ";
  }
  const std::string text = pageSection({"why", "", "a", "b", "a.ris", "b.ris", {{"abstract", left, right}}}, 1, 1);
  EXPECT_NE(text.find("<td>&hellip; word94 word95 word96 word97 word98 word99 <mark>word100</mark> word101"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("<summary>all 200 words</summary>word0 word1 "), std::string::npos);
}

TEST(HandCheckPage, WhatOneRecordLacksIsSaid) {
  const std::string text = pageSection({"why", "", "a", "b", "a.ris", "b.ris", {{"pages", "1-9", ""}}}, 1, 1);
  EXPECT_NE(text.find("<td>1-9</td><td class=\"none\">not given</td>"), std::string::npos) << text;
}

}  // namespace
}  // namespace winnow::cli
