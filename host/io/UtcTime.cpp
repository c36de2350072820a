#include "UtcTime.hpp"

#include <ctime>

namespace winnow::io {

namespace {

std::string shown(std::int64_t seconds, const char* format) {
  const std::time_t time = seconds;
  std::tm parts{};
  ::gmtime_r(&time, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, format, &parts)};
}

}  // namespace

std::string utcTime(std::int64_t seconds) { return shown(seconds, "%Y-%m-%dT%H:%M:%SZ"); }

std::string utcDay(std::int64_t seconds) { return shown(seconds, "%Y-%m-%d"); }

}  // namespace winnow::io
