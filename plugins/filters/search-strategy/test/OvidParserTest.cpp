#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "search-strategy/strategy/Parser.hpp"

namespace winnow::search {
namespace {

TEST(OvidParser, everyLineHasATreeOrAnError) {
  const Parsed parsed = parse("1. (home adj3 help).ti.\n2. peer adj (a or b)).ti.\n3. or/1-2\n", Platform::Ovid);
  ASSERT_EQ(parsed.strategy.lines.size(), 3u);
  EXPECT_EQ(printOvid(*parsed.strategy.lines[0].tree), "(home adj3 help).ti.");
  EXPECT_FALSE(parsed.strategy.lines[1].tree);
  EXPECT_EQ(parsed.diagnostics[0].code, "OVID-E02");
}

}  // namespace
}  // namespace winnow::search
