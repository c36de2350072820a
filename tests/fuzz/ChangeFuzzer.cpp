// Any bytes as what a page sends: read or refused with a sentence, and what is read is what a row of a file can hold.
#include <cstdlib>
#include <string_view>

#include "screen/Change.hpp"

namespace {

using namespace winnow::screen;

void require(bool holds) {
  if (!holds) std::abort();
}

template <class Read>
void tryTo(Read&& read) {
  try {
    read();
  } catch (const BadBody& bad) {
    require(!bad.why.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  tryTo([&] {
    const Change change = changeIn(text);
    require(change.note.size() <= kLongestNote && change.note.find('\0') == std::string::npos);
    require(change.labels.size() <= kMostWords && change.categories.size() <= kMostWords);
    for (const auto& label : change.labels) require(!label.empty() && label.find(';') == std::string::npos);
  });
  tryTo([&] { require(!settlementIn(text).final.empty()); });
  tryTo([&] { revIn(text); });
  tryTo([&] { tokenIn(text); });
  tryTo([&] { sameIn(text); });
  isChangeName(text);
  return 0;
}
