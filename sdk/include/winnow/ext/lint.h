/* winnow.lint/1 (plugin): checks of files that a review names, reported with the review's own problems by `winnow
 * check`. The subject says which file; the host hands its text over and knows nothing of its language. */
#ifndef WINNOW_EXT_LINT_H
#define WINNOW_EXT_LINT_H
#include "../abi.h"
#define WINNOW_EXT_LINT "winnow.lint/1"

/* One check. Constant. Growing. */
typedef struct winnow_lint {
  uint32_t struct_size, reserved;
  winnow_str subject; /* what of the review is checked: "search.strategy", "search.mesh" */
  /* [work] Diagnoses what is wrong with `text`, the content of the file `name`, at its lines and columns (code points).
   * The settings are what the review says beside the file, as for a stage: "repairs.48" -> "14 and 25 and 47", or
   * "open"; "fields" -> "title". The host may have the document "mesh" (ext/documents.h). WINNOW_OK: nothing is wrong
   * that is not repaired or open; WINNOW_FAILED: errors were diagnosed. */
  winnow_status(WINNOW_CALL* check)(const winnow_host*, winnow_str name, winnow_str text, const winnow_setting*,
                                    size_t);
  const struct winnow_lint* next; /* another check of this plugin, or null */
} winnow_lint;
#endif
