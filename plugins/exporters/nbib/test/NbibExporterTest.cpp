#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "winnow/testing.hpp"

namespace {

using winnow::testing::MockHost;
using winnow::testing::TestRecord;

std::string written(MockHost& host, const std::vector<TestRecord>& records) {
  auto [status, text] = host.write(winnow_plugin_v1.stage(0), records);
  EXPECT_EQ(status, WINNOW_OK);
  return text;
}

TEST(NbibExporter, WritesAnArticle) {
  MockHost host;
  EXPECT_EQ(written(host, {{{"type", "article-journal"},
                            {"title", "Shade"},
                            {"author.family", "Østby"},
                            {"author.given", "Åse-Marie B."},
                            {"author.literal", "Tree Council"},
                            {"issued.year", "2019"},
                            {"issued.month", "3"},
                            {"container.title", "Journal of Shade"},
                            {"container.abbreviation", "J Shade"},
                            {"volume", "4"},
                            {"page", "943-947"},
                            {"id.doi", "10.5555/x"},
                            {"id.pmid", "123"},
                            {"id.issn", "1234-5679"},
                            {"language", "nb"},
                            {"abstract", "One.\nTwo."},
                            {"keyword", "trees"}}}),
            "PMID- 123\nIS  - 1234-5679\nVI  - 4\nDP  - 2019 Mar\nTI  - Shade.\nTA  - J Shade\nJT  - Journal of "
            "Shade\nPG  - 943-947\nLID - 10.5555/x [doi]\nAB  - One. Two.\n"
            "FAU - Østby, Åse-Marie B.\nAU  - Østby ÅMB\nCN  - Tree Council\nLA  - nob\nPT  - Journal Article\nOT  - "
            "trees\n");
  EXPECT_TRUE(host.diagnostics.empty());
}

TEST(NbibExporter, BooksChaptersAndWhatIsLost) {
  MockHost host;
  EXPECT_EQ(written(host, {{{"type", "book"}, {"title", "Trees"}, {"publisher", "Linden"}},
                           {{"type", "chapter"}, {"title", "Why?"}, {"container.title", "Trees"}}}),
            "OWN - winnow\nBTI - Trees\n\nOWN - winnow\nTI  - Why?\nBTI - Trees\n");
  ASSERT_EQ(host.diagnostics.size(), 1u);
  EXPECT_EQ(host.diagnostics[0].message, "tag \"publisher\" of 1 record has no place in MEDLINE text");
}

TEST(NbibExporter, ALineEndInAValueCannotForgeATag) {
  MockHost host;
  EXPECT_EQ(written(host, {{{"type", "article-journal"}, {"title", "a\n\nPMID- 1"}}}).find("\nPMID"),
            std::string::npos);
}

}  // namespace
