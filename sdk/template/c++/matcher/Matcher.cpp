#include <string>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

namespace {

/// Finds records with the same DOI. Change this to your rule; the host groups, joins and undoes.
class @CLASS@Matcher final : public winnow::Matcher {
 public:
  static constexpr std::string_view id = "filters.@NAME@", version = "0.1.0", help = "Records with the same DOI are the same work.";
  static constexpr std::uint32_t flags = WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES;
  enum Rule : std::uint32_t { SameDoi };
  static constexpr winnow_reason reasons[] = {winnow::dropReason("@NAME@.doi", "the same DOI")};

  @CLASS@Matcher(winnow::Host host, const winnow::Settings&) : Matcher(host), doi_(host.tag(winnow::tags::kDoi)) {}

  /// Records with an equal key meet in a block; a record without one meets nobody.
  void keys(winnow::Record record, winnow::Keys& keys) override {
    if (const std::string_view doi = record.first(doi_); !doi.empty()) keys.add(record.id(), 0, doi);
  }

  void match(winnow::Batch block, winnow::Pairs& pairs) override {
    for (std::size_t i = 0; i < block.size(); ++i)
      for (std::size_t k = i + 1; k < block.size(); ++k) {
        const std::string_view doi = block[i].first(doi_);
        if (!doi.empty() && doi == block[k].first(doi_)) pairs.add(block[i].id(), block[k].id(), {SameDoi, false, 1, {}});
      }
  }

 private:
  std::uint32_t doi_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("example.org", "@NAME@", "0.1.0", "Apache-2.0")
                  .description("What it is for, in a sentence or two.")
                  .homepage("https://example.org/@NAME@")
                  .support("https://example.org/@NAME@/issues"),
              @CLASS@Matcher)
