// Fields come back as they went in, and a damaged blob is refused or gives views of what is there: never of other
// memory.
#include "ledger/RecordCodec.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <winnow/plugin.hpp>

#include "io/Error.hpp"

namespace winnow::ledger {
namespace {

class SameTags final : public TagMap {
 public:
  std::uint32_t stored(std::uint32_t processTag) override { return processTag; }
  std::uint32_t process(std::uint32_t storedTag) const override { return storedTag; }
};

winnow_field field(std::uint32_t tag, std::string_view value, std::uint16_t flags, std::uint32_t origin = WINNOW_NONE) {
  winnow_field f{};
  f.tag = tag;
  f.value = str(value);
  f.flags = flags;
  f.origin = origin;
  f.line = 11;
  f.group = 3;
  return f;
}

const std::string kRaw = "TI  - Peers in wards\nAU  - Berg, Ida\nPY  - 2001\n";

std::vector<winnow_field> fields() {
  return {field(1, "Peers in wards", WINNOW_FIELD_RAW),
          field(2, "Berg, Ida", WINNOW_FIELD_RAW),
          field(3, "Peers in wards", WINNOW_FIELD_DERIVED, 0),
          field(4, "Berg", WINNOW_FIELD_DERIVED, 1),
          field(5, "", WINNOW_FIELD_RAW),
          field(300, "words that stand nowhere", WINNOW_FIELD_DERIVED)};
}

std::string encoded() {
  SameTags tags;
  const std::vector<winnow_field> list = fields();
  const winnow_record record{0, list.data(), list.size(), {0, 10, 1, static_cast<std::uint32_t>(kRaw.size()), 0}};
  std::string blob;
  encodeFields(record, kRaw, tags, blob);
  return blob;
}

TEST(RecordCodec, FieldsComeBack) {
  SameTags tags;
  const std::string blob = encoded();
  std::vector<winnow_field> out;
  decodeFields(blob, kRaw, 10, tags, true, out);
  const std::vector<winnow_field> in = fields();
  ASSERT_EQ(out.size(), in.size());
  for (std::size_t i = 0; i < in.size(); ++i) {
    EXPECT_EQ(view(out[i].value), view(in[i].value)) << i;
    EXPECT_EQ(out[i].tag, in[i].tag) << i;
    EXPECT_EQ(out[i].flags, in[i].flags) << i;
    EXPECT_EQ(out[i].origin, in[i].origin) << i;
    EXPECT_EQ(out[i].line, in[i].line) << i;
    EXPECT_EQ(out[i].group, in[i].group) << i;
  }
  std::vector<winnow_field> derived;
  decodeFields(blob, kRaw, 10, tags, false, derived);
  ASSERT_EQ(derived.size(), 3u);
  for (const winnow_field& f : derived) EXPECT_EQ(f.origin, WINNOW_NONE);
}

/// True if the value lies within one of the two texts that it may be a view of.
bool isWithin(winnow_str value, const std::string& text) {
  return value.data >= text.data() && value.data + value.size <= text.data() + text.size();
}

/// Each byte of the blob with each other value, cut at each place, and over shorter raw bytes.
TEST(RecordCodec, DamageIsRefusedOrHarmless) {
  SameTags tags;
  const std::string sound = encoded();
  std::size_t refused = 0;
  const auto decode = [&](const std::string& blob, const std::string& raw) {
    std::vector<winnow_field> out;
    try {
      decodeFields(blob, raw, 10, tags, true, out);
    } catch (const Error&) {
      ++refused;
      return;
    }
    for (const winnow_field& f : out)
      ASSERT_TRUE(f.value.size == 0 || isWithin(f.value, blob) || isWithin(f.value, raw));
  };
  for (std::size_t at = 0; at < sound.size(); ++at) {
    for (int value = 0; value < 256; ++value) {
      std::string blob = sound;
      blob[at] = static_cast<char>(value);
      decode(blob, kRaw);
    }
    decode(sound.substr(0, at), kRaw);
  }
  for (std::size_t size = 0; size < kRaw.size(); ++size) decode(sound, kRaw.substr(0, size));
  EXPECT_GT(refused, sound.size());
  std::string other = sound;
  other[0] = 2;
  std::vector<winnow_field> out;
  EXPECT_THROW(decodeFields(other, kRaw, 10, tags, true, out), Error) << "a format that is not known";
}

}  // namespace
}  // namespace winnow::ledger
