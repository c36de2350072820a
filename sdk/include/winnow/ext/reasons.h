/* winnow.reasons/1 (stage instance): reasons that come from the settings (topics, criteria, categories), in addition to
 * the declared ones. A verdict's `reason` counts the stage's reasons first, then these. */
#ifndef WINNOW_EXT_REASONS_H
#define WINNOW_EXT_REASONS_H
#include "../abi.h"
#define WINNOW_EXT_REASONS "winnow.reasons/1"
typedef struct winnow_reasons {
  uint32_t struct_size, reserved;
  /* [setup] How many, and each; views live as long as the instance. `index` < count. */
  size_t(WINNOW_CALL* count)(void* self);
  winnow_reason(WINNOW_CALL* get)(void* self, size_t index);
} winnow_reasons;
#endif
