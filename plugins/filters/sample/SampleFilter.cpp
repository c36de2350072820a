#include "SampleFilter.hpp"

#include <openssl/evp.h>

#include <stdexcept>

#include <winnow/tags.hpp>

namespace winnow::sample {

std::string orderKey(std::string_view seed, std::string_view id) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text(seed);
  text += '\n';
  text += id;
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("SHA-256 is not available in this OpenSSL");
  std::string out;
  for (unsigned i = 0; i < size; ++i) out += {kDigits[digest[i] >> 4], kDigits[digest[i] & 15]};
  return out;
}

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

WINNOW_PLUGIN_EXTENDED("winnow", "filters-sample", "1.0.0", "Apache-2.0", winnow::sample::commands,
                       winnow::sample::SampleFilter)
