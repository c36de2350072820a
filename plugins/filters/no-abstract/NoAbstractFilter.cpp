// filters.no-abstract: records without an abstract. See README.md.
#include <algorithm>
#include <string>
#include <vector>

#include <winnow/formats/text.hpp>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

namespace {

using namespace winnow;

/// What databases and programs write where there is no abstract, folded.
constexpr std::string_view kPlaceholders[] = {"no abstract",
                                              "no abstract available",
                                              "no abstract is available",
                                              "no abstract is available for this article",
                                              "no abstract provided",
                                              "no abstract supplied",
                                              "no abstract found",
                                              "abstract not available",
                                              "abstract unavailable",
                                              "abstract not provided",
                                              "an abstract is not available",
                                              "not available",
                                              "unavailable",
                                              "n a",
                                              "na",
                                              "none",
                                              "null",
                                              "abstract"};

class NoAbstractFilter final : public Filter {
 public:
  static constexpr std::string_view id = "filters.no-abstract", version = "1.0.0";
  static constexpr std::string_view help = "Drops records without an abstract.";
  static constexpr std::uint32_t flags = WINNOW_STATELESS | WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr std::string_view reads[] = {tags::kAbstract};
  static constexpr winnow_option options[] = {
      option(WINNOW_INTEGER, "fewest_words", "5", "An abstract of fewer words is undecided.", {}, "0", "1000")};
  enum Reason : std::uint32_t { NoAbstract, Short };
  static constexpr winnow_reason reasons[] = {dropReason("no-abstract.none", "no abstract"),
                                              unsureReason("no-abstract.short", "an abstract of a few words")};

  NoAbstractFilter(Host host, const Settings& settings)
      : Filter(host),
        abstract_(host.tag(tags::kAbstract)),
        fewest_(static_cast<std::ptrdiff_t>(settings.integer("fewest_words"))) {}

  Verdict judge(Record record) override {
    std::uint32_t placeholder = WINNOW_NONE, brief = WINNOW_NONE;
    for (const std::uint32_t i : record.all(abstract_)) {
      const std::string folded = formats::foldForMatching(record.value(i));
      if (folded.empty() && !formats::isBlank(record.value(i))) return Verdict::keep();  // another script
      if (folded.empty()) continue;
      if (std::find(std::begin(kPlaceholders), std::end(kPlaceholders), folded) != std::end(kPlaceholders))
        placeholder = i;
      else if (hasManyWords(record.value(i), folded))
        return Verdict::keep();
      else
        brief = i;
    }
    if (brief != WINNOW_NONE) return Verdict::unsure(Short).because(brief, 0, record.value(brief).size());
    if (placeholder != WINNOW_NONE)
      return Verdict::drop(NoAbstract).because(placeholder, 0, record.value(placeholder).size());
    return Verdict::drop(NoAbstract);
  }

 private:
  /// Words between blanks; scripts that write without blanks are measured by their letters.
  bool hasManyWords(std::string_view text, const std::string& folded) const {
    const std::ptrdiff_t words = std::count(folded.begin(), folded.end(), ' ') + 1;
    const bool isLatin =
        std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0xD0; });
    return words >= fewest_ || (!isLatin && static_cast<std::ptrdiff_t>(text.size()) >= 3 * fewest_);
  }

  std::uint32_t abstract_;
  std::ptrdiff_t fewest_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "filters-no-abstract", "1.0.0", "Apache-2.0"), NoAbstractFilter)
