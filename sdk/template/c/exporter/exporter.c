/* Writes one title a line. Change this to your format. */
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

static winnow_str title_of(const instance* self, const winnow_record* record) {
  winnow_str none = {NULL, 0};
  for (size_t i = 0; i < record->field_count; ++i)
    if (record->fields[i].tag == self->title) return record->fields[i].value;
  return none;
}

static winnow_status WINNOW_CALL write_titles(void* self, const winnow_sink* sink) {
  const winnow_batch* batch;
  winnow_status status;
  while ((status = sink->next(sink, &batch)) == WINNOW_OK)
    for (size_t i = 0; i < batch->count; ++i) {
      winnow_status written = sink->write(sink, title_of(self, &batch->records[i]));
      if (written == WINNOW_OK) written = sink->write(sink, text("\n"));
      if (written != WINNOW_OK) return written;
    }
  return status == WINNOW_END ? WINNOW_OK : status;
}

static const winnow_exporter methods = {sizeof(winnow_exporter), 0, write_titles};
static const winnow_stage the_stage = {
    .struct_size = sizeof(winnow_stage),
    .kind = WINNOW_EXPORTER,
    .flags = WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES,
    .id = TEXT("exporters.@NAME@"),
    .version = TEXT("0.1.0"),
    .help = TEXT("One title a line."),
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
