// The decision file of one reader in one step, as the page writes it: appended to, row by row, and never edited.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/people/PageFile.hpp"
#include "engine/people/Sheets.hpp"

namespace winnow::screen {

/// One change as it stands in a file: a cell for each column (engine::pageColumns).
struct Row {
  std::string record;
  std::string other;     ///< of a pair: the other record
  std::string reviewer;  ///< of a joint decision: the names, with ';' between them
  std::string decision, category, reason, note, labels;
  std::string number, doi, pmid, title, year, firstAuthor;
  std::string change;  ///< the name of the change: a request that is sent again has the same
  std::string formVersion;
  std::map<std::string, std::string> answers;  ///< of a charting form, by heading of the item
};

/// Appends rows that survive the end of the program at any moment. Every append looks at the file anew, as a
/// spreadsheet may have replaced it meanwhile. One thread.
class DecisionFile {
 public:
  /// `file` need not exist; it comes with its first row.
  explicit DecisionFile(std::filesystem::path file,
                        std::vector<std::string> columns = engine::pageColumns(engine::PageWords::OneReader))
      : file_(std::move(file)), columns_(std::move(columns)) {}

  /// Takes note of the rows that stand there already.
  void know(const std::vector<engine::SheetRow>& rows);
  /// Appends a row with the present time and makes it safe (fsync) before it returns; a torn last row of a killed
  /// program is cut off first. Throws winnow::Error, having appended nothing: the disk is full, the file has other
  /// columns by now.
  void append(const Row& row);

  const std::vector<std::string>& columns() const noexcept { return columns_; }
  const std::filesystem::path& path() const noexcept { return file_; }
  /// How many rows there are about a record.
  std::size_t revision(const std::string& record) const;
  /// The labels and the note of the newest row about a record, as written.
  std::string labels(const std::string& record) const;
  std::string note(const std::string& record) const;
  /// The record that a change of that name was about; empty: there was none.
  std::string recordOf(const std::string& change) const;

 private:
  struct About {
    std::size_t rows = 0;
    std::string labels, note;
  };
  void know(const std::string& record, const std::string& labels, const std::string& note, const std::string& change);

  std::filesystem::path file_;
  std::vector<std::string> columns_;
  std::unordered_map<std::string, About> records_;
  std::unordered_map<std::string, std::string> changes_;  ///< name -> record
  std::int64_t newest_ = 0;             ///< time of the newest row: none is earlier than the one before it
  std::uint64_t inode_ = 0, size_ = 0;  ///< of the file as the last append left it
};

/// True if the page may write to `file`: it is missing or a file of the page with these columns.
bool isPageFile(const std::filesystem::path& file,
                const std::vector<std::string>& columns = engine::pageColumns(engine::PageWords::OneReader));

}  // namespace winnow::screen
