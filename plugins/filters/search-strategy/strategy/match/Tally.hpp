// What a strategy found in a set of records, line by line.
#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "../Ast.hpp"
#include "Evaluator.hpp"

namespace winnow::search::match {

/// What becomes of a record whose final value is unknown.
enum class Policy { Include, Exclude, Review };

struct LineTally {
  std::array<std::uint64_t, 3> counts{};        ///< by Truth
  std::array<std::vector<std::string>, 3> ids;  ///< by Truth, if kept
  std::uint64_t unique = 0;                     ///< records that of its "or" this line alone finds
  bool inOr = false;                            ///< the line is a member of an "or" of sets
};

/// Adds up records. One thread.
class Tally {
 public:
  /// `final`: index of the result line (finalLine()). `keep`: for which values ids are kept.
  Tally(const Strategy& strategy, std::size_t final, Policy policy, std::array<bool, 3> keep);
  void add(const std::string& id, const std::vector<Truth>& values);

  std::uint64_t records() const noexcept { return records_; }
  const std::vector<LineTally>& lines() const noexcept { return lines_; }
  std::uint64_t included() const noexcept { return included_; }
  /// Records in the result that no line of words finds: headings alone brought them.
  std::uint64_t headingsOnly() const noexcept { return headingsOnly_; }
  /// Records that no line of words finds, whatever the result: headings brought them, or a field that the export lacks.
  std::uint64_t unexplained() const noexcept { return unexplained_; }
  /// Their ids: all if ids of true results are kept, otherwise the first kShown.
  const std::vector<std::string>& unexplainedIds() const noexcept { return unexplainedIds_; }
  static constexpr std::size_t kShown = 10;
  /// Records of the result whose value is unknown.
  std::uint64_t undecided() const noexcept { return undecided_; }

 private:
  std::size_t final_;
  Policy policy_;
  std::array<bool, 3> keep_;
  std::vector<LineTally> lines_;
  std::vector<std::vector<std::size_t>> ors_;  ///< members of every "or" of sets
  std::vector<std::size_t> wordLines_;
  std::uint64_t records_ = 0, included_ = 0, headingsOnly_ = 0, undecided_ = 0, unexplained_ = 0;
  std::vector<std::string> unexplainedIds_;
};

}  // namespace winnow::search::match
