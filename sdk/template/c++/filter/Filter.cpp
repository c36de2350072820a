#include <charconv>

#include <winnow/options.hpp>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

namespace {

/// Drops records published before a year. A record without a year is undecided, never a guess. Change this to your rule.
class @CLASS@Filter final : public winnow::Filter {
 public:
  static constexpr std::string_view id = "filters.@NAME@", version = "0.1.0", help = "Drops records published before a year.";
  static constexpr std::uint32_t flags = WINNOW_STATELESS | WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES;
  // It is handed these fields and no others, and judges a record anew only when one of them has changed.
  static constexpr std::string_view reads[] = {winnow::tags::kIssuedYear};
  static constexpr winnow_option options[] = {
      winnow::Option::integer("since").help("First year that is kept.").fallback("2010").from("1400").to("2100")};
  enum Reason : std::uint32_t { TooOld, NoYear };
  static constexpr winnow_reason reasons[] = {winnow::dropReason("@NAME@.too-old", "Published before the period"),
                                              winnow::unsureReason("@NAME@.no-year", "No year of publication")};

  @CLASS@Filter(winnow::Host host, const winnow::Settings& settings)
      : Filter(host), year_(host.tag(winnow::tags::kIssuedYear)), since_(settings.integer("since")) {}

  winnow::Verdict judge(winnow::Record record) override {
    const std::uint32_t field = record.indexOf(year_);
    if (field == WINNOW_NONE) return winnow::Verdict::unsure(NoYear);
    const std::string_view digits = record.value(field);
    std::int64_t year = 0;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), year).ec != std::errc()) return winnow::Verdict::unsure(NoYear);
    if (year >= since_) return winnow::Verdict::keep();
    return winnow::Verdict::drop(TooOld).because(field, 0, digits.size());
  }

 private:
  std::uint32_t year_;
  std::int64_t since_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("example.org", "@NAME@", "0.1.0", "Apache-2.0")
                  .description("What it is for, in a sentence or two.")
                  .homepage("https://example.org/@NAME@")
                  .support("https://example.org/@NAME@/issues"),
              @CLASS@Filter)
