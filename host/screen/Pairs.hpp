// Pairs of records that may be the same work, which only a person can tell.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "Answers.hpp"
#include "DecisionFile.hpp"

namespace winnow::screen {

/// The pairs of one duplicates step that a matcher left to people, then those that somebody has decided. Borrows the
/// file. One thread.
class Pairs {
 public:
  /// `file` null: the page has no file to write to. Needs the ledger.
  Pairs(const engine::Workspace& work, const engine::StepResult& step, const engine::Evaluation& evaluation,
        DecisionFile* file);

  std::size_t size() const noexcept { return pairs_.size(); }
  std::size_t open() const;
  DecisionFile* file() const noexcept { return file_; }
  bool holds(const std::string& id) const { return places_.contains(id); }
  /// {"pairs", "next"}: fifty from the one behind `cursor` on; nothing if the cursor is no pair's id.
  std::optional<Json> list(const std::string& cursor, RecordReader& reader) const;
  /// Saves a reader's word on a pair, the same words on the same change once. Throws as DecisionFile::append().
  void judge(const std::string& id, bool isSame, const std::string& reader, const std::string& change);

 private:
  struct One {
    engine::RecordId left = 0, right = 0;
    std::string id, leftKey, rightKey;
    std::vector<std::string> why;
    std::optional<bool> isSame;
  };
  void add(One one);

  DecisionFile* const file_;
  std::vector<One> pairs_;                     ///< open ones first, the likeliest of them first
  std::map<std::string, std::size_t> places_;  ///< by id
};

}  // namespace winnow::screen
