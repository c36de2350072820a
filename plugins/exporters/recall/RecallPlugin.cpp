// Commands alone: what is certified is a reading, which no stage of a run sees yet.
#include <winnow/plugin.hpp>

namespace winnow::recall {
const void* commands(const char* id) noexcept;
}

WINNOW_PLUGIN_EXTENDED("winnow", "exporters-recall", "1.0.0", "Apache-2.0", winnow::recall::commands)
