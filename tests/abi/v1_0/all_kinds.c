/* One stage of every kind in plain C11, built against the frozen 1.0 header beside it. Every later host must load and
 * run it: this is what "older minors load for ever" means. */
#include <stdlib.h>
#include <string.h>

#include "winnow/abi.h"

#define TEXT(literal) {literal, sizeof(literal) - 1}

typedef struct instance {
  const winnow_host* host;
  uint32_t title;
} instance;

static winnow_str text(const char* data, size_t size) {
  winnow_str s = {data, size};
  return s;
}
static void* WINNOW_CALL create(const winnow_host* host, const winnow_setting* settings, size_t count) {
  instance* self = malloc(sizeof *self);
  (void)settings;
  (void)count;
  if (self == NULL) return NULL;
  self->host = host;
  self->title = host->tag(host, text("title", 5));
  return self;
}
static void WINNOW_CALL destroy(void* self) { free(self); }
static const void* WINNOW_CALL no_extension(void* self, const char* id) {
  (void)self;
  (void)id;
  return NULL;
}

/* importers.old: every line that begins with "T " is a record with that title; the others are declared. */
static winnow_status WINNOW_CALL probe(void* self, winnow_str head, winnow_str name, winnow_probe* out) {
  (void)self;
  (void)name;
  out->confidence = head.size >= 5 && memcmp(head.data, "#old\n", 5) == 0 ? 100 : 0;
  return WINNOW_OK;
}
static winnow_status emit_line(instance* self, const winnow_source* source, const char* line, size_t size, uint64_t byte, uint32_t number) {
  winnow_field fields[2];
  winnow_record record;
  winnow_batch batch = {sizeof batch, 0, &record, 1};
  memset(fields, 0, sizeof fields);
  memset(&record, 0, sizeof record);
  fields[0].tag = self->host->tag(self->host, text("raw:T", 5));
  fields[0].origin = WINNOW_NONE;
  fields[0].flags = WINNOW_FIELD_RAW;
  fields[0].value = text(line + 2, size - 2);
  fields[0].line = number;
  fields[1] = fields[0];
  fields[1].tag = self->title;
  fields[1].origin = 0;
  fields[1].flags = WINNOW_FIELD_DERIVED;
  fields[1].line = 0;
  record.fields = fields;
  record.field_count = 2;
  record.at.byte = byte;
  record.at.line = number;
  record.at.column = 1;
  record.at.length = (uint32_t)size;
  return source->emit(source, &batch);
}
static winnow_status declare_line(const winnow_source* source, uint64_t byte, size_t size, uint32_t number) {
  winnow_declaration line;
  memset(&line, 0, sizeof line);
  line.at.byte = byte;
  line.at.line = number;
  line.at.column = 1;
  line.at.length = (uint32_t)size;
  line.kind = number == 1 ? WINNOW_HEADING : WINNOW_COMMENT;
  return size == 0 ? WINNOW_OK : source->declare(source, &line, 1);
}
static winnow_status WINNOW_CALL read_source(void* self, const winnow_source* source) {
  char* all = NULL;
  size_t size = 0, begin = 0;
  uint32_t number = 0;
  winnow_str chunk;
  winnow_status status;
  while ((status = source->next(source, &chunk)) == WINNOW_OK) {
    char* grown = realloc(all, size + chunk.size);
    if (grown == NULL) {
      free(all);
      return WINNOW_FAILED;
    }
    all = grown;
    memcpy(all + size, chunk.data, chunk.size);
    size += chunk.size;
  }
  while (status == WINNOW_END && begin < size) {
    const char* end = memchr(all + begin, '\n', size - begin);
    const size_t stop = end == NULL ? size : (size_t)(end - all);
    const int is_record = stop - begin > 2 && all[begin] == 'T';
    ++number;
    if ((is_record ? emit_line(self, source, all + begin, stop - begin, begin, number)
                   : declare_line(source, begin, stop - begin, number)) != WINNOW_OK)
      status = WINNOW_FAILED;
    begin = stop + 1;
  }
  free(all);
  return status == WINNOW_END ? WINNOW_OK : status;
}
static const winnow_importer importer_methods = {sizeof(winnow_importer), 0, probe, read_source};

/* filters.old: drops titles that begin with "x". */
static const winnow_reason reasons[] = {{TEXT("old.x"), TEXT("begins with x"), WINNOW_DROP, 0}};
static winnow_str title_of(const instance* self, const winnow_record* record, uint32_t* field) {
  for (size_t i = 0; i < record->field_count; ++i)
    if (record->fields[i].tag == self->title) {
      *field = (uint32_t)i;
      return record->fields[i].value;
    }
  *field = WINNOW_NONE;
  return text("", 0);
}
static winnow_status WINNOW_CALL process(void* self, const winnow_batch* batch, const winnow_out* out) {
  for (size_t i = 0; i < batch->count; ++i) {
    winnow_verdict verdict;
    winnow_evidence evidence;
    const winnow_str title = title_of(self, &batch->records[i], &evidence.field);
    const int drop = title.size > 0 && title.data[0] == 'x';
    memset(&verdict, 0, sizeof verdict);
    verdict.record = batch->records[i].id;
    verdict.action = drop ? WINNOW_DROP : WINNOW_KEEP;
    verdict.reason = drop ? 0 : WINNOW_NONE;
    evidence.begin = 0;
    evidence.size = 1;
    evidence.reserved = 0;
    evidence.label = text("begins with x", 13);
    verdict.evidence = drop ? &evidence : NULL;
    verdict.evidence_count = drop ? 1 : 0;
    out->verdicts(out, &verdict, 1);
  }
  return WINNOW_OK;
}
static const winnow_filter filter_methods = {sizeof(winnow_filter), 0, process};

/* filters.old-matcher: equal titles are the same work. */
static const winnow_reason rules[] = {{TEXT("old.title"), TEXT("equal titles"), WINNOW_DROP, 0}};
static winnow_status WINNOW_CALL title_keys(void* self, const winnow_batch* batch, const winnow_out* out) {
  for (size_t i = 0; i < batch->count; ++i) {
    uint32_t field;
    winnow_key key = {batch->records[i].id, 0, 0, title_of(self, &batch->records[i], &field)};
    out->keys(out, &key, 1);
  }
  return WINNOW_OK;
}
static winnow_status WINNOW_CALL match(void* self, const winnow_batch* block, const winnow_out* out) {
  (void)self;
  for (size_t i = 1; i < block->count; ++i) {
    winnow_pair pair = {block->records[0].id, block->records[i].id, 0, 0, 1.0, {NULL, 0}};
    out->pairs(out, &pair, 1);
  }
  return WINNOW_OK;
}
static const winnow_matcher matcher_methods = {sizeof(winnow_matcher), 0, title_keys, match, NULL};

/* filters.old-sampler: the first half by title. */
static winnow_status WINNOW_CALL take(void* self, uint32_t space, uint64_t count, uint64_t* taken) {
  (void)self;
  (void)space;
  *taken = count / 2;
  return WINNOW_OK;
}
static const winnow_sampler sampler_methods = {sizeof(winnow_sampler), 0, title_keys, take};

/* annotators.old: the first letter of the title. */
static winnow_status WINNOW_CALL annotate(void* self, const winnow_batch* batch, const winnow_out* out) {
  const instance* me = self;
  const uint32_t tag = me->host->tag(me->host, text("old.letter", 10));
  for (size_t i = 0; i < batch->count; ++i) {
    winnow_annotation given;
    const winnow_str title = title_of(me, &batch->records[i], &given.origin);
    int has = title.size == 0;
    for (size_t k = 0; k < batch->records[i].field_count; ++k) has = has || batch->records[i].fields[k].tag == tag;
    if (has) continue;
    given.record = batch->records[i].id;
    given.tag = tag;
    given.begin = 0;
    given.size = 1;
    given.rule = me->host->tag(me->host, text("old.first", 9));
    given.reserved = 0;
    given.value = text(title.data, 1);
    out->annotations(out, &given, 1);
  }
  return WINNOW_OK;
}
static const winnow_annotator annotator_methods = {sizeof(winnow_annotator), 0, annotate};

/* rankers.old: short titles first, whatever was read. */
typedef struct ranked {
  uint64_t record;
  size_t size;
  int is_read;
} ranked;
static ranked* all_ranked = NULL;
static size_t ranked_count = 0;
static winnow_status WINNOW_CALL take_records(void* self, const winnow_batch* batch) {
  for (size_t i = 0; i < batch->count; ++i) {
    uint32_t field;
    ranked* grown = realloc(all_ranked, (ranked_count + 1) * sizeof *grown);
    if (grown == NULL) return WINNOW_FAILED;
    all_ranked = grown;
    all_ranked[ranked_count].record = batch->records[i].id;
    all_ranked[ranked_count].size = title_of(self, &batch->records[i], &field).size;
    all_ranked[ranked_count++].is_read = 0;
  }
  return WINNOW_OK;
}
static winnow_status WINNOW_CALL learn(void* self, const winnow_label* labels, size_t count) {
  (void)self;
  for (size_t i = 0; i < ranked_count; ++i) {
    all_ranked[i].is_read = 0;
    for (size_t k = 0; k < count; ++k) all_ranked[i].is_read |= labels[k].record == all_ranked[i].record;
  }
  return WINNOW_OK;
}
static winnow_status WINNOW_CALL rank(void* self, const winnow_out* out) {
  (void)self;
  for (size_t i = 0; i < ranked_count; ++i) {
    const winnow_score score = {all_ranked[i].record, -(double)all_ranked[i].size, 0, 0};
    if (!all_ranked[i].is_read) out->scores(out, &score, 1);
  }
  free(all_ranked);
  all_ranked = NULL;
  ranked_count = 0;
  return WINNOW_OK;
}
static const winnow_ranker ranker_methods = {sizeof(winnow_ranker), 0, take_records, learn, rank};

/* exporters.old: one title a line. */
static winnow_status WINNOW_CALL write_titles(void* self, const winnow_sink* sink) {
  const winnow_batch* batch;
  winnow_status status;
  while ((status = sink->next(sink, &batch)) == WINNOW_OK)
    for (size_t i = 0; i < batch->count; ++i) {
      uint32_t field;
      if (sink->write(sink, title_of(self, &batch->records[i], &field)) != WINNOW_OK || sink->write(sink, text("\n", 1)) != WINNOW_OK)
        return WINNOW_FAILED;
    }
  return status == WINNOW_END ? WINNOW_OK : status;
}
static const winnow_exporter exporter_methods = {sizeof(winnow_exporter), 0, write_titles};

static const winnow_str title_tag[] = {TEXT("title")}, letter_tag[] = {TEXT("old.letter")};
#define STAGE(kind, flags, id, help, reasons, count, methods, gives) \
  {sizeof(winnow_stage), kind, flags, 0, TEXT(id), TEXT("1.0.0"), TEXT(help), NULL, 0, reasons, count, methods, create, destroy, no_extension, title_tag, 1, letter_tag, gives}

static const winnow_stage stages[] = {
    STAGE(WINNOW_IMPORTER, WINNOW_DETERMINISTIC, "importers.old", "Titles, one a line.", NULL, 0, &importer_methods, 0),
    STAGE(WINNOW_FILTER, WINNOW_STATELESS | WINNOW_DETERMINISTIC, "filters.old", "Drops titles that begin with x.", reasons, 1, &filter_methods, 0),
    STAGE(WINNOW_MATCHER, WINNOW_DETERMINISTIC, "filters.old-matcher", "Equal titles.", rules, 1, &matcher_methods, 0),
    STAGE(WINNOW_SAMPLER, WINNOW_DETERMINISTIC, "filters.old-sampler", "The first half.", NULL, 0, &sampler_methods, 0),
    STAGE(WINNOW_EXPORTER, WINNOW_DETERMINISTIC, "exporters.old", "Titles, one a line.", NULL, 0, &exporter_methods, 0),
    STAGE(WINNOW_ANNOTATOR, WINNOW_DETERMINISTIC, "annotators.old", "The first letter of a title.", NULL, 0, &annotator_methods, 1),
    STAGE(WINNOW_RANKER, WINNOW_DETERMINISTIC, "rankers.old", "Short titles first.", NULL, 0, &ranker_methods, 0),
    /* A kind of a later host: it is left out, and the rest of the library is used. */
    STAGE(1000, 0, "dreamers.old", "Dreams.", NULL, 0, &exporter_methods, 0)};

static const winnow_stage* WINNOW_CALL stage(size_t index) { return index < sizeof stages / sizeof *stages ? &stages[index] : NULL; }

const winnow_plugin winnow_plugin_v1 = {sizeof(winnow_plugin), 1, 0, 0, TEXT("winnow tests"), TEXT("old"), TEXT("1.0.0"), TEXT("Apache-2.0"), stage, NULL, TEXT("One stage of every kind."), TEXT("https://example.org/old"), TEXT("old@example.org"), TEXT("tests|old")};
