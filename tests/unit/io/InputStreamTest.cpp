// Files in every encoding, cut at every byte: what is read, what is reported, and where each character stood.
#include "io/InputStream.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "io/AtomicFile.hpp"
#include "io/Utf8.hpp"

namespace winnow::io {
namespace {

namespace fs = std::filesystem;

class InputStreams : public ::testing::Test {
 protected:
  InputStreams() {
    std::string pattern = (fs::temp_directory_path() / "winnow-input-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
  }
  ~InputStreams() override { fs::remove_all(folder); }
  fs::path put(const std::string& bytes) {
    writeFile(folder / "in", bytes);
    return folder / "in";
  }
  fs::path folder;
};

const std::u32string kText = U"TY  - \U0001D54F b\u00E5 \U0001F600\u4E16\nER  - \n";

std::string unit(char32_t value, std::size_t size, bool bigEndian) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(value >> 8 * (bigEndian ? size - 1 - i : i) & 0xFF);
  return bytes;
}

/// Each character as its bytes.
std::vector<std::string> encoded(std::size_t size, bool bigEndian) {
  std::vector<std::string> list;
  for (const char32_t c : kText) {
    std::string bytes;
    if (size == 2 && c > 0xFFFF)
      bytes = unit(0xD800 + ((c - 0x10000) >> 10), 2, bigEndian) + unit(0xDC00 + ((c - 0x10000) & 0x3FF), 2, bigEndian);
    else
      bytes = unit(c, size, bigEndian);
    list.push_back(bytes);
  }
  return list;
}

std::string utf8(char32_t c) {
  if (c < 0x80) return {static_cast<char>(c)};
  if (c < 0x800) return {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 63))};
  if (c < 0x10000)
    return {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 63)),
            static_cast<char>(0x80 | (c & 63))};
  return {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 63)),
          static_cast<char>(0x80 | (c >> 6 & 63)), static_cast<char>(0x80 | (c & 63))};
}

std::string readAll(InputStream& input) {
  std::string text;
  for (std::string_view chunk = input.next(); !chunk.empty(); chunk = input.next()) text += chunk;
  return text;
}

/// A character that the end of the file cuts through is reported, never dropped: one U+FFFD in its place.
TEST_F(InputStreams, CutAtEveryByte) {
  for (const std::size_t size : {2u, 4u})
    for (const bool bigEndian : {false, true}) {
      const std::vector<std::string> characters = encoded(size, bigEndian);
      std::string whole = unit(0xFEFF, size, bigEndian);
      for (const std::string& c : characters) whole += c;
      for (std::size_t cut = size; cut <= whole.size(); ++cut) {
        std::string want;
        std::size_t at = size;
        for (std::size_t i = 0; i < characters.size() && at < cut; at += characters[i++].size())
          want += at + characters[i].size() <= cut ? utf8(kText[i]) : std::string("\xEF\xBF\xBD");
        InputStream input(put(whole.substr(0, cut)));
        ASSERT_EQ(readAll(input), want) << size << " bytes a unit, cut at " << cut;
        ASSERT_EQ(input.brokenUnits(), want.size() >= 3 && want.substr(want.size() - 3) == "\xEF\xBF\xBD" ? 1u : 0u)
            << cut;
      }
    }
}

TEST_F(InputStreams, SurrogatesThatBelongToNothingAreTold) {
  for (const char32_t lonely : {char32_t{0xD800}, char32_t{0xDBFF}, char32_t{0xDC00}, char32_t{0xDFFF}})
    for (const std::size_t size : {2u, 4u}) {
      InputStream input(put(unit(0xFEFF, size, false) + unit(lonely, size, false) + unit('a', size, false)));
      ASSERT_EQ(readAll(input),
                "\xEF\xBF\xBD"
                "a");
      ASSERT_EQ(input.brokenUnits(), 1u);
    }
}

TEST_F(InputStreams, AMarkTellsMoreThanAName) {
  InputStream utf8Mark(put("\xEF\xBB\xBF"
                           "b\xC3\xA5"),
                       {}, "windows-1252");
  EXPECT_EQ(readAll(utf8Mark), "b\xC3\xA5");
  std::string bytes = unit(0xFEFF, 2, false);
  for (const std::string& c : encoded(2, false)) bytes += c;
  InputStream utf16Mark(put(bytes), {}, "iso-8859-1");
  EXPECT_EQ(readAll(utf16Mark).substr(0, 6), "TY  - ");
  InputStream named(put("b\xE5"), {}, "windows-1252");
  EXPECT_EQ(readAll(named), "b\xC3\xA5");
}

/// UTF-8 is UTF-8, whatever the file says of itself, also where its only letter beyond ASCII is the last of what was
/// looked at.
TEST_F(InputStreams, ADeclarationIsNotBelievedOverUtf8) {
  InputStream xml(put("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><t>b\xC3\xA5"));
  EXPECT_TRUE(readAll(xml).ends_with("<t>b\xC3\xA5"));
}

/// From a byte of the decoded text back to the byte of the file, for every character, behind astral ones too.
TEST_F(InputStreams, BytesAreHandedOverAsTheyLieThere) {
  using namespace std::string_literals;
  for (const std::string& begin :
       {"\xEF\xBB\xBF"s, "\xFF\xFE"s, "\xFE\xFF"s, "\x1F\x8B\x08"s, "PK\x03\x04"s, "a\0b\0c\0d\0e\0"s}) {
    const std::string bytes = begin + "some \xE5 more\0"s;
    InputStream input(put(bytes), {}, "latin1", Contents::Bytes);
    EXPECT_EQ(input.head(), bytes);
    std::string all;
    for (std::string_view chunk = input.next(); !chunk.empty(); chunk = input.next()) all += chunk;
    EXPECT_EQ(all, bytes);
    EXPECT_EQ(input.originalByte(5), 5u);
    EXPECT_EQ(input.encoding(), Encoding::Bytes);
    EXPECT_EQ(input.brokenUnits(), 0u);
  }
}

TEST_F(InputStreams, PlacesLeadBackToTheFile) {
  for (const std::size_t size : {2u, 4u})
    for (const bool bigEndian : {false, true}) {
      const std::vector<std::string> characters = encoded(size, bigEndian);
      std::string bytes = unit(0xFEFF, size, bigEndian);
      for (const std::string& c : characters) bytes += c;
      InputStream input(put(bytes));
      readAll(input);
      std::uint64_t decoded = 0, original = size;
      for (std::size_t i = 0; i < characters.size(); ++i) {
        ASSERT_EQ(input.originalByte(decoded), original) << size << ", character " << i;
        decoded += utf8(kText[i]).size();
        original += characters[i].size();
      }
    }
}

}  // namespace
}  // namespace winnow::io
