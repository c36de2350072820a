#include "RecurringTitles.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace winnow::duplicates {

void RecurringTitles::learn(std::vector<std::uint64_t> subjects) {
  subjects_ = std::move(subjects);
  std::sort(subjects_.begin(), subjects_.end());
}

bool RecurringTitles::contains(std::uint64_t subject) const noexcept {
  return std::binary_search(subjects_.begin(), subjects_.end(), subject);
}

bool areSeveralWorks(const std::vector<const Features*>& records) {
  constexpr std::size_t kMany = 3;
  std::set<std::uint32_t> years;
  std::set<std::string_view> dois, authors;
  std::set<std::pair<std::uint32_t, std::uint32_t>> issues, places;
  for (const Features* f : records) {
    if (f->year != 0) years.insert(f->year);
    if (!f->ids.doi.empty()) dois.insert(f->ids.doi.text);
    if (!f->authors.empty()) authors.insert(f->authors.list.front().family);
    if (f->volume.number == 0) continue;
    if (f->issue.number != 0) issues.insert({f->volume.number, f->issue.number});
    if (f->pages.kind == PageKind::print) places.insert({f->volume.number, f->pages.first});
  }
  const bool areElsewhere = places.size() >= kMany && (issues.size() >= kMany || authors.size() >= kMany);
  return years.size() >= kMany || dois.size() >= kMany || areElsewhere;
}

}  // namespace winnow::duplicates
