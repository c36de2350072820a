#include "io/Diagnostic.hpp"

#include <gtest/gtest.h>

namespace winnow::io {

TEST(Diagnostic, JsonHasTheMembersThatAreKnown) {
  Diagnostic d{Severity::Warning, "ris.missing-er", "no end", "ended here", "a.ris", 7, 3, 2};
  EXPECT_EQ(renderJson(d), R"({"severity":"warning","code":"ris.missing-er","message":"no end","action":"ended here",)"
                           R"("file":"a.ris","line":7,"column":3,"record":2})");
  d.column = 0;  // a whole line: its begin
  d.record = 0;
  d.action.clear();
  EXPECT_EQ(renderJson(d), R"({"severity":"warning","code":"ris.missing-er","message":"no end","file":"a.ris",)"
                           R"("line":7,"column":1})");
  d.line = 0;
  EXPECT_EQ(renderJson(d), R"({"severity":"warning","code":"ris.missing-er","message":"no end","file":"a.ris"})");
}

}  // namespace winnow::io
