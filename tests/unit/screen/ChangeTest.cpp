#include "screen/Change.hpp"

#include <gtest/gtest.h>

namespace winnow::screen {
namespace {

std::string why(std::string_view json) {
  try {
    changeIn(json);
  } catch (const BadBody& bad) {
    return bad.why;
  }
  return {};
}

TEST(Change, IsReadWithAllItsParts) {
  const Change change = changeIn(
      R"({"decision":"exclude","reason":"animals","note":"a\nb","labels":["x"," y"],"categories":[],"answers":{},"rev":3,"newer":1})");
  EXPECT_EQ(change.decision, "exclude");
  EXPECT_EQ(change.reason, "animals");
  EXPECT_EQ(change.note, "a\nb");
  EXPECT_EQ(change.labels, (std::vector<std::string>{"x", " y"}));
  EXPECT_EQ(change.rev, 3u);
  EXPECT_EQ(changeIn(R"({"decision":null,"rev":0})").decision, "");
}

TEST(Change, SaysWhatIsWrong) {
  EXPECT_EQ(why("{"), "the body is no JSON object");
  EXPECT_EQ(why("[]"), "the body is no JSON object");
  EXPECT_EQ(why("{\"note\":\"\xff\",\"rev\":0}"), "the body is no JSON object");
  EXPECT_EQ(why(R"({"decision":"include"})"), "'rev' is no whole number");
  EXPECT_EQ(why(R"({"decision":"include","rev":-1})"), "'rev' is no whole number");
  EXPECT_EQ(why(R"({"decision":"include","rev":1.5})"), "'rev' is no whole number");
  EXPECT_EQ(why(R"({"decision":"taken back","rev":0})"),
            "'decision' is none of include, exclude, undecided, not retrieved");
  EXPECT_EQ(why(R"({"decision":{},"rev":0})"), "'decision' is no text");
  EXPECT_EQ(why(R"({"note":"\u001b[2J","rev":0})"), "'note' holds control characters");
  EXPECT_EQ(why(R"({"labels":["a;b"],"rev":0})"),
            "an entry of 'labels' holds ';' or a line end, which part entries in the file");
  EXPECT_EQ(why(R"({"labels":"a","rev":0})"), "'labels' is no list of at most 100");
  EXPECT_EQ(why("{\"note\":\"" + std::string(kLongestNote + 1, 'n') + "\",\"rev\":0}"),
            "'note' is longer than 20000 bytes");
  EXPECT_EQ(why(std::string(500000, '[')), "the body nests too deep");
  EXPECT_EQ(why("{\"x\":" + std::string(500000, '[')), "the body nests too deep");
}

TEST(Change, NamesAreShortAndPlain) {
  EXPECT_TRUE(isChangeName("0f8fad5b-d9cb-469f-a165-70867728950e"));
  for (const char* name : {"", "short", "with blank 1", "with,comma", "ünicode-1"})
    EXPECT_FALSE(isChangeName(name)) << name;
  EXPECT_FALSE(isChangeName(std::string(65, 'a')));
}

}  // namespace
}  // namespace winnow::screen
