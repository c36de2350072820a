// What a reader sees of a record.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/Evaluation.hpp"
#include "engine/outputs/ReaderSheets.hpp"
#include "engine/records/Views.hpp"

namespace winnow::screen {

/// What a step's filter proposes about a record, with the words that decided.
struct Proposal {
  std::string decision, reason;       ///< "exclude", "keep", "undecided", "category"; the reason's label
  std::string field;                  ///< of RecordText, where the words stand: "title", "abstract", ...; or empty
  std::size_t begin = 0, length = 0;  ///< in UTF-16 units of the field's text
};

/// A record's fields as texts: those of the merged record, as stages see them.
struct RecordText {
  std::string key, title, abstract, year, journal, volume, issue, pages, doi, pmid, number, url, language, type;
  std::vector<std::string> authors, keywords;
  std::vector<std::string> members;  ///< keys of the records that were merged into it
  std::string firstFamily;           ///< of the first author; the whole name of one that is no person

  /// The first author's name, or empty.
  std::string firstAuthor() const { return authors.empty() ? std::string() : authors.front(); }
};

/// Reads records from the ledger, which other programs may write meanwhile: it is opened when it is needed and closed
/// after a moment of rest, because SQLite lets a writer end its work in full only when nobody else has the file open.
/// One thread.
class RecordReader {
 public:
  /// Borrows both; `work.ledger` is not used.
  RecordReader(const engine::Workspace& work, const engine::Evaluation& evaluation);
  ~RecordReader();

  /// Works, each with the best values of its records.
  std::vector<RecordText> read(const std::vector<engine::RecordId>& ids);
  /// Records as they were exported, each for itself.
  std::vector<RecordText> readSingle(const std::vector<engine::RecordId>& ids);
  /// What the step's filter said of a record; nothing if none did or its answer is not there any more, or for no step.
  std::optional<Proposal> proposal(const engine::StepResult* step, engine::RecordId id, const RecordText& text);
  /// Closes the ledger if nothing was read since the last call.
  void rest();
  /// Closes the ledger until the next reading.
  void close();

 private:
  struct Open;
  Open& open();

  const engine::Workspace& work_;
  const engine::Evaluation& evaluation_;
  std::unique_ptr<Open> open_;
  bool isUsed_ = false;
};

}  // namespace winnow::screen
