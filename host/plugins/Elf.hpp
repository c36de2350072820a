// What a shared library says about itself, read without running it.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace winnow::plugins {

/// From the dynamic sections, which also a stripped library has.
struct ElfFacts {
  std::vector<std::string> exported;  ///< names that it defines for others, in the order of its table
  std::vector<std::string> needed;    ///< libraries that it is linked with
  std::string searched{};  ///< RUNPATH or RPATH: where it wants them looked for; empty: where the system does
};

/// Reads an open file, at whatever place it stands; it may hold anything. The second alternative: why it is no library
/// of this machine, as the end of a sentence.
std::variant<ElfFacts, std::string> readElf(int descriptor);

}  // namespace winnow::plugins
