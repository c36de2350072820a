// Who is in a sample depends on seed and id alone.
#pragma once

#include <string>

#include <winnow/plugin.hpp>

#include "HashOrder.hpp"
#include "Share.hpp"

namespace winnow::sample {

/// The first ceil(share x n) records in the order of their keys.
class SampleFilter final : public Sampler {
 public:
  static constexpr std::string_view id = "filters.sample", version = "1.0.0";
  static constexpr std::string_view help = "Draws a reproducible share of the records by the order of their hashes.";
  static constexpr std::uint32_t flags = WINNOW_STATELESS | WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_STRING, "seed", "", "Any text; said in the report.", {}, {}, {}, WINNOW_OPTION_REQUIRED),
      option(WINNOW_STRING, "share", "0.2",
             "Share of the records, as a decimal or per cent; multiplied exactly, rounded up.")};

  SampleFilter(Host host, const Settings& settings);
  std::pair<std::uint32_t, std::string> key(Record record) override;
  std::uint64_t take(std::uint32_t space, std::uint64_t count) override;

 private:
  std::uint32_t sampleKey_, key_;
  std::string seed_;
  Share share_;
};

/// The plugin's extension: the command `winnow sample`.
const void* commands(const char* id) noexcept;

}  // namespace winnow::sample
