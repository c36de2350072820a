#include "RowTime.hpp"

#include <chrono>

namespace winnow::engine {

namespace {

/// Reads digits and separators from the front.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool atEnd() const noexcept { return text_.empty(); }
  bool take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  std::optional<int> digits(std::size_t count) {
    if (text_.size() < count) return std::nullopt;
    int value = 0;
    for (const char c : text_.substr(0, count)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    text_.remove_prefix(count);
    return value;
  }
  void skipDigits() {
    while (!text_.empty() && text_.front() >= '0' && text_.front() <= '9') text_.remove_prefix(1);
  }

 private:
  std::string_view text_;
};

std::optional<std::int64_t> dateOf(Scanner& scan) {
  const auto year = scan.digits(4);
  const bool hasDashes = scan.take('-');
  const auto month = scan.digits(2);
  if (hasDashes && !scan.take('-')) return std::nullopt;
  const auto day = scan.digits(2);
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date}.time_since_epoch().count() * std::int64_t{86400};
}

/// Hours and minutes, "10:15" or "1015", as seconds.
std::optional<std::int64_t> hoursOf(Scanner& scan) {
  const auto hour = scan.digits(2);
  scan.take(':');
  const auto minute = scan.digits(2);
  if (!hour || !minute || *hour > 24 || *minute > 59) return std::nullopt;
  return *hour * std::int64_t{3600} + *minute * 60;
}

std::optional<std::int64_t> zoneOf(Scanner& scan) {
  if (scan.take('Z') || scan.take('z')) return 0;
  const bool isEast = scan.take('+');
  if (!isEast && !scan.take('-')) return 0;
  const auto offset = hoursOf(scan);
  if (!offset) return std::nullopt;
  return isEast ? *offset : -*offset;
}

}  // namespace

std::optional<std::int64_t> secondsOf(std::string_view text) {
  Scanner scan(text);
  const auto date = dateOf(scan);
  if (!date) return std::nullopt;
  if (scan.atEnd()) return date;
  if (!scan.take('T') && !scan.take(' ') && !scan.take('t')) return std::nullopt;
  const auto hours = hoursOf(scan);
  if (!hours) return std::nullopt;
  std::int64_t seconds = 0;
  scan.take(':');
  if (const auto written = scan.digits(2)) seconds = *written;
  if (scan.take('.') || scan.take(',')) scan.skipDigits();
  scan.take(' ');
  const auto zone = zoneOf(scan);
  if (!zone || !scan.atEnd()) return std::nullopt;
  return *date + *hours + seconds - *zone;
}

}  // namespace winnow::engine
