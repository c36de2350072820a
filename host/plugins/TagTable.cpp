#include "TagTable.hpp"

#include <atomic>

namespace winnow::plugins {

std::uint64_t TagTable::nextSerial() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

std::uint32_t TagTable::number(std::string_view name) {
  {
    const std::shared_lock lock(mutex_);
    if (const auto found = numbers_.find(name); found != numbers_.end()) return found->second;
  }
  const std::unique_lock lock(mutex_);
  if (const auto found = numbers_.find(name); found != numbers_.end()) return found->second;
  names_.emplace_back(name);
  const auto number = static_cast<std::uint32_t>(names_.size());
  numbers_.emplace(names_.back(), number);
  return number;
}

std::string_view TagTable::name(std::uint32_t number) const {
  const std::string_view name = nameOrEmpty(number);
  return name.data() == nullptr ? "?" : name;
}

std::string_view TagTable::nameOrEmpty(std::uint32_t number) const {
  const std::shared_lock lock(mutex_);
  return number == 0 || number > names_.size() ? std::string_view() : std::string_view(names_[number - 1]);
}

}  // namespace winnow::plugins
