/* winnow.survey/1 (instance of a matcher): what must be known of the whole set before pairs are judged, such as titles
 * that many works share. The host shows each block of one key space; the matcher says what it learned from it as facts;
 * the host collects the facts of all blocks and hands them to every instance. A block is whole wherever it is looked at
 * and facts are a set, so the work can be divided: facts of parts are united, in any order. */
#ifndef WINNOW_EXT_SURVEY_H
#define WINNOW_EXT_SURVEY_H
#include "../abi.h"
#define WINNOW_EXT_SURVEY "winnow.survey/1"

/* Constant. Growing. `self` is the instance. */
typedef struct winnow_survey {
  uint32_t struct_size;
  uint32_t space;  /* the key space (winnow_key.space) whose blocks are shown */
  uint32_t fewest; /* records of the smallest block that is shown */
  uint32_t reserved;
  /* [work] After keys() of all records, before learn(). Emits facts through out->keys: a space and a value, of any
   * meaning; the record is ignored. A pure function of the records of the block, whatever their order. Of a block above
   * the host's cap the first records by content are shown. */
  winnow_status(WINNOW_CALL* survey)(void* self, const winnow_batch* block, const winnow_out*);
  /* [work] All facts, each once, by ascending space and value; called once, before the first match(), also without
   * any. The values die with the call. */
  winnow_status(WINNOW_CALL* learn)(void* self, const winnow_key* facts, size_t);
} winnow_survey;
#endif
