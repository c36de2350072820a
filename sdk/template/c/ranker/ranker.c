/* Puts records first whose titles share words with included ones. Change this to your model. */
#include <stdlib.h>
#include <string.h>

#include <winnow/abi.h>

#define TEXT(literal) {literal, sizeof(literal) - 1}

enum { OPEN, RELEVANT, IRRELEVANT };

/* A record that was taken over: views die with the call, so its title is copied. */
typedef struct taken {
  uint64_t id;
  char* title;
  size_t size;
  int label;
} taken;

typedef struct instance {
  const winnow_host* host;
  uint32_t title;
  taken* records;
  size_t count, capacity;
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
static void WINNOW_CALL destroy(void* self) {
  instance* own = self;
  for (size_t i = 0; i < own->count; ++i) free(own->records[i].title);
  free(own->records);
  free(own);
}
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

static winnow_status WINNOW_CALL take(void* self, const winnow_batch* batch) {
  instance* own = self;
  for (size_t i = 0; i < batch->count; ++i) {
    const winnow_str title = first(&batch->records[i], own->title);
    if (own->count == own->capacity) {
      const size_t capacity = own->capacity * 2 + 64;
      taken* grown = realloc(own->records, capacity * sizeof *grown);
      if (grown == NULL) return WINNOW_FAILED;
      own->records = grown;
      own->capacity = capacity;
    }
    taken* record = &own->records[own->count];
    record->title = malloc(title.size + 1);
    if (record->title == NULL) return WINNOW_FAILED;
    if (title.size != 0) memcpy(record->title, title.data, title.size);
    record->id = batch->records[i].id;
    record->size = title.size;
    record->label = OPEN;
    ++own->count;
  }
  return WINNOW_OK;
}

static int by_id(const void* left, const void* right) {
  const uint64_t a = ((const taken*)left)->id, b = ((const taken*)right)->id;
  return (a > b) - (a < b);
}

/* All that is known now; what an earlier call said is forgotten. */
static winnow_status WINNOW_CALL learn(void* self, const winnow_label* labels, size_t count) {
  instance* own = self;
  if (own->count == 0) return WINNOW_OK;
  qsort(own->records, own->count, sizeof *own->records, by_id);
  for (size_t i = 0; i < own->count; ++i) own->records[i].label = OPEN;
  for (size_t i = 0; i < count; ++i) {
    const taken wanted = {labels[i].record, NULL, 0, OPEN};
    taken* found = bsearch(&wanted, own->records, own->count, sizeof *own->records, by_id);
    if (found != NULL) found->label = labels[i].relevant ? RELEVANT : IRRELEVANT;
  }
  return WINNOW_OK;
}

/* The next word of more than three letters from *at on; its size, 0 at the end. */
static size_t next_word(const taken* record, size_t* at) {
  while (*at < record->size) {
    size_t end = *at;
    while (end < record->size && record->title[end] != ' ') ++end;
    if (end - *at > 3) return end - *at;
    *at = end + 1;
  }
  return 0;
}

static int has_word(const taken* record, const char* word, size_t size) {
  size_t other;
  for (size_t at = 0; (other = next_word(record, &at)) != 0; at += other + 1)
    if (other == size && memcmp(record->title + at, word, size) == 0) return 1;
  return 0;
}

/* How many words of the title stand in a title that was included. */
static double shared_words(const instance* self, const taken* record) {
  double shared = 0;
  size_t size;
  for (size_t at = 0; (size = next_word(record, &at)) != 0; at += size + 1)
    for (size_t i = 0; i < self->count; ++i) {
      if (self->records[i].label != RELEVANT || !has_word(&self->records[i], record->title + at, size)) continue;
      ++shared;
      break;
    }
  return shared;
}

static winnow_status WINNOW_CALL rank(void* self, const winnow_out* out) {
  const instance* own = self;
  uint32_t nothing_was_learned = 1;
  for (size_t i = 0; i < own->count; ++i)
    if (own->records[i].label == RELEVANT) nothing_was_learned = 0;
  for (size_t i = 0; i < own->count; ++i) {
    if (own->records[i].label != OPEN) continue;
    if (own->host->cancelled(own->host)) return WINNOW_CANCELLED;
    const winnow_score score = {own->records[i].id, shared_words(own, &own->records[i]), nothing_was_learned, 0};
    out->scores(out, &score, 1);
  }
  return WINNOW_OK;
}

/* It is handed these fields and no others. */
static const winnow_str reads[] = {TEXT("title")};
static const winnow_ranker methods = {sizeof(winnow_ranker), 0, take, learn, rank};
static const winnow_stage the_stage = {
    .struct_size = sizeof(winnow_stage),
    .kind = WINNOW_RANKER,
    .flags = WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES,
    .id = TEXT("rankers.@NAME@"),
    .version = TEXT("0.1.0"),
    .help = TEXT("Records whose titles share words with included ones first."),
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
