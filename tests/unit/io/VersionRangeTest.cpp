#include "io/VersionRange.hpp"

#include <gtest/gtest.h>

using winnow::io::VersionRange;

namespace {

bool takes(std::string_view range, std::string_view version) {
  const auto parsed = VersionRange::parse(range);
  EXPECT_TRUE(parsed) << range;
  return parsed && parsed->takes(version);
}

}  // namespace

TEST(VersionRange, AllConditionsHoldTogether) {
  EXPECT_TRUE(takes(">=1.2 <2", "1.2"));
  EXPECT_TRUE(takes(">=1.2 <2", "1.10.3"));
  EXPECT_FALSE(takes(">=1.2 <2", "1.1.9"));
  EXPECT_FALSE(takes(">=1.2 <2", "2.0.0"));
  EXPECT_TRUE(takes("> 1 <= 2.5", "2.5.0"));
  EXPECT_FALSE(takes(">1", "1.0.0"));
  EXPECT_TRUE(takes("=1.0", "1.0.0"));
}

TEST(VersionRange, AVersionAloneTakesAllThatBeginWithIt) {
  EXPECT_TRUE(takes("1.4", "1.4"));
  EXPECT_TRUE(takes("1.4", "1.4.9"));
  EXPECT_FALSE(takes("1.4", "1.40"));
  EXPECT_FALSE(takes("1.4", "1.5"));
  EXPECT_TRUE(takes("1", "1"));
}

TEST(VersionRange, WhatFollowsTheNumbersDoesNotCount) {
  EXPECT_TRUE(takes(">=1.2", "1.2-rc1"));
  EXPECT_FALSE(takes(">=1", "unreleased"));
}

TEST(VersionRange, RefusesWhatIsNone) {
  for (const char* text : {"", " ", "newest", ">=", "=>1", ">=1.", ">=1.x", "1 - 2", "^1.2", "1.2,"})
    EXPECT_FALSE(VersionRange::parse(text)) << text;
}
