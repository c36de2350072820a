// One step as one reader works through it: which records, what the reader said of each, how far the work is. Nothing of
// any other reader is in it. What can be said of a record is the matter of the kinds of steps (DecidingStep,
// ChartingStep).
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
#include "Learner.hpp"
#include "RecordReader.hpp"

namespace winnow::screen {

enum class Kind { Screen, FullText, Map, Chart };

/// What a reader says of a record, in the page's words.
struct Own {
  std::string decision;  ///< as Change::decision; empty: nothing, or a category
  std::string reason, note;
  std::vector<std::string> labels, categories;
  engine::Answers answers;  ///< to a charting form, by item
  std::string why;          ///< why the page cannot change it; empty: it can
  bool isOutdated = false;  ///< the form asks something else by now: to be answered anew

  bool isEmpty() const { return decision.empty() && categories.empty() && answers.empty(); }
};

/// How many records of each kind of word.
struct Counts {
  std::size_t total = 0, open = 0, include = 0, exclude = 0, undecided = 0, notRetrieved = 0;
};

/// Which records a list shows.
struct Filter {
  std::string state = "all";  ///< open, decided, include, exclude, undecided, not retrieved, all
  std::string words, label, reason;
  std::string proposal;  ///< of the step's filter: exclude, keep, undecided; empty: any
  bool missesAbstract = false;
};

/// The parts of a cell that holds several, with ';' between them.
std::vector<std::string> listIn(std::string_view text);

/// What is wrong with a change, by part of it: "reason", "decision", "categories", the id of an item.
using Faults = std::map<std::string, std::string>;

/// Borrows the evaluation and the file. One thread.
class ReadingStep {
 public:
  virtual ~ReadingStep() = default;
  ReadingStep(const ReadingStep&) = delete;
  ReadingStep& operator=(const ReadingStep&) = delete;

  virtual Kind kind() const noexcept = 0;
  /// What is wrong with a change of a record; empty: nothing.
  virtual Faults faults(std::size_t position, const Change& change) const = 0;
  /// What the reader says by a change in which nothing is wrong.
  virtual Own ownOf(const Change& change) const = 0;
  /// The word that stands for it in the file's column `decision`.
  virtual std::string wordOf(const Own& own) const = 0;
  /// Puts into a row what only steps of this kind have.
  virtual void complete(Row& /*row*/, const Own& /*own*/) const {}
  /// What the step's filter said, where it has one; else null.
  virtual const engine::StepResult* judged() const noexcept { return nullptr; }
  /// "exclude", "keep", "undecided": what it proposes of a record; empty: nothing.
  virtual std::string proposalOf(std::size_t /*position*/) const { return {}; }

  const config::Step& step() const noexcept { return step_; }
  DecisionFile* file() noexcept { return file_; }
  const Counts& counts() const noexcept { return counts_; }

  /// Position of a record by its key; nothing if this reader does not read it.
  std::optional<std::size_t> find(const std::string& key) const;
  engine::RecordId id(std::size_t position) const { return order_[position]; }
  const std::string& key(std::size_t position) const { return keys_[position]; }
  const Own& own(std::size_t position) const { return own_[position]; }
  std::size_t revision(std::size_t position) const { return file_ == nullptr ? 0 : file_->revision(keys_[position]); }

  /// Notes what has been written.
  void set(std::size_t position, Own own);
  /// Positions of the records that a list shows, in the order of reading as it is known now. Reads texts only where the
  /// filter needs them.
  std::vector<std::size_t> matching(const Filter& filter, RecordReader& reader);
  /// All positions in that order.
  const std::vector<std::size_t>& sequence() const noexcept { return sequence_; }
  /// Names a place in the list that matching() has given, for behind().
  std::string cursor(std::size_t position) const { return std::to_string(orderName_) + "/" + keys_[position]; }
  /// Where in `matching` the records behind a cursor begin: at the beginning if the order is another one by now.
  /// Nothing if the cursor names no record.
  std::optional<std::size_t> behind(const std::string& cursor, const std::vector<std::size_t>& matching) const;
  /// Takes over an order that has been learned meanwhile. Once in a call, before anything of the step is read: a list,
  /// its cursor and what learned() says are then of one order.
  virtual void update() {}
  /// What the order of reading was learned from; null where the step has no order to learn, or nothing yet.
  virtual const Learned* learned() const noexcept { return nullptr; }
  /// Waits until everything decided so far is learned.
  virtual void settle() {}
  /// "open", "include", "exclude", "undecided", "not retrieved": the word of a record for counts and lists.
  std::string stateOf(const Own& own) const;

 protected:
  /// `file` null: the page has no file to write to. `order`: the records as listed.
  ReadingStep(const config::Step& step, const engine::Evaluation& evaluation, std::vector<engine::RecordId> order,
              DecisionFile* file);
  const DecisionFile* file() const noexcept { return file_; }
  std::size_t size() const noexcept { return order_.size(); }
  const std::vector<engine::RecordId>& ids() const noexcept { return order_; }
  std::size_t placeOf(engine::RecordId id) const { return byId_.at(id); }
  /// The records that are to be read next, in this order; then all others as listed.
  void arrange(const std::vector<engine::RecordId>& open);
  /// A record's word has changed.
  virtual void noteWord(std::size_t /*position*/) {}
  /// Labels that stand in the page's file.
  std::vector<std::string> labelsOf(std::size_t position) const;

 private:
  void count(const Own& own, int by);
  const std::vector<bool>& found(const Filter& filter, RecordReader& reader);

  const config::Step& step_;
  DecisionFile* const file_;
  std::vector<engine::RecordId> order_;                       ///< as listed
  std::vector<std::string> keys_;                             ///< parallel
  std::unordered_map<std::string_view, std::size_t> places_;  ///< by key
  std::unordered_map<engine::RecordId, std::size_t> byId_;
  std::vector<std::size_t> sequence_;  ///< positions in the order of reading
  std::vector<std::size_t> turn_;      ///< by position: where in `sequence_`
  std::uint64_t orderName_ = 0;        ///< of `sequence_`: equal for equal orders, also after a restart
  std::vector<Own> own_;               ///< parallel
  Counts counts_;
  std::string searched_;     ///< what `found_` answers
  std::vector<bool> found_;  ///< by position
};

}  // namespace winnow::screen
