/* winnow/abi.h: the whole binary interface between the Winnow host and a plugin. C11, C++17 and later.
 *
 * A plugin is a shared library that exports one constant, `winnow_plugin_v1`. Nothing else crosses the boundary:
 * no C++ type, no exception, no FILE*, no file descriptor, no path to open, no locale.
 *
 * Rules above everything (docs/abi.md argues each):
 *  1. A view given to a call dies when that call returns, or earlier where a comment says so: copy what you keep.
 *  2. Whoever allocates frees. Results go through host callbacks, which copy.
 *  3. Tables (winnow_plugin, winnow_stage, options, reasons) are constant and live as long as the process.
 *     Plugins are never unloaded.
 *  4. Thread words: [setup] the thread that prepares a run, no other call on that instance in progress;
 *     [work] the one thread that runs this instance now; [any-thread] any thread at any time.
 *  5. Text is UTF-8 with a length, without a terminating NUL. Null data with size 0 is the empty text.
 *
 * Two sorts of struct. Elements travel in arrays and are frozen for ever; what a record gains later becomes a parallel
 * array at the tail of winnow_batch, or an extension. Growing structs begin with `struct_size`, are reached only
 * through pointers and grow only at the tail; a reader tests WINNOW_HAS(type, pointer, member) before it reads a member
 * that is newer than 1.0.
 *
 * What is unknown. A kind of stage that the host does not know is skipped, and the rest of the library is used. Unknown
 * flags are ignored. Values of any other enumeration that are newer than 1.0 are given only to a host that has the bit
 * for them in winnow_host.features; a host refuses what it did not ask for.
 */
#ifndef WINNOW_ABI_H
#define WINNOW_ABI_H

#include <stddef.h>
#include <stdint.h>

#define WINNOW_ABI_MAJOR 1u
#define WINNOW_ABI_MINOR 0u
/* An author who needs only an older minor may say so, and older hosts then load the binary. */
#ifndef WINNOW_ABI_MINOR_TARGET
#define WINNOW_ABI_MINOR_TARGET WINNOW_ABI_MINOR
#endif

/* The layout below is that of 64-bit pointers. */
#if UINTPTR_MAX != UINT64_MAX
#error "Winnow plugins are built for machines with 64-bit pointers"
#endif

#define WINNOW_NONE UINT32_MAX
#if defined(_WIN32)
#define WINNOW_CALL __cdecl
#define WINNOW_EXPORT __declspec(dllexport)
#else
#define WINNOW_CALL
#define WINNOW_EXPORT __attribute__((visibility("default")))
#endif

/* True if the growing struct that `pointer` points to holds `member`. */
#define WINNOW_HAS(type, pointer, member) ((pointer)->struct_size >= offsetof(type, member) + sizeof((pointer)->member))

#ifdef __cplusplus
extern "C" {
#endif

/* ---- text and places ------------------------------------------------------------------------------------------ */

/* A view of UTF-8 text. May hold any byte, NUL included, if the input did. Element. */
typedef struct winnow_str {
  const char* data;
  size_t size;
} winnow_str;

/* A place in the text that the importer was given. `byte` counts from 0 in the decoded stream (the host translates
 * to the original file); `line` and `column` count from 1, column in bytes of the line; line 0 = no place. Element. */
typedef struct winnow_span {
  uint64_t byte;
  uint32_t line, column, length, reserved;
} winnow_span;

/* ---- records -------------------------------------------------------------------------------------------------- */

enum {
  WINNOW_FIELD_RAW = 1,      /* exactly as exported; tag "raw:T1" */
  WINNOW_FIELD_DERIVED = 2,  /* made from raw fields by a rule; tag "title" */
  WINNOW_FIELD_REPAIRED = 4, /* the value differs from the bytes because the bytes were damaged */
  WINNOW_FIELD_VOLATILE = 8, /* raw, and another export of the same record may hold another value: the date of the
                               export,  times cited, a note of the platform. Without influence on which record it is. */
  WINNOW_FIELD_KNOWN = 16    /* raw: the importer knows what the tag means, also where it makes nothing of this value
                                because another value says the same or the vocabulary has no tag for it */
};

/* One value of a record. Element, 40 bytes. */
typedef struct winnow_field {
  uint32_t tag;    /* winnow_host.tag("title"), or as exported: winnow_host.tag("raw:T1") */
  uint32_t origin; /* index in the record of the raw field it was made from, or WINNOW_NONE */
  uint16_t group;  /* 0: alone; equal numbers are parts of one value: family + given of one author */
  uint16_t flags;  /* WINNOW_FIELD_... */
  uint32_t rule;   /* winnow_host.tag("ris.ebsco.n1-language"): the rule that made it, or 0 */
  winnow_str value;
  uint32_t line; /* raw fields: the 1-based line in the file; otherwise 0 */
  uint32_t reserved;
} winnow_field;

/* One record: an ordered list of fields. A repeated tag keeps its order. Element. */
typedef struct winnow_record {
  uint64_t id; /* handle in this run, given by the host; 0 while importing. Never an identity, never an order */
  const winnow_field* fields;
  size_t field_count;
  winnow_span at; /* the whole record in its source */
} winnow_record;

/* Records that travel together. Growing: what records gain later is an array beside `records`, as long as it. */
typedef struct winnow_batch {
  uint32_t struct_size, reserved;
  const winnow_record* records;
  size_t count;
} winnow_batch;

/* ---- what stages answer --------------------------------------------------------------------------------------- */

enum {
  WINNOW_KEEP = 1,     /* stays in the review */
  WINNOW_DROP = 2,     /* shown to people as "excluded"; needs a reason */
  WINNOW_UNSURE = 3,   /* shown to people as "undecided"; the step says what becomes of it (default: it stays) */
  WINNOW_CATEGORY = 4, /* belongs to the category named by the reason; the step says which categories leave */
  WINNOW_WAIT = 5      /* people must still decide; the step stays open */
};

/* A reason that a stage may give. Declared before a run, so that diagrams and configurations know the boxes. Element.
 */
typedef struct winnow_reason {
  winnow_str code, label; /* "language.other", "Not written in an accepted language" */
  uint32_t action;        /* the action it goes with */
  uint32_t reserved;
} winnow_reason;

/* Bytes of a record that an answer rests on. Element. */
typedef struct winnow_evidence {
  uint32_t field;       /* index into the record's fields as they were handed over */
  uint32_t begin, size; /* bytes of that value; within it */
  uint32_t reserved;
  winnow_str label; /* for people, what it shows: the term that matched, "protects"; may be empty */
} winnow_evidence;

/* One answer about one record. Element. */
typedef struct winnow_verdict {
  uint64_t record;                 /* the handle */
  uint32_t action;                 /* WINNOW_KEEP ... */
  uint32_t reason;                 /* index into the stage's reasons, then the instance's; WINNOW_NONE only with KEEP */
  const winnow_evidence* evidence; /* the deciding one first; null if there is none */
  size_t evidence_count;           /* at most WINNOW_MOST_EVIDENCE */
  double score;                    /* 0..1 or NaN; stored and shown, never interpreted by the host */
  winnow_str note;                 /* for people; never parsed */
} winnow_verdict;
enum { WINNOW_MOST_EVIDENCE = 64 };

/* A derived field that an annotator gives a record. Element. */
typedef struct winnow_annotation {
  uint64_t record;      /* the handle */
  uint32_t tag;         /* winnow_host.tag() of one of the tags that the stage declares to give */
  uint32_t origin;      /* index of the field of the record that it was read from, or WINNOW_NONE */
  uint32_t begin, size; /* bytes of that field's value; size 0: the whole value */
  uint32_t rule;        /* winnow_host.tag("study-design.title"): the rule that made it, or 0 */
  uint32_t reserved;
  winnow_str value; /* not empty */
} winnow_annotation;

/* A key of one record. For matchers: records with an equal (space, value) meet in a block. For samplers: the order
 * within `space`. Element. */
typedef struct winnow_key {
  uint64_t record;
  uint32_t space, reserved;
  winnow_str value;
} winnow_key;

/* Two records that a matcher holds to be the same work. Element. */
typedef struct winnow_pair {
  uint64_t left, right;
  uint32_t rule;  /* index into the stage's reasons: the rule that fired */
  uint32_t maybe; /* 1: for the hand-check list, never removed */
  double score;   /* 0..1; stronger pairs are joined first */
  winnow_str note;
} winnow_pair;

/* What a reader has said of a record: what a ranker learns from. Element. */
typedef struct winnow_label {
  uint64_t record;
  uint32_t relevant; /* 1: included, or undecided and kept; 0: excluded */
  uint32_t reserved;
} winnow_label;

/* A record's place in a ranker's order. Element. */
typedef struct winnow_score {
  uint64_t record;
  double score;       /* the greater, the sooner it is read; never NaN; equal ones by the host's durable order */
  uint32_t by_chance; /* 1: nothing was learned, and chance alone gave the place: recall may be estimated from it */
  uint32_t reserved;
} winnow_score;

/* ---- the host's side ------------------------------------------------------------------------------------------ */

typedef int32_t winnow_status;
enum { WINNOW_OK = 0, WINNOW_FAILED = 1, WINNOW_CANCELLED = 2, WINNOW_END = 3 };

enum { WINNOW_INFO = 1, WINNOW_WARNING = 2, WINNOW_ERROR = 3 };

/* Something to tell people, with its place. Growing. */
typedef struct winnow_diagnostic {
  uint32_t struct_size, severity;
  winnow_str code;            /* stable: "ris.missing-er"; renaming one is a breaking change */
  winnow_str message, action; /* what is wrong; what was done about it */
  winnow_span at;             /* line 0: no place. In the input; with `option`, in the file that this option names */
  uint64_t record;            /* importers: ordinal in the file from 1; others: the handle; 0: none */
  winnow_str option; /* the option whose value is meant: the host shows its line of the configuration; or empty */
  winnow_str stage;  /* id of the stage that speaks; empty: the instance's own */
} winnow_diagnostic;

/* What a host can do: bits of winnow_host.features. Bit (1 << kind) is set if it runs stages of that kind. */
enum {
  WINNOW_HOST_PROJECTS = 1 << 16,  /* hands over the fields that a stage `reads` and no others */
  WINNOW_HOST_RESOURCES = 1 << 17, /* has winnow.resources/1 (winnow/ext/resources.h) */
  WINNOW_HOST_BYTES = 1 << 18      /* knows WINNOW_WANTS_BYTES */
};

/* What every instance gets from the host. Owner: host; lives as long as the instance. Growing. */
typedef struct winnow_host winnow_host;
struct winnow_host {
  uint32_t struct_size, abi_major, abi_minor, reserved;
  void* impl;
  /* [any-thread] A service by id "name/REVISION" (winnow/ext/), or null if this host has none of that id. */
  const void*(WINNOW_CALL* extension)(const winnow_host*, const char* id);
  /* [setup], importers also [work]. The number of a tag name; the same name has the same number in one process.
   * Never 0. Names are copied. */
  uint32_t(WINNOW_CALL* tag)(const winnow_host*, winnow_str name);
  /* [any-thread] Tells people something; everything is copied. */
  void(WINNOW_CALL* diagnose)(const winnow_host*, const winnow_diagnostic*);
  /* [any-thread] Nonzero when the run was cancelled: return WINNOW_CANCELLED within 100 ms. Every answer that arrives
   * after that is discarded, whatever the status, so nobody need make one up. */
  int32_t(WINNOW_CALL* cancelled)(const winnow_host*);
  /* [any-thread] The name of a number that tag() or a field gave: "title", "raw:T1". Empty for any other number. Lives
   * as long as the instance. So a stage can write fields that it does not know. */
  winnow_str(WINNOW_CALL* tag_name)(const winnow_host*, uint32_t tag);
  uint64_t features; /* WINNOW_HOST_... and (1 << kind) */
};

/* What bytes of a source are that belong to no record. */
enum {
  WINNOW_HEADING = 1,   /* says what the file or its columns are: a heading row, "FN Clarivate", a preamble */
  WINNOW_STRUCTURE = 2, /* holds records together: an XML root, the brackets and commas of JSON, @string */
  WINNOW_COMMENT = 3,   /* text for people: a note, a search strategy, a link behind a record */
  WINNOW_SEPARATOR = 4, /* stands between records: a number, a rule of hyphens */
  WINNOW_UNREADABLE = 5 /* was meant as a record and could not be read; the importer diagnoses it */
};

/* Bytes that are in no record, and what they are. Element. */
typedef struct winnow_declaration {
  winnow_span at;
  uint32_t kind; /* WINNOW_HEADING ... */
  uint32_t reserved;
} winnow_declaration;

/* What an importer reads from and emits to. Owner: host; lives during read(). Growing.
 *
 * The byte law: every byte of the source is in a record, declared, or blank (white space, control characters, byte
 * order marks, zero-width characters). The host adds up; what is left is the error source.unaccounted, and no review
 * balances while it stands. So an importer declares only what it recognises: bytes that it merely does not understand
 * it leaves to the host, which shows them to people. After WINNOW_FAILED the rest of the source counts as unreadable.
 */
typedef struct winnow_source winnow_source;
struct winnow_source {
  uint32_t struct_size, reserved;
  void* impl;
  winnow_str name; /* for messages; not a path */
  uint64_t size;   /* bytes of the original file; UINT64_MAX: unknown */
  /* [work] The next bytes, BOM dropped, UTF-16 and UTF-32 turned into UTF-8, all else unchanged. A view until the
   * next call. WINNOW_END after the last; anything else (WINNOW_CANCELLED, WINNOW_FAILED): return it. */
  winnow_status(WINNOW_CALL* next)(const winnow_source*, winnow_str* chunk);
  /* [work] Passes records to the host in file order. The host copies them. Anything but WINNOW_OK: return it. */
  winnow_status(WINNOW_CALL* emit)(const winnow_source*, const winnow_batch*);
  /* [work] Says what bytes outside of records are; copied. In any order, but before the first record behind them is
   * emitted; no byte twice, none of a record. Anything but WINNOW_OK: return it. */
  winnow_status(WINNOW_CALL* declare)(const winnow_source*, const winnow_declaration*, size_t);
};

/* What an exporter reads from and writes to. Owner: host; lives during write(). Growing. */
typedef struct winnow_sink winnow_sink;
struct winnow_sink {
  uint32_t struct_size, reserved;
  void* impl;
  /* [work] The next records; a view until the next call. WINNOW_END after the last; anything else: return it. */
  winnow_status(WINNOW_CALL* next)(const winnow_sink*, const winnow_batch** batch);
  /* [work] Appends to a temporary file that the host renames into place if write() returns WINNOW_OK. */
  winnow_status(WINNOW_CALL* write)(const winnow_sink*, winnow_str bytes);
};

/* Where filters, matchers, samplers, annotators and rankers put their answers. Everything is copied. Owner: host; lives
 * during the call. Growing. All [work]. */
typedef struct winnow_out winnow_out;
struct winnow_out {
  uint32_t struct_size, reserved;
  void* impl;
  void(WINNOW_CALL* verdicts)(const winnow_out*, const winnow_verdict*, size_t);
  void(WINNOW_CALL* keys)(const winnow_out*, const winnow_key*, size_t);
  void(WINNOW_CALL* pairs)(const winnow_out*, const winnow_pair*, size_t);
  void(WINNOW_CALL* annotations)(const winnow_out*, const winnow_annotation*, size_t);
  void(WINNOW_CALL* scores)(const winnow_out*, const winnow_score*, size_t);
};

/* ---- the seven kinds of stage --------------------------------------------------------------------------------- */

/* What probe() found. Growing. */
typedef struct winnow_probe {
  uint32_t struct_size;
  uint32_t confidence; /* 0 (not mine) .. 100 (certain) */
  winnow_str dialect;  /* a view that lives as long as the instance */
} winnow_probe;

/* Bytes in, records out. Growing. */
typedef struct winnow_importer {
  uint32_t struct_size, reserved;
  /* [work] Looks at the first bytes (at most 64 KiB, decoded) and says how sure it is. Must not emit. */
  winnow_status(WINNOW_CALL* probe)(void* self, winnow_str head, winnow_str name, winnow_probe*);
  /* [work] Reads the whole source and emits its records in order. A defect is diagnosed with its place, and reading
   * goes on with the next record. WINNOW_FAILED only if the rest cannot be read; records already emitted stay. */
  winnow_status(WINNOW_CALL* read)(void* self, const winnow_source*);
} winnow_importer;

/* Records in, one verdict each out. Growing. */
typedef struct winnow_filter {
  uint32_t struct_size, reserved;
  /* [work] Any batch size, 0 included. Exactly one verdict a record, in any order. */
  winnow_status(WINNOW_CALL* process)(void* self, const winnow_batch*, const winnow_out*);
} winnow_filter;

/* Set-wise: which records are the same work. Grouping by key is the host's, so that it may shard. Growing. */
typedef struct winnow_matcher {
  uint32_t struct_size, reserved;
  /* [work] Any number of blocking keys a record; a pure function of the record. */
  winnow_status(WINNOW_CALL* keys)(void* self, const winnow_batch*, const winnow_out*);
  /* [work] The records of one block, sorted by the host. Emits pairs; symmetric, and independent of which other
   * records share the block. Blocks that hang together by their records come one behind the other, in neighbourhoods
   * of at most 256 records, so that what was made of a record may be kept for the next blocks; the order of
   * neighbourhoods means nothing. */
  winnow_status(WINNOW_CALL* match)(void* self, const winnow_batch* block, const winnow_out*);
  /* [work] May be null. A component of three or more records with its pairs: emits the pairs that stand, so that one
   * bad bridge never chains two groups. A component in which every two records are a sure pair is not offered: there is
   * no bridge in it. A pure function of the records and pairs: the component may come again, in this run or another. */
  winnow_status(WINNOW_CALL* settle)(void* self, const winnow_batch* component, const winnow_pair*, size_t,
                                     const winnow_out*);
} winnow_matcher;

/* Set-wise: which records are in a sample. The host sorts each space by (value, durable record key) and takes the
 * first `take`. A selection of the first k of an order is a merge of sorted shards. Growing. */
typedef struct winnow_sampler {
  uint32_t struct_size, reserved;
  /* [work] Exactly one key a record; a pure function of the record. */
  winnow_status(WINNOW_CALL* keys)(void* self, const winnow_batch*, const winnow_out*);
  /* [work] How many of the `count` records of this space are in the sample, 0..count. */
  winnow_status(WINNOW_CALL* take)(void* self, uint32_t space, uint64_t count, uint64_t* taken);
} winnow_sampler;

/* Records in, bytes out. Growing. */
typedef struct winnow_exporter {
  uint32_t struct_size, reserved;
  /* [work] Reads the sink's records, writes bytes. Any other result than WINNOW_OK leaves no file. */
  winnow_status(WINNOW_CALL* write)(void* self, const winnow_sink*);
} winnow_exporter;

/* Records in, derived fields out: what can be read from a record that no database says, such as its study design. An
 * annotator changes no field. It declares the tags that it gives (winnow_stage.gives), and gives none of them to a
 * record that has it already. Later steps, sheets and exports see the fields, explain shows where each came from.
 * Growing. */
typedef struct winnow_annotator {
  uint32_t struct_size, reserved;
  /* [work] Any batch size, 0 included. Any number of annotations a record, none if nothing can be said; those of one
   * record in the order in which its values shall stand. A record's annotations depend on that record alone. */
  winnow_status(WINNOW_CALL* annotate)(void* self, const winnow_batch*, const winnow_out*);
} winnow_annotator;

/* Records and what a reader has said of some of them in, the order of the others out. Growing. */
typedef struct winnow_ranker {
  uint32_t struct_size, reserved;
  /* [work] Takes records over, in one or several batches; the host gives each once, before the first rank(). What the
   * ranker needs of them it copies. */
  winnow_status(WINNOW_CALL* take)(void* self, const winnow_batch*);
  /* [work] All that is known now, each record once, in any order; takes the place of what an earlier call said. */
  winnow_status(WINNOW_CALL* learn)(void* self, const winnow_label*, size_t);
  /* [work] Exactly one score for every record that was taken over and has no label. A function of the set of records
   * and the set of labels alone: not of their order, of earlier calls or of the clock. Called after every decision
   * where people read on a page: milliseconds, not minutes. */
  winnow_status(WINNOW_CALL* rank)(void* self, const winnow_out*);
} winnow_ranker;

/* ---- options, stages, plugins --------------------------------------------------------------------------------- */

enum {
  WINNOW_STRING = 1,
  WINNOW_INTEGER,
  WINNOW_NUMBER,
  WINNOW_BOOLEAN, /* handed over as "true" or "false" */
  WINNOW_CHOICE,
  WINNOW_LIST, /* one setting of the same name an item, in order */
  WINNOW_MAP,  /* one setting an entry: name "option.key"; a list below it repeats the name; empty list: one empty value
                */
  WINNOW_DATE, /* YYYY, YYYY-MM or YYYY-MM-DD */
  WINNOW_FILE  /* a file of the review: a word list, a vocabulary. The configuration names it, relative to its folder;
                  the  host reads it, decoded as exports are, and the value is its text. Its hash is part of the stage's
                  identity and stands in review.lock. A diagnostic about it names the option, and its line there */
};
enum {
  WINNOW_OPTION_REQUIRED = 1,
  WINNOW_OPTION_SECRET = 2,    /* the value stands in no ledger, log, lock or report: its hash does */
  WINNOW_OPTION_DEPRECATED = 4 /* the host warns, and gives the value to `replaced_by`; both at once are an error */
};

/* One option of a stage or a command. The host parses, checks, defaults, documents and completes it. Growing. */
typedef struct winnow_option {
  uint32_t struct_size, type, flags, reserved;
  winnow_str name;             /* snake_case, as it stands in YAML and, with hyphens, on the command line */
  winnow_str fallback, help;   /* fallback as it would stand in YAML; lists "a|b" */
  winnow_str choices;          /* CHOICE, LIST: "a|b|c"; empty = anything */
  winnow_str minimum, maximum; /* INTEGER, NUMBER, DATE; empty = open */
  winnow_str replaced_by;      /* DEPRECATED: the option to use instead */
} winnow_option;

/* One checked value. An option without value and fallback is not passed. Element. */
typedef struct winnow_setting {
  winnow_str name, value;
} winnow_setting;

enum {
  WINNOW_IMPORTER = 1,  /* importers.NAME */
  WINNOW_FILTER = 2,    /* filters.NAME */
  WINNOW_MATCHER = 3,   /* filters.NAME */
  WINNOW_SAMPLER = 4,   /* filters.NAME */
  WINNOW_EXPORTER = 5,  /* exporters.NAME */
  WINNOW_ANNOTATOR = 6, /* annotators.NAME */
  WINNOW_RANKER = 7     /* rankers.NAME */
};
enum {
  WINNOW_STATELESS = 1,          /* the answer about a record depends on that record and the settings alone */
  WINNOW_PARALLEL_INSTANCES = 2, /* several instances may work at once */
  WINNOW_DETERMINISTIC = 4,      /* same input, settings and version give the same answer; otherwise never cached */
  WINNOW_WANTS_RAW = 8,          /* hand over raw fields too; without it only derived ones */
  WINNOW_FILLED_IN = 16,         /* importer: its records are rows that people filled in, not works with titles */
  WINNOW_WANTS_BYTES = 32 /* importer of a binary format: probe() and read() are handed the file as it lies there,
                            neither unpacked nor decoded, whatever it begins with; positions are those of the
                            file, and a format without lines says line 1. A host without WINNOW_HOST_BYTES hands
                            over decoded text all the same: create() refuses there. */
};

/* One stage. Constant. Growing. */
typedef struct winnow_stage {
  uint32_t struct_size, kind, flags, reserved;
  winnow_str id, version, help; /* "filters.language", "importers.org.example.mydb" */
  const winnow_option* const* options;
  size_t option_count;
  const winnow_reason* reasons;
  size_t reason_count;
  const void* methods; /* winnow_importer ... winnow_ranker, by kind */
  /* [setup] A new instance, or null with a diagnostic. Settings are views that die when this returns. */
  void*(WINNOW_CALL* create)(const winnow_host*, const winnow_setting*, size_t);
  /* [setup] Destroys the instance. May be called at any time, even if no work function was ever called. */
  void(WINNOW_CALL* destroy)(void* self);
  /* [setup] An extension of the instance (winnow/ext/), or null. The table lives as long as the instance. */
  const void*(WINNOW_CALL* extension)(void* self, const char* id);
  /* Filters, annotators, rankers: the names of the tags whose fields the stage looks at; none: all. It is handed those
   * fields and no others, and a record is judged anew only when one of them has changed. A name that ends in "." means
   * every tag that begins with it ("vote."). */
  const winnow_str* reads;
  size_t read_count;
  /* Annotators: the names of the tags of the fields that it adds. It is handed those, too. */
  const winnow_str* gives;
  size_t give_count;
} winnow_stage;

/* What a library exports. Constant. Growing. */
typedef struct winnow_plugin {
  uint32_t struct_size, abi_major, abi_minor, reserved;
  winnow_str vendor, name, version, license;
  /* [any-thread] The stage at `index`; null past the last. */
  const winnow_stage*(WINNOW_CALL* stage)(size_t index);
  /* [any-thread] An extension of the plugin (commands: winnow/ext/command.h), or null. May itself be null. */
  const void*(WINNOW_CALL* extension)(const char* id);
  winnow_str description; /* for people who look for a plugin: one or two sentences */
  winnow_str homepage;    /* https://... */
  winnow_str support;     /* where questions and faults go: an address of the web or of mail */
  winnow_str keywords;    /* "word|word", lower case */
} winnow_plugin;

/* The one exported symbol. */
extern WINNOW_EXPORT const winnow_plugin winnow_plugin_v1;

#ifdef __cplusplus
}
#endif

/* ---- the layout, fixed ----------------------------------------------------------------------- */

#ifdef __cplusplus
#define WINNOW_FIXED(type, size) static_assert(sizeof(type) == (size), #type " changed size")
#define WINNOW_FIXED_AT(type, member, at) static_assert(offsetof(type, member) == (at), #type "." #member " moved")
#else
#define WINNOW_FIXED(type, size) _Static_assert(sizeof(type) == (size), #type " changed size")
#define WINNOW_FIXED_AT(type, member, at) _Static_assert(offsetof(type, member) == (at), #type "." #member " moved")
#endif

WINNOW_FIXED(winnow_str, 16);
WINNOW_FIXED(winnow_span, 24);
WINNOW_FIXED(winnow_field, 40);
WINNOW_FIXED_AT(winnow_field, value, 16);
WINNOW_FIXED_AT(winnow_field, line, 32);
WINNOW_FIXED(winnow_record, 48);
WINNOW_FIXED_AT(winnow_record, at, 24);
WINNOW_FIXED(winnow_batch, 24);
WINNOW_FIXED(winnow_reason, 40);
WINNOW_FIXED(winnow_evidence, 32);
WINNOW_FIXED_AT(winnow_evidence, label, 16);
WINNOW_FIXED(winnow_verdict, 56);
WINNOW_FIXED_AT(winnow_verdict, evidence, 16);
WINNOW_FIXED_AT(winnow_verdict, score, 32);
WINNOW_FIXED(winnow_annotation, 48);
WINNOW_FIXED_AT(winnow_annotation, value, 32);
WINNOW_FIXED(winnow_key, 32);
WINNOW_FIXED(winnow_pair, 48);
WINNOW_FIXED(winnow_label, 16);
WINNOW_FIXED(winnow_score, 24);
WINNOW_FIXED(winnow_diagnostic, 120);
WINNOW_FIXED_AT(winnow_diagnostic, at, 56);
WINNOW_FIXED_AT(winnow_diagnostic, option, 88);
WINNOW_FIXED(winnow_host, 72);
WINNOW_FIXED_AT(winnow_host, extension, 24);
WINNOW_FIXED_AT(winnow_host, tag_name, 56);
WINNOW_FIXED(winnow_declaration, 32);
WINNOW_FIXED_AT(winnow_declaration, kind, 24);
WINNOW_FIXED(winnow_source, 64);
WINNOW_FIXED_AT(winnow_source, next, 40);
WINNOW_FIXED_AT(winnow_source, declare, 56);
WINNOW_FIXED(winnow_sink, 32);
WINNOW_FIXED(winnow_out, 56);
WINNOW_FIXED_AT(winnow_out, annotations, 40);
WINNOW_FIXED(winnow_probe, 24);
WINNOW_FIXED(winnow_importer, 24);
WINNOW_FIXED(winnow_filter, 16);
WINNOW_FIXED(winnow_matcher, 32);
WINNOW_FIXED(winnow_sampler, 24);
WINNOW_FIXED(winnow_exporter, 16);
WINNOW_FIXED(winnow_annotator, 16);
WINNOW_FIXED(winnow_ranker, 32);
WINNOW_FIXED(winnow_option, 128);
WINNOW_FIXED_AT(winnow_option, name, 16);
WINNOW_FIXED(winnow_setting, 32);
WINNOW_FIXED(winnow_stage, 160);
WINNOW_FIXED_AT(winnow_stage, options, 64);
WINNOW_FIXED_AT(winnow_stage, create, 104);
WINNOW_FIXED_AT(winnow_stage, reads, 128);
WINNOW_FIXED_AT(winnow_stage, gives, 144);
WINNOW_FIXED(winnow_plugin, 160);
WINNOW_FIXED_AT(winnow_plugin, stage, 80);
WINNOW_FIXED_AT(winnow_plugin, description, 96);

#endif /* WINNOW_ABI_H */
