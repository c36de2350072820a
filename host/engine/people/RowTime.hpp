// The moment that a row of a decision file states in its column "time".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace winnow::engine {

/// Seconds since 1970-01-01 UTC of an ISO 8601 date or date with time: "2026-11-28", "2026-11-28 10:15",
/// "2026-11-28T10:15:30.5+01:00", "20261128T101530Z". A time without zone is UTC. Nothing for anything else.
std::optional<std::int64_t> secondsOf(std::string_view text);

}  // namespace winnow::engine
