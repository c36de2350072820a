// Times as files hold them: in UTC, whatever the machine's zone and locale.
#pragma once

#include <cstdint>
#include <string>

namespace winnow::io {

/// "2026-11-29T13:05:00Z" of seconds since 1970.
std::string utcTime(std::int64_t seconds);

/// "2026-11-29" of seconds since 1970.
std::string utcDay(std::int64_t seconds);

}  // namespace winnow::io
