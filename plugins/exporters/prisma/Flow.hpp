// A flow document (winnow-flow/1) as the writers of this plugin read it. Numbers are taken as stated: the host has
// checked them, or the user has asked for the diagram although they do not add up.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/Criteria.hpp"

namespace winnow::prisma {

/// A number, and its share in each wave (empty if the flow has fewer than two waves or a wave does not state it).
struct Count {
  std::int64_t n = 0;
  std::vector<std::int64_t> waves;
};

/// A line of a box: a source or reason with its number.
struct Item {
  std::string label;
  Count count;
  std::vector<Item> parts;  ///< what it is made of, where that is worth a line
};

struct Actors {
  std::int64_t human = 0, automation = 0;
};

/// A box that lists what it counts.
struct Box {
  std::vector<Item> items;
  Count total;
  std::optional<Actors> by;
};

struct Stage {
  std::string label;
  bool isAutomatic = false;  ///< what its filter excludes leaves without a person's word
  Count in, out;
  Box excluded;
  std::optional<Count> undecided, waiting;

  /// Somebody or something excluded a record here or could not decide about it; otherwise all records passed.
  bool happened() const {
    return excluded.total.n != 0 || (undecided && undecided->n != 0) || (waiting && waiting->n != 0);
  }
};

struct Lane {
  Box identified;
  std::vector<bool> isRegister;  ///< for each item of `identified`
  std::optional<Box> removed;
  std::optional<Count> screened;
  std::vector<Stage> stages;
  std::optional<Box> excluded;  ///< only without stages
  Count sought, notRetrieved, assessed, includedReports;
  std::optional<Count> waiting;  ///< reports that people have not decided yet
  Box excludedReports;
  Count keptByAutomation;  ///< by stages that foldAutomation took away: records they could not decide
};

struct Included {
  std::int64_t studies = 0, reports = 0;
};

/// Records that wait for people at a step.
struct Waiting {
  std::string label;
  std::int64_t n = 0;
};

/// The whole review, or one wave of it (which has no `included`: studies are counted once, at the end).
struct Flow {
  std::string wave;  ///< of a wave: its id
  std::optional<Lane> db, other;
  std::optional<Included> included, previous, total;
  std::vector<Waiting> provisional;  ///< by step; empty where the document names none
  std::vector<Flow> waves;
};

/// Reads a flow document. Labels are cleaned (picture::cleanText), reasons written as `criteria` say. Throws
/// std::exception if the text is no JSON or is not of the form that the host's check guarantees.
Flow readFlow(std::string_view json, const facts::Criteria& criteria);

/// Automatic stages at the beginning become what PRISMA 2020 calls "records marked as ineligible by automation tools":
/// they leave the stages for the removals before screening, a line each. An automatic stage behind a stage of people
/// stays where it is, because people screened what it removed.
void foldAutomation(Flow& flow);

/// The sum of two counts; waves only if both state them.
Count sumOf(Count left, const Count& right);

/// Sum of the items that `takes` selects.
template <class Takes>
Count sumIf(const Box& box, Takes&& takes) {
  Count sum;
  sum.waves.assign(box.total.waves.size(), 0);
  for (std::size_t i = 0; i < box.items.size(); ++i) {
    if (!takes(i)) continue;
    sum.n += box.items[i].count.n;
    for (std::size_t w = 0; w < sum.waves.size() && w < box.items[i].count.waves.size(); ++w)
      sum.waves[w] += box.items[i].count.waves[w];
  }
  return sum;
}

}  // namespace winnow::prisma
