// What a source's bytes went into: the sums hold whatever the order of declarations, and every breach is refused.
#include "io/ByteAccount.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "io/Error.hpp"

namespace winnow::io {
namespace {

/// A text whose importer has read all of it.
struct Account {
  explicit Account(std::string_view whole)
      : text(whole), account([whole](auto byte, auto length) { return whole.substr(byte, length); }) {}

  winnow_span span(std::string_view part) const {
    const std::size_t byte = text.find(part);
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(byte), '\n');
    const std::size_t begin = text.rfind('\n', byte) + 1;
    return {byte, static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(byte - begin + 1),
            static_cast<std::uint32_t>(part.size()), 0};
  }
  void declare(std::string_view part, std::uint32_t kind = WINNOW_COMMENT) {
    account.declare({span(part), kind, 0}, text.size());
  }
  void take(std::string_view part) { account.take(span(part), text.size()); }
  const ByteCounts& finish() {
    account.finish(text.size(), false);
    return account.counts();
  }

  std::string_view text;
  ByteAccount account;
};

TEST(ByteAccount, AddsUpWhatEveryByteIs) {
  Account a("head\n\nrecord one\n--\nrecord two\n\xEF\xBB\xBF\x1A\n");
  a.declare("head", WINNOW_HEADING);
  a.declare("--", WINNOW_SEPARATOR);
  a.take("record one\n");
  a.take("record two\n");
  const ByteCounts& counts = a.finish();
  EXPECT_EQ(counts.heading, 4u);
  EXPECT_EQ(counts.separator, 2u);
  EXPECT_EQ(counts.records, 22u);
  EXPECT_EQ(counts.unaccounted, 0u);
  EXPECT_EQ(counts.blank, a.text.size() - 28);
  EXPECT_EQ(counts.total(), a.text.size());
}

TEST(ByteAccount, WhatIsLeftHasItsPlaceAndItsText) {
  Account a("record one\n\n  lost line\nand another\nrecord two\ntail");
  a.take("record one\n");
  a.take("record two\n");
  const ByteCounts& counts = a.finish();
  ASSERT_EQ(a.account.unaccounted().size(), 2u);
  const Unaccounted& first = a.account.unaccounted()[0];
  EXPECT_EQ(first.line, 3u);
  EXPECT_EQ(first.column, 3u);
  EXPECT_EQ(first.lines, 2u);
  EXPECT_EQ(first.text, "lost line\nand another");
  EXPECT_EQ(a.account.unaccounted()[1].line, 6u);
  EXPECT_EQ(a.account.unaccounted()[1].text, "tail");
  EXPECT_EQ(counts.total(), a.text.size());
}

TEST(ByteAccount, DeclarationsPartAStretch) {
  Account a("aa BB cc DD ee");
  a.declare("DD");
  a.declare("BB");
  EXPECT_EQ(a.finish().unaccounted, 6u);
  EXPECT_EQ(a.account.stretchCount(), 3u);
  EXPECT_EQ(a.account.unaccounted()[1].text, "cc");
}

TEST(ByteAccount, AStretchThatAChunkCutsIsOne) {
  Account a("record\nlost and lost again\nmore");
  a.take("record\n");
  for (std::size_t end = 8; end <= a.text.size(); end += 3) {
    a.account.finish(end, false);
    EXPECT_EQ(a.account.releasable(), end);
  }
  a.finish();
  ASSERT_EQ(a.account.unaccounted().size(), 1u);
  EXPECT_EQ(a.account.unaccounted()[0].line, 2u);
  EXPECT_EQ(a.account.unaccounted()[0].lines, 2u);
  EXPECT_EQ(a.account.counts().total(), a.text.size());
}

TEST(ByteAccount, AfterAFailureTheRestIsUnreadable) {
  Account a("record\nand a broken rest");
  a.take("record\n");
  a.account.finish(a.text.size(), true);
  EXPECT_EQ(a.account.counts().unreadable, 17u);
  EXPECT_EQ(a.account.stretchCount(), 0u);
}

TEST(ByteAccount, RefusesWhatBreaksTheLaw) {
  const auto refused = [](auto&& breach) {
    Account a("one two three");
    EXPECT_THROW(breach(a), winnow::Error);
  };
  refused([](Account& a) { a.declare("one"), a.declare("one"); });
  refused([](Account& a) { a.declare("two three"), a.declare("three"); });
  refused([](Account& a) { a.declare("one"), a.take("one two"); });
  refused([](Account& a) { a.declare("two"), a.take("one two"); });
  refused([](Account& a) { a.declare("one two"), a.take("two"); });
  refused([](Account& a) { a.take("two"), a.declare("one"); });
  refused([](Account& a) { a.take("two"), a.take("one"); });
  refused([](Account& a) { a.declare("one", 0); });
  refused([](Account& a) { a.declare("one", 6); });
  refused([](Account& a) { a.account.declare({{0, 1, 1, 0, 0}, WINNOW_COMMENT, 0}, 3); });
  refused([](Account& a) { a.account.declare({{0, 0, 1, 3, 0}, WINNOW_COMMENT, 0}, 3); });
  refused([](Account& a) { a.account.declare({{0, 1, 1, 4, 0}, WINNOW_COMMENT, 0}, 3); });
  refused([](Account& a) { a.account.take({0, 1, 1, 4, 0}, 3); });
}

TEST(ByteAccount, OnlyTheFirstStretchesAreKeptAllAreCounted) {
  std::string text;
  for (std::size_t i = 0; i < ByteAccount::kMostStretches + 5; ++i) text += "lost\nR\n";
  Account a(text);
  for (std::size_t i = 0; i < ByteAccount::kMostStretches + 5; ++i)
    a.account.take({i * 7 + 5, static_cast<std::uint32_t>(2 * i + 2), 1, 2, 0}, text.size());
  a.finish();
  EXPECT_EQ(a.account.unaccounted().size(), ByteAccount::kMostStretches);
  EXPECT_EQ(a.account.stretchCount(), ByteAccount::kMostStretches + 5);
  EXPECT_EQ(a.account.unaccounted().back().line, 2 * ByteAccount::kMostStretches - 1);
}

/// The law itself: whatever is declared and taken, in whatever order and released when, the sum is the text.
TEST(ByteAccount, TheSumIsTheText) {
  for (unsigned seed = 1; seed <= 500; ++seed) {
    std::mt19937 random(seed);
    std::string text;
    for (int i = 0; i < 200; ++i) text += "ab \n\r\t-"[random() % 7];
    Account a(text);
    std::uint64_t records = 0, declared = 0;
    std::vector<winnow_declaration> waiting;
    for (std::size_t at = 0; at < text.size();) {
      const auto size = static_cast<std::uint32_t>(std::min<std::size_t>(1 + random() % 9, text.size() - at));
      const winnow_span span{at, 1, 1, size, 0};
      switch (random() % 3) {
        case 0:
          while (!waiting.empty()) {  // in any order, before the record behind them
            const std::size_t which = random() % waiting.size();
            a.account.declare(waiting[which], text.size());
            waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(which));
          }
          a.account.take(span, text.size());
          records += size;
          if (random() % 2 == 0) a.account.releasable();
          break;
        case 1:
          waiting.push_back({span, static_cast<std::uint32_t>(1 + random() % 5), 0});
          declared += size;
          break;
        default:
          break;
      }
      at += size;
    }
    for (const winnow_declaration& d : waiting) a.account.declare(d, text.size());
    const ByteCounts& counts = a.finish();
    EXPECT_EQ(counts.total(), text.size()) << "seed " << seed;
    EXPECT_EQ(counts.records, records) << "seed " << seed;
    EXPECT_EQ(counts.heading + counts.structure + counts.comment + counts.separator + counts.unreadable, declared)
        << "seed " << seed;
  }
}

}  // namespace
}  // namespace winnow::io
