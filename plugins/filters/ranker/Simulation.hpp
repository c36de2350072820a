// Priority screening played through on records whose labels are known.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "LabelledRecords.hpp"
#include "Ranker.hpp"

namespace winnow::ranker {

struct SimulationTiming {
  double vectoriseMs = 0, trainRankMeanMs = 0, trainRankMaxMs = 0, totalMs = 0;
};

struct Simulation {
  std::vector<std::size_t> order;  ///< records read, priors left out: each other record once
  SimulationTiming timing;
};

/// Reads from the priors on; a label is looked at only when its record is read. When every relevant record has been
/// found, the rest follows the last ranking. `labels` by record.
Simulation simulate(const Ranker& ranker, const std::vector<bool>& labels, const std::vector<std::size_t>& priors);

/// What a reading order is worth; priors left out. N records, P relevant ones among them.
struct Measures {
  double wss95 = 0;     ///< work saved over sampling at 95 % recall: (N - read) / N - 0.05 (Cohen and others 2006)
  double recall10 = 0;  ///< share of the relevant ones among the first 10 %
  double recall20 = 0;
  double delay = 0;  ///< mean rank of the relevant ones / N
};
/// Needs a relevant record.
Measures measuresOf(const std::vector<std::size_t>& order, const std::vector<bool>& labels);

/// One relevant and one irrelevant record, chosen by hash: those with the smallest SHA-256 of seed, line feed, id. So
/// all programs start alike. Throws std::invalid_argument if there is none of one kind.
std::vector<std::size_t> priorsByHash(const LabelledRecords& records, const std::vector<bool>& labels,
                                      const std::string& seed);

}  // namespace winnow::ranker
