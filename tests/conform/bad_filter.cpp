// Filters that break their contract, one fault each (FAULT). The host must name the fault and lose nothing.
#include <winnow/abi.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#define THROWS 1
#define UNKNOWN_ID 2
#define UNDECLARED_REASON 3
#define TWO_VERDICTS 4
#define NO_VERDICT 5
#define WRONG_EVIDENCE 6
#define UNKNOWN_ACTION 7
#define NEWER_ABI 8
#define REFUSES 9
#define BAD_ID 10
#define CRASHES 11
#define OTHER_MAJOR 12
#define SHORT_HELP 13
#define OPENS_A_FILE 14

namespace {

constexpr winnow_str text(const char* s) { return {s, __builtin_strlen(s)}; }

constexpr winnow_reason kReasons[] = {{text("bad.dropped"), text("dropped"), WINNOW_DROP, 0}};

/// What every user of the machine may read.
bool opensAFile() {
  std::FILE* file = std::fopen("/etc/passwd", "r");
  if (file != nullptr) std::fclose(file);
  return file != nullptr;
}

void* WINNOW_CALL create(const winnow_host* host, const winnow_setting*, std::size_t) {
  static int self;
  if (FAULT == OPENS_A_FILE && opensAFile()) return &self;
  if (FAULT != REFUSES && FAULT != OPENS_A_FILE) return &self;
  winnow_diagnostic d{};
  d.struct_size = sizeof d;
  d.severity = WINNOW_ERROR;
  d.code = text("bad.refused");
  d.message = text(FAULT == OPENS_A_FILE ? "the list of words cannot be opened" : "today is not my day");
  host->diagnose(host, &d);
  return nullptr;
}
void WINNOW_CALL destroy(void*) {}

winnow_verdict keep(std::uint64_t record) {
  winnow_verdict v{};
  v.record = record;
  v.action = WINNOW_KEEP;
  v.reason = WINNOW_NONE;
  return v;
}

winnow_status WINNOW_CALL process(void*, const winnow_batch* batch, const winnow_out* out) {
  if (FAULT == THROWS) throw std::runtime_error("I throw through the boundary");
  if (FAULT == CRASHES) std::abort();
  if (FAULT == NO_VERDICT) return WINNOW_OK;
  for (std::size_t i = 0; i < batch->count; ++i) {
    winnow_verdict v = keep(batch->records[i].id);
    if (FAULT == UNKNOWN_ID) v.record = 1u << 30;
    if (FAULT == UNDECLARED_REASON) {
      v.action = WINNOW_DROP;
      v.reason = 7;
    }
    if (FAULT == UNKNOWN_ACTION) v.action = 42;
    if (FAULT == WRONG_EVIDENCE) {
      v.action = WINNOW_DROP;
      v.reason = 0;
      static constexpr winnow_evidence kBeyond{0, 1u << 20, 1, 0, {}};
      v.evidence = &kBeyond;
      v.evidence_count = 1;
    }
    out->verdicts(out, &v, 1);
    if (FAULT == TWO_VERDICTS) out->verdicts(out, &v, 1);
  }
  return WINNOW_OK;
}

constexpr winnow_filter kMethods{sizeof(winnow_filter), 0, process};
constexpr winnow_stage kStage{sizeof(winnow_stage),
                              WINNOW_FILTER,
                              WINNOW_DETERMINISTIC,
                              0,
                              text(FAULT == BAD_ID ? "Filters/Bad" : "filters.bad"),
                              text("1.0.0"),
                              text(FAULT == SHORT_HELP ? "Go." : "Breaks its contract."),
                              nullptr,
                              0,
                              kReasons,
                              1,
                              &kMethods,
                              create,
                              destroy,
                              nullptr,
                              nullptr,
                              0,
                              nullptr,
                              0};
const winnow_stage* WINNOW_CALL stage(std::size_t index) { return index == 0 ? &kStage : nullptr; }

}  // namespace

extern "C" {
extern WINNOW_EXPORT const winnow_plugin winnow_plugin_v1{sizeof(winnow_plugin),
                                                          FAULT == OTHER_MAJOR ? 2u : 1u,
                                                          FAULT == NEWER_ABI ? 9u : 0u,
                                                          0,
                                                          text("winnow tests"),
                                                          text("bad"),
                                                          text("1.0.0"),
                                                          text("Apache-2.0"),
                                                          stage,
                                                          nullptr,
                                                          {},
                                                          {},
                                                          {},
                                                          {}};
}
