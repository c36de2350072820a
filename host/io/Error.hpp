// What cannot go on: one exception type for the whole host, printed by the command line as one line.
#pragma once

#include <stdexcept>
#include <string>

namespace winnow {

/// The work cannot go on (disk full, broken ledger, a plugin that refuses). Exit code 1.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The user asked for something that does not exist or cannot be (wrong option, wrong configuration). Exit code 2.
class UsageError : public Error {
 public:
  using Error::Error;
};

}  // namespace winnow
