/* Finds records with the same DOI. Change this to your rule; the host groups, joins and undoes. */
#include <stdlib.h>
#include <string.h>

#include <winnow/abi.h>

#define TEXT(literal) {literal, sizeof(literal) - 1}

typedef struct instance {
  const winnow_host* host;
  uint32_t doi;
} instance;

static winnow_str text(const char* data) {
  winnow_str s = {data, strlen(data)};
  return s;
}
static void* WINNOW_CALL create(const winnow_host* host, const winnow_setting* settings, size_t count) {
  instance* self = calloc(1, sizeof *self);
  if (self == NULL) return NULL;
  self->host = host;
  self->doi = host->tag(host, text("id.doi"));
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

/* Records with an equal key meet in a block; a record without one meets nobody. */
static winnow_status WINNOW_CALL keys(void* self, const winnow_batch* batch, const winnow_out* out) {
  const instance* own = self;
  for (size_t i = 0; i < batch->count; ++i) {
    if (own->host->cancelled(own->host)) return WINNOW_CANCELLED;
    const winnow_key key = {batch->records[i].id, 0, 0, first(&batch->records[i], own->doi)};
    if (key.value.size != 0) out->keys(out, &key, 1);
  }
  return WINNOW_OK;
}

enum { SAME_DOI };
static const winnow_reason reasons[] = {{TEXT("@NAME@.doi"), TEXT("the same DOI"), WINNOW_DROP, 0}};

static winnow_status WINNOW_CALL match(void* self, const winnow_batch* block, const winnow_out* out) {
  const instance* own = self;
  for (size_t i = 0; i < block->count; ++i) {
    if (own->host->cancelled(own->host)) return WINNOW_CANCELLED;
    const winnow_str doi = first(&block->records[i], own->doi);
    for (size_t k = i + 1; k < block->count && doi.size != 0; ++k) {
      const winnow_str other = first(&block->records[k], own->doi);
      if (doi.size != other.size || memcmp(doi.data, other.data, doi.size) != 0) continue;
      const winnow_pair pair = {block->records[i].id, block->records[k].id, SAME_DOI, 0, 1, {NULL, 0}};
      out->pairs(out, &pair, 1);
    }
  }
  return WINNOW_OK;
}

static const winnow_matcher methods = {sizeof(winnow_matcher), 0, keys, match, NULL};
static const winnow_stage the_stage = {
    .struct_size = sizeof(winnow_stage),
    .kind = WINNOW_MATCHER,
    .flags = WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES,
    .id = TEXT("filters.@NAME@"),
    .version = TEXT("0.1.0"),
    .help = TEXT("Records with the same DOI are the same work."),
    .reasons = reasons,
    .reason_count = 1,
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
