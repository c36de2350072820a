#include "CertifiedRecall.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include <nlohmann/json.hpp>

#include "ClaimText.hpp"
#include "engine/steps/ReadingOrder.hpp"

namespace winnow::engine {

namespace {

using recall::Choice;

std::string countedRecords(std::size_t n) { return std::to_string(n) + (n == 1 ? " record" : " records"); }

/// When a record was first decided about: its reading is not made again by a later word.
const Decision& firstWord(const Decision& word) {
  const Decision* first = &word;
  for (const Decision& earlier : word.earlier)
    if (!first->time || (earlier.time && *earlier.time < *first->time)) first = &earlier;
  return *first;
}

/// The labels of a reading for the meter, and how many of them are chosen, drawn, and read beyond a gap.
struct Labels {
  std::vector<recall::Label> all;
  std::size_t chosen = 0, drawn = 0, beyond = 0;
  void add(bool isRelevant, Choice choice) { all.push_back({isRelevant, choice, recall::Phase::None}); }
};

Labels labelsOf(const ReadSoFar& reading, std::uint64_t randomFrom) {
  Labels labels;
  const bool isDrawn = randomFrom == 1 || (randomFrom > 1 && reading.untimed == 0);
  labels.chosen =
      isDrawn ? std::min(reading.read.size(), static_cast<std::size_t>(randomFrom - 1)) : reading.read.size();
  std::unordered_set<RecordId> chosen;
  std::unordered_map<RecordId, bool> rest;
  for (std::size_t i = 0; i < reading.read.size(); ++i) {
    const DecidedRecord& one = reading.read[i];
    if (i >= labels.chosen) {
      rest.emplace(one.record, one.isRelevant);
      continue;
    }
    chosen.insert(one.record);
    labels.add(one.isRelevant, Choice::Ranked);
  }
  for (const RecordId id : reading.byChance) {
    if (chosen.contains(id)) continue;
    const auto found = rest.find(id);
    if (found == rest.end()) break;
    labels.add(found->second, Choice::Random);
    ++labels.drawn;
    rest.erase(found);
  }
  labels.beyond = rest.size();
  for (const DecidedRecord& one : reading.read)
    if (rest.contains(one.record)) labels.add(one.isRelevant, Choice::Ranked);
  return labels;
}

std::string whyOnlyCounted(const ReadSoFar& reading, std::uint64_t randomFrom, const Labels& labels) {
  const std::size_t next = reading.read.size() + 1;
  if (randomFrom == 0)
    return "a ranking chose what was read, and may have put a whole kind of relevant records last; 'random_from: " +
           std::to_string(next) + "' under 'order' gives the rest by chance";
  if (randomFrom > 1 && reading.untimed != 0)
    return countedRecords(reading.untimed) + (reading.untimed == 1 ? " was" : " were") +
           " decided without a time, so that nothing tells which were read by chance; fill in the column 'time'";
  if (labels.drawn != 0) return {};
  if (labels.beyond != 0)
    return "the first record of the order by chance is still open; it has to be read before those behind it count";
  return randomFrom == 1 ? "no record was read yet"
                         : "no record was read by chance yet; that begins with record " + std::to_string(randomFrom);
}

}  // namespace

ReaderRecall certified(const ReadSoFar& reading, std::uint64_t randomFrom) {
  ReaderRecall result;
  const std::size_t total = reading.byChance.size(), read = reading.read.size();
  const Labels labels = labelsOf(reading, randomFrom);
  recall::Question question;
  question.total = total;
  result.claim = claimOf(labels.all, question);
  result.claim->sinceRelevant = 0;  // by the order of reading, not by the order in which the meter takes the records
  for (const DecidedRecord& one : reading.read)
    result.claim->sinceRelevant = one.isRelevant ? 0 : result.claim->sinceRelevant + 1;
  if (read != total) result.why = whyOnlyCounted(reading, randomFrom, labels);
  return result;
}

ReadSoFar readSoFar(const Evaluation& evaluation, const StepResult& step, const std::string& reader) {
  struct Timed {
    std::int64_t time;
    const std::string* file;
    std::uint32_t row;
    DecidedRecord record;
  };
  ReadSoFar reading;
  std::vector<RecordId> population;
  std::vector<Timed> read;
  for (const RecordId id : givenTo(step, reader)) {
    const Decision* word = step.said.word(id, reader);
    if (word != nullptr && word->value == "not retrieved") continue;
    population.push_back(id);
    if (word == nullptr || step.said.unsettled.contains({id, reader})) continue;
    const Decision& first = firstWord(*word);
    reading.untimed += !first.time;
    read.push_back({first.time.value_or(0), &first.file, first.row, {id, word->value != "exclude"}});
  }
  std::stable_sort(read.begin(), read.end(), [](const Timed& a, const Timed& b) {
    return std::tie(a.time, *a.file, a.row) < std::tie(b.time, *b.file, b.row);
  });
  for (const Timed& one : read) reading.read.push_back(one.record);
  reading.byChance = byChance(evaluation.records(), evaluation.clusters(), *step.step, std::move(population));
  return reading;
}

std::string whyNotYet(const Evaluation& evaluation, const StepResult& step) {
  for (const StepResult& earlier : evaluation.steps()) {
    if (&earlier == &step) break;
    if (const std::size_t waiting = earlier.count(Fate::Waiting); waiting != 0)
      return countedRecords(waiting) + (waiting == 1 ? " waits" : " wait") + " at '" + earlier.step->label +
             "', so that it is not known how many there are to read";
  }
  return {};
}

std::vector<ReaderRecall> recallOf(const Evaluation& evaluation, const StepResult& step) {
  std::vector<ReaderRecall> all;
  if (!step.screening || !hasOrder(*step.step)) return all;
  const std::string notYet = whyNotYet(evaluation, step);
  for (const config::Reader& reader : step.step->readers) {
    ReaderRecall one;
    if (const ReadSoFar reading = readSoFar(evaluation, step, reader.reviewer); reading.byChance.empty())
      continue;
    else if (notYet.empty())
      one = certified(reading, step.step->randomFrom);
    one.reader = reader.reviewer;
    if (!notYet.empty()) one.why = notYet;
    all.push_back(std::move(one));
  }
  return all;
}

std::string textOf(const ReaderRecall& recall) {
  if (!recall.claim) return "no recall can be claimed: " + recall.why;
  const recall::Claim& claim = *recall.claim;
  if (claim.read == claim.total) return "everything was read: recall is 100 %";
  if (!recall.why.empty()) return "no recall can be claimed: " + recall.why;
  std::string text = claim.recall ? recall::boundText(claim) + " may be claimed" : recall::boundText(claim);
  if (claim.isContradicted) text += " (" + recall::contradictionText(claim) + ")";
  if (claim.recall) text += "; " + recall::nextStepText(claim);
  return text;
}

nlohmann::ordered_json jsonOf(const ReaderRecall& recall) {
  nlohmann::ordered_json json{{"reader", recall.reader}, {"text", textOf(recall)}};
  if (!recall.why.empty()) json["why"] = recall.why;
  if (recall.claim) json["claim"] = recall::jsonOf(*recall.claim);
  return json;
}

}  // namespace winnow::engine
