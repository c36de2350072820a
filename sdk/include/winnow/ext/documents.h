/* winnow.documents/1 (host): what a stage may know of the review beyond its records, as versioned JSON documents.
 * Names and formats: docs/documents.md. "flow" (winnow-flow/1), "form" (winnow-form/1: the charting form),
 * "steps" (winnow-steps/1), "sources" (winnow-sources/1), "review" (winnow-review/1), "votes" (winnow-votes/1),
 * "charting" (winnow-charting/1: what two readers charted, item by item),
 * "search" (winnow-search/1), "mesh" (winnow-mesh/1: the thesaurus that the review names). */
#ifndef WINNOW_EXT_DOCUMENTS_H
#define WINNOW_EXT_DOCUMENTS_H
#include "../abi.h"
#define WINNOW_EXT_DOCUMENTS "winnow.documents/1"
typedef struct winnow_documents {
  uint32_t struct_size, reserved;
  /* [setup, exporters also work] UTF-8 JSON text, or empty: no such document. What a filter got is in its stage key.
   * Lives as long as the instance. */
  winnow_str(WINNOW_CALL* get)(const winnow_host*, winnow_str name);
} winnow_documents;
#endif
