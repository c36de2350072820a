// One screening server for a review at a time.
#pragma once

#include <filesystem>
#include <string>

#include "io/Descriptor.hpp"

namespace winnow::screen {

/// Held while a server runs; the kernel gives it back however the server ends. The file tells the address, which is no
/// secret: nobody gets in without a token.
class ScreeningLock {
 public:
  /// Throws winnow::Error with the address of the server that has the lock.
  explicit ScreeningLock(const std::filesystem::path& file);
  /// Removes the file.
  ~ScreeningLock();
  ScreeningLock(const ScreeningLock&) = delete;
  ScreeningLock& operator=(const ScreeningLock&) = delete;

  void announce(const std::string& address);

 private:
  std::filesystem::path file_;
  io::Descriptor descriptor_;
};

}  // namespace winnow::screen
