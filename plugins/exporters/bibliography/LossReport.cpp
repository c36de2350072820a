#include "bibliography/LossReport.hpp"

#include <string>

namespace winnow::bibliography {
namespace {

std::string counted(std::uint64_t count, std::string_view word) {
  return std::to_string(count) + " " + std::string(word) + (count == 1 ? "" : "s");
}

}  // namespace

void LossReport::begin(std::size_t unknown) {
  current_ = 0;
  if (unknown == 0) return;
  unknownFields_ += unknown;
  ++unknownRecords_;
}

void LossReport::lose(tags::Name tag) {
  const TagMask mask = maskOf(indexOf(tag));
  if ((current_ & mask) == 0) ++records_[tag];
  current_ |= mask;
}

void LossReport::send(const Host& host) const {
  for (const auto& [tag, count] : records_) {
    const std::string message =
        "tag \"" + std::string(tag) + "\" of " + counted(count, "record") + " has no place in " + std::string(format_);
    host.diagnose({WINNOW_INFO, "export.loss", message, "left out", {}, 0});
  }
  if (unknownFields_ == 0) return;
  const std::string message = counted(unknownFields_, "field") + " of " + counted(unknownRecords_, "record") +
                              " with tags outside the vocabulary have no place in " + std::string(format_);
  host.diagnose({WINNOW_INFO, "export.loss", message, "left out", {}, 0});
}

}  // namespace winnow::bibliography
