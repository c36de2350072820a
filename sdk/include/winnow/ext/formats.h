/* winnow.formats/1 (importer instance): the formats and dialects an importer tells apart, for `winnow formats`. */
#ifndef WINNOW_EXT_FORMATS_H
#define WINNOW_EXT_FORMATS_H
#include "../abi.h"
#define WINNOW_EXT_FORMATS "winnow.formats/1"
/* One of them. Array element: frozen. */
typedef struct winnow_format {
  winnow_str dialect; /* as probe() names it; empty: the format itself */
  winnow_str title;   /* "Scopus", for people */
  winnow_str told_by; /* what in a file tells it, in words */
  winnow_str source;  /* where its rules come from: a specification, a vendor's page, exports; "not verified ..." */
} winnow_format;
typedef struct winnow_formats {
  uint32_t struct_size, reserved;
  /* [setup] How many, and each; views live as long as the instance. `index` < count. */
  size_t(WINNOW_CALL* count)(void* self);
  winnow_format(WINNOW_CALL* get)(void* self, size_t index);
} winnow_formats;
#endif
