// Hashes of rows stand in every ledger that was ever written: each value counts, and what they are never changes.
#include "ledger/RowHashes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <vector>

namespace winnow::ledger {
namespace {

const FileRow kFile{1, 2, "a.ris", "5f", "reader", "importers.ris", "1.0.0", "ovid", "x=y", 3, 4, 5, true};
const EventRow kEvent{1, 2, "decision", "abstract", "r:1", "subject", "ON", "include", "why", "note", "d.csv", 6};
const VerdictRow kVerdict{1, 2, 3, 4, "language: de", 0.5, "note", 0};
const PairRow kPair{{1, 2, 0.5, 3, false, true}, "note"};
const io::Diagnostic kDiagnostic{io::Severity::Warning, "code", "message", "action", "file", 1, 2, 3};
const Sighting kSighting{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

/// Each change makes another hash.
template <class Row>
void expectEachCounts(const Row& row, const std::vector<std::function<void(Row&)>>& changes) {
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Row changed = row;
    changes[i](changed);
    EXPECT_NE(hashOf(changed), hashOf(row)) << "change " << i;
  }
}

TEST(RowHashes, EveryValueCounts) {
  expectEachCounts<FileRow>(
      kFile,
      {[](FileRow& f) { ++f.id; }, [](FileRow& f) { ++f.source; }, [](FileRow& f) { f.name = "b.ris"; },
       [](FileRow& f) { f.sha256 = "5e"; }, [](FileRow& f) { f.reader = "x"; }, [](FileRow& f) { ++f.bytes; },
       [](FileRow& f) { f.importer = "x"; }, [](FileRow& f) { f.importerVersion = "x"; },
       [](FileRow& f) { f.dialect = "x"; }, [](FileRow& f) { f.settings = "x"; }, [](FileRow& f) { ++f.records; },
       [](FileRow& f) { ++f.warnings; }, [](FileRow& f) { f.complete = false; }});
  expectEachCounts<EventRow>(
      kEvent,
      {[](EventRow& e) { ++e.id; }, [](EventRow& e) { ++e.run; }, [](EventRow& e) { e.kind = "x"; },
       [](EventRow& e) { e.step = "x"; }, [](EventRow& e) { e.record = "x"; }, [](EventRow& e) { e.subject = "x"; },
       [](EventRow& e) { e.actor = "x"; }, [](EventRow& e) { e.value = "x"; }, [](EventRow& e) { e.reason = "x"; },
       [](EventRow& e) { e.note = "x"; }, [](EventRow& e) { e.file = "x"; }, [](EventRow& e) { ++e.line; }});
  expectEachCounts<VerdictRow>(
      kVerdict, {[](VerdictRow& v) { ++v.record; }, [](VerdictRow& v) { ++v.view; }, [](VerdictRow& v) { ++v.action; },
                 [](VerdictRow& v) { ++v.reason; }, [](VerdictRow& v) { v.evidence = "x"; },
                 [](VerdictRow& v) { v.score = std::nan(""); }, [](VerdictRow& v) { v.note = "x"; },
                 [](VerdictRow& v) { ++v.seen; }});
  expectEachCounts<PairRow>(
      kPair, {[](PairRow& p) { ++p.pair.a; }, [](PairRow& p) { ++p.pair.b; }, [](PairRow& p) { p.pair.score = 1; },
              [](PairRow& p) { ++p.pair.rule; }, [](PairRow& p) { p.pair.maybe = true; },
              [](PairRow& p) { p.pair.stands = false; }, [](PairRow& p) { p.note = "x"; }});
  expectEachCounts<Sighting>(
      kSighting, {[](Sighting& s) { ++s.ordinal; }, [](Sighting& s) { ++s.record; }, [](Sighting& s) { ++s.byte; },
                  [](Sighting& s) { ++s.size; }, [](Sighting& s) { ++s.line; }, [](Sighting& s) { ++s.content; },
                  [](Sighting& s) { ++s.meaning; }, [](Sighting& s) { ++s.number; }, [](Sighting& s) { ++s.lasting; }});
}

/// The values of the first release, over made-up rows. A change here makes every ledger look damaged: it needs a new
/// schema.
TEST(RowHashes, AreThoseOfLedgersThatExist) {
  EXPECT_EQ(tagHash(1, "title"), 0xf8fc380404f3e82du);
  EXPECT_EQ(sourceHash(1, "MEDLINE"), 0x07da9a112abc9711u);
  EXPECT_EQ(hashOf(kFile), 0xa5cba68b09eecd9au);
  EXPECT_EQ(hashOf(kEvent), 0xde871d0439015d8bu);
  EXPECT_EQ(hashOf(kVerdict), 0x888061bdd93484feu);
  EXPECT_EQ(hashOf(kPair), 0x08d916fee8c68cedu);
  EXPECT_EQ(hashOf(1, kDiagnostic), 0x0836ffe7e1d91963u);
  EXPECT_EQ(hashOf(kSighting), 0x7c3c4e090306676eu);
  EXPECT_EQ(reasonHash(1, {"code", "label", 2}), 0xe1b3da8c3edc0ea0u);
  EXPECT_EQ(meaningHash(1, "fields"), 0x14e162b10aa889ceu);
  EXPECT_EQ(rowSum(1, 2, "raw", "fields"), 0x1c89068e6c5c9380u);
  EXPECT_EQ(contentHash("TI  - Peers"), 0x7819d915832c5c6au);
}

}  // namespace
}  // namespace winnow::ledger
