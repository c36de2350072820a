#include "bibliography/Vocabulary.hpp"

namespace winnow::bibliography {
std::span<const tags::Name> Vocabulary::workTags() noexcept { return kWorkTags; }

Vocabulary::Vocabulary(const Host& host) {
  for (std::size_t i = 0; i < kTagCount; ++i) {
    const auto index = static_cast<TagIndex>(i);
    const std::uint32_t number = host.tag(nameOf(index));
    if (number >= entries_.size()) entries_.resize(number + 1);
    entries_[number] = {number, nameOf(index), i < kWorkCount ? Kind::work : Kind::host, index};
  }
}

Vocabulary::Entry Vocabulary::find(std::uint32_t number) const {
  return number < entries_.size() ? entries_[number] : Entry{};
}

}  // namespace winnow::bibliography
