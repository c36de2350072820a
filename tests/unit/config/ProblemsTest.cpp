#include "config/Problems.hpp"

#include <gtest/gtest.h>

namespace winnow::config {

TEST(Problems, AreShownWithLineAndCaret) {
  Problems problems;
  problems.error("config.unknown-option", {2, 7, 9},
                 "filters.language has no option 'langauges'; did you mean 'languages'?");
  EXPECT_EQ(render(problems, "dir/review.yaml", "a:\n      langauges: [en, no]\r\nb"),
            "dir/review.yaml:2:7: error: filters.language has no option 'langauges'; did you mean 'languages'?\n"
            "  2 |       langauges: [en, no]\n"
            "    |       ^~~~~~~~~\n");
}

TEST(Problems, AreErrorsFirstThenByPlaceAndKeepTheirOrderAtOnePlace) {
  Problems problems;
  problems.error("c", {3, 1, 1}, "third");
  problems.warning("b", {1, 9, 1}, "second");
  problems.error("a", {}, "first");
  problems.error("d", {3, 1, 1}, "fourth");
  problems.sortByPlace();
  EXPECT_EQ(render(problems, "f", ""),
            "f: error: first\nf:3:1: error: third\nf:3:1: error: fourth\nf:1:9: warning: second\n  1 | \n    | ^\n");
}

TEST(Problems, CaretStandsUnderCharactersNotBytes) {
  Problems problems;
  problems.error("x", {1, 5, 4}, "m");
  EXPECT_EQ(render(problems, "f", "\tåå øåæx y"), "f:1:5: error: m\n  1 | \tåå øåæx y\n    | \t   ^~~~\n");
}

TEST(Problems, LongLinesAreCutAroundTheCaret) {
  Problems problems;
  problems.error("x", {1, 301, 2}, "m");
  const std::string shown = render(problems, "f", std::string(300, 'a') + "bc" + std::string(300, 'd'));
  EXPECT_EQ(shown, "f:1:301: error: m\n  1 | " + std::string(60, 'a') + "bc" + std::string(98, 'd') + "\n    | " +
                       std::string(60, ' ') + "^~\n");
}

TEST(Problems, CaretNeverLeavesTheLine) {
  Problems problems;
  problems.error("x", {1, 99, 50}, "m");
  EXPECT_EQ(render(problems, "f", "abc"), "f:1:99: error: m\n  1 | abc\n    |    ^\n");
}

TEST(Problems, AreJsonLinesForPrograms) {
  Problems problems;
  problems.warning("config.order", {4, 2, 1}, "a \"word\"");
  problems.error("config.unreadable", {}, "gone");
  EXPECT_EQ(renderJsonLines(problems, "r.yaml"),
            "{\"severity\":\"warning\",\"code\":\"config.order\",\"message\":\"a "
            "\\\"word\\\"\",\"file\":\"r.yaml\",\"line\":4,\"column\":2}\n"
            "{\"severity\":\"error\",\"code\":\"config.unreadable\",\"message\":\"gone\",\"file\":\"r.yaml\"}\n");
}

TEST(Problems, AnsweredWarningsGoErrorsStay) {
  Problems problems;
  problems.warning("config.order", {}, "w");
  problems.error("config.order", {}, "e");
  problems.accept({{"config.order", "as in the protocol"}});
  ASSERT_EQ(problems.all().size(), 1U);
  EXPECT_TRUE(problems.hasErrors());
}

}  // namespace winnow::config
