/* Drops records published before a year. A record without a year is undecided, never a guess. Change this to your rule. */
#include <stdlib.h>
#include <string.h>

#include <winnow/abi.h>

#define TEXT(literal) {literal, sizeof(literal) - 1}

typedef struct instance {
  const winnow_host* host;
  uint32_t year;
  long since;
} instance;

static winnow_str text(const char* data) {
  winnow_str s = {data, strlen(data)};
  return s;
}
static void* WINNOW_CALL create(const winnow_host* host, const winnow_setting* settings, size_t count) {
  instance* self = calloc(1, sizeof *self);
  if (self == NULL) return NULL;
  self->host = host;
  self->year = host->tag(host, text("issued.year"));
  for (size_t i = 0; i < count; ++i)
    if (settings[i].name.size == 5 && memcmp(settings[i].name.data, "since", 5) == 0)
      for (size_t k = 0; k < settings[i].value.size; ++k) self->since = self->since * 10 + (settings[i].value.data[k] - '0');
  return self;
}
static void WINNOW_CALL destroy(void* self) { free(self); }
static const void* WINNOW_CALL no_extension(void* self, const char* id) {
  (void)self;
  (void)id;
  return NULL;
}

static const winnow_option since = {sizeof(winnow_option), WINNOW_INTEGER, 0, 0, TEXT("since"), TEXT("2010"), TEXT("First year that is kept."), {NULL, 0}, TEXT("1400"), TEXT("2100"), {NULL, 0}};
static const winnow_option* const options[] = {&since};
enum { TOO_OLD, NO_YEAR };
static const winnow_reason reasons[] = {{TEXT("@NAME@.too-old"), TEXT("Published before the period"), WINNOW_DROP, 0},
                                        {TEXT("@NAME@.no-year"), TEXT("No year of publication"), WINNOW_UNSURE, 0}};

/* The year in the first four bytes, or 0. */
static long year_of(winnow_str value) {
  long year = 0;
  if (value.size < 4) return 0;
  for (size_t i = 0; i < 4; ++i) {
    if (value.data[i] < '0' || value.data[i] > '9') return 0;
    year = year * 10 + (value.data[i] - '0');
  }
  return year;
}

/* The words that decided go into `evidence`, which must live until the verdict is given. */
static winnow_verdict judge(const instance* self, const winnow_record* record, winnow_evidence* evidence) {
  winnow_verdict verdict;
  memset(&verdict, 0, sizeof verdict);
  verdict.record = record->id;
  verdict.action = WINNOW_UNSURE;
  verdict.reason = NO_YEAR;
  for (size_t i = 0; i < record->field_count; ++i) {
    const long year = record->fields[i].tag == self->year ? year_of(record->fields[i].value) : 0;
    if (year == 0) continue;
    verdict.action = year < self->since ? WINNOW_DROP : WINNOW_KEEP;
    verdict.reason = year < self->since ? (uint32_t)TOO_OLD : WINNOW_NONE;
    if (verdict.action == WINNOW_DROP) {
      const winnow_evidence year_digits = {(uint32_t)i, 0, 4, 0, {NULL, 0}};
      *evidence = year_digits;
      verdict.evidence = evidence;
      verdict.evidence_count = 1;
    }
    break;
  }
  return verdict;
}

static winnow_status WINNOW_CALL process(void* self, const winnow_batch* batch, const winnow_out* out) {
  for (size_t i = 0; i < batch->count; ++i) {
    winnow_evidence evidence;
    const winnow_verdict verdict = judge(self, &batch->records[i], &evidence);
    out->verdicts(out, &verdict, 1);
  }
  return WINNOW_OK;
}

/* It is handed these fields and no others, and judges a record anew only when one of them has changed. */
static const winnow_str reads[] = {TEXT("issued.year")};
static const winnow_filter methods = {sizeof(winnow_filter), 0, process};
static const winnow_stage the_stage = {
    .struct_size = sizeof(winnow_stage),
    .kind = WINNOW_FILTER,
    .flags = WINNOW_STATELESS | WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES,
    .id = TEXT("filters.@NAME@"),
    .version = TEXT("0.1.0"),
    .help = TEXT("Drops records published before a year."),
    .options = options,
    .option_count = 1,
    .reasons = reasons,
    .reason_count = 2,
    .methods = &methods,
    .create = create,
    .destroy = destroy,
    .extension = no_extension,
    .reads = reads,
    .read_count = 1};

static const winnow_stage* WINNOW_CALL stage(size_t index) { return index == 0 ? &the_stage : NULL; }

const winnow_plugin winnow_plugin_v1 = {
    .struct_size = sizeof(winnow_plugin),
    .abi_major = WINNOW_ABI_MAJOR,
    .abi_minor = WINNOW_ABI_MINOR_TARGET,
    .vendor = TEXT("example.org"),
    .name = TEXT("@NAME@"),
    .version = TEXT("0.1.0"),
    .license = TEXT("Apache-2.0"),
    .stage = stage,
    .description = TEXT("What it is for, in a sentence or two."),
    .homepage = TEXT("https://example.org/@NAME@"),
    .support = TEXT("https://example.org/@NAME@/issues")};
