#include "Claim.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "HypergeometricRule.hpp"

namespace winnow::recall {

namespace {

/// Looking ahead costs about as many steps as records are unread, times the totals still possible. Beyond this many (a
/// tenth of a second) the expected cost is left out: a run, and a page after each decision, must not wait for it.
constexpr double kMostStepsAhead = 5e7;

bool reaches(const RecallMeter& meter, double target) { return meter.recall().value_or(0) >= target; }

std::uint64_t drawsUntil(RecallMeter meter, double target, double relevantLeft) {
  const auto unread = static_cast<double>(meter.unread());
  std::uint64_t draws = 0, found = 0;
  while (meter.unread() > 0 && !reaches(meter, target)) {
    ++draws;
    const auto due = static_cast<std::uint64_t>(std::floor(relevantLeft * static_cast<double>(draws) / unread + 0.5));
    meter.read(due > found, Choice::Random);
    found = std::max(found, due);
  }
  return draws;
}

NextStep nextStepOf(const RecallMeter& meter, double target) {
  NextStep next;
  if (meter.found() == 0) return next;
  next.ifNoneRelevant = drawsUntil(meter, target, 0);
  const double totals = static_cast<double>(meter.upperTotal() - meter.found());
  if (static_cast<double>(meter.unread()) * totals > kMostStepsAhead) return next;
  if (const auto left = meter.expectedUnread()) next.expected = drawsUntil(meter, target, *left);
  return next;
}

RecallMeter meterOf(const std::vector<Label>& labels, const Question& question) {
  if (labels.size() > question.total)
    throw std::invalid_argument(std::to_string(labels.size()) + " records were read, but the set holds only " +
                                std::to_string(question.total));
  RecallMeter meter(question.total, question.confidence);
  for (const Label& label : labels) meter.read(label.isRelevant, label.choice);
  return meter;
}

/// Where the one random tail begins that planned looks need.
std::size_t tailStart(const std::vector<Label>& labels) {
  std::size_t first = labels.size();
  while (first > 0 && labels[first - 1].choice == Choice::Random) --first;
  for (std::size_t i = 0; i < first; ++i)
    if (labels[i].choice == Choice::Random)
      throw std::invalid_argument("planned looks need one random tail, but record " + std::to_string(i + 1) +
                                  " was drawn at random and record " + std::to_string(first) +
                                  " was not; leave --looks out");
  return first;
}

/// The largest number of relevant records among `population` that `relevant` among `draws` do not refute at `level`.
std::uint64_t largestNotRefuted(const Hypergeometric& distribution, std::uint64_t population, std::uint64_t draws,
                                std::uint64_t relevant, double level) {
  std::uint64_t low = relevant, high = population - draws + relevant;
  while (low < high) {  // the probability falls as the number grows
    const std::uint64_t middle = low + (high - low + 1) / 2;
    if (distribution.atMost(relevant, population, middle, draws) > level)
      low = middle;
    else
      high = middle - 1;
  }
  return low;
}

/// Exact one-sided hypergeometric bounds, each at its share of what the confidence leaves (Bonferroni).
void planLooks(const std::vector<Label>& labels, const Question& question, Claim& claim) {
  const std::size_t first = tailStart(labels);
  const Hypergeometric distribution(question.total);
  const double level = (1 - question.confidence) / static_cast<double>(question.looks.size());
  const std::vector<bool> relevance = relevanceOf(labels);
  const auto before = static_cast<std::uint64_t>(
      std::count(relevance.begin(), relevance.begin() + static_cast<std::ptrdiff_t>(first), true));
  claim.upperTotal = claim.found + claim.total - claim.read;
  std::uint64_t inTail = 0;
  for (std::size_t draws = 1; first + draws <= labels.size(); ++draws) {
    inTail += relevance[first + draws - 1];
    if (!std::binary_search(question.looks.begin(), question.looks.end(), draws)) continue;
    ++claim.looksPassed;
    claim.upperTotal = std::min(claim.upperTotal,
                                before + largestNotRefuted(distribution, question.total - first, draws, inTail, level));
  }
  claim.isContradicted = claim.found > claim.upperTotal;
  if (claim.isContradicted) claim.upperTotal = claim.found + claim.total - claim.read;
  claim.validity = Validity::PlannedLooks;
  claim.looks = question.looks;
  claim.next = {};
}

std::string percent(double share) {
  // Never more than was shown: 94.99 is not 95.0.
  const double tenths = std::floor(share * 1000 + 1e-9) / 10;
  char text[32];
  std::snprintf(text, sizeof text, tenths == std::floor(tenths) ? "%.0f" : "%.1f", tenths);
  return text;
}

std::string records(std::uint64_t n) { return std::to_string(n) + (n == 1 ? " record" : " records"); }

std::string basisOf(const Claim& claim) {
  if (claim.validity == Validity::Anytime)
    return "The bound holds at whatever moment reading ends (betting confidence sequence for sampling without "
           "replacement; Waudby-Smith and Ramdas 2020)";
  std::string looks;
  for (const std::uint64_t look : claim.looks) looks += (looks.empty() ? "" : ", ") + std::to_string(look);
  return "The bound is exact hypergeometric, at " +
         (claim.looks.size() == 1
              ? "one look planned before reading, after "
              : std::to_string(claim.looks.size()) + " looks planned before reading (Bonferroni), after ") +
         looks + " random draws";
}

}  // namespace

std::vector<Label> firstReadings(const std::vector<Label>& labels) {
  std::vector<Label> first;
  for (const Label& label : labels)
    if (label.phase != Phase::QualityCheck) first.push_back(label);
  return first;
}

Claim claimOf(const std::vector<Label>& labels, const Question& question) {
  if (!(question.target > 0 && question.target <= 1))
    throw std::invalid_argument("the target must lie between 0 and 1");
  const RecallMeter meter = meterOf(labels, question);
  Claim claim;
  claim.total = question.total;
  claim.read = meter.recordsRead();
  claim.found = meter.found();
  claim.randomDraws = meter.randomDraws();
  claim.confidence = question.confidence;
  claim.target = question.target;
  for (const Label& label : labels) {
    claim.foundInRandom += label.isRelevant && label.choice == Choice::Random;
    claim.sinceRelevant = label.isRelevant ? 0 : claim.sinceRelevant + 1;
  }
  claim.upperTotal = meter.upperTotal();
  claim.isContradicted = meter.isContradicted();
  claim.expectedUnread = meter.expectedUnread();
  if (question.looks.empty())
    claim.next = nextStepOf(meter, question.target);
  else
    planLooks(labels, question, claim);
  if (claim.found > 0) claim.recall = static_cast<double>(claim.found) / static_cast<double>(claim.upperTotal);
  return claim;
}

std::vector<double> recallCurve(const std::vector<Label>& labels, const Question& question) {
  RecallMeter meter(question.total, question.confidence);
  std::vector<double> curve;
  for (const Label& label : labels) {
    meter.read(label.isRelevant, label.choice);
    curve.push_back(meter.recall().value_or(0));
  }
  return curve;
}

std::string sentenceOf(const Claim& claim) {
  std::string text = "Of " + records(claim.total) + ", " + std::to_string(claim.read) + " were read and " +
                     std::to_string(claim.found) + " found relevant";
  if (claim.randomDraws > 0)
    text += "; " + std::to_string(claim.randomDraws) +
            " of those read were drawn at random from the records not yet read (" +
            std::to_string(claim.foundInRandom) + " relevant)";
  text += ". ";
  if (!claim.recall) return text + "Nothing was found, so nothing can be said about recall.";
  if (claim.read == claim.total) return text + "All records were read: recall is 100 %.";
  const std::string share = percent(*claim.recall) + " % (" + std::to_string(claim.found) + " of at most " +
                            std::to_string(claim.upperTotal) + ")";
  if (claim.randomDraws == 0 || claim.isContradicted)
    return text + "Counting alone shows that recall is at least " + share + ".";
  return text + "With " + percent(claim.confidence) + " % confidence recall is at least " + share + ". " +
         basisOf(claim) + "; it is relative to the readers' own decisions.";
}

}  // namespace winnow::recall
