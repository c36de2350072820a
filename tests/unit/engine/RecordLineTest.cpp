// Lines of streams are read as Winnow writes them, without a JSON document. Whatever a record holds, that gives what
// JSON gives.
#include "engine/stream/RecordLine.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include <winnow/plugin.hpp>

#include "engine/reading/StreamWriter.hpp"
#include "engine/steps/Blocks.hpp"
#include "engine/stream/BlockLine.hpp"
#include "engine/stream/KeyLine.hpp"

namespace winnow::engine {
namespace {

/// Texts of odd pieces: quotes, controls, ends of lines, bytes that are no UTF-8.
std::string oddText(std::mt19937& random) {
  static const std::vector<std::string> kPieces{"plain",        "\"",
                                                "\\",           "\n",
                                                "\t",           std::string(1, '\0'),
                                                "\x1F",         "\x7F",
                                                "\xC3\xB8",     "\xC2\x85",
                                                "\xE2\x80\xA8", "\xE2\x80\xA9",
                                                "\xE2\x80\xAA", "\xF0\x9F\x98\x80",
                                                "]}",           ",\"fields\":[",
                                                "{\"hex\":\"",  "\xFF",
                                                "\xC3"};
  std::string text;
  for (std::size_t i = random() % 6; i != 0; --i) text += kPieces[random() % kPieces.size()];
  return text;
}

struct Made {
  RecordFacts facts;
  std::vector<std::string> values;
  std::vector<winnow_field> fields;
};

Made oddRecord(std::mt19937& random, plugins::TagTable& tags) {
  Made made;
  made.facts = {"file " + oddText(random),
                random() % 9,
                random(),
                random() % 3,
                random(),
                random() % 2 ? random() : 0,
                random() % 2 ? "w" + oddText(random) : std::string()};
  const std::size_t count = random() % 8;
  for (std::size_t i = 0; i < count; ++i) made.values.push_back(oddText(random));
  for (std::size_t i = 0; i < count; ++i) {
    winnow_field field{tags.number(i % 2 ? "title" : "raw:T\"1"), WINNOW_NONE, 0, WINNOW_FIELD_DERIVED, 0, {}, 0, 0};
    field.value = str(made.values[i]);
    if (random() % 3 == 0) field.group = static_cast<std::uint16_t>(random());
    if (random() % 3 == 0) field.flags = static_cast<std::uint16_t>(random());
    if (random() % 3 == 0) field.origin = static_cast<std::uint32_t>(random() % count);
    if (random() % 3 == 0) field.line = static_cast<std::uint32_t>(random());
    if (random() % 3 == 0) field.rule = tags.number("rule\n");
    made.fields.push_back(field);
  }
  return made;
}

StreamLine lineOf(std::string text) {
  StreamLine line;
  line.file = "records.jsonl";
  line.line = 1;
  line.text = std::move(text);
  return line;
}

void expectSame(const RecordFacts& a, const RecordFacts& b) {
  EXPECT_EQ(a.record, b.record);
  EXPECT_EQ(a.file, b.file);
  EXPECT_EQ(a.ordinal, b.ordinal);
  EXPECT_EQ(a.wave, b.wave);
  EXPECT_EQ(a.content, b.content);
  EXPECT_EQ(a.view, b.view);
  EXPECT_EQ(a.work, b.work);
}

void expectSame(const winnow_record& a, const winnow_record& b) {
  ASSERT_EQ(a.field_count, b.field_count);
  for (std::size_t i = 0; i < a.field_count; ++i) {
    EXPECT_EQ(view(a.fields[i].value), view(b.fields[i].value));
    EXPECT_EQ(a.fields[i].tag, b.fields[i].tag);
    EXPECT_EQ(a.fields[i].group, b.fields[i].group);
    EXPECT_EQ(a.fields[i].flags, b.fields[i].flags);
    EXPECT_EQ(a.fields[i].origin, b.fields[i].origin);
    EXPECT_EQ(a.fields[i].line, b.fields[i].line);
    EXPECT_EQ(a.fields[i].rule, b.fields[i].rule);
  }
}

TEST(RecordLine, ReadsWhatWasWrittenWithAndWithoutJson) {
  std::mt19937 random(20261130);
  plugins::TagTable tags;
  for (int turn = 0; turn < 2000; ++turn) {
    const Made made = oddRecord(random, tags);
    const winnow_record record{1, made.fields.data(), made.fields.size(), {random(), 2, 3, 4, 0}};
    const std::string text = recordLine(made.facts, record, tags);
    StreamLine plain = lineOf(text),
               json = lineOf("{ " + text.substr(1));  // the blank is JSON's, and not as Winnow writes
    expectSame(recordFacts(plain), made.facts);
    expectSame(recordFacts(json), made.facts);
    const OwnedRecord one(plain, tags), other(json, tags);
    expectSame(one.view(1), record);
    expectSame(other.view(1), record);
    EXPECT_EQ(one.view(1).at.byte, record.at.byte);
    EXPECT_TRUE(plain.json.is_null()) << "a line as Winnow writes it needs no JSON document: " << text;
  }
}

TEST(RecordLine, ValuesStayWhereTheyAreWhenTheRecordMoves) {
  plugins::TagTable tags;
  StreamLine line =
      lineOf(R"({"record":"a#1","place":[0,1],"content":"00000000000000ff","at":[0,1,1,9],"fields":[["t","v"]]})");
  std::vector<OwnedRecord> records;
  for (int i = 0; i < 40; ++i) records.emplace_back(line, tags);
  for (const OwnedRecord& record : records) EXPECT_EQ(view(record.view(1).fields[0].value), "v");
}

TEST(RecordLine, WhatIsNoLineOfWinnowIsRefusedByJson) {
  plugins::TagTable tags;
  const std::string good =
      R"({"record":"a#1","place":[0,1],"content":"00000000000000ff","at":[0,1,1,9],"fields":[["t","v"]]})";
  for (std::size_t cut = 1; cut < good.size(); ++cut) {
    StreamLine line = lineOf(good.substr(0, cut));
    EXPECT_THROW(OwnedRecord(line, tags), BadStream) << line.text;
  }
  for (const char* fields :
       {R"(["t","v",{"group":65536}])", R"(["","v"])", R"(["t"])", R"(["t","v",{"origin":1}])", R"(["t",7])"}) {
    StreamLine line = lineOf(good.substr(0, good.find("[[") + 1) + fields + "]}");
    EXPECT_THROW(OwnedRecord(line, tags), BadStream) << line.text;
  }
}

TEST(KeyLine, ReadsWhatWasWrittenWithAndWithoutJson) {
  std::mt19937 random(7);
  for (int turn = 0; turn < 2000; ++turn) {
    const std::string record = "r" + oddText(random);
    std::vector<KeyLine::Key> keys(1 + random() % 4);
    std::string list;
    for (KeyLine::Key& one : keys) {
      one = {static_cast<std::uint32_t>(random()), oddText(random)};
      appendKey(list, one.space, one.value);
    }
    const std::string text = keyJson(record, list);
    for (const std::string& written : {text, "{ " + text.substr(1)}) {
      StreamLine line = lineOf(written);
      KeyLine key;
      readKeys(line, key);
      EXPECT_EQ(key.record, record);
      ASSERT_EQ(key.keys.size(), keys.size());
      for (std::size_t i = 0; i < keys.size(); ++i) {
        EXPECT_EQ(key.keys[i].space, keys[i].space);
        EXPECT_EQ(key.keys[i].value, keys[i].value);
      }
    }
  }
}

TEST(BlockLine, ReadsWhatWasWrittenWithAndWithoutJson) {
  std::mt19937 random(8);
  for (int turn = 0; turn < 2000; ++turn) {
    BlockLine block{random() % 2 ? static_cast<std::uint32_t>(random() % 20) : kNoSpace, {}};
    for (std::size_t i = 2 + random() % 3; i != 0; --i) block.records.push_back("r" + oddText(random));
    const std::string text = blockJson(block);
    for (const std::string& written : {text, "{ " + text.substr(1)}) {
      StreamLine line = lineOf(written);
      const BlockLine read = readBlock(line);
      EXPECT_EQ(read.space, block.space);
      EXPECT_EQ(read.records, block.records);
    }
  }
}

TEST(RecordLine, FindsMembersBehindTheFields) {
  StreamLine line = lineOf(
      R"({"record":"a.ris#1","place":[0,1],"fields":[["title","Sleep"]],"content":"00000000000000ff","at":[1,2,3,4]})");
  EXPECT_EQ(recordFacts(line).content, 0xFFu);
}

TEST(KeyLine, RefusesWhatIsNoListOfKeys) {
  for (const char* text : {R"({"record":"a"})", R"({"record":"a","keys":1})", R"({"record":"a","keys":[1]})",
                           R"({"record":"a","keys":[[1]]})", R"({"record":"a","keys":[[4294967296,"x"]]})",
                           R"({"record":"a","keys":[[1,2]]})", R"({"record":"a","keys":[[1,"x"],[1]]})"}) {
    StreamLine line = lineOf(text);
    KeyLine key;
    EXPECT_THROW(readKeys(line, key), BadStream) << text;
  }
}

}  // namespace
}  // namespace winnow::engine
