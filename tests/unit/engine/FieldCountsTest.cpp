// What was made of each heading: counts, what was overlooked, and records without a title.
#include "engine/reading/FieldCounts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <vector>

#include <winnow/plugin.hpp>

namespace winnow::engine {
namespace {

/// Records of one file: raw values, and fields that were made from the raw value before them.
struct File {
  explicit File(bool isFilledIn = false) : counts(tags, isFilledIn) {}

  plugins::TagTable tags;
  FieldCounts counts;
  std::deque<std::string> texts;
  std::vector<winnow_field> fields;

  File& raw(std::string_view name, std::string value, std::uint16_t flags = 0) {
    texts.push_back(std::move(value));
    fields.push_back({tags.number("raw:" + std::string(name)), WINNOW_NONE, 0,
                      static_cast<std::uint16_t>(WINNOW_FIELD_RAW | flags), 0, str(texts.back()),
                      static_cast<std::uint32_t>(fields.size() + 1), 0});
    return *this;
  }
  File& made(std::string_view tag) {
    std::uint32_t origin = WINNOW_NONE;
    for (std::size_t i = 0; i < fields.size(); ++i)
      if ((fields[i].flags & WINNOW_FIELD_RAW) != 0) origin = static_cast<std::uint32_t>(i);
    fields.push_back({tags.number(tag), origin, 0, WINNOW_FIELD_DERIVED, 0, str("x"), 0, 0});
    return *this;
  }
  bool end() {
    const bool hasTitle = counts.add({0, fields.data(), fields.size(), {}});
    fields.clear();
    return hasTitle;
  }
};

TEST(FieldCounts, WhatEveryValueBecame) {
  File file;
  file.raw("Title", "a").made("title").raw("Year", "2019").made("issued.year").made("issued.raw").raw("Shelf", "9");
  EXPECT_TRUE(file.end());
  file.raw("Title", "b").made("title").raw("Year", "?").raw("Pages", "1", WINNOW_FIELD_KNOWN).raw("Shelf", " ");
  EXPECT_TRUE(file.end());
  const std::vector<FieldUse> uses = file.counts.uses();
  ASSERT_EQ(uses.size(), 4u);
  EXPECT_EQ(uses[0].name, "Title");
  EXPECT_EQ(uses[0].used, 2u);
  EXPECT_EQ(uses[1].name, "Year");
  EXPECT_EQ(uses[1].values, 2u);
  EXPECT_EQ(uses[1].used, 1u);
  EXPECT_EQ(uses[1].made, (std::vector<std::string>{"issued.year", "issued.raw"}));
  EXPECT_EQ(uses[2].name, "Shelf");
  EXPECT_EQ(uses[2].values, 1u) << "blank cells are none";
  EXPECT_EQ(uses[3].known, 1u);
  EXPECT_EQ(file.counts.values(), 6u);
  EXPECT_EQ(file.counts.lost(), 2u);
}

TEST(FieldCounts, HeadingsThatLookLikeWhatIsMissing) {
  File file;
  for (const char* heading : {"Published Year", "authorships.author.display_name", "biblio.volume",
                              "Author Affiliations", "Date Added", "Cited by year", "Shelf"})
    file.raw(heading, "x");
  file.raw("Title", "a").made("title");
  file.end();
  std::vector<std::string> names;
  for (const auto& one : file.counts.overlooked()) names.push_back(one.use.name + ": " + std::string(one.meaning));
  EXPECT_EQ(names, (std::vector<std::string>{"Published Year: a year", "authorships.author.display_name: authors",
                                             "biblio.volume: a volume"}));
}

TEST(FieldCounts, NothingIsOverlookedThatTheFileHasElsewhere) {
  File file;
  file.raw("Year", "2019").made("issued.year").raw("Published Year", "2019").raw("Title", "a").made("title");
  file.end();
  EXPECT_TRUE(file.counts.overlooked().empty());
}

TEST(FieldCounts, ARecordWithoutATitleIsTold) {
  File file;
  EXPECT_FALSE(file.raw("TY", "JOUR").made("type").end());
  EXPECT_FALSE(file.end());
  EXPECT_TRUE(file.raw("TT", "x").made("title.original").end());
}

TEST(FieldCounts, TheTagsThatLoseMostComeFirst) {
  File file;
  for (int i = 0; i < 3; ++i) file.raw("few", i == 0 ? "x" : " ").raw("most", "x").raw("TI", "x").made("title").end();
  file.raw("more", "x").raw("more", "x").end();
  EXPECT_THAT(file.counts.mostlyLost(5), testing::ElementsAre("most", "more", "few"));
  EXPECT_THAT(file.counts.mostlyLost(1), testing::ElementsAre("most"));
}

TEST(FieldCounts, SheetsOfPeopleHaveNoTitles) {
  File file(true);
  file.fields.push_back({file.tags.number("cell.decision"), WINNOW_NONE, 0, WINNOW_FIELD_RAW, 0, str("include"), 1, 0});
  EXPECT_TRUE(file.end());
  EXPECT_TRUE(file.counts.uses().empty());
}

}  // namespace
}  // namespace winnow::engine
