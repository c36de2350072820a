#include "LastFates.hpp"

#include <cstring>
#include <map>
#include <unordered_map>

#include "io/Hash.hpp"

namespace winnow::engine {

namespace {

constexpr const char* kAbsent = "not in this review";

template <class Number>
void append(std::string& to, Number number) {
  to.append(reinterpret_cast<const char*>(&number), sizeof number);
}

/// Takes numbers and texts from the front.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  template <class Number>
  Number number() {
    Number value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }
  std::string_view take(std::size_t size) {
    if (size > bytes_.size()) throw ledger::Damaged("the ledger's fates of a run are cut off; delete it and run again");
    const std::string_view taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }

 private:
  std::string_view bytes_;
};

/// Fates by the hash of the record's key.
std::unordered_map<std::uint64_t, std::string> unpacked(const std::string& fates) {
  Reader from(fates);
  std::vector<std::string> texts;
  for (auto n = from.number<std::uint32_t>(); n > 0; --n) {
    const auto size = from.number<std::uint32_t>();
    texts.emplace_back(from.take(size));
  }
  std::unordered_map<std::uint64_t, std::string> byKey;
  for (auto n = from.number<std::uint32_t>(); n > 0; --n) {
    const auto key = from.number<std::uint64_t>();
    const auto text = from.number<std::uint32_t>();
    if (text >= texts.size()) throw ledger::Damaged("the ledger's fates of a run are damaged; delete it and run again");
    byKey.emplace(key, texts[text]);
  }
  return byKey;
}

}  // namespace

std::string fateText(const Evaluation& evaluation, RecordId id) {
  const RecordId lead = evaluation.clusters().representative(id);
  if (lead != id) return "duplicate of " + evaluation.records().key(lead);
  const End end = evaluation.end(id);
  if (!end) return "included";
  const StepResult& step = evaluation.steps()[end.step];
  const Outcome& outcome = evaluation.outcome(end);
  const std::string word = outcome.fate == Fate::Waiting ? "waiting" : "excluded";
  return word + " at " + step.step->id +
         (outcome.reason == Outcome::kNone ? std::string() : " (" + step.reasons[outcome.reason] + ")");
}

std::string packedFates(const Evaluation& evaluation) {
  std::map<std::string, std::uint32_t> numbers;
  std::vector<std::string> texts;
  std::string rows;
  const std::vector<RecordId>& order = evaluation.records().order();
  for (const RecordId id : order) {
    const std::string text = fateText(evaluation, id);
    const auto [number, isNew] = numbers.emplace(text, static_cast<std::uint32_t>(texts.size()));
    if (isNew) texts.push_back(text);
    append(rows, io::hash64(evaluation.records().key(id)));
    append(rows, number->second);
  }
  std::string packed;
  append(packed, static_cast<std::uint32_t>(texts.size()));
  for (const std::string& text : texts) {
    append(packed, static_cast<std::uint32_t>(text.size()));
    packed += text;
  }
  append(packed, static_cast<std::uint32_t>(order.size()));
  return packed + rows;
}

std::vector<FateChange> changesBetween(const std::string& before, const std::string& after,
                                       const Evaluation& evaluation) {
  auto was = unpacked(before);
  const auto now = unpacked(after);
  std::vector<FateChange> changes;
  for (const RecordId id : evaluation.records().order()) {
    const std::string key = evaluation.records().key(id);
    const std::uint64_t hash = io::hash64(key);
    const auto old = was.find(hash);
    const auto current = now.find(hash);
    const std::string oldText = old == was.end() ? kAbsent : old->second,
                      newText = current == now.end() ? kAbsent : current->second;
    if (oldText != newText) changes.push_back({key, oldText, newText});
    if (old != was.end()) was.erase(old);
  }
  std::map<std::string, std::size_t> gone;  // by fate: their keys are known to nobody any more
  for (const auto& [key, text] : was)
    if (!now.contains(key)) ++gone[text];
  for (const auto& [text, count] : gone)
    for (std::size_t i = 0; i < count; ++i) changes.push_back({"a record that is gone", text, kAbsent});
  return changes;
}

}  // namespace winnow::engine
