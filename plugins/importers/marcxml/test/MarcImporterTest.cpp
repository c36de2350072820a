#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include <winnow/testing.hpp>

using testing::ElementsAre;
using testing::IsEmpty;
using winnow::testing::MockHost;

namespace {

const winnow_stage* exchange() { return winnow_plugin_v1.stage(1); }

std::string digits(std::size_t number, std::size_t width) {
  std::string text = std::to_string(number);
  return std::string(width - text.size(), '0') + text;
}

/// A record of ISO 2709. Subfields in `fields` begin with '$'.
std::string record(char charset, const std::vector<std::pair<std::string, std::string>>& fields) {
  std::string directory, body;
  for (auto [tag, data] : fields) {
    for (char& c : data)
      if (c == '$') c = '\x1F';
    data += '\x1E';
    directory += tag + digits(data.size(), 4) + digits(body.size(), 5);
    body += data;
  }
  directory += '\x1E';
  const std::size_t base = 24 + directory.size();
  return digits(base + body.size() + 1, 5) + "nam " + charset + "22" + digits(base, 5) + " a 4500" + directory + body +
         '\x1D';
}

std::vector<std::string> codesOf(const MockHost& host) {
  std::vector<std::string> codes;
  for (const auto& d : host.diagnostics) codes.push_back(d.code);
  return codes;
}

const std::string kBook = record('a', {{"001", "9000001"},
                                       {"008", "210302s2021    no                  nob  "},
                                       {"020", "  $a9780306406157 (hft.)"},
                                       {"100", "1 $aHansen, Kari,$d1970-"},
                                       {"245", "10$aTrær i parken :$ben bok /$cKari Hansen."},
                                       {"260", "  $aOslo :$bTurforlaget,$c2021."}});

}  // namespace

TEST(MarcImporter, UnicodeInChunksOfAnySize) {
  for (const std::size_t chunk : {std::size_t{1}, std::size_t{7}, std::size_t{1} << 20}) {
    MockHost host;
    host.chunk = chunk;
    const auto records = host.read(exchange(), kBook + "\n" + kBook).records;
    ASSERT_EQ(records.size(), 2u);
    EXPECT_EQ(records[0].first("title"), "Trær i parken: en bok");
    EXPECT_THAT(records[0].all("author.family"), ElementsAre("Hansen"));
    EXPECT_EQ(records[0].first("issued.year"), "2021");
    EXPECT_EQ(records[0].first("publisher"), "Turforlaget");
    EXPECT_EQ(records[0].first("language"), "nb");
    EXPECT_EQ(records[0].first("raw:245b"), "en bok /");
    EXPECT_EQ(records[1].at.byte, kBook.size() + 1);
    EXPECT_EQ(records[1].at.column, 1u);
    EXPECT_THAT(codesOf(host), IsEmpty());
  }
  MockHost host;
  EXPECT_EQ(host.probe(exchange(), kBook).first, 97u);
}

/// Whoever is shown a value can be shown what it was made of.
TEST(MarcImporter, FieldsNameWhatTheyWereMadeFrom) {
  MockHost host;
  const auto records = host.read(exchange(), kBook).records;
  ASSERT_EQ(records.size(), 1u);
  const auto from = [&](std::string_view tag) {
    for (const auto& field : records[0].fields)
      if (field.tag == tag) return field.from;
    return std::string("no such field");
  };
  EXPECT_EQ(from("title"), "raw:245a");
  EXPECT_EQ(from("author.family"), "raw:100a");
  EXPECT_EQ(from("publisher"), "raw:260b");
  EXPECT_EQ(from("id.isbn"), "raw:020a");
}

TEST(MarcImporter, Marc8IsComposed) {
  MockHost host;
  const auto records = host.read(exchange(), record(' ', {{"100",
                                                           "1 $aM\xE8"
                                                           "uller, J\xE8"
                                                           "org"},
                                                          {"245",
                                                           "10$aSm\xB2"
                                                           "rg\xB2"
                                                           "as \xA5"
                                                           "ra \xE2"
                                                           "etude \xF0"
                                                           "ca \xE9"
                                                           "tx"}}))
                           .records;
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("author.family"), "Müller");
  EXPECT_EQ(records[0].first("title"), "Smørgøas Æra étude ça ťx");
  EXPECT_THAT(codesOf(host), IsEmpty());
}

TEST(MarcImporter, SetsThatAreNotKnownAreTold) {
  MockHost host;
  const auto records = host.read(exchange(), record(' ', {{"245", "10$aA \x1B(NAB\x1B(B z"}})).records;
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("title"), "A \xEF\xBF\xBD\xEF\xBF\xBD z");
  EXPECT_THAT(codesOf(host), ElementsAre("marc.charset"));
}

TEST(MarcImporter, DamageIsToldAndCostsOneRecord) {
  MockHost host;
  const auto records =
      host.read(exchange(), kBook + "no record\x1D" + kBook + kBook.substr(0, kBook.size() - 30)).records;
  EXPECT_EQ(records.size(), 3u);
  EXPECT_THAT(codesOf(host), ElementsAre("marc.unreadable", "marc.truncated"));
}

TEST(MarcImporter, ADirectoryWithWrongNumbersIsReadBySigns) {
  std::string wrong = kBook;
  wrong.replace(24 + 7, 5, "77777");
  MockHost host;
  const auto records = host.read(exchange(), wrong).records;
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].first("id.local"), "9000001");
  EXPECT_EQ(records[0].first("title"), "Trær i parken: en bok");
}
