#include "config/YamlText.hpp"

#include <gtest/gtest.h>

#include "config/YamlDocument.hpp"

namespace winnow::config {
namespace {

std::string readBack(const std::string& text) {
  Problems problems;
  const YamlDocument document = parseYaml("key: " + quotedInYaml(text) + "\n", problems);
  EXPECT_TRUE(document.complete && problems.all().empty()) << render(problems, "f", text);
  return document.root.children.at(0).text;
}

TEST(YamlText, EveryTextIsReadBack) {
  for (int byte = 1; byte < 0x80; ++byte) {
    const std::string text = "a" + std::string(1, static_cast<char>(byte)) + "b";
    EXPECT_EQ(readBack(text), text) << byte;
  }
  for (const char* text :
       {"", " ", "yes", "12", "# no comment", "a: b", "\"quoted\" and \\n", "Åse — 日本", " spaces "})
    EXPECT_EQ(readBack(text), text);
}

}  // namespace
}  // namespace winnow::config
