// Commands alone: what is certified is a reading, which no stage of a run sees yet.
#include <winnow/plugin.hpp>

namespace winnow::recall {
const void* commands(const char* id) noexcept;
}

WINNOW_PLUGIN(
    winnow::PluginMetadata("winnow", "exporters-recall", "1.0.0", "Apache-2.0").extension(winnow::recall::commands))
