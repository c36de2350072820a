#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "bibliography/TagIndex.hpp"
#include "winnow/plugin.hpp"
#include "winnow/tags.hpp"

namespace winnow::bibliography {

/// The tags of winnow/tags.hpp with the host's numbers for them. The ABI gives a number for a name but no name for a
/// number, so a tag outside this vocabulary is known to be there and cannot be named.
class Vocabulary {
 public:
  enum class Kind {
    work,     ///< says something about the publication
    host,     ///< added by the host: identity, votes, fate
    unknown,  ///< outside winnow/tags.hpp
  };
  struct Entry {
    std::uint32_t number = 0;
    tags::Name name;
    Kind kind = Kind::unknown;
    TagIndex index = kNoIndex;
  };

  /// Every tag of kind `work`, in the order of winnow/tags.hpp. Thread: any.
  static std::span<const tags::Name> workTags() noexcept;

  /// Thread: setup.
  explicit Vocabulary(const Host& host);
  /// The tag of that number; kind `unknown` and an empty name if it is none of the vocabulary. Thread: any.
  Entry find(std::uint32_t number) const;

 private:
  std::vector<Entry> entries_;  ///< by number; of kind unknown where a number is another tag's
};

}  // namespace winnow::bibliography
