#include "SampleFilter.hpp"

#include <winnow/tags.hpp>

namespace winnow::sample {

SampleFilter::SampleFilter(Host host, const Settings& settings)
    : Sampler(host),
      key_(host.tag(tags::kRecordKey)),
      seed_(settings.text("seed")),
      share_(parseShare(settings.text("share"))) {}

std::pair<std::uint32_t, std::string> SampleFilter::key(Record record) {
  return {0, orderKey(seed_, record.first(key_))};
}

std::uint64_t SampleFilter::take(std::uint32_t, std::uint64_t count) { return share_.of(count); }

}  // namespace winnow::sample

WINNOW_PLUGIN_EXTENDED("winnow", "filters-sample", "1.0.0", "Apache-2.0", winnow::sample::commands,
                       winnow::sample::SampleFilter)
