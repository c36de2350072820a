// One step as one reader works through it: which records, what the reader said of each, how far the work is. Nothing of
// any other reader is in it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "Change.hpp"
#include "DecisionFile.hpp"
#include "RecordReader.hpp"

namespace winnow::screen {

enum class Kind { Screen, FullText, Map };

/// What a reader says of a record, in the page's words.
struct Own {
  std::string decision;  ///< as Change::decision; empty: nothing, or a category
  std::string reason, note;
  std::vector<std::string> labels, categories;
  std::string why;  ///< why the page cannot change it; empty: it can

  bool isEmpty() const { return decision.empty() && categories.empty(); }
};

/// How many records of each kind of word.
struct Counts {
  std::size_t total = 0, open = 0, include = 0, exclude = 0, undecided = 0, notRetrieved = 0;
};

/// Which records a list shows.
struct Filter {
  std::string state = "all";  ///< open, decided, include, exclude, undecided, not retrieved, all
  std::string words, label, reason;
  bool missesAbstract = false;
};

/// Borrows the evaluation and the file. One thread.
class ReadingStep {
 public:
  /// `file` null: the page has no file to write to. The order of reading is that of the step's ranker after what the
  /// reader has decided so far. Needs the ledger.
  ReadingStep(const engine::Workspace& work, const engine::StepResult& step, const engine::Evaluation& evaluation,
              std::string reader, DecisionFile* file);

  const engine::StepResult& result() const noexcept { return result_; }
  const config::Step& step() const noexcept { return *result_.step; }
  Kind kind() const noexcept;
  DecisionFile* file() noexcept { return file_; }
  const Counts& counts() const noexcept { return counts_; }

  /// Position of a record by its key; nothing if this reader does not read it.
  std::optional<std::size_t> find(const std::string& key) const;
  engine::RecordId id(std::size_t position) const { return order_[position]; }
  const std::string& key(std::size_t position) const { return keys_[position]; }
  const Own& own(std::size_t position) const { return own_[position]; }
  std::size_t revision(std::size_t position) const { return file_ == nullptr ? 0 : file_->revision(keys_[position]); }

  /// What is wrong with a change, by part of it ("reason", "decision", "categories"); empty: nothing.
  std::map<std::string, std::string> faults(std::size_t position, const Change& change) const;
  /// Notes what has been written.
  void set(std::size_t position, Own own);
  /// Positions of the records that a list shows, in the order of reading. Reads texts only where the filter needs them.
  std::vector<std::size_t> matching(const Filter& filter, RecordReader& reader);
  /// "open", "include", "exclude", "undecided", "not retrieved": the word of a record for counts and lists.
  std::string stateOf(const Own& own) const;

 private:
  Own ownOf(std::size_t place) const;
  void readWord(const engine::Decision& word, bool isDecided, Own& own) const;
  std::string reasonFault(std::size_t position, const Change& change) const;
  std::string categoryFault(const Change& change) const;
  void count(const Own& own, int by);
  const std::vector<bool>& found(const Filter& filter, RecordReader& reader);

  const engine::Workspace& work_;
  const engine::StepResult& result_;
  const std::string reader_;
  DecisionFile* const file_;
  std::vector<engine::RecordId> order_;
  std::vector<std::string> keys_;                             ///< parallel
  std::unordered_map<std::string_view, std::size_t> places_;  ///< by key
  std::vector<Own> own_;                                      ///< parallel
  Counts counts_;
  std::string searched_;     ///< what `found_` answers
  std::vector<bool> found_;  ///< by position
};

}  // namespace winnow::screen
