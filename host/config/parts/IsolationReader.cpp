#include "IsolationReader.hpp"

#include <charconv>

#include "Section.hpp"

namespace winnow::config {

namespace {

constexpr std::string_view kAll = "all";

/// A whole number in [least, most]; `fallback` if it is none (a problem has been reported).
int number(const Section& section, std::string_view key, int least, int most, int fallback) {
  const auto written = section.written(key);
  if (!written) return fallback;
  int value = 0;
  const char* end = written->text.data() + written->text.size();
  const auto [stop, error] = std::from_chars(written->text.data(), end, value);
  if (error == std::errc() && stop == end && value >= least && value <= most) return value;
  section.problems().error("config.number", written->at,
                           "'" + std::string(key) + "' takes a whole number from " + std::to_string(least) + " to " +
                               std::to_string(most) + ", not '" + written->text + "'");
  return fallback;
}

}  // namespace

void readIsolation(const YamlNode& node, const StageDeclarations& stages, Review& review, Problems& problems) {
  const Section section(node, keys::isolate, "'isolate'", problems);
  Isolation& isolation = review.isolation;
  for (Written& name : section.names("stages")) {
    std::string why;
    const StageDeclaration* found = name.text == kAll ? nullptr : findNamed(stages, name.text, why);
    if (!why.empty()) problems.error("config.unknown-plugin", name.at, why);
    isolation.stages.push_back(found == nullptr ? std::move(name.text) : std::string(view(found->stage->id)));
  }
  isolation.seconds = number(section, "seconds", 1, 86400, isolation.seconds);
  isolation.megabytes = number(section, "megabytes", 64, 1 << 20, isolation.megabytes);
  isolation.leavesUndecided = section.choice("on failure") == std::size_t{1};
}

}  // namespace winnow::config
