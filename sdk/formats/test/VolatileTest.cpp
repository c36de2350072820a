// What changes from export to export is recognised by its name or by how a note begins; what the record says itself is
// not.
#include <winnow/formats/volatile.hpp>

#include <gtest/gtest.h>

namespace winnow::formats {
namespace {

TEST(Volatile, NamesOfCountsAndDatesOfExports) {
  for (const char* name :
       {"Times Cited, WoS Core", "180 Day Usage Count", "Date of Export", "Cited by", "cited_by_count",
        "counts_by_year.cited_by_count", "urldate", "Access Date", "usage-count-since-2013",
        "MedlineCitation/DateRevised/Year", "QueryDate", "citationCount", "dateModified"})
    EXPECT_TRUE(isVolatileName(name)) << name;
}

TEST(Volatile, NamesOfWhatTheRecordSays) {
  for (const char* name : {"Cited References", "Title", "Publication Date", "Date", "Year", "Abstract",
                           "Early Access Date", "Accession Number", "Notes", "UT", ""})
    EXPECT_FALSE(isVolatileName(name)) << name;
}

TEST(Volatile, Remarks) {
  EXPECT_TRUE(isVolatileRemark("Export Date: 15 February 2020"));
  EXPECT_TRUE(isVolatileRemark(" cited By :12"));
  EXPECT_TRUE(isVolatileRemark("Times Cited in Web of Science Core Collection: 3"));
  EXPECT_TRUE(isVolatileRemark("Last updated - 2020-02-15"));
  EXPECT_FALSE(isVolatileRemark("Peers were cited by name"));
  EXPECT_FALSE(isVolatileRemark(""));
}

}  // namespace
}  // namespace winnow::formats
