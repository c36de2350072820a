// Any text as review.yaml: problems with places, rendered, never a crash. With the plugins beside the fuzzer.
#include <cstdlib>
#include <string>

#include "config/ReviewLoader.hpp"
#include "plugins/Catalogue.hpp"

namespace {

using namespace winnow;

const config::StageDeclarations& stages() {
  static const config::StageDeclarations list = [] {
    static const plugins::Catalogue catalogue = plugins::Catalogue::discover({});
    config::StageDeclarations all;
    for (const plugins::StageEntry& entry : catalogue.stages())
      all.push_back({entry.stage, std::string(config::view(entry.plugin->name)),
                     std::string(config::view(entry.plugin->version)), entry.file.string()});
    return all;
  }();
  return list;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const config::Loaded loaded = config::readReview(text, "fuzz.yaml", stages());
  for (const config::Problem& problem : loaded.problems.all())
    if (problem.message.empty()) __builtin_trap();  // refused without a word
  config::render(loaded.problems, "fuzz.yaml", loaded.text);
  return 0;
}
