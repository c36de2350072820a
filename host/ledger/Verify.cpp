// Every row of a ledger against its checksums.
#include <map>

#include "RowHashes.hpp"
#include "Rows.hpp"

namespace winnow::ledger {

namespace {

using Groups = std::map<std::pair<std::string, std::string>, Digest>;

/// Digests of all rows that stand in the database, group by group.
class Recount {
 public:
  explicit Recount(SQLite::Database& database) : database_(database) {}

  Groups run() {
    each("SELECT id, name FROM tag", [&](SQLite::Statement& row) {
      add(kTags, "", tagHash(row.getColumn(0).getInt64(), row.getColumn(1).getString()));
    });
    each("SELECT id, name FROM source", [&](SQLite::Statement& row) {
      add(kSources, "", sourceHash(row.getColumn(0).getInt64(), row.getColumn(1).getString()));
    });
    each(kFileColumns, [&](SQLite::Statement& row) { add(kFiles, "", hashOf(fileFrom(row))); });
    each("SELECT severity, code, message, action, line, col, record, ordinal, file FROM diagnostic",
         [&](SQLite::Statement& row) {
           add(kDiagnostics, text(row.getColumn(8)),
               hashOf(static_cast<std::uint64_t>(row.getColumn(7).getInt64()), diagnosticFrom(row)));
         });
    each("SELECT ordinal, record, byte, size, line, content, meaning, number, lasting, file FROM sighting",
         [&](SQLite::Statement& row) {
           add(kSightings, text(row.getColumn(9)), hashOf(sightingFrom(row.getColumn(9).getInt64(), row)));
         });
    each("SELECT code, label, action, number, stage FROM reason", [&](SQLite::Statement& row) {
      const ReasonRow reason{text(row.getColumn(0)), text(row.getColumn(1)),
                             static_cast<std::uint32_t>(row.getColumn(2).getInt64())};
      add(kReasons, text(row.getColumn(4)), reasonHash(row.getColumn(3).getInt64(), reason));
    });
    each("SELECT record, view, action, reason, evidence, score, note, seen, stage FROM verdict",
         [&](SQLite::Statement& row) { add(kVerdicts, text(row.getColumn(8)), hashOf(verdictFrom(row))); });
    each("SELECT a, b, rule, maybe, stands, score, note, pairing FROM pair",
         [&](SQLite::Statement& row) { add(kPairs, text(row.getColumn(7)), hashOf(pairFrom(row))); });
    each("SELECT sum FROM record",
         [&](SQLite::Statement& row) { add(kRecords, "", static_cast<std::uint64_t>(row.getColumn(0).getInt64())); });
    each("SELECT * FROM event", [&](SQLite::Statement& row) {
      const EventRow event = eventFrom(row);
      add(kEvents, eventGroup(event.kind, event.step), hashOf(event));
    });
    return std::move(groups_);
  }

 private:
  template <class Each>
  void each(const char* sql, Each&& work) {
    SQLite::Statement query(database_, sql);
    while (query.executeStep()) work(query);
  }
  void add(std::string_view kind, const std::string& parent, std::uint64_t hash) {
    groups_[{std::string(kind), parent}].add(hash);
  }

  SQLite::Database& database_;
  Groups groups_;
};

Groups storedGroups(SQLite::Database& database) {
  Groups groups;
  SQLite::Statement query(database, "SELECT kind, parent, rows, sum FROM digest WHERE rows <> 0 OR sum <> 0");
  while (query.executeStep())
    groups[{text(query.getColumn(0)), text(query.getColumn(1))}] = {
        query.getColumn(2).getInt64(), static_cast<std::uint64_t>(query.getColumn(3).getInt64())};
  return groups;
}

std::string nameOf(const std::pair<std::string, std::string>& group) {
  return "rows of kind '" + group.first + "'" + (group.second.empty() ? "" : " (" + group.second + ")");
}

}  // namespace

std::vector<std::string> Ledger::verify() const {
  std::vector<std::string> wrong;
  try {
    SQLite::Statement check(rows_->database, "PRAGMA integrity_check");
    while (check.executeStep())
      if (std::string line = text(check.getColumn(0)); line != "ok") wrong.push_back("the database: " + line);
    const Groups stored = storedGroups(rows_->database), counted = Recount(rows_->database).run();
    for (const auto& [group, digest] : stored) {
      const auto found = counted.find(group);
      if (found == counted.end() || found->second != digest)
        wrong.push_back(nameOf(group) + " are not what was written");
    }
    for (const auto& [group, digest] : counted)
      if (!stored.contains(group)) wrong.push_back(nameOf(group) + " were not written by winnow");
    RecordBlock block;
    SQLite::Statement ids(rows_->database, "SELECT id FROM record ORDER BY id");
    while (ids.executeStep()) {
      try {
        read({static_cast<RecordId>(ids.getColumn(0).getInt64())}, true, block, [](RecordId) { return 1u; });
      } catch (const Error& error) {
        wrong.push_back(error.what());
      }
    }
  } catch (const SQLite::Exception& error) {
    wrong.push_back(std::string("the database: ") + error.what());
  }
  return wrong;
}

}  // namespace winnow::ledger
