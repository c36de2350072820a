#include "Commands.hpp"

namespace {
using namespace winnow;
class Stub final : public Filter {
 public:
  static constexpr std::string_view id = "filters.search-strategy", version = "1.0.0", help = "x";
  static constexpr std::uint32_t flags = WINNOW_STATELESS;
  Stub(Host host, const Settings&) : Filter(host) {}
  Verdict judge(Record) override { return Verdict::keep(); }
};
}
WINNOW_PLUGIN_EXTENDED("winnow", "filters-search-strategy", "1.0.0", "Apache-2.0", search::commands, Stub)
