#include "RowHashes.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <bit>
#include <cmath>

#include "io/Hash.hpp"

namespace winnow::ledger {

namespace {

using io::ValueHash;

std::uint64_t bits(double value) { return std::isnan(value) ? ~0ull : std::bit_cast<std::uint64_t>(value); }

std::uint64_t number(SQLite::Statement& row, int column) {
  return static_cast<std::uint64_t>(row.getColumn(column).getInt64());
}
std::uint32_t small(SQLite::Statement& row, int column) { return static_cast<std::uint32_t>(number(row, column)); }
std::string textAt(SQLite::Statement& row, int column) { return row.getColumn(column).getString(); }

}  // namespace

std::string eventGroup(std::string_view kind, std::string_view step) {
  return std::string(kind) + " in " + std::string(step);
}

const char* const kFileColumns =
    "SELECT id, source, name, sha256, reader, bytes, importer, importer_version, dialect, settings, records, warnings, "
    "complete FROM file";

FileRow fileFrom(SQLite::Statement& row) {
  FileRow file;
  file.id = row.getColumn(0).getInt64();
  file.source = row.getColumn(1).getInt64();
  file.name = textAt(row, 2);
  file.sha256 = textAt(row, 3);
  file.reader = textAt(row, 4);
  file.bytes = number(row, 5);
  file.importer = textAt(row, 6);
  file.importerVersion = textAt(row, 7);
  file.dialect = textAt(row, 8);
  file.settings = textAt(row, 9);
  file.records = number(row, 10);
  file.warnings = number(row, 11);
  file.complete = row.getColumn(12).getInt() != 0;
  return file;
}

EventRow eventFrom(SQLite::Statement& row) {
  EventRow e;
  e.id = row.getColumn(0).getInt64();
  e.run = row.getColumn(1).getInt64();
  e.kind = textAt(row, 2);
  e.step = textAt(row, 3);
  e.record = textAt(row, 4);
  e.subject = textAt(row, 5);
  e.actor = textAt(row, 6);
  e.value = textAt(row, 7);
  e.reason = textAt(row, 8);
  e.note = textAt(row, 9);
  e.file = textAt(row, 10);
  e.line = small(row, 11);
  return e;
}

VerdictRow verdictFrom(SQLite::Statement& row) {
  VerdictRow verdict;
  verdict.record = small(row, 0);
  verdict.view = number(row, 1);
  verdict.action = small(row, 2);
  const std::int64_t reason = row.getColumn(3).getInt64();
  verdict.reason = reason < 0 ? WINNOW_NONE : static_cast<std::uint32_t>(reason);
  verdict.evidence = textAt(row, 4);
  const SQLite::Column score = row.getColumn(5);
  verdict.score = score.isNull() ? std::nan("") : score.getDouble();
  verdict.note = textAt(row, 6);
  verdict.seen = number(row, 7);
  return verdict;
}

PairRow pairFrom(SQLite::Statement& row) {
  return {{small(row, 0), small(row, 1), row.getColumn(5).getDouble(), small(row, 2), row.getColumn(3).getInt() != 0,
           row.getColumn(4).getInt() != 0},
          textAt(row, 6)};
}

io::Diagnostic diagnosticFrom(SQLite::Statement& row) {
  io::Diagnostic d;
  d.severity = static_cast<io::Severity>(row.getColumn(0).getInt());
  d.code = textAt(row, 1);
  d.message = textAt(row, 2);
  d.action = textAt(row, 3);
  d.line = small(row, 4);
  d.column = small(row, 5);
  d.record = number(row, 6);
  return d;
}

Sighting sightingFrom(Id file, SQLite::Statement& row) {
  return {file,          number(row, 0), small(row, 1),  number(row, 2), number(row, 3),
          small(row, 4), number(row, 5), number(row, 6), number(row, 7), number(row, 8)};
}

std::uint64_t tagHash(Id id, std::string_view name) {
  return ValueHash(1).add(static_cast<std::uint64_t>(id)).add(name).value();
}

std::uint64_t sourceHash(Id id, std::string_view name) {
  return ValueHash(2).add(static_cast<std::uint64_t>(id)).add(name).value();
}

std::uint64_t hashOf(const FileRow& f) {
  return ValueHash(3)
      .add(static_cast<std::uint64_t>(f.id))
      .add(static_cast<std::uint64_t>(f.source))
      .add(f.name)
      .add(f.sha256)
      .add(f.reader)
      .add(f.bytes)
      .add(f.importer)
      .add(f.importerVersion)
      .add(f.dialect)
      .add(f.settings)
      .add(f.records)
      .add(f.warnings)
      .add(f.complete ? 1u : 0u)
      .value();
}

std::uint64_t hashOf(const EventRow& e) {
  return ValueHash(4)
      .add(static_cast<std::uint64_t>(e.id))
      .add(static_cast<std::uint64_t>(e.run))
      .add(e.kind)
      .add(e.step)
      .add(e.record)
      .add(e.subject)
      .add(e.actor)
      .add(e.value)
      .add(e.reason)
      .add(e.note)
      .add(e.file)
      .add(e.line)
      .value();
}

std::uint64_t hashOf(const VerdictRow& v) {
  ValueHash hash(5);
  hash.add(v.record).add(v.view).add(v.action).add(v.reason).add(v.evidence).add(bits(v.score)).add(v.note);
  if (v.seen != 0) hash.add(v.seen);  // rows of version 2 have none
  return hash.value();
}

std::uint64_t hashOf(const PairRow& row) {
  const Pair& p = row.pair;
  return ValueHash(6)
      .add(p.a)
      .add(p.b)
      .add(p.rule)
      .add((p.maybe ? 1u : 0u) + (p.stands ? 2u : 0u))
      .add(bits(p.score))
      .add(row.note)
      .value();
}

std::uint64_t hashOf(std::uint64_t ordinal, const io::Diagnostic& d) {
  return ValueHash(7)
      .add(ordinal)
      .add(static_cast<std::uint64_t>(d.severity))
      .add(d.code)
      .add(d.message)
      .add(d.action)
      .add(d.line)
      .add(d.column)
      .add(d.record)
      .value();
}

std::uint64_t hashOf(const Sighting& s) {
  return ValueHash(8)
      .add(s.ordinal)
      .add(s.record)
      .add(s.byte)
      .add(s.size)
      .add(s.line)
      .add(s.content)
      .add(s.meaning)
      .add(s.number)
      .add(s.lasting)
      .value();
}

std::uint64_t reasonHash(std::int64_t number, const ReasonRow& r) {
  return ValueHash(9).add(static_cast<std::uint64_t>(number)).add(r.code).add(r.label).add(r.action).value();
}

std::uint64_t meaningHash(std::uint64_t content, std::string_view fields) {
  const std::uint64_t hash = io::hash64(fields, content);
  return hash == 0 ? 1 : hash;
}

std::uint64_t rowSum(std::uint64_t content, std::uint64_t meaning, std::string_view raw, std::string_view fields) {
  return ValueHash(10).add(content).add(meaning).add(raw).add(fields).value();
}

}  // namespace winnow::ledger
