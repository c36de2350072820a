#include "compare/Comparison.hpp"

#include <gtest/gtest.h>

#include "Bench.hpp"
#include "compare/EditDistance.hpp"
#include "compare/MeaningWords.hpp"
#include "compare/WordLikeness.hpp"

namespace winnow::duplicates {
namespace {

/// Levenshtein distance by the textbook, to check the fast one.
std::size_t plainDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t k = 0; k <= b.size(); ++k) row[k] = k;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const bool same = a[i - 1] == b[k - 1] || a[i - 1] == '?' || b[k - 1] == '?';
      const std::size_t next = std::min({row[k] + 1, row[k - 1] + 1, diagonal + (same ? 0 : 1)});
      diagonal = row[k];
      row[k] = next;
    }
  }
  return row[b.size()];
}

TEST(EditDistance, agreesWithTheTextbook) {
  std::uint32_t state = 7;
  const auto next = [&] { return state = state * 1664525u + 1013904223u; };
  for (int round = 0; round < 400; ++round) {
    std::string a, b;
    const std::size_t sizeA = (next() >> 16) % 200, sizeB = (next() >> 16) % 200;
    for (std::size_t i = 0; i < sizeA; ++i) a.push_back("abc?"[(next() >> 16) % (round % 2 == 0 ? 3 : 4)]);
    for (std::size_t i = 0; i < sizeB; ++i) b.push_back("abc"[(next() >> 16) % 3]);
    if (a.find('?') == std::string::npos)
      EXPECT_EQ(editDistance(a, b), plainDistance(a, b)) << a << " " << b;
    else
      EXPECT_LE(editDistance(a, b), plainDistance(a, b) + 2) << a << " " << b;
    EXPECT_EQ(editDistance(a, b), editDistance(b, a));
  }
}

TEST(EditDistance, hasAFloor) {
  EXPECT_DOUBLE_EQ(editSimilarity("", ""), 1.0);
  EXPECT_DOUBLE_EQ(editSimilarity("abcdefghij", "abcdefgh", 0.8), 0.8);
  EXPECT_DOUBLE_EQ(editSimilarity("abcdefghij", "abcdefg", 0.8), 0.0);
}

TEST(Words, knowsOneWordInTwoForms) {
  for (const auto& [a, b] : std::vector<std::pair<const char*, const char*>>{{"randomised", "randomized"},
                                                                             {"oesophageal", "esophageal"},
                                                                             {"tumour", "tumor"},
                                                                             {"reveiw", "review"},
                                                                             {"organization", "organizational"},
                                                                             {"adaption", "adaptation"},
                                                                             {"judgement", "judgment"},
                                                                             {"lesion", "lesions"},
                                                                             {"bacterium", "bacteria"},
                                                                             {"orchad", "orchard"},
                                                                             {"telegardning", "telegardening"}}) {
    EXPECT_EQ(twinOf(a, b), Twin::certain) << a;
    EXPECT_EQ(twinOf(b, a), Twin::certain) << a;
  }
}

TEST(Words, whatMayBeTwoWordsIsDoubtful) {
  for (const auto& [a, b] : std::vector<std::pair<const char*, const char*>>{
           {"industrial", "industrious"},       // one stem, both in the dictionary
           {"hypoglycaemia", "hypocalcaemia"},  // one is not in it, and more than a slip differs
           {"xylofarine", "xylofarone"}}) {     // substances that no dictionary has
    EXPECT_EQ(twinOf(a, b), Twin::possible) << a;
    EXPECT_EQ(twinOf(b, a), Twin::possible) << a;
  }
}

TEST(Words, keepsContrariesApart) {
  for (const auto& [a, b] : std::vector<std::pair<const char*, const char*>>{{"hypertension", "hypotension"},
                                                                             {"antenatal", "postnatal"},
                                                                             {"omeprazole", "esomeprazole"},
                                                                             {"women", "men"},
                                                                             {"2010", "2011"},
                                                                             {"repair", "atrophy"}})
    EXPECT_EQ(twinOf(a, b), Twin::none) << a;
}

TEST(Words, ideasJoinWords) {
  EXPECT_EQ(meaningOf("women"), meaningOf("female"));
  EXPECT_NE(meaningOf("vitro"), meaningOf("vivo"));
  EXPECT_EQ(meaningOf("memory"), 0);
}

TitleComparison titles(std::string_view a, std::string_view b) { return compareTitles(parseTitle(a), parseTitle(b)); }

TEST(CompareTitles, ignoresSpellingOfSpaces) {
  EXPECT_TRUE(titles("Long-term pre-operative care", "Longterm preoperative care").equal());
}

TEST(CompareTitles, seesSubtitlesHeadingsAndCuts) {
  EXPECT_TRUE(titles("Memory in old age", "Memory in old age: a cohort of retired nurses").isContained);
  EXPECT_TRUE(titles("Memory in old age", "Short report: Memory in old age").isContained);
  EXPECT_TRUE(titles("Memory in old age and after retirem", "Memory in old age and after retirement from shift work")
                  .isContained);
  EXPECT_FALSE(titles("Old age", "Memory and old age in nurses").isContained);
}

TEST(CompareTitles, seesWhatChangesTheMeaning) {
  EXPECT_TRUE(titles("Sleep in women after surgery", "Sleep in men after surgery").meaningDiffers);
  EXPECT_TRUE(titles("Sleep and hepatitis B in nurses", "Sleep and hepatitis C in nurses").meaningDiffers);
  EXPECT_TRUE(titles("Sleep in nurses. Part 1", "Sleep in nurses. Part 2").numbersDiffer);
  EXPECT_TRUE(titles("Trends in sleep: 1981-1985", "Trends in sleep").onlyYearsDiffer);
  EXPECT_FALSE(titles("Trends in sleep: part 2", "Trends in sleep").onlyYearsDiffer);
  EXPECT_TRUE(titles("Erratum: Sleep in nurses", "Sleep in nurses").noticesDiffer);
}

TEST(CompareTitles, countsForeignWords) {
  const TitleComparison c = titles("Cells associated with repair in smears", "Cells associated with atrophy in smears");
  EXPECT_EQ(c.foreignInShorter, 1u);
  EXPECT_EQ(c.foreignInLonger, 1u);
  EXPECT_EQ(titles("Sleep of randomised nurses", "Sleep of randomized nurse").foreignInLonger, 0u);
}

TEST(CompareTitles, aLostLetterIsNoDifference) {
  EXPECT_GT(titles("Les infirmi?res for?ts et le sommeil", "Les infirmières forêts et le sommeil").similarity, 0.999);
}

TEST(Compare, usesTheTitleOfTheOtherLanguage) {
  const Features german = test::featuresFor(
      test::article({{"title", "Schlafqualität im Ruhestand"}, {"title.translated", "Sleep quality in retirement"}}));
  const Features english = test::featuresFor(test::article({{"title", "Sleep quality in retirement"}}));
  EXPECT_TRUE(compare(german, english).title.equal());
  EXPECT_TRUE(compare(english, german).title.equal());
}

TEST(Compare, seesShiftedCells) {
  const Features whole = test::featuresFor(test::article());
  const Features exchanged = test::featuresFor(test::article({{"volume", "3"}, {"issue", "21"}}));
  EXPECT_EQ(compare(whole, exchanged).volume, Agreement::compatible);
  const Features shifted = test::featuresFor(test::article({{"volume", "3"}, {"issue", ""}}));
  EXPECT_EQ(compare(whole, shifted).volume, Agreement::empty);
}

TEST(Compare, knowsTheExtentOfAnArticleAheadOfPrint) {
  const Features print = test::featuresFor(test::article());
  EXPECT_TRUE(compare(print, test::featuresFor(test::article({{"page", "1-13"}}))).isSameExtent);
  EXPECT_FALSE(compare(print, test::featuresFor(test::article({{"page", "1-12"}}))).isSameExtent);
  EXPECT_FALSE(compare(test::featuresFor(test::article({{"page", "515-520"}})),
                       test::featuresFor(test::article({{"page", "01-Jun"}})))
                   .isSameExtent)
      << "a spreadsheet made a date of it; the extent is a guess";
}

TEST(Compare, aBookIsToChaptersWhatAJournalIsToArticles) {
  const Features one = test::featuresFor(test::article({{"container.title", "Sleep"}, {"id.isbn", "9783034604796"}}));
  const Features other =
      test::featuresFor(test::article({{"container.title", "The Big Book"}, {"id.isbn", "3-0346-0479-X"}}));
  EXPECT_EQ(compare(one, other).journal, Agreement::equal);
}

TEST(Compare, describesForPeople) {
  const Features a = test::featuresFor(test::article({{"id.doi", "10.1234/a"}}));
  const Features b = test::featuresFor(test::article({{"id.doi", "10.1234/b"}, {"issued.year", "2015"}, {"page", ""}}));
  EXPECT_EQ(describe(compare(a, b)),
            "title 1.00, authors 1.00, journal equal, volume equal, issue equal, DOI different, years 1 apart");
}

}  // namespace
}  // namespace winnow::duplicates
