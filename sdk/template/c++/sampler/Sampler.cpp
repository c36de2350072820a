#include <string>
#include <utility>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

namespace {

/// Takes the first tenth by title. Change this to your order: a pure function of the record.
class @CLASS@Sampler final : public winnow::Sampler {
 public:
  static constexpr std::string_view id = "filters.@NAME@", version = "0.1.0", help = "The first tenth of the records by title.";
  static constexpr std::uint32_t flags = WINNOW_STATELESS | WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES;

  @CLASS@Sampler(winnow::Host host, const winnow::Settings&) : Sampler(host), title_(host.tag(winnow::tags::kTitle)) {}

  std::pair<std::uint32_t, std::string> key(winnow::Record record) override { return {0, std::string(record.first(title_))}; }
  std::uint64_t take(std::uint32_t, std::uint64_t count) override { return (count + 9) / 10; }

 private:
  std::uint32_t title_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("example.org", "@NAME@", "0.1.0", "Apache-2.0")
                  .description("What it is for, in a sentence or two.")
                  .homepage("https://example.org/@NAME@")
                  .support("https://example.org/@NAME@/issues"),
              @CLASS@Sampler)
