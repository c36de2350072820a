// What people said: events, only ever appended.
#include "RowHashes.hpp"
#include "Rows.hpp"

namespace winnow::ledger {

void Ledger::addEvent(const EventRow& event) {
  storing(rows_->path, [&] {
    auto& insert = rows_->statement(
        "INSERT INTO event (run, kind, step, record, subject, actor, value, reason, note, file, line) VALUES "
        "(?,?,?,?,?,?,?,?,?,?,?)");
    insert.bind(1, rows_->run);
    insert.bind(2, event.kind);
    insert.bind(3, event.step);
    insert.bind(4, event.record);
    insert.bind(5, event.subject);
    insert.bind(6, event.actor);
    insert.bind(7, event.value);
    insert.bind(8, event.reason);
    insert.bind(9, event.note);
    insert.bind(10, event.file);
    insert.bind(11, static_cast<std::int64_t>(event.line));
    insert.exec();
    EventRow stored = event;
    stored.id = rows_->database.getLastInsertRowid();
    stored.run = rows_->run;
    rows_->digests.added(kEvents, eventGroup(stored.kind, stored.step), hashOf(stored));
  });
}

std::vector<EventRow> Ledger::events(std::string_view kind, std::string_view step) const {
  return storing(rows_->path, [&] {
    SQLite::Statement query(rows_->database, "SELECT * FROM event WHERE kind = ? AND step = ? ORDER BY id");
    query.bind(1, std::string(kind));
    query.bind(2, std::string(step));
    std::vector<EventRow> list;
    Digest read;
    while (query.executeStep()) {
      list.push_back(eventFrom(query));
      read.add(hashOf(list.back()));
    }
    rows_->digests.require(kEvents, eventGroup(kind, step), read);
    return list;
  });
}

}  // namespace winnow::ledger
