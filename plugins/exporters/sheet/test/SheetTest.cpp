#include <gtest/gtest.h>

#include "sheet/About.hpp"
#include "sheet/Sheet.hpp"

namespace {

using namespace winnow::sheet;

constexpr const char* kReview = R"({"format":"winnow-review/1","title":"Peers","question":"What do they do?",
  "definitions":{"peer":"someone like you"},
  "criteria":[{"id":"role","kind":"in","text":"a role"},{"id":"work","kind":"one-of","text":"works"},
              {"id":"other","kind":"out","text":"other services","unless":"role"}]})";
constexpr const char* kSheet = R"({"format":"winnow-sheet/1","step":"ta","label":"title and abstract","read":"abstract",
  "decisions":["include","exclude","maybe"],"reason_required":true,"criteria_columns":true,"proposals":false,
  "confirmed":["first"],"reasons":[{"id":"role","text":"a role"},{"id":"animals","text":"on animals"}]})";

TEST(About, HoldsQuestionDefinitionsAndCriteriaWithTheirIds) {
  EXPECT_EQ(textOf(readAbout(kReview, kSheet)),
            "\xEF\xBB\xBF"
            "About this sheet (written by Winnow)\r\n\r\n"
            "Review\r\n  title: Peers\r\n  question: What do they do?\r\n\r\n"
            "Definitions\r\n  peer: someone like you\r\n\r\n"
            "What is asked\r\n  step: title and abstract\r\n  read: abstract\r\n  decision: include, exclude, maybe\r\n"
            "  reason: an exclusion names one of the ids below\r\n"
            "  criteria: yes, no or unclear in the column of each; where the decision is left empty, it follows from "
            "them\r\n\r\n"
            "Criteria: all of these\r\n  role: a role\r\n\r\n"
            "Criteria: at least one of these\r\n  work: works\r\n\r\n"
            "Criteria: none of these\r\n  other: other services (only where role does not hold)\r\n\r\n"
            "Other reasons\r\n  animals: on animals\r\n");
}

TEST(About, WithoutDocumentsThereIsNothingToSay) {
  EXPECT_EQ(textOf(readAbout({}, {})),
            "\xEF\xBB\xBF"
            "About this sheet (written by Winnow)\r\n");
  EXPECT_THROW(readAbout("[]", {}), std::runtime_error);
  EXPECT_THROW(readAbout({}, "nothing"), std::runtime_error);
}

TEST(Sheet, ADoiIsAnAddress) {
  EXPECT_EQ(doiLink("10.5555/a"), "https://doi.org/10.5555/a");
  EXPECT_EQ(doiLink("https://doi.org/10.5555/a"), "https://doi.org/10.5555/a");
  EXPECT_EQ(doiLink(""), "");
}

}  // namespace
