// The numbers of tag names in this process: "title" is the same number for every plugin and every record.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace winnow::plugins {

/// Interns names. Numbers begin at 1 and follow first use, so they are no order and never stored. Any thread.
class TagTable {
 public:
  std::uint32_t number(std::string_view name);
  /// The name of a number that number() gave; "?" for any other.
  std::string_view name(std::uint32_t number) const;
  /// The same, empty for any other.
  std::string_view nameOrEmpty(std::uint32_t number) const;
  /// Unlike an address never given twice in a process. Never 0.
  std::uint64_t serial() const noexcept { return serial_; }

 private:
  static std::uint64_t nextSerial();
  std::uint64_t serial_ = nextSerial();
  mutable std::shared_mutex mutex_;
  std::deque<std::string> names_;
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

}  // namespace winnow::plugins
