// filters.year: the years that the protocol reads. See README.md.
#include <charconv>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

#include <winnow/options.hpp>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

namespace {

using namespace winnow;

class YearFilter final : public Filter {
 public:
  static constexpr std::string_view id = "filters.year", version = "1.0.0";
  static constexpr std::string_view help = "Drops records published before or after the years that the protocol reads.";
  static constexpr std::uint32_t flags = WINNOW_STATELESS | WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr std::string_view reads[] = {tags::kIssuedYear};
  static constexpr winnow_option options[] = {
      Option::integer("from").help("The first year that stays; open unless given.").from("1000").to("9999"),
      Option::integer("to").help("The last year that stays; open unless given.").from("1000").to("9999")};
  enum Reason : std::uint32_t { Missing, Differ };
  static constexpr winnow_reason reasons[] = {
      unsureReason("year.missing", "no year of publication stated"),
      unsureReason("year.differ", "several years stated, some of them within the limits")};

  YearFilter(Host host, const Settings& settings) : Filter(host), year_(host.tag(tags::kIssuedYear)) {
    if (settings.has("from")) from_ = settings.integer("from");
    if (settings.has("to")) to_ = settings.integer("to");
    if (!from_ && !to_) throw std::invalid_argument("neither \"from\" nor \"to\" says which years stay");
    if (from_ && to_ && *from_ > *to_)
      throw Refusal("from", std::to_string(*from_) + " is later than \"to\", " + std::to_string(*to_));
    if (from_) before_ = own("year.before", "published before " + std::to_string(*from_));
    if (to_) after_ = own("year.after", "published after " + std::to_string(*to_));
  }

  Verdict judge(Record record) override {
    std::uint32_t field = WINNOW_NONE, reason = WINNOW_NONE;
    bool isWithin = false;
    for (const std::uint32_t i : record.all(year_)) {
      const std::optional<std::int64_t> year = yearIn(record.value(i));
      if (!year) continue;
      const bool isBefore = from_ && *year < *from_, isAfter = to_ && *year > *to_;
      isWithin = isWithin || (!isBefore && !isAfter);
      // Years on both sides of the limits may be those of a first and a last edition.
      if (reason != WINNOW_NONE && (isBefore || isAfter) && reason != (isBefore ? before_ : after_)) isWithin = true;
      if (field == WINNOW_NONE || isBefore || isAfter) field = i;
      if (isBefore || isAfter) reason = isBefore ? before_ : after_;
    }
    if (field == WINNOW_NONE) return Verdict::unsure(Missing);
    if (reason == WINNOW_NONE) return Verdict::keep();
    const std::size_t size = record.value(field).size();
    return isWithin ? Verdict::unsure(Differ).because(field, 0, size) : Verdict::drop(reason).because(field, 0, size);
  }

 private:
  std::uint32_t own(std::string code, std::string label) {
    ownReasons_.push_back({WINNOW_DROP, std::move(code), std::move(label)});
    return static_cast<std::uint32_t>(std::size(reasons) + ownReasons_.size() - 1);
  }

  static std::optional<std::int64_t> yearIn(std::string_view text) {
    std::int64_t year = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return year;
  }

  std::uint32_t year_;
  std::optional<std::int64_t> from_, to_;
  std::uint32_t before_ = WINNOW_NONE, after_ = WINNOW_NONE;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "filters-year", "1.0.0", "Apache-2.0"), YearFilter)
