// Names that people chose, as names of files: safe, and never two names for one file.
#include "io/FileName.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace winnow::io {
namespace {

TEST(FileName, OrdinaryNamesStay) {
  for (const char* name : {"KBAA", "Anna Berg", "Åse", "o'neill", "a.b", "first-reader", "山田"})
    EXPECT_EQ(safeFileName(name), name);
}

TEST(FileName, NothingLeadsOutOfTheFolder) {
  EXPECT_EQ(safeFileName("../../../../victim/p"), "%2E.%2F..%2F..%2F..%2Fvictim%2Fp");
  EXPECT_EQ(safeFileName(".."), "%2E%2E");
  EXPECT_EQ(safeFileName("."), "%2E");
  EXPECT_EQ(safeFileName(""), "%");
  EXPECT_EQ(safeFileName("/etc/passwd"), "%2Fetc%2Fpasswd");
  EXPECT_EQ(safeFileName("a\\b"), "a%5Cb");
  EXPECT_EQ(safeFileName(std::string_view("a\0b", 3)), "a%00b");
}

TEST(FileName, NothingHidesOrPosesAsSomethingElse) {
  EXPECT_EQ(safeFileName("-rf"), "%2Drf");
  EXPECT_EQ(safeFileName(".hidden"), "%2Ehidden");
  EXPECT_EQ(safeFileName("end. "), "end.%20");
  EXPECT_EQ(safeFileName("100%"), "100%25");
  EXPECT_EQ(safeFileName("nul"), "%6Eul");
  EXPECT_EQ(safeFileName("\x1B[31m"), "%1B[31m");
  EXPECT_EQ(safeFileName("\xE2\x80\xAE"
                         "gpj"),
            "%E2%80%AEgpj");
  EXPECT_EQ(safeFileName("\xFF"), "%FF");
}

TEST(FileName, LongNamesFitAndDiffer) {
  const std::string a(5000, 'a'), b = a + "b", wide = [] {
    std::string text;
    for (int i = 0; i < 200; ++i) text += "å%";
    return text;
  }();
  for (const std::string& name : {a, b, wide}) EXPECT_LE(safeFileName(name).size(), 200u);
  EXPECT_NE(safeFileName(a), safeFileName(b));
  EXPECT_EQ(safeFileName(wide).find("\xC3%~"), std::string::npos);  // cut at a whole character
}

/// Random names of the bytes that matter: no two give one file, none holds what it must not.
TEST(FileName, InjectiveAndSafe) {
  std::mt19937 random(1);
  constexpr char kBytes[] = "ab%/\\.. -~\n\0\x1B\xC3\xA5\xFF";
  const std::string alphabet = std::string(kBytes, sizeof kBytes - 1) + "2EFnul";
  std::map<std::string, std::string> names;
  for (int i = 0; i < 200000; ++i) {
    std::string name;
    for (auto size = random() % 8; size > 0; --size) name += alphabet[random() % alphabet.size()];
    const std::string safe = safeFileName(name);
    const auto [first, isNew] = names.emplace(safe, name);
    ASSERT_TRUE(isNew || first->second == name) << "'" << name << "' and '" << first->second << "' both give " << safe;
    ASSERT_EQ(safe.find_first_of(std::string_view("/\\\0\n\x1B", 5)), std::string::npos);
    ASSERT_TRUE(!safe.empty() && safe[0] != '.' && safe[0] != '-' && safe.back() != '.' && safe.back() != ' ') << safe;
  }
}

}  // namespace
}  // namespace winnow::io
