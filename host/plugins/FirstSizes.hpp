// Sizes of the structs of ABI 1.0. A plugin that was built against it says one of them in `struct_size`, and goes on
// being taken when a later header appends members: so these never change, and no check may ask for the size of today.
#pragma once

#include <cstdint>

#include <winnow/abi.h>

namespace winnow::plugins {

inline constexpr std::uint32_t kFirstOptionSize = 128, kFirstStageSize = 160, kFirstPluginSize = 160;
static_assert(sizeof(winnow_option) >= kFirstOptionSize && sizeof(winnow_stage) >= kFirstStageSize &&
              sizeof(winnow_plugin) >= kFirstPluginSize);

}  // namespace winnow::plugins
