// Bytes of a file as importers get them: each encoding cut at every byte, and the way back to the file's own bytes.
#include "io/InputStream.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::io {
namespace {

using namespace std::string_literals;

/// A file that is gone at the end of the test.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view bytes)
      : path_(std::filesystem::temp_directory_path() / ("winnow-input-" + std::to_string(::getpid()))) {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string readAll(InputStream& input) {
  std::string text;
  for (std::string_view chunk = input.next(); !chunk.empty(); chunk = input.next()) text += chunk;
  return text;
}

/// The text in UTF-8, UTF-16 or UTF-32: characters as code points, and how many bytes each takes in the file.
struct Encoded {
  std::string bytes, mark;
  std::vector<std::size_t> sizes;
};

std::string units(std::uint32_t value, int size, bool isBig) {
  std::string out;
  for (int i = 0; i < size; ++i) out += static_cast<char>(value >> 8 * (isBig ? size - 1 - i : i) & 0xFF);
  return out;
}

Encoded encoded(const std::u32string& text, int size, bool isBig) {
  Encoded out;
  out.mark = units(0xFEFF, size, isBig);
  for (const char32_t code : text) {
    std::string one;
    if (size == 2 && code > 0xFFFF)
      one = units(0xD800 + ((code - 0x10000) >> 10), 2, isBig) + units(0xDC00 + ((code - 0x10000) & 0x3FF), 2, isBig);
    else
      one = units(static_cast<std::uint32_t>(code), size, isBig);
    out.sizes.push_back(one.size());
    out.bytes += one;
  }
  return out;
}

std::string utf8(const std::u32string& text) {
  std::string out;
  for (const char32_t c : text) {
    if (c < 0x80)
      out += static_cast<char>(c);
    else if (c < 0x800)
      out += {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 63))};
    else if (c < 0x10000)
      out += {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 63)), static_cast<char>(0x80 | (c & 63))};
    else
      out += {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 63)),
              static_cast<char>(0x80 | (c >> 6 & 63)), static_cast<char>(0x80 | (c & 63))};
  }
  return out;
}

const std::u32string kText = U"TY  - JOUR\r\nTI  - Bl\u00E5 \U0001F409 og \u4E2D\nER  - \n\U0001F409";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

struct Way {
  int size;
  bool isBig;
};
class Wide : public testing::TestWithParam<Way> {};

TEST_P(Wide, CutAtEveryByteGivesTheCharactersBeforeTheCut) {
  const Encoded all = encoded(kText, GetParam().size, GetParam().isBig);
  for (std::size_t cut = 0; cut <= all.bytes.size(); ++cut) {
    const TemporaryFile file(all.mark + all.bytes.substr(0, cut));
    InputStream input(file.path());
    std::size_t whole = 0, at = 0;
    while (whole < all.sizes.size() && at + all.sizes[whole] <= cut) at += all.sizes[whole++];
    const bool isBroken = at < cut;
    EXPECT_EQ(readAll(input), utf8(kText.substr(0, whole)) + std::string(isBroken ? kReplacement : "")) << "cut " << cut;
    EXPECT_EQ(input.brokenUnits(), isBroken ? 1u : 0u) << "cut " << cut;
    EXPECT_TRUE(input.hasMark());
  }
}

TEST_P(Wide, EveryCharacterHasItsPlaceInTheFile) {
  const Encoded all = encoded(kText, GetParam().size, GetParam().isBig);
  const TemporaryFile file(all.mark + all.bytes);
  InputStream input(file.path());
  readAll(input);
  std::uint64_t decoded = 0, original = all.mark.size();
  for (std::size_t i = 0; i <= kText.size(); ++i) {
    EXPECT_EQ(input.originalByte(decoded), original) << "character " << i;
    if (i == kText.size()) break;
    decoded += utf8(kText.substr(i, 1)).size();
    original += all.sizes[i];
  }
}

TEST_P(Wide, AMarkTellsMoreThanANamedCharset) {
  const Encoded all = encoded(kText, GetParam().size, GetParam().isBig);
  const TemporaryFile file(all.mark + all.bytes);
  InputStream input(file.path(), {}, "windows-1252");
  EXPECT_EQ(readAll(input), utf8(kText));
}

INSTANTIATE_TEST_SUITE_P(Encodings, Wide, testing::Values(Way{2, false}, Way{2, true}, Way{4, false}, Way{4, true}));

TEST(InputStream, AMarkOfUtf8IsNoTextAndCountsInPlaces) {
  const TemporaryFile file("\xEF\xBB\xBF" + utf8(kText));
  InputStream input(file.path(), {}, "windows-1252");
  EXPECT_EQ(readAll(input), utf8(kText));
  EXPECT_EQ(input.originalByte(0), 3u);
  EXPECT_EQ(input.originalByte(5), 8u);
}

TEST(InputStream, Utf16WithoutAMarkIsSeenByItsNulBytes) {
  const std::u32string plain = U"TY  - JOUR\nTI  - A title\nER  - \n";
  for (const bool isBig : {false, true}) {
    const TemporaryFile file(encoded(plain, 2, isBig).bytes);
    InputStream input(file.path());
    EXPECT_EQ(readAll(input), utf8(plain));
    EXPECT_FALSE(input.hasMark());
  }
}

TEST(InputStream, ANamedCharsetHasPlacesInTheFile) {
  const TemporaryFile file("Bl\xE5 \x80 tid");
  InputStream input(file.path(), {}, "windows-1252");
  EXPECT_EQ(readAll(input), "Bl\xC3\xA5 \xE2\x82\xAC tid");
  EXPECT_EQ(input.originalByte(4), 3u);
  EXPECT_EQ(input.originalByte(9), 6u);
}

TEST(InputStream, KeepsWhatWasNotReleasedAndSaysWhereItIs) {
  const TemporaryFile file("one two three");
  InputStream input(file.path());
  readAll(input);
  EXPECT_EQ(input.position(), 13u);
  EXPECT_EQ(input.kept(), 13u);
  EXPECT_EQ(input.slice(4, 3), "two");
  input.release(4);
  EXPECT_EQ(input.kept(), 9u);
}

}  // namespace
}  // namespace winnow::io
