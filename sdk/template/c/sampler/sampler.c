/* Takes the first tenth by title. Change this to your order: a pure function of the record. */
#include <stdlib.h>
#include <string.h>

#include <winnow/abi.h>

#define TEXT(literal) {literal, sizeof(literal) - 1}

typedef struct instance {
  const winnow_host* host;
  uint32_t title;
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
static winnow_str first(const winnow_record* record, uint32_t tag) {
  const uint32_t index = index_of(record, tag);
  winnow_str none = {NULL, 0};
  return index == WINNOW_NONE ? none : record->fields[index].value;
}

static winnow_status WINNOW_CALL keys(void* self, const winnow_batch* batch, const winnow_out* out) {
  const instance* own = self;
  for (size_t i = 0; i < batch->count; ++i) {
    if (own->host->cancelled(own->host)) return WINNOW_CANCELLED;
    const winnow_key key = {batch->records[i].id, 0, 0, first(&batch->records[i], own->title)};
    out->keys(out, &key, 1); /* exactly one a record */
  }
  return WINNOW_OK;
}

static winnow_status WINNOW_CALL take(void* self, uint32_t space, uint64_t count, uint64_t* taken) {
  (void)self;
  (void)space;
  *taken = (count + 9) / 10;
  return WINNOW_OK;
}

static const winnow_sampler methods = {sizeof(winnow_sampler), 0, keys, take};
static const winnow_stage the_stage = {
    .struct_size = sizeof(winnow_stage),
    .kind = WINNOW_SAMPLER,
    .flags = WINNOW_STATELESS | WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES,
    .id = TEXT("filters.@NAME@"),
    .version = TEXT("0.1.0"),
    .help = TEXT("The first tenth of the records by title."),
    .methods = &methods,
    .create = create,
    .destroy = destroy,
    .extension = no_extension};

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
