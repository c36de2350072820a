/* winnow.progress/1 (host): progress of work that reads and judges nothing for a while. The host counts bytes read and
 * records judged by itself. */
#ifndef WINNOW_EXT_PROGRESS_H
#define WINNOW_EXT_PROGRESS_H
#include "../abi.h"
#define WINNOW_EXT_PROGRESS "winnow.progress/1"
typedef struct winnow_progress {
  uint32_t struct_size, reserved;
  /* [any-thread] `done` of `total` units of `what`; total 0: unknown. */
  void(WINNOW_CALL* report)(const winnow_host*, winnow_str what, uint64_t done, uint64_t total);
} winnow_progress;
#endif
