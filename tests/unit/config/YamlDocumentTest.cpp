#include "config/YamlDocument.hpp"

#include <gtest/gtest.h>

namespace winnow::config {
namespace {

/// "line:column+length: message" of each problem.
std::string problemsOf(const std::string& text) {
  Problems problems;
  parseYaml(text, problems);
  std::string all;
  for (const Problem& problem : problems.all()) {
    all += std::to_string(problem.at.line) + ":" + std::to_string(problem.at.column) + "+" +
           std::to_string(problem.at.length) + ": " + problem.message + "\n";
  }
  return all;
}

YamlNode rootOf(const std::string& text) {
  Problems problems;
  YamlDocument document = parseYaml(text, problems);
  EXPECT_TRUE(document.complete) << render(problems, "f", text);
  return document.root;
}

std::string at(const Place& place) {
  return std::to_string(place.line) + ":" + std::to_string(place.column) + "+" + std::to_string(place.length);
}

TEST(YamlDocument, EveryScalarIsTextAsWritten) {
  const YamlNode root = rootOf("a: no\nb: 010\nc: 1.10\nd: ON\ne: 20%\nf: '5'\ng: 2020-08-31\nh: Yes\n");
  for (const auto& [key, text] : std::vector<std::pair<std::string, std::string>>{{"a", "no"},
                                                                                  {"b", "010"},
                                                                                  {"c", "1.10"},
                                                                                  {"d", "ON"},
                                                                                  {"e", "20%"},
                                                                                  {"f", "5"},
                                                                                  {"g", "2020-08-31"},
                                                                                  {"h", "Yes"}}) {
    EXPECT_EQ(root.find(key)->text, text);
    EXPECT_EQ(root.find(key)->quoted, key == "f");
  }
}

TEST(YamlDocument, PlacesAreThoseOfTheText) {
  const YamlNode root =
      rootOf("å: bcd\nlist: [x y, 'it''s', \"q\\\"r\"]\nfold: >-\n  one\n  two\nplain: one\n  two\nnone:\nnil: ~\n");
  EXPECT_EQ(at(root.find("å")->keyAt), "1:1+1");
  EXPECT_EQ(at(root.find("å")->at), "1:4+3");
  const YamlNode& list = *root.find("list");
  EXPECT_EQ(at(list.place()), "2:1+4");
  EXPECT_EQ(at(list.children[0].at), "2:8+3");
  EXPECT_EQ(at(list.children[1].at), "2:13+7");
  EXPECT_EQ(at(list.children[2].at), "2:22+6");
  EXPECT_EQ(root.find("fold")->text, "one two");
  EXPECT_EQ(at(root.find("fold")->at), "3:7+2");
  EXPECT_EQ(root.find("plain")->text, "one two");
  EXPECT_EQ(at(root.find("plain")->at), "6:8+3");
  EXPECT_EQ(at(root.find("none")->at), "8:1+4");
  EXPECT_EQ(root.find("nil")->kind, YamlKind::Empty);
  EXPECT_EQ(root.find("nil")->text, "~");
  EXPECT_EQ(at(root.find("nil")->at), "9:6+1");
  EXPECT_EQ(root.find("absent"), nullptr);
}

TEST(YamlDocument, WindowsLineEndsCountAsOne) {
  const YamlNode root = rootOf("a: b\r\nc: d\r\n");
  EXPECT_EQ(root.find("c")->text, "d");
  EXPECT_EQ(at(root.find("c")->at), "2:4+1");
}

TEST(YamlDocument, DuplicateKeysAreAllTold) {
  EXPECT_EQ(problemsOf("a: 1\nb: {c: 1, c: 2}\na: 2\n'a': 3\n"),
            "2:11+1: the key 'c' stands twice; first in line 2\n"
            "3:1+1: the key 'a' stands twice; first in line 1\n"
            "4:1+3: the key 'a' stands twice; first in line 1\n");
  Problems problems;
  const YamlDocument document = parseYaml("a: 1\na: 2\n", problems);
  EXPECT_TRUE(document.complete);
  EXPECT_EQ(document.root.find("a")->text, "1");
}

TEST(YamlDocument, WhatReviewsDoNotUseIsRefused) {
  EXPECT_EQ(problemsOf("a: &x 1\nb: *x\n"),
            "1:4+1: the anchor '&x' is not used here; leave it out\n"
            "2:4+1: aliases are not used here; write the value out\n");
  EXPECT_EQ(problemsOf("b: *y\n"), "1:4+1: aliases are not used here; write the value out\n");
  EXPECT_EQ(problemsOf("<<: {a: b}\n"), "1:1+2: merge keys '<<' are not used here; write the keys out\n");
  EXPECT_EQ(problemsOf("a: !!str x\n"), "1:4+1: tags are not used here; every value is text as written\n");
  EXPECT_EQ(problemsOf("? [a]\n: b\n"), "1:3+1: a key is plain text; quote it if it is a word such as null\n");
  EXPECT_EQ(problemsOf("null: b\n"), "1:1+1: a key is plain text; quote it if it is a word such as null\n");
  EXPECT_EQ(problemsOf("a: b\n---\nc: d\n"), "2:1+3: a second document begins here; a review is one document\n");
  EXPECT_EQ(problemsOf("- a\nb: c\n"),
            "2:1+1: this line belongs neither to the list nor to the map above it; check the indentation\n");
  EXPECT_EQ(problemsOf(""), "1:1+1: the file is empty; a review begins with 'version: 1'\n");
  EXPECT_EQ(problemsOf("# only this\n"), "1:1+1: the file is empty; a review begins with 'version: 1'\n");
}

TEST(YamlDocument, SyntaxErrorsSayWhereTheyBegin) {
  EXPECT_EQ(problemsOf("a:\n  b: [1, 2\nc: d\n"), "2:6+1: the '[' opened here is not closed\n");
  EXPECT_EQ(problemsOf("a: {b: c\n"), "1:4+1: the '{' opened here is not closed\n");
  EXPECT_EQ(problemsOf("a: 'b\nc: d\n"), "1:4+1: the quotation mark opened here is not closed\n");
  EXPECT_EQ(problemsOf("a: \"b\\\"\nc: d"), "1:4+1: the quotation mark opened here is not closed\n");
  EXPECT_EQ(problemsOf("a: 'it''s\n  b'\nc: d\n"), "");
  EXPECT_EQ(problemsOf("a:\n  - b: c\n     d: e\n"),
            "3:6+1: 'd' stands 5 blanks in, 'b' above it 4; write them below each other\n");
  EXPECT_EQ(problemsOf("a:\n  - b: c\n   d: e\n"),
            "3:4+1: 'd' stands 3 blanks in, 'b' above it 4; write them below each other\n");
  EXPECT_EQ(problemsOf("a:\n  - b: c\n   # a comment: no key\n     d: e\n"),
            "4:6+1: 'd' stands 5 blanks in, 'b' above it 4; write them below each other\n");
  EXPECT_EQ(problemsOf("\xFF\xFE"
                       "a"),
            "1:1+1: this is UTF-16 (Notepad calls it 'Unicode'); save the file as UTF-8\n");
  EXPECT_EQ(problemsOf("a:\n\tb: c\n"), "2:1+1: a tab in the indentation; use spaces\n");
  EXPECT_EQ(problemsOf("a: b: c\n"),
            "1:5+1: a ':' where no key can stand; quote the text if the colon belongs to it, otherwise check the "
            "indentation\n");
  EXPECT_EQ(problemsOf("a: @b\n"), "1:4+1: a value cannot begin with this character; quote it\n");
  EXPECT_EQ(problemsOf("a: - b\n"), "1:4+1: a '-' where no list can begin; quote the text if the dash belongs to it\n");
  EXPECT_EQ(problemsOf("a: [b]c\n"), "1:7+1: neither a key nor the end of the map; check indentation and quotes\n");
  EXPECT_EQ(problemsOf("%YAML 9.1\n---\na: b\n"), "1:1+1: this is not YAML: YAML major version too large\n");
}

TEST(YamlDocument, BytesThatAreNoTextAreRefused) {
  EXPECT_EQ(problemsOf("a: b\nå: \xE6\n"), "2:4+1: byte E6 is not UTF-8; save the file as UTF-8\n");
  EXPECT_EQ(problemsOf("a: \xC0\xAF"), "1:4+1: byte C0 is not UTF-8; save the file as UTF-8\n");          // overlong
  EXPECT_EQ(problemsOf("a: \xED\xA0\x80"), "1:4+1: byte ED is not UTF-8; save the file as UTF-8\n");      // surrogate
  EXPECT_EQ(problemsOf("a: \xF4\x90\x80\x80"), "1:4+1: byte F4 is not UTF-8; save the file as UTF-8\n");  // > U+10FFFF
  EXPECT_EQ(problemsOf("a: \xE2\x82"), "1:4+1: byte E2 is not UTF-8; save the file as UTF-8\n");          // cut
  EXPECT_EQ(problemsOf(std::string("a: b\0c", 6)),
            "1:5+1: the control character 00 cannot stand in a review; remove it\n");
  EXPECT_EQ(problemsOf("a: b\x04"), "1:5+1: the control character 04 cannot stand in a review; remove it\n");
  EXPECT_EQ(problemsOf("a: b\rc: d"), "1:5+1: the control character 0D cannot stand in a review; remove it\n");
}

TEST(YamlDocument, SizeAndDepthHaveLimits) {
  EXPECT_EQ(problemsOf(std::string(largestYaml + 1, ' ')), "0:0+1: the file is larger than 4 MiB\n");
  EXPECT_EQ(problemsOf(std::string(64, '[') + std::string(64, ']')), "");
  EXPECT_EQ(problemsOf(std::string(65, '[') + std::string(65, ']')),
            "1:65+1: lists and maps are nested deeper than 64 levels\n");
  // The library takes each '[' that is never closed for the key of a map as well: twice the depth.
  EXPECT_EQ(problemsOf(std::string(20000, '[')), "1:33+1: lists and maps are nested deeper than 64 levels\n");
  std::string maps;
  for (int i = 0; i < 70; ++i) maps += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  EXPECT_EQ(problemsOf(maps), "65:65+1: lists and maps are nested deeper than 64 levels\n");
}

}  // namespace
}  // namespace winnow::config
