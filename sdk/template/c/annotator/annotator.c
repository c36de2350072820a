/* Gives a field that says whether the title is a question. Change this to what you read in records. */
#include <stdlib.h>
#include <string.h>

#include <winnow/abi.h>

#define TEXT(literal) {literal, sizeof(literal) - 1}

typedef struct instance {
  const winnow_host* host;
  uint32_t title, question, rule;
} instance;

static winnow_str text(const char* data) {
  winnow_str s = {data, strlen(data)};
  return s;
}
static void* WINNOW_CALL create(const winnow_host* host, const winnow_setting* settings, size_t count) {
  instance* self = calloc(1, sizeof *self);
  if (self == NULL) return NULL;
  self->host = host;
  self->title = host->tag(host, text("title"));
  self->question = host->tag(host, text("@NAME@.question"));
  self->rule = host->tag(host, text("@NAME@.mark"));
  (void)settings;
  (void)count;
  return self;
}
static void WINNOW_CALL destroy(void* self) { free(self); }
static const void* WINNOW_CALL no_extension(void* self, const char* id) {
  (void)self;
  (void)id;
  return NULL;
}

/* The index of the first field of that tag, or WINNOW_NONE. */
static uint32_t index_of(const winnow_record* record, uint32_t tag) {
  for (size_t i = 0; i < record->field_count; ++i)
    if (record->fields[i].tag == tag) return (uint32_t)i;
  return WINNOW_NONE;
}

static void annotate_record(const instance* self, const winnow_record* record, const winnow_out* out) {
  const uint32_t title = index_of(record, self->title);
  if (title == WINNOW_NONE || index_of(record, self->question) != WINNOW_NONE) return; /* never changes what is there */
  const winnow_str value = record->fields[title].value;
  const char* mark = value.size == 0 ? NULL : memchr(value.data, '?', value.size);
  if (mark == NULL) return; /* nothing can be said: never a guess */
  const winnow_annotation question = {record->id, self->question, title, (uint32_t)(mark - value.data), 1, self->rule, 0, TEXT("yes")};
  out->annotations(out, &question, 1);
}

static winnow_status WINNOW_CALL annotate(void* self, const winnow_batch* batch, const winnow_out* out) {
  const instance* own = self;
  for (size_t i = 0; i < batch->count; ++i) {
    if (own->host->cancelled(own->host)) return WINNOW_CANCELLED;
    annotate_record(own, &batch->records[i], out);
  }
  return WINNOW_OK;
}

/* It is handed these fields and no others, and asked anew only when one of them has changed. */
static const winnow_str reads[] = {TEXT("title")};
static const winnow_str gives[] = {TEXT("@NAME@.question")};
static const winnow_annotator methods = {sizeof(winnow_annotator), 0, annotate};
static const winnow_stage the_stage = {
    .struct_size = sizeof(winnow_stage),
    .kind = WINNOW_ANNOTATOR,
    .flags = WINNOW_STATELESS | WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES,
    .id = TEXT("annotators.@NAME@"),
    .version = TEXT("0.1.0"),
    .help = TEXT("Says which titles are questions."),
    .methods = &methods,
    .create = create,
    .destroy = destroy,
    .extension = no_extension,
    .reads = reads,
    .read_count = 1,
    .gives = gives,
    .give_count = 1};

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
