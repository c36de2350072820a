#include <winnow/plugin.hpp>

namespace winnow::meta {
const void* commands(const char* id) noexcept;
}

WINNOW_PLUGIN_EXTENDED("winnow", "exporters-meta-analysis", "1.0.0", "Apache-2.0", winnow::meta::commands)
