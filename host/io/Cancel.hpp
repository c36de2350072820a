// Whether somebody asked the program to stop.
#pragma once

#include <atomic>

namespace winnow::io {

/// Set by SIGINT and SIGTERM. Every loop that may take long and every wait looks at it.
std::atomic<bool>& cancelRequested();

/// Throws winnow::Error("cancelled") if so.
void stopIfCancelled();

}  // namespace winnow::io
