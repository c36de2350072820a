// Orders records by how likely they are relevant, learning from those that were read. Texts are turned into vectors
// once; learning and ordering take milliseconds, so that a queue can be ordered anew after each decision.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::ranker {

/// Which model learns. U4 and U3 have the published parameters of the models of the same names in ASReview LAB 2.
enum class Model {
  U4,      ///< words and pairs of words, linear support vector machine
  U3,      ///< words, multinomial naive Bayes
  Random,  ///< learns nothing: the order of hashes, which anyone can check and which recall can be certified from
};
std::optional<Model> modelNamed(std::string_view name);
std::string_view nameOf(Model model);

/// One record that was read.
struct Reading {
  std::size_t record;  ///< index into the records
  bool isRelevant;
};

/// One thread at a time. A ranking hangs on the records, the model, the seed and the set of readings alone: not on the
/// order in which they were read, on earlier rankings, on the clock.
class Ranker {
 public:
  /// `ids` and `texts` of the same records in the same order; `seed` for the order of hashes. `meanings`: for each text
  /// a vector that stands for what it is about, or none at all; they count `weight` times as much as the words. Throws
  /// std::invalid_argument if an id stands twice.
  Ranker(std::vector<std::string> ids, const std::vector<std::string>& texts, Model model, std::string seed,
         const std::vector<std::vector<float>>& meanings = {}, double weight = 1);
  ~Ranker();
  Ranker(Ranker&&) noexcept;
  Ranker& operator=(Ranker&&) noexcept;

  /// Indexes of the records that were not read, the most likely relevant first; equally likely ones in their own order.
  /// While nothing relevant or nothing irrelevant was read there is nothing to learn from: with relevant ones alone, by
  /// likeness to them; otherwise in the order of hashes. A record read twice with different answers counts as relevant.
  std::vector<std::size_t> order(const std::vector<Reading>& readings) const;

  std::size_t records() const;
  std::size_t terms() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// When to learn again: at every decision while fewer than 150 records were read, then after every fifth, because a
/// single decision among so many moves little.
class Schedule {
 public:
  /// Whether to learn now, with so many records read in all. Answers yes the first time.
  bool isDue(std::size_t read);

 private:
  static constexpr std::size_t kEveryOneBelow = 150, kThenEvery = 5;
  std::optional<std::size_t> last_;
};

}  // namespace winnow::ranker
