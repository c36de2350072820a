#include "Trust.hpp"

#include <algorithm>

namespace winnow::plugins {

void TrustList::add(Approval approval) {
  // A new file of a plugin takes the place of the old one.
  std::erase_if(approvals_, [&](const Approval& a) { return a.name == approval.name || a.sha256 == approval.sha256; });
  approvals_.push_back(std::move(approval));
  std::sort(approvals_.begin(), approvals_.end(), [](const Approval& a, const Approval& b) { return a.name < b.name; });
}

bool TrustList::remove(std::string_view nameOrHash) {
  return std::erase_if(approvals_, [&](const Approval& a) { return a.name == nameOrHash || a.sha256 == nameOrHash; }) !=
         0;
}

const Approval* TrustList::ofHash(std::string_view sha256) const {
  const auto found =
      std::find_if(approvals_.begin(), approvals_.end(), [&](const Approval& a) { return a.sha256 == sha256; });
  return found == approvals_.end() ? nullptr : &*found;
}

const Approval* TrustList::ofStage(std::string_view id) const {
  const auto found = std::find_if(approvals_.begin(), approvals_.end(), [&](const Approval& a) {
    return std::find(a.stages.begin(), a.stages.end(), id) != a.stages.end();
  });
  return found == approvals_.end() ? nullptr : &*found;
}

}  // namespace winnow::plugins
