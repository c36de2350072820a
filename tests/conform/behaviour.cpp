// One stage of every kind, raw ABI. With FAULT undefined all behave well; each FAULT is one breach of contract, for the
// check of `winnow plugins test` that is meant for it. Format: a first line "#kit", then "T title" a record.
#include <winnow/abi.h>

#include <time.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>

#ifndef FAULT
#define FAULT WELL
#endif
enum {
  WELL,
  EXTRA_SYMBOL,
  PRINTS_AT_LOAD,
  NEWER_ABI,
  NO_LICENSE,
  BAD_DEFAULT,
  REFUSES_SILENTLY,
  DIES_OF_UNKNOWN_OPTION,
  ANSWERS_EVERYTHING,
  NEEDS_A_RECORD,
  NEEDS_A_FIELD,
  THROWS,
  COUNTS_CALLS,
  SHARES_A_BUFFER,
  NEVER_ASKS,
  DIES_UNUSED,
  LEAKS,
  TWO_VERDICTS,
  UNDECLARED_REASON,
  EVIDENCE_BEYOND,
  PLACE_IN_BATCH,
  ODD_HANDLES,
  FIRST_WITH_ALL,
  KEY_OF_HANDLE,
  TAKES_MORE,
  CLAIMS_EVERYTHING,
  NO_PLACE,
  EVERY_SECOND,
  DECLARES_TWICE,
  FIRST_FILE_ONLY,
  NEEDS_ITS_END,
  CHUNK_IS_A_FILE,
  KEEPS_CR,
  UTF8_ONLY,
  RECORD_OF_NOTHING,
  IGNORES_THE_DISK,
  LOSES_THE_LAST,
  READS_MORE,
  UNDECLARED_FIELD,
  CHANGES_A_FIELD,
  ONE_SCORE_TOO_FEW,
  PLACE_AS_SCORE
};

namespace {

template <std::size_t N>
constexpr winnow_str text(const char (&s)[N]) {
  return {s, N - 1};
}

struct Instance {
  const winnow_host* host;
  std::uint32_t title, raw, length, year;
  bool worked;
  std::uint64_t records[64], read[64];  // a ranker's
  double scores[64];
  std::size_t record_count, read_count;
};

Instance& of(void* self) { return *static_cast<Instance*>(self); }

void say(const winnow_host* host, winnow_str message) {
  winnow_diagnostic d{};
  d.struct_size = sizeof d;
  d.severity = WINNOW_ERROR;
  d.code = text("kit.refused");
  d.message = message;
  host->diagnose(host, &d);
}

#if FAULT_IS_LOAD
struct Greeter {
  Greeter() { std::puts("I am here"); }
} greeter;
#endif

void* WINNOW_CALL create(const winnow_host* host, const winnow_setting* settings, std::size_t count) {
  if (FAULT == REFUSES_SILENTLY) return nullptr;
  for (std::size_t i = 0; i < count; ++i)
    if (FAULT == DIES_OF_UNKNOWN_OPTION && settings[i].name.size != 4) std::abort();
  if (FAULT == LEAKS) {
    static void* volatile last;  // volatile: an optimizer may leave out memory that nobody looks at
    last = std::malloc(1000);
    if (last == nullptr) say(host, text("no memory"));
  }
  auto* made = new Instance{};
  made->host = host;
  made->title = host->tag(host, text("title"));
  made->raw = host->tag(host, text("raw:T"));
  made->length =
      host->tag(host, FAULT == UNDECLARED_FIELD ? winnow_str(text("kit.other")) : winnow_str(text("kit.length")));
  made->year = host->tag(host, text("issued.year"));
  return made;
}
void WINNOW_CALL destroy(void* self) {
  if (FAULT == DIES_UNUSED && !of(self).worked) std::abort();
  delete &of(self);
}
const void* WINNOW_CALL extension(void*, const char* id) {
  static const int something = 1;
  return FAULT == ANSWERS_EVERYTHING && std::strncmp(id, "winnow.reasons", 14) != 0 ? &something : nullptr;
}

winnow_str titleOf(const Instance& self, const winnow_record& record, std::uint32_t* field) {
  if (FAULT == NEEDS_A_FIELD && record.field_count == 0) std::abort();
  for (std::size_t i = 0; i < record.field_count; ++i)
    if (record.fields[i].tag == self.title) {
      *field = static_cast<std::uint32_t>(i);
      return record.fields[i].value;
    }
  *field = WINNOW_NONE;
  return {};
}

// ---- filter: drops titles that end in a digit below five

constexpr winnow_reason kReasons[] = {{text("kit.low"), text("ends in a low digit"), WINNOW_DROP, 0}};

bool isLow(winnow_str title) {
  return title.size > 0 && title.data[title.size - 1] >= '0' && title.data[title.size - 1] < '5';
}

/// The title copied through a buffer that all instances share.
bool isLowThroughBuffer(winnow_str title) {
  static char shared[64];
  const std::size_t size = title.size < sizeof shared ? title.size : 0;
  std::memcpy(shared, title.data, size);
  // Asleep, so that another instance certainly writes meanwhile; yielding promises nothing.
  const timespec wait{0, 100'000};
  ::nanosleep(&wait, nullptr);
  return isLow({shared, size});
}

bool hasYear(const Instance& self, const winnow_record& record) {
  for (std::size_t i = 0; i < record.field_count; ++i)
    if (record.fields[i].tag == self.year) return true;
  return false;
}

winnow_status WINNOW_CALL process(void* self, const winnow_batch* batch, const winnow_out* out) {
  static std::size_t calls;
  ++calls;
  of(self).worked = true;
  if (FAULT == THROWS) throw 7;
  if (FAULT == NEEDS_A_RECORD && batch->count == 0) std::abort();
  for (std::size_t i = 0; i < batch->count; ++i) {
    winnow_verdict v{};
    winnow_evidence evidence{};
    const winnow_str title = titleOf(of(self), batch->records[i], &evidence.field);
    bool drop = FAULT == SHARES_A_BUFFER ? isLowThroughBuffer(title) : isLow(title);
    if (FAULT == COUNTS_CALLS) drop = calls % 2 == 0;
    if (FAULT == PLACE_IN_BATCH) drop = i % 3 == 1;
    if (FAULT == ODD_HANDLES) drop = batch->records[i].id % 4 == 1;
    v.record = batch->records[i].id;
    v.action = drop ? WINNOW_DROP : WINNOW_KEEP;
    v.reason = drop ? 0 : WINNOW_NONE;
    if (FAULT == READS_MORE) v.score = hasYear(of(self), batch->records[i]) ? 1 : 0;
    if (drop && evidence.field != WINNOW_NONE) {
      v.evidence = &evidence;
      v.evidence_count = 1;
    }
    if (FAULT == UNDECLARED_REASON && drop) v.reason = 3;
    if (FAULT == EVIDENCE_BEYOND) evidence.begin = 1u << 24;
    out->verdicts(out, &v, 1);
    if (FAULT == TWO_VERDICTS) out->verdicts(out, &v, 1);
  }
  return WINNOW_OK;
}
constexpr winnow_filter kFilter{sizeof(winnow_filter), 0, process};

// ---- matcher: equal titles; sampler: by title, the first half

winnow_status WINNOW_CALL keys(void* self, const winnow_batch* batch, const winnow_out* out) {
  of(self).worked = true;
  for (std::size_t i = 0; i < batch->count; ++i) {
    std::uint32_t field = 0;
    winnow_key key{batch->records[i].id, 0, 0, titleOf(of(self), batch->records[i], &field)};
    if (FAULT == KEY_OF_HANDLE) key.value = {reinterpret_cast<const char*>(&batch->records[i].id), 8};
    out->keys(out, &key, 1);
  }
  return WINNOW_OK;
}
winnow_status WINNOW_CALL match(void* self, const winnow_batch* block, const winnow_out* out) {
  of(self).worked = true;
  for (std::size_t i = 0; i < block->count; ++i)
    for (std::size_t k = i + 1; k < block->count; ++k) {
      std::uint32_t field = 0;
      const winnow_str a = titleOf(of(self), block->records[i], &field),
                       b = titleOf(of(self), block->records[k], &field);
      const bool same = a.size == b.size && a.size > 0 && std::memcmp(a.data, b.data, a.size) == 0;
      if (FAULT == FIRST_WITH_ALL ? i != 0 : !same) continue;
      const winnow_pair pair{block->records[i].id, block->records[k].id, 0, 0, 1.0, {}};
      out->pairs(out, &pair, 1);
    }
  return WINNOW_OK;
}
constexpr winnow_matcher kMatcher{sizeof(winnow_matcher), 0, keys, match, nullptr};

winnow_status WINNOW_CALL take(void*, std::uint32_t, std::uint64_t count, std::uint64_t* taken) {
  *taken = FAULT == TAKES_MORE ? count + 1 : count / 2;
  return WINNOW_OK;
}
constexpr winnow_sampler kSampler{sizeof(winnow_sampler), 0, keys, take};

// ---- annotator: whether the title is long; ranker: long titles first

winnow_status WINNOW_CALL annotate(void* self, const winnow_batch* batch, const winnow_out* out) {
  of(self).worked = true;
  for (std::size_t i = 0; i < batch->count; ++i) {
    const winnow_record& record = batch->records[i];
    winnow_annotation a{};
    const winnow_str title = titleOf(of(self), record, &a.origin);
    bool has = title.size == 0;
    for (std::size_t k = 0; k < record.field_count; ++k)
      has = has || (record.fields[k].tag == of(self).length && FAULT != CHANGES_A_FIELD);
    if (has) continue;
    a.record = record.id;
    a.tag = of(self).length;
    a.value = title.size > 50 ? winnow_str(text("long")) : winnow_str(text("short"));
    out->annotations(out, &a, 1);
  }
  return WINNOW_OK;
}
constexpr winnow_annotator kAnnotator{sizeof(winnow_annotator), 0, annotate};

winnow_status WINNOW_CALL takeRecords(void* instance, const winnow_batch* batch) {
  Instance& self = of(instance);
  self.worked = true;
  for (std::size_t i = 0; i < batch->count && self.record_count < 64; ++i) {
    std::uint32_t field = 0;
    self.records[self.record_count] = batch->records[i].id;
    self.scores[self.record_count] = FAULT == PLACE_AS_SCORE
                                         ? static_cast<double>(self.record_count)
                                         : static_cast<double>(titleOf(self, batch->records[i], &field).size);
    ++self.record_count;
  }
  return WINNOW_OK;
}
winnow_status WINNOW_CALL learn(void* instance, const winnow_label* labels, std::size_t count) {
  Instance& self = of(instance);
  self.read_count = 0;
  for (std::size_t i = 0; i < count && i < 64; ++i) self.read[self.read_count++] = labels[i].record;
  return WINNOW_OK;
}
winnow_status WINNOW_CALL rank(void* instance, const winnow_out* out) {
  const Instance& self = of(instance);
  for (std::size_t i = 0; i < self.record_count; ++i) {
    bool isRead = FAULT == ONE_SCORE_TOO_FEW && i + 2 == self.record_count;
    for (std::size_t k = 0; k < self.read_count; ++k) isRead = isRead || self.read[k] == self.records[i];
    const winnow_score score{self.records[i], self.scores[i], 0, 0};
    if (!isRead) out->scores(out, &score, 1);
  }
  return WINNOW_OK;
}
constexpr winnow_ranker kRanker{sizeof(winnow_ranker), 0, takeRecords, learn, rank};

// ---- importer

winnow_status WINNOW_CALL probe(void*, winnow_str head, winnow_str, winnow_probe* out) {
  out->confidence = FAULT == CLAIMS_EVERYTHING || (head.size >= 5 && std::memcmp(head.data, "#kit", 4) == 0) ? 100 : 0;
  return WINNOW_OK;
}

winnow_status emitLine(Instance& self, const winnow_source* source, const char* line, std::size_t size,
                       std::uint64_t byte, std::uint32_t number) {
  winnow_field fields[2]{};
  fields[0].tag = self.raw;
  fields[0].origin = WINNOW_NONE;
  fields[0].flags = WINNOW_FIELD_RAW;
  fields[0].value = {line + 2, size - 2};
  fields[0].line = number;
  fields[1] = fields[0];
  fields[1].tag = self.title;
  fields[1].origin = 0;
  fields[1].flags = WINNOW_FIELD_DERIVED;
  fields[1].line = 0;
  winnow_record record{0, fields, 2, {byte, number, 1, static_cast<std::uint32_t>(size), 0}};
  if (FAULT == NO_PLACE) record.at = {};
  const winnow_batch batch{sizeof batch, 0, &record, 1};
  return source->emit(source, &batch);
}

bool isAscii(const char* data, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i)
    if (static_cast<unsigned char>(data[i]) >= 0x80) return false;
  return true;
}

struct Reader {
  Instance& self;
  const winnow_source* source;
  std::uint64_t base = 0;
  std::uint32_t line = 0;
  std::size_t count = 0, headings = 0;

  /// The records of `data`, a whole number of lines.
  winnow_status lines(const char* data, std::size_t size) {
    for (std::size_t begin = 0; begin < size;) {
      const void* feed = std::memchr(data + begin, '\n', size - begin);
      const std::size_t end = feed == nullptr ? size : static_cast<std::size_t>(static_cast<const char*>(feed) - data);
      std::size_t stop = end;
      if (FAULT != KEEPS_CR && stop > begin && data[stop - 1] == '\r') --stop;
      ++line;
      if (const winnow_status status = one(data + begin, stop - begin, base + begin); status != WINNOW_OK)
        return status;
      begin = end + 1;
    }
    base += size;
    return WINNOW_OK;
  }
  winnow_status one(const char* data, std::size_t size, std::uint64_t byte) {
    const bool isHeading = size >= 4 && std::memcmp(data, "#kit", 4) == 0;
    headings += isHeading ? 1 : 0;
    const bool isOver = FAULT == FIRST_FILE_ONLY && headings > 1 && size > 0;
    if (isHeading || isOver) return declare(byte, size, isHeading ? WINNOW_HEADING : WINNOW_COMMENT);
    if (size <= 2 || data[0] != 'T' || data[1] != ' ' || !isWanted(data, size)) return WINNOW_OK;
    return emitLine(self, source, data, size, byte, line);
  }
  winnow_status declare(std::uint64_t byte, std::size_t size, std::uint32_t kind) {
    const winnow_declaration d{{byte, line, 1, static_cast<std::uint32_t>(size), 0}, kind, 0};
    const winnow_declaration twice[] = {d, d};
    return source->declare(source, twice, FAULT == DECLARES_TWICE ? 2 : 1);
  }
  bool isWanted(const char* data, std::size_t size) {
    ++count;
    if (FAULT == EVERY_SECOND && count % 2 == 0) return false;
    return FAULT != UTF8_ONLY || isAscii(data, size);
  }
};

winnow_status WINNOW_CALL readSource(void* instance, const winnow_source* source) {
  Instance& self = of(instance);
  self.worked = true;
  Reader reader{self, source};
  char* kept = nullptr;
  std::size_t size = 0;
  winnow_status status = WINNOW_OK;
  winnow_str chunk{};
  while ((status = source->next(source, &chunk)) != WINNOW_END) {
    if (FAULT == NEVER_ASKS) continue;
    if (status != WINNOW_OK || self.host->cancelled(self.host) != 0) break;
    if (FAULT == CHUNK_IS_A_FILE) {
      reader.lines(chunk.data, chunk.size);
      continue;
    }
    auto* grown = static_cast<char*>(std::realloc(kept, size + chunk.size));
    if (grown == nullptr) break;
    kept = grown;
    std::memcpy(kept + size, chunk.data, chunk.size);
    size += chunk.size;
    std::size_t whole = size;
    while (whole > 0 && kept[whole - 1] != '\n') --whole;
    if (whole == 0 || FAULT == NEEDS_ITS_END) continue;
    reader.lines(kept, whole);
    std::memmove(kept, kept + whole, size - whole);
    size -= whole;
  }
  if (status == WINNOW_END && (FAULT != NEEDS_ITS_END || (size > 0 && kept[size - 1] == '\n'))) {
    if (size > 0) reader.lines(kept, size);
    if (FAULT == RECORD_OF_NOTHING && reader.count == 0) emitLine(self, source, "T ?", 3, 0, 1);
  }
  std::free(kept);
  if (status == WINNOW_OK) return self.host->cancelled(self.host) != 0 ? WINNOW_CANCELLED : WINNOW_FAILED;
  return status == WINNOW_END ? winnow_status{WINNOW_OK} : status;
}
constexpr winnow_importer kImporter{sizeof(winnow_importer), 0, probe, readSource};

// ---- exporter of the same format

winnow_status put(const winnow_sink* sink, winnow_str bytes) {
  const winnow_status status = sink->write(sink, bytes);
  return FAULT == IGNORES_THE_DISK ? winnow_status{WINNOW_OK} : status;
}

winnow_status WINNOW_CALL writeAll(void* self, const winnow_sink* sink) {
  of(self).worked = true;
  if (const winnow_status status = put(sink, text("#kit\n")); status != WINNOW_OK) return status;
  const winnow_batch* batch = nullptr;
  winnow_status status = WINNOW_OK;
  while ((status = sink->next(sink, &batch)) == WINNOW_OK)
    for (std::size_t i = 0; i < batch->count; ++i) {
      std::uint32_t field = 0;
      if (FAULT == LOSES_THE_LAST && batch->count < 7 && i + 1 == batch->count) continue;
      for (const winnow_str part : {text("T "), titleOf(of(self), batch->records[i], &field), text("\n")})
        if (const winnow_status one = put(sink, part); one != WINNOW_OK) return one;
    }
  return status == WINNOW_END ? winnow_status{WINNOW_OK} : status;
}
constexpr winnow_exporter kExporter{sizeof(winnow_exporter), 0, writeAll};

// ---- declarations

constexpr winnow_option kMode{sizeof(winnow_option),
                              WINNOW_CHOICE,
                              0,
                              0,
                              text("mode"),
                              FAULT == BAD_DEFAULT ? winnow_str(text("purple")) : winnow_str(text("plain")),
                              text("How it is done."),
                              text("plain|fancy"),
                              {},
                              {},
                              {}};
constexpr const winnow_option* kOptions[] = {&kMode};
constexpr std::uint32_t kFlags = WINNOW_STATELESS | WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES;
constexpr winnow_str kReads[] = {text("title")}, kGives[] = {text("kit.length")};
constexpr winnow_stage stage(std::uint32_t kind, winnow_str id, const void* methods, std::size_t gives = 0) {
  return {sizeof(winnow_stage),
          kind,
          kFlags,
          0,
          id,
          text("1.0.0"),
          text("A stage of the tests."),
          kOptions,
          1,
          kReasons,
          1,
          methods,
          create,
          destroy,
          extension,
          kReads,
          1,
          kGives,
          gives};
}
constexpr winnow_stage kStages[] = {stage(WINNOW_IMPORTER, text("importers.kit"), &kImporter),
                                    stage(WINNOW_FILTER, text("filters.kit"), &kFilter),
                                    stage(WINNOW_MATCHER, text("filters.kit-matcher"), &kMatcher),
                                    stage(WINNOW_SAMPLER, text("filters.kit-sampler"), &kSampler),
                                    stage(WINNOW_EXPORTER, text("exporters.kit"), &kExporter),
                                    stage(WINNOW_ANNOTATOR, text("annotators.kit"), &kAnnotator, 1),
                                    stage(WINNOW_RANKER, text("rankers.kit"), &kRanker)};
const winnow_stage* WINNOW_CALL at(std::size_t index) { return index < 7 ? &kStages[index] : nullptr; }

}  // namespace

extern "C" {
#if FAULT_IS_SYMBOL
WINNOW_EXPORT int kit_helper(void);
int kit_helper(void) { return 1; }
#endif
extern WINNOW_EXPORT const winnow_plugin winnow_plugin_v1{
    sizeof(winnow_plugin),
    1,
    FAULT == NEWER_ABI ? 9u : 0u,
    0,
    text("winnow tests"),
    text("kit"),
    text("1.0.0"),
    FAULT == NO_LICENSE ? winnow_str{} : winnow_str(text("Apache-2.0")),
    at,
    nullptr,
    text("A plugin of the tests."),
    text("https://example.org/kit"),
    text("kit@example.org"),
    text("tests|kit")};
}
