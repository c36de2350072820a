// The paths of a file's elements below their record, each numbered once.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "SaxParser.hpp"

namespace winnow::xml {

/// "titles/title", "ref-type@name": a step down compares pointers (names of one parser), never text. A file that never
/// ends to name new elements gets one path for all of them, "(others)".
class Paths {
 public:
  /// The record itself, whose path is empty.
  static constexpr std::uint32_t kRecord = 0;

  /// The element of that name below a path.
  std::uint32_t below(std::uint32_t path, Name name) { return step(path, name, '/'); }
  /// The attribute of that name of the element at a path.
  std::uint32_t attribute(std::uint32_t path, Name name) { return step(path, name, '@'); }
  const std::string& text(std::uint32_t path) const { return texts_[path]; }
  std::size_t size() const noexcept { return texts_.size(); }

 private:
  struct Step {
    std::uint32_t path = 0;
    Name name = nullptr;
    char sign = '/';
    bool operator==(const Step&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Step& s) const noexcept {
      const std::uint64_t mixed =
          reinterpret_cast<std::uintptr_t>(s.name) + s.path * 0x100000001ULL + static_cast<unsigned char>(s.sign);
      return static_cast<std::size_t>((mixed * 0x9E3779B97F4A7C15ULL) >> 32);  // Fibonacci hashing (Knuth 3, 6.4)
    }
  };
  /// The few steps that records take again and again; steps_ knows them all.
  struct Recent {
    Step step;
    std::uint32_t to = 0;
  };

  std::uint32_t step(std::uint32_t path, Name name, char sign) {
    const Step wanted{path, name, sign};
    Recent& recent = recent_[Hash()(wanted) % recent_.size()];
    if (recent.step != wanted) recent = {wanted, find(wanted)};
    return recent.to;
  }
  std::uint32_t find(const Step& step);

  static constexpr std::size_t kMostBytes = 16 << 20;  ///< of all paths together
  std::size_t bytes_ = 0;
  std::uint32_t others_ = 0;  ///< 0: not needed yet
  std::array<Recent, 512> recent_;
  std::unordered_map<Step, std::uint32_t, Hash> steps_;
  std::vector<std::string> texts_{""};
};

}  // namespace winnow::xml
