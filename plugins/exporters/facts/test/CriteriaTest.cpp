#include "facts/Criteria.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace {

using winnow::facts::Criteria;

constexpr const char* kReview = R"({"format": "winnow-review/1", "criteria": [
  {"id": "paid", "kind": "in", "text": "workers are paid"},
  {"id": "role", "kind": "in", "text": "a role in the service", "reason": "no role"},
  {"id": "co-work", "kind": "one-of", "text": "co-production"},
  {"id": "self-help", "kind": "out", "text": "mutual support in groups"},
  {"id": "empty", "kind": "out", "text": ""}]})";

TEST(Criteria, AnExclusionIsPrintedByItsText) {
  const Criteria criteria = Criteria::parse(kReview);
  EXPECT_EQ(criteria.reasonText("paid"), "not met: workers are paid");
  EXPECT_EQ(criteria.reasonText("co-work"), "not met: co-production");
  EXPECT_EQ(criteria.reasonText("self-help"), "mutual support in groups");
}

TEST(Criteria, TheReviewsOwnWordsComeFirst) { EXPECT_EQ(Criteria::parse(kReview).reasonText("role"), "no role"); }

TEST(Criteria, WhatIsNoCriterionIsTextAlready) {
  EXPECT_EQ(Criteria::parse(kReview).reasonText("editorial"), "editorial");
  EXPECT_EQ(Criteria::parse(kReview).reasonText("empty"), "empty");
  EXPECT_EQ(Criteria().reasonText("paid"), "paid");
  EXPECT_TRUE(Criteria::parse("").list().empty());
}

TEST(Criteria, AReasonOfAStepIsPrintedByItsTextToo) {
  const Criteria criteria =
      Criteria::parse(R"({"format": "winnow-review/1", "criteria": [], "reasons": {"abroad": "another country"}})");
  EXPECT_EQ(criteria.reasonText("abroad"), "another country");
  EXPECT_EQ(criteria.reasonText("at home"), "at home");
}

TEST(Criteria, AnotherDocumentIsRefused) {
  EXPECT_THROW(Criteria::parse(R"({"format": "winnow-review/2"})"), std::runtime_error);
  EXPECT_THROW(Criteria::parse(R"({"format": "winnow-review/1", "criteria": [{"id": 3}]})"), std::runtime_error);
}

}  // namespace
