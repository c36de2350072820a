// Writes the files of one evaluation, each only where it would become another one, and never over what a person filled
// in.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "WriteOutput.hpp"
#include "engine/Evaluation.hpp"
#include "engine/people/Sheets.hpp"
#include "engine/records/ViewHashes.hpp"
#include "io/OutputPolicy.hpp"

namespace winnow::engine {

struct OutputReport {
  std::string path;  ///< relative to the review's folder
  std::string plugin;
  std::uint64_t records = 0;
  bool unchanged = false;  ///< the file is already what it would become
  bool kept = false;       ///< a sheet that somebody filled in: not overwritten
};

/// What people fill in on a sheet.
struct SheetAnswers {
  std::vector<std::string> columns{};              ///< plain names; empty: this is no sheet
  std::function<bool(const SheetRow&)> isKnown{};  ///< the review has all that the row answers; null: it has nothing
  std::string readFrom{};                          ///< where the step reads decisions, for messages
};

/// What one file is made from.
struct OutputPlan {
  std::string path, plugin;
  plugins::SettingList settings;
  Documents documents;
  std::vector<RecordId> ids;
  bool merged = true;
  ExtraFields extra;
  SheetAnswers answers{};
  io::FileRole role = io::FileRole::Nothing;  ///< that the file may have already
};

/// Borrows workspace and evaluation. One thread.
class OutputWriter {
 public:
  OutputWriter(const Workspace& work, const Evaluation& evaluation);

  /// Writes unless the file is already what it would become; the ledger knows before the file is in place.
  OutputReport write(const OutputPlan& plan);
  /// A file of the host's own: made of `text` alone.
  OutputReport writeText(const std::string& path, const std::string& text, const SheetAnswers& answers,
                         std::size_t records);
  /// Reports a sheet that is not written any more but that somebody filled in, and that no step has read.
  void reportForgotten(const std::string& path, const SheetAnswers& answers);

 private:
  std::string keyFor(const OutputPlan& plan, const DocumentNames& read) const;
  bool isFilledIn(const std::string& path, const SheetAnswers& answers) const;
  void reportFilledIn(const std::string& path, const SheetAnswers& answers) const;

  const Workspace& work_;
  Views views_;
  ViewHashes hashes_;
};

}  // namespace winnow::engine
