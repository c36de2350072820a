#include "io/Charset.hpp"

#include <gtest/gtest.h>

#include "io/Error.hpp"

namespace winnow::io {
namespace {

std::string read(const std::string& name, std::string_view bytes) {
  Charset charset(name);
  std::string text;
  EXPECT_EQ(charset.decode(bytes, true, text), bytes.size());
  return text;
}

TEST(Charsets, NamesOfJavaAndOfTheStandard) {
  for (const char* name : {"ISO8859_2", "iso8859_2", "ISO-8859-2", "latin2"})
    EXPECT_EQ(read(name, "\xB1 a"), "ą a") << name;
  EXPECT_EQ(read("Cp1250", "\x8A"), "Š");
  EXPECT_FALSE(Charset::isKnown("ISO8859_99"));
  EXPECT_THROW(Charset("no such charset"), Error);
}

TEST(Charsets, WhatStandsForNothingIsCounted) {
  Charset charset("windows-1253");
  std::string text;
  charset.decode("\xC1\xD2\xC1", true, text);  // 0xD2 is unassigned
  EXPECT_EQ(text, "Α\xEF\xBF\xBDΑ");
  EXPECT_EQ(charset.broken(), 1U);
}

TEST(Charsets, ACharacterMayBeCutAnywhere) {
  const std::string bytes = "\x93\xFA\x96{\x8C\xEA";  // three characters of Shift JIS
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    Charset charset("Shift_JIS");
    std::string text;
    const std::size_t used = charset.decode(bytes.substr(0, cut), false, text);
    ASSERT_LE(used, cut);
    charset.decode(bytes.substr(used), true, text);
    EXPECT_EQ(text, "日本語") << cut;
    EXPECT_EQ(charset.sizeOf(text), bytes.size());
    EXPECT_EQ(charset.broken(), 0U);
  }
}

TEST(Charsets, WhatAFileDeclares) {
  EXPECT_EQ(declaredCharset("% Encoding: Cp1250\n@article{a,"), "CP1250");
  EXPECT_EQ(declaredCharset("<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?>\n<a/>"), "ISO-8859-2");
  for (const char* head : {"% Encoding: UTF-8\n@article{a,", "<?xml version='1.0' encoding='utf-8'?>\n<a/>",
                           "TY  - JOUR\n", "<?xml version=\"1.0\"?>", "% Encoding: windows-1252\n", ""})
    EXPECT_EQ(declaredCharset(head), "") << head;
}

}  // namespace
}  // namespace winnow::io
