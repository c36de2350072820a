/* Reads exports of @NAME@: "== ID" begins a record, "name: value" is a field. Change this to your format. */
#include <stdlib.h>
#include <string.h>

#include <winnow/abi.h>

#define TEXT(literal) {literal, sizeof(literal) - 1}

typedef struct instance {
  const winnow_host* host;
  uint32_t title, year;
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
  self->year = host->tag(host, text("issued.year"));
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

static winnow_status WINNOW_CALL probe(void* self, winnow_str head, winnow_str name, winnow_probe* out) {
  static const char sign[] = "@NAME@ export ";
  (void)self;
  (void)name;
  out->confidence = head.size >= sizeof sign - 1 && memcmp(head.data, sign, sizeof sign - 1) == 0 ? 100 : 0;
  return WINNOW_OK;
}

/* The whole input: simple, and good for files of some hundred megabytes. */
static winnow_status read_all(const winnow_source* source, char** all, size_t* size) {
  winnow_str chunk;
  winnow_status status;
  while ((status = source->next(source, &chunk)) == WINNOW_OK) {
    char* grown = realloc(*all, *size + chunk.size);
    if (grown == NULL) return WINNOW_FAILED;
    *all = grown;
    memcpy(*all + *size, chunk.data, chunk.size);
    *size += chunk.size;
  }
  return status == WINNOW_END ? WINNOW_OK : status;
}

enum { MOST_FIELDS = 64 };

typedef struct open_record {
  winnow_record record;
  winnow_field fields[2 * MOST_FIELDS];
} open_record;

static void add(open_record* open, uint32_t tag, uint32_t origin, uint16_t flags, const char* data, size_t size, uint32_t line) {
  winnow_field* field = &open->fields[open->record.field_count];
  if (open->record.field_count == 2 * MOST_FIELDS) return;
  memset(field, 0, sizeof *field);
  field->tag = tag;
  field->origin = origin;
  field->flags = flags;
  field->value.data = data;
  field->value.size = size;
  field->line = line;
  ++open->record.field_count;
}

static uint32_t raw_tag(const instance* self, const char* name, size_t size) {
  char tag[64] = "raw:";
  winnow_str full = {tag, 4 + (size < 59 ? size : 59)};
  memcpy(tag + 4, name, full.size - 4);
  return self->host->tag(self->host, full);
}

static void add_line(const instance* self, open_record* open, const char* line, size_t size, uint32_t number) {
  const char* colon = memchr(line, ':', size);
  const uint32_t raw = (uint32_t)open->record.field_count;
  if (colon == NULL || colon + 2 > line + size) {
    add(open, raw_tag(self, "line", 4), WINNOW_NONE, WINNOW_FIELD_RAW, line, size, number);
    return;
  }
  add(open, raw_tag(self, line, (size_t)(colon - line)), WINNOW_NONE, WINNOW_FIELD_RAW, colon + 2, size - (size_t)(colon + 2 - line), number);
  if (colon - line == 5 && memcmp(line, "title", 5) == 0) add(open, self->title, raw, WINNOW_FIELD_DERIVED, colon + 2, size - 7, 0);
  if (colon - line == 4 && memcmp(line, "year", 4) == 0) add(open, self->year, raw, WINNOW_FIELD_DERIVED, colon + 2, size - 6, 0);
}

static winnow_status emit(const winnow_source* source, open_record* open) {
  const winnow_batch batch = {sizeof batch, 0, &open->record, 1};
  winnow_status status;
  if (open->record.at.line == 0) return WINNOW_OK;
  open->record.fields = open->fields;
  status = source->emit(source, &batch);
  memset(&open->record, 0, sizeof open->record);
  return status;
}

/* Only what is recognised is declared: the host reports every other line that is in no record. */
static winnow_status declare_heading(const winnow_source* source, size_t size) {
  winnow_declaration heading;
  memset(&heading, 0, sizeof heading);
  heading.at.line = heading.at.column = 1;
  heading.at.length = (uint32_t)size;
  heading.kind = WINNOW_HEADING;
  return source->declare(source, &heading, 1);
}

static winnow_status read_lines(instance* self, const winnow_source* source, const char* all, size_t size) {
  open_record open;
  uint32_t number = 0;
  memset(&open.record, 0, sizeof open.record);
  for (size_t begin = 0; begin < size;) {
    const char* feed = memchr(all + begin, '\n', size - begin);
    const size_t end = feed == NULL ? size : (size_t)(feed - all), behind = feed == NULL ? size : end + 1;
    const size_t length = end - begin - (end > begin && all[end - 1] == '\r' ? 1 : 0);
    ++number;
    if (length >= 3 && memcmp(all + begin, "== ", 3) == 0) {
      const winnow_status status = emit(source, &open);
      if (status != WINNOW_OK) return status;
      if (self->host->cancelled(self->host)) return WINNOW_CANCELLED;
      open.record.at.byte = begin;
      open.record.at.line = number;
      open.record.at.column = 1;
    }
    if (number == 1 && open.record.at.line == 0 && length > 0) {
      const winnow_status status = declare_heading(source, behind);
      if (status != WINNOW_OK) return status;
    }
    if (open.record.at.line != 0) {
      open.record.at.length = (uint32_t)(behind - open.record.at.byte);
      if (length > 0) add_line(self, &open, all + begin, length, number);
    }
    begin = behind;
  }
  return emit(source, &open);
}

static winnow_status WINNOW_CALL read_source(void* self, const winnow_source* source) {
  char* all = NULL;
  size_t size = 0;
  winnow_status status = read_all(source, &all, &size);
  if (status == WINNOW_OK) status = read_lines(self, source, all, size);
  free(all);
  return status;
}

static const winnow_importer methods = {sizeof(winnow_importer), 0, probe, read_source};
static const winnow_stage the_stage = {
    .struct_size = sizeof(winnow_stage),
    .kind = WINNOW_IMPORTER,
    .flags = WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES,
    .id = TEXT("importers.@NAME@"),
    .version = TEXT("0.1.0"),
    .help = TEXT("Exports of @NAME@."),
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
