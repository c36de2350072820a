#include <gtest/gtest.h>

#include "cli/FirstReview.hpp"

namespace winnow::cli {
namespace {

TEST(FirstReview, TheDatabaseIsWhatTheFileIsCalled) {
  for (const auto& [file, database] : {std::pair("medline.ris", "MEDLINE"),
                                       {"exports/MEDLINE_2 (1).ris", "MEDLINE"},
                                       {"psycinfo-2024-03-01.ris", "PsycINFO"},
                                       {"search_cinahl_final.ris", "CINAHL"},
                                       {"Web of Science.txt", "Web of Science"},
                                       {"savedrecs(12).txt", "Web of Science"},
                                       {"google_scholar.ris", "Google Scholar"},
                                       {"treff.ris", "treff"}})
    EXPECT_EQ(databaseOf({file, {}}), database) << file;
}

TEST(FirstReview, OtherwiseWhatItsDialectTellsUnlessThatIsAPlatform) {
  EXPECT_EQ(databaseOf({"export(3).csv", "Scopus"}), "Scopus");
  EXPECT_EQ(databaseOf({"treff.ris", "EBSCOhost"}), "treff");
  EXPECT_EQ(databaseOf({"12.ris", {}}), "12");
}

TEST(FirstReview, TheRoundIsTheFolder) {
  for (const char* file : {"a.ris", "exports/a.ris", "Data/a.ris"}) EXPECT_EQ(waveOf(file), "first") << file;
  EXPECT_EQ(waveOf("exports/update 2024/a.ris"), "update 2024");
}

TEST(FirstReview, Initials) {
  EXPECT_EQ(initialsOf("Kari Aas"), "KA");
  EXPECT_EQ(initialsOf("anne-marie de Boer"), "AMDB");
  EXPECT_EQ(initialsOf("Øyvind Lie"), "ØL");
  EXPECT_EQ(initialsOf(""), "");
}

TEST(FirstReview, TextThatYamlWouldReadOtherwiseStandsInQuotes) {
  const std::string text =
      firstReview({"Peers: a \"review\"\nof two lines", {{"KA", "Kari #1"}}, "all", "2024-03-01", {}});
  EXPECT_NE(text.find("title: \"Peers: a \\\"review\\\" of two lines\""), std::string::npos) << text;
  EXPECT_NE(text.find("KA: \"Kari #1\""), std::string::npos) << text;
}

}  // namespace
}  // namespace winnow::cli
