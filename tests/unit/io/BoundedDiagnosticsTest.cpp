#include "io/BoundedDiagnostics.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace winnow::io {
namespace {

TEST(BoundedDiagnostics, TheFirstOfEachCodeAreListedTheRestIsCounted) {
  std::vector<Diagnostic> told;
  BoundedDiagnostics bounded([&](const Diagnostic& d) { told.push_back(d); });
  const std::uint64_t many = BoundedDiagnostics::kMost + 41;
  for (std::uint64_t i = 1; i <= many; ++i)
    bounded.add({Severity::Warning, "a", "each line", "", "f", static_cast<std::uint32_t>(i), 3, i});
  bounded.add({Severity::Error, "b", "once", "", "f", 7, 1, 0});
  EXPECT_EQ(told.size(), BoundedDiagnostics::kMost + 1);
  bounded.addRest();
  ASSERT_EQ(told.size(), BoundedDiagnostics::kMost + 2);
  EXPECT_EQ(render(told.back()), "f:" + std::to_string(many) + ":3: warning [a]: record " + std::to_string(many) +
                                     ": 41 more such problems, the last one here; they are counted, not listed");
  bounded.addRest();
  EXPECT_EQ(told.size(), BoundedDiagnostics::kMost + 2);
}

}  // namespace
}  // namespace winnow::io
