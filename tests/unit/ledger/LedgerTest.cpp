// The ledger keeps what it was given, and says so when it holds something else.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "ledger/Ledger.hpp"

namespace winnow::ledger {
namespace {

class LedgerTest : public testing::Test {
 protected:
  LedgerTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "winnow-ledger-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    file_ = folder_ / "review.ledger";
  }
  ~LedgerTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  struct Stored {
    FileRow file;
    RecordId record;
    Id stage;
  };

  /// A file of one record with a verdict and an event.
  Stored fill(Ledger& ledger, const std::string& title = "Peers in wards") {
    Ledger::Transaction transaction(ledger);
    const Id source = ledger.sourceId("MEDLINE");
    FileRow row;
    row.source = source;
    row.name = "medline.ris";
    row.sha256 = "00";
    row.reader = "reader";
    row = ledger.fileRow(row);
    const std::string raw = "TI  - " + title;
    winnow_field field{};
    field.tag = tags_.number(tags::kTitle);
    field.origin = WINNOW_NONE;
    field.flags = WINNOW_FIELD_DERIVED;
    field.value = str(title);
    const winnow_record record{0, &field, 1, {0, 1, 1, static_cast<std::uint32_t>(raw.size()), 0}};
    const std::uint64_t content = contentHash(raw);
    const AddedReading added = ledger.addReading({source, content, 1, raw, record});
    ledger.addSighting({row.id, 1, added.id, 0, raw.size(), 1, content, added.meaning, 0, content});
    row.records = 1;
    ledger.completeFile(row);
    const Id stage = ledger.stageId("key", "filters.language", "1.0.0", "");
    ledger.addDiagnostic(row.id, 0, {io::Severity::Warning, "ris.odd", "odd", "kept", "medline.ris", 1, 2, 1});
    const Id pairing = ledger.addPairing(stage, "set");
    ledger.addPair(pairing, {{added.id, added.id, 0.5, 3, true, false}, "near"});
    ledger.setReasons(stage, {{"language.other", "other language", WINNOW_DROP}});
    ledger.addVerdict(stage, {added.id, 7, WINNOW_DROP, 0, "language: de", 0.5, ""});
    ledger.addEvent({0, 0, "decision", "abstract", "r:1", "", "KBAA", "include", "", "", "d.csv", 2});
    transaction.commit();
    row.complete = true;
    return {row, added.id, stage};
  }

  /// Changes the file behind the program's back.
  void edit(const std::string& sql) {
    SQLite::Database database(file_.string(), SQLite::OPEN_READWRITE);
    database.exec(sql);
  }

  Ledger open() { return Ledger(file_, Access::ReadWrite, tags_); }

  std::filesystem::path folder_, file_;
  plugins::TagTable tags_;
};

TEST_F(LedgerTest, KeepsWhatItWasGiven) {
  Stored stored;
  {
    Ledger ledger(file_, Access::ReadWrite, tags_);
    stored = fill(ledger);
  }
  Ledger ledger(file_, Access::ReadOnly, tags_);
  std::vector<Sighting> seen;
  ledger.forEachSighting(stored.file.id, [&](const Sighting& s) { seen.push_back(s); });
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen.front().record, stored.record);
  RecordBlock block;
  ledger.read({stored.record}, true, block, [](RecordId) { return 1u; });
  EXPECT_EQ(view(block.fields.at(0).value), "Peers in wards");
  EXPECT_EQ(block.raw(0), "TI  - Peers in wards");
  ASSERT_TRUE(ledger.verdict(stored.stage, stored.record, 7));
  EXPECT_FALSE(ledger.verdict(stored.stage, stored.record, 8));
  EXPECT_EQ(ledger.events("decision", "abstract").at(0).value, "include");
}

TEST_F(LedgerTest, UncommittedIsUndone) {
  {
    Ledger ledger(file_, Access::ReadWrite, tags_);
    fill(ledger);
    Ledger::Transaction transaction(ledger);
    ledger.addEvent({0, 0, "decision", "abstract", "r:2", "", "KBAA", "exclude", "", "", "d.csv", 3});
  }
  Ledger ledger(file_, Access::ReadWrite, tags_);
  EXPECT_EQ(ledger.events("decision", "abstract").size(), 1u);
}

TEST_F(LedgerTest, OneMeaningIsStoredOnceAnotherBesideIt) {
  Ledger ledger(file_, Access::ReadWrite, tags_);
  Ledger::Transaction transaction(ledger);
  const Id source = ledger.sourceId("MEDLINE");
  const std::string raw = "Peers,2001,German";
  winnow_field field{tags_.number(tags::kTitle), WINNOW_NONE, 0, WINNOW_FIELD_DERIVED, 0, str("Peers"), 0, 0};
  const winnow_record record{0, &field, 1, {0, 1, 1, static_cast<std::uint32_t>(raw.size()), 0}};
  const AddedReading first = ledger.addReading({source, contentHash(raw), 1, raw, record, false});
  const AddedReading again = ledger.addReading({source, contentHash(raw), 1, raw, record, true});
  field.tag = tags_.number(tags::kLanguage);
  const AddedReading other = ledger.addReading({source, contentHash(raw), 1, raw, record, true});
  transaction.commit();
  EXPECT_TRUE(first.isNew);
  EXPECT_FALSE(again.isNew);
  EXPECT_EQ(again.id, first.id);
  EXPECT_TRUE(other.isNew);
  EXPECT_NE(other.meaning, first.meaning);
  RecordBlock block;
  ledger.read({other.id}, true, block, [](RecordId) { return 1u; });
  EXPECT_EQ(block.raw(0), raw);  // the bytes stand with the first reading
}

TEST_F(LedgerTest, NewerVerdictReplacesTheOlder) {
  Ledger ledger(file_, Access::ReadWrite, tags_);
  const Stored stored = fill(ledger);
  Ledger::Transaction transaction(ledger);
  ledger.addVerdict(stored.stage, {stored.record, 7, WINNOW_KEEP, WINNOW_NONE, "", 0, ""});
  transaction.commit();
  EXPECT_EQ(ledger.verdict(stored.stage, stored.record, 7)->action, static_cast<std::uint32_t>(WINNOW_KEEP));
  std::size_t rows = 0;
  ledger.forEachVerdict(stored.stage, [&](const VerdictRow&) { ++rows; });
  EXPECT_EQ(rows, 1u);
}

/// Each row: what somebody changed in the file, and that reading it is refused.
TEST_F(LedgerTest, ChangedRowsAreNoticed) {
  const char* oneMoreEvent =
      "INSERT INTO event SELECT 99, run, kind, step, record, subject, 'ON', value, reason, note, file, line FROM event";
  const char* edits[] = {"UPDATE verdict SET action = 1",
                         "DELETE FROM verdict",
                         "UPDATE sighting SET line = 2",
                         "UPDATE sighting SET record = -1",
                         "UPDATE sighting SET record = 99",
                         "DELETE FROM sighting",
                         "UPDATE event SET value = 'exclude'",
                         "DELETE FROM event",
                         "UPDATE record SET raw = 'TI  - Peers in words'",
                         "UPDATE record SET fields = x'00'",
                         "DELETE FROM record",
                         "UPDATE reason SET label = 'another'",
                         "UPDATE file SET records = 2",
                         "UPDATE file SET complete = 0",
                         "UPDATE source SET name = 'Embase'",
                         "UPDATE tag SET name = 'abstract'",
                         "DELETE FROM tag",
                         "DELETE FROM digest",
                         oneMoreEvent};
  for (const char* sql : edits) {
    std::filesystem::remove(file_);
    Stored stored;
    {
      Ledger ledger(file_, Access::ReadWrite, tags_);
      stored = fill(ledger);
    }
    edit(sql);
    const auto readAll = [&] {
      Ledger ledger(file_, Access::ReadWrite, tags_);
      ledger.sources();
      ledger.forEachSighting(stored.file.id, [](const Sighting&) {});
      RecordBlock block;
      ledger.read({stored.record}, true, block, [](RecordId) { return 1u; });
      ledger.reasons(stored.stage);
      ledger.forEachVerdict(stored.stage, [](const VerdictRow&) {});
      ledger.events("decision", "abstract");
    };
    EXPECT_THROW(readAll(), Damaged) << sql;
  }
}

/// What the recount of every row says, sound and after each edit.
TEST_F(LedgerTest, VerifyNamesWhatWasChanged) {
  const std::pair<const char*, const char*> edits[] = {{"UPDATE tag SET name = 'abstract'", "kind 'tag'"},
                                                       {"UPDATE source SET name = 'Embase'", "kind 'source'"},
                                                       {"UPDATE diagnostic SET message = 'x'", "kind 'diagnostic'"},
                                                       {"DELETE FROM diagnostic", "kind 'diagnostic'"},
                                                       {"UPDATE sighting SET byte = 7", "kind 'sighting'"},
                                                       {"UPDATE reason SET label = 'x'", "kind 'reason'"},
                                                       {"UPDATE verdict SET score = 0.25", "kind 'verdict'"},
                                                       {"UPDATE pair SET note = 'x'", "kind 'pair'"},
                                                       {"UPDATE pair SET stands = 1", "kind 'pair'"},
                                                       {"DELETE FROM pair", "kind 'pair'"},
                                                       {"UPDATE record SET sum = 1", "kind 'record'"},
                                                       {"UPDATE record SET raw = 'x'", "record"},
                                                       {"UPDATE event SET reason = 'x'", "kind 'event'"},
                                                       {"DELETE FROM event", "kind 'event'"}};
  for (const auto& [sql, named] : edits) {
    std::filesystem::remove(file_);
    { fill(*std::make_unique<Ledger>(file_, Access::ReadWrite, tags_)); }
    const auto verify = [&] {
      try {
        return Ledger(file_, Access::ReadOnly, tags_).verify();
      } catch (const Damaged& damaged) {  // tags, sources and files are read by whoever opens it
        return std::vector<std::string>{damaged.what()};
      }
    };
    EXPECT_TRUE(verify().empty()) << verify().front();
    edit(sql);
    const std::vector<std::string> wrong = verify();
    ASSERT_FALSE(wrong.empty()) << sql;
    EXPECT_NE(wrong.front().find(named), std::string::npos) << sql << ": " << wrong.front();
  }
}

TEST_F(LedgerTest, RowsOfAFileComeBackWhole) {
  FileRow row;
  {
    Ledger ledger(file_, Access::ReadWrite, tags_);
    Ledger::Transaction transaction(ledger);
    row.source = ledger.sourceId("MEDLINE");
    row.name = "medline.ris";
    row.sha256 = "5f";
    row.reader = "reader";
    row.bytes = 4321;
    row.importer = "importers.ris";
    row.importerVersion = "1.2.3";
    row.dialect = "ovid";
    row.settings = "dialect=auto";
    row = ledger.fileRow(row);
    row.records = 77;
    row.warnings = 5;
    row.complete = true;
    ledger.completeFile(row);
    transaction.commit();
  }
  Ledger ledger(file_, Access::ReadOnly, tags_);
  const std::optional<FileRow> found = ledger.findFile(row);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->bytes, 4321u);
  EXPECT_EQ(found->importer, "importers.ris");
  EXPECT_EQ(found->importerVersion, "1.2.3");
  EXPECT_EQ(found->dialect, "ovid");
  EXPECT_EQ(found->settings, "dialect=auto");
  EXPECT_EQ(found->records, 77u);
  EXPECT_EQ(found->warnings, 5u);
  EXPECT_TRUE(found->complete);
}

TEST_F(LedgerTest, PairingsAreFoundByStageAndSet) {
  Ledger ledger(file_, Access::ReadWrite, tags_);
  const Stored stored = fill(ledger);
  EXPECT_TRUE(ledger.pairing(stored.stage, "set"));
  EXPECT_FALSE(ledger.pairing(stored.stage, "another set"));
  EXPECT_FALSE(ledger.pairing(stored.stage + 1, "set"));
  const std::vector<Pair> pairs = ledger.pairs(*ledger.pairing(stored.stage, "set"));
  ASSERT_EQ(pairs.size(), 1u);
  EXPECT_EQ(pairs[0].rule, 3u);
  EXPECT_TRUE(pairs[0].maybe);
  EXPECT_FALSE(pairs[0].stands);
  EXPECT_EQ(ledger.pairNote(*ledger.pairing(stored.stage, "set"), pairs[0]), "near");
}

/// A flipped bit anywhere is refused or harmless: what is read is what was written.
TEST_F(LedgerTest, FlippedBitsAreNeverReadAsTruth) {
  Stored stored;
  {
    Ledger ledger(file_, Access::ReadWrite, tags_);
    stored = fill(ledger, "Erfahrungsexpertinnen in der Psychiatrie");
  }
  std::ifstream in(file_, std::ios::binary);
  const std::string whole((std::istreambuf_iterator<char>(in)), {});
  in.close();
  std::size_t refused = 0;
  for (std::size_t at = 100; at < whole.size(); at += 1499) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 4);
    std::ofstream(file_, std::ios::binary | std::ios::trunc) << flipped;
    try {
      Ledger ledger(file_, Access::ReadOnly, tags_);
      std::vector<Sighting> seen;
      ledger.forEachSighting(stored.file.id, [&](const Sighting& s) { seen.push_back(s); });
      RecordBlock block;
      ledger.read({stored.record}, true, block, [](RecordId) { return 1u; });
      ASSERT_EQ(seen.size(), 1u) << at;
      ASSERT_EQ(view(block.fields.at(0).value), "Erfahrungsexpertinnen in der Psychiatrie") << at;
      ASSERT_EQ(ledger.verdict(stored.stage, stored.record, 7)->evidence, "language: de") << at;
    } catch (const Error&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 0u);
}

TEST_F(LedgerTest, NewerSchemaIsRefused) {
  { fill(*std::make_unique<Ledger>(file_, Access::ReadWrite, tags_)); }
  const auto version = [&] { return SQLite::Database(file_.string()).execAndGet("PRAGMA user_version").getInt(); };
  edit("PRAGMA user_version = " + std::to_string(version() + 1));
  try {
    Ledger ledger(file_, Access::ReadWrite, tags_);
    FAIL() << "opened";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("newer winnow"), std::string::npos) << error.what();
  }
}

TEST_F(LedgerTest, TwoRecordsWithOneHashAreToldApart) {
  Ledger ledger(file_, Access::ReadWrite, tags_);
  Ledger::Transaction transaction(ledger);
  const Id source = ledger.sourceId("MEDLINE");
  winnow_field field{tags_.number(tags::kTitle), WINNOW_NONE, 0, WINNOW_FIELD_DERIVED, 0, str("Peers"), 0, 0};
  const winnow_record record{0, &field, 1, {0, 1, 1, 5, 0}};
  ledger.addReading({source, 42, 1, "Peers", record});
  EXPECT_THROW(ledger.addReading({source, 42, 1, "Other", record}), Error);
}

}  // namespace
}  // namespace winnow::ledger
