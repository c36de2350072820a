#include "SampleFilter.hpp"

#include <winnow/tags.hpp>

namespace winnow::sample {

SampleFilter::SampleFilter(Host host, const Settings& settings)
    : Sampler(host),
      sampleKey_(host.tag(tags::kSampleKey)),
      key_(host.tag(tags::kRecordKey)),
      seed_(settings.text("seed")),
      share_(parseShare(settings.text("share"))) {}

std::pair<std::uint32_t, std::string> SampleFilter::key(Record record) {
  const std::string_view own = record.first(sampleKey_);
  return {0, orderKey(seed_, own.empty() ? record.first(key_) : own)};
}

std::uint64_t SampleFilter::take(std::uint32_t, std::uint64_t count) { return share_.of(count); }

}  // namespace winnow::sample

WINNOW_PLUGIN(
    winnow::PluginMetadata("winnow", "filters-sample", "1.0.0", "Apache-2.0").extension(winnow::sample::commands),
    winnow::sample::SampleFilter)
