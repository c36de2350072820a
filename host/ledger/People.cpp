// What people said: events, only ever appended.
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
    insert.bind(4, static_cast<std::int64_t>(event.record));
    insert.bind(5, event.subject);
    insert.bind(6, event.actor);
    insert.bind(7, event.value);
    insert.bind(8, event.reason);
    insert.bind(9, event.note);
    insert.bind(10, event.file);
    insert.bind(11, static_cast<std::int64_t>(event.line));
    insert.exec();
  });
}

namespace {

std::vector<EventRow> eventsFrom(SQLite::Statement& query) {
  std::vector<EventRow> list;
  while (query.executeStep()) {
    EventRow e;
    e.id = query.getColumn(0).getInt64();
    e.run = query.getColumn(1).getInt64();
    e.kind = text(query.getColumn(2));
    e.step = text(query.getColumn(3));
    e.record = static_cast<RecordId>(query.getColumn(4).getInt64());
    e.subject = text(query.getColumn(5));
    e.actor = text(query.getColumn(6));
    e.value = text(query.getColumn(7));
    e.reason = text(query.getColumn(8));
    e.note = text(query.getColumn(9));
    e.file = text(query.getColumn(10));
    e.line = static_cast<std::uint32_t>(query.getColumn(11).getInt64());
    list.push_back(std::move(e));
  }
  return list;
}

}  // namespace

std::vector<EventRow> Ledger::events(std::string_view kind, std::string_view step) const {
  return storing(rows_->path, [&] {
    SQLite::Statement query(rows_->database, "SELECT * FROM event WHERE kind = ? AND step = ? ORDER BY id");
    query.bind(1, std::string(kind));
    query.bind(2, std::string(step));
    return eventsFrom(query);
  });
}

std::vector<EventRow> Ledger::eventsOfRecord(RecordId record) const {
  return storing(rows_->path, [&] {
    SQLite::Statement query(rows_->database, "SELECT * FROM event WHERE record = ? ORDER BY id");
    query.bind(1, static_cast<std::int64_t>(record));
    return eventsFrom(query);
  });
}

}  // namespace winnow::ledger
