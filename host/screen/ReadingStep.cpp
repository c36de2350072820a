#include "ReadingStep.hpp"

#include <algorithm>

#include <winnow/abi.h>
#include <winnow/formats/text.hpp>

#include "engine/people/Reasons.hpp"

namespace winnow::screen {

namespace {

using config::Verb;
constexpr std::size_t kBatch = 256;

std::vector<std::string> partsOf(std::string_view text) {
  std::vector<std::string> parts;
  for (const std::string_view part : formats::split(text, ";")) parts.emplace_back(part);
  return parts;
}

bool hasWord(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// A word without a time in another file: the engine cannot tell that what the page writes is later.
std::string whyFixed(const engine::Decision& word, const std::filesystem::path& file) {
  std::vector<const engine::Decision*> all{&word};
  for (const engine::Decision& earlier : word.earlier) all.push_back(&earlier);
  for (const engine::Decision* one : all)
    if (!one->time && !one->isRemembered && std::filesystem::path(one->file).filename() != file.filename())
      return "this decision stands in " + one->file + ", row " + std::to_string(one->row == 0 ? one->line : one->row) +
             ", without a time; change it there, or give that row a time";
  return {};
}

}  // namespace

ReadingStep::ReadingStep(const engine::Workspace& work, const engine::StepResult& step,
                         const engine::Evaluation& evaluation, std::string reader, DecisionFile* file)
    : work_(work),
      result_(step),
      reader_(std::move(reader)),
      file_(file),
      order_(engine::ordered(work, evaluation, step, reader_, engine::givenTo(step, reader_))) {
  counts_.total = order_.size();
  keys_.reserve(order_.size());
  own_.reserve(order_.size());
  for (const engine::RecordId id : order_) keys_.push_back(evaluation.records().key(id));
  for (std::size_t i = 0; i < order_.size(); ++i) {
    places_.emplace(keys_[i], i);
    own_.push_back(ownOf(i));
    count(own_.back(), 1);
  }
}

Kind ReadingStep::kind() const noexcept {
  if (step().verb == Verb::Map) return Kind::Map;
  return step().verb == Verb::Screen && step().read == config::Reading::FullText ? Kind::FullText : Kind::Screen;
}

std::optional<std::size_t> ReadingStep::find(const std::string& key) const {
  const auto found = places_.find(key);
  return found == places_.end() ? std::nullopt : std::optional<std::size_t>(found->second);
}

// ---- what the reader said

Own ReadingStep::ownOf(std::size_t place) const {
  Own own;
  const engine::RecordId id = order_[place];
  if (file_ != nullptr) own.labels = partsOf(file_->labels(keys_[place]));
  if (result_.said.unsettled.contains({id, reader_})) {
    own.why =
        "two files say different things of this record, and nothing tells which is later; delete the row that "
        "does not count ('winnow run' names both)";
    return own;
  }
  if (const engine::Decision* word = result_.said.written(id, reader_))
    readWord(*word, result_.said.word(id, reader_) != nullptr, own);
  return own;
}

void ReadingStep::readWord(const engine::Decision& word, bool isDecided, Own& own) const {
  own.note = word.note;
  own.reason = word.reason;
  if (!isDecided) return;  // a note, or words that are no decision
  own.why = file_ == nullptr ? std::string() : whyFixed(word, file_->path());
  if (kind() == Kind::Map) {
    if (word.value != "confirm") own.categories = partsOf(word.value);
    if (own.categories.empty()) own.decision = "include";  // confirmed as the filter proposed
    return;
  }
  own.decision = word.value == "maybe" ? "undecided" : word.value == "confirm" ? "exclude" : word.value;
  if (own.decision == "exclude")
    own.reason = engine::Reasons(work_.review, step()).idOf(word.reason).value_or(word.reason);
}

std::string ReadingStep::stateOf(const Own& own) const {
  if (own.isEmpty()) return "open";
  if (own.categories.empty()) return own.decision;
  const auto& leaving = step().excludedCategories;
  const bool leaves = std::all_of(own.categories.begin(), own.categories.end(),
                                  [&](const std::string& c) { return hasWord(leaving, c); });
  return leaves ? "exclude" : "include";
}

void ReadingStep::count(const Own& own, int by) {
  const std::string state = stateOf(own);
  std::size_t& counter = state == "open"        ? counts_.open
                         : state == "include"   ? counts_.include
                         : state == "exclude"   ? counts_.exclude
                         : state == "undecided" ? counts_.undecided
                                                : counts_.notRetrieved;
  counter += static_cast<std::size_t>(by);
}

void ReadingStep::set(std::size_t position, Own own) {
  count(own_[position], -1);
  own_[position] = std::move(own);
  count(own_[position], 1);
}

// ---- what a change must be

std::map<std::string, std::string> ReadingStep::faults(std::size_t position, const Change& change) const {
  std::map<std::string, std::string> faults;
  const auto add = [&](const char* part, std::string why) {
    if (!why.empty()) faults.emplace(part, std::move(why));
  };
  const bool isMap = kind() == Kind::Map;
  if (isMap && !change.decision.empty()) add("decision", "a record gets a category here, no decision");
  if (isMap) add("categories", categoryFault(change));
  if (!isMap && !change.categories.empty()) add("categories", "this step has no categories");
  if (change.decision == "not retrieved" && kind() != Kind::FullText)
    add("decision", "only a full text can be 'not retrieved'");
  if (change.decision.empty() && change.categories.empty() && !own_[position].isEmpty())
    add(isMap ? "categories" : "decision", "there is a decision; take it back (undo) to have none");
  if (change.decision == "exclude") add("reason", reasonFault(position, change));
  return faults;
}

std::string ReadingStep::categoryFault(const Change& change) const {
  const std::vector<std::string>& known = result_.mapping->categories;
  for (const std::string& category : change.categories)
    if (std::find(known.begin(), known.end() - 1, category) == known.end() - 1)
      return "'" + category + "' is no category of this step";
  return change.categories.size() > 1 && !step().severalCategories ? "a record has one category here" : std::string();
}

std::string ReadingStep::reasonFault(std::size_t position, const Change& change) const {
  const engine::Reasons reasons(work_.review, step());
  if (step().verb == Verb::Remove && !step().plugin.empty()) {
    const auto place = result_.find(order_[position]);
    const bool isProposed = place && result_.outcomes[*place].proposed == WINNOW_DROP;
    if (change.reason.empty())
      return isProposed ? std::string() : "an exclusion that was not proposed names its reason";
    return hasWord(result_.reasons, change.reason) ? std::string() : "'" + change.reason + "' is no reason here";
  }
  if (step().verb == Verb::Remove) {
    const bool isAny = change.reason.empty() || step().reasons.empty() || reasons.idOf(change.reason);
    return isAny ? std::string() : "'" + change.reason + "' is no reason here";
  }
  if (reasons.isEmpty()) return {};
  if (change.reason.empty()) return step().reasonRequired ? "an exclusion names its reason here" : std::string();
  return reasons.idOf(change.reason) ? std::string() : "'" + change.reason + "' is no reason here";
}

// ---- lists

const std::vector<bool>& ReadingStep::found(const Filter& filter, RecordReader& reader) {
  const std::string wanted = (filter.missesAbstract ? "-" : "+") + filter.words;
  if (searched_ == wanted) return found_;
  found_.assign(order_.size(), false);
  const std::string folded = formats::foldForMatching(filter.words);
  const std::vector<std::string_view> words = formats::split(folded, " ");
  for (std::size_t begin = 0; begin < order_.size(); begin += kBatch) {
    const std::size_t end = std::min(begin + kBatch, order_.size());
    const auto texts = reader.read(
        {order_.begin() + static_cast<std::ptrdiff_t>(begin), order_.begin() + static_cast<std::ptrdiff_t>(end)});
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const RecordText& text = texts[i];
      if (filter.missesAbstract && !text.abstract.empty()) continue;
      std::string all = text.title + "\n" + text.abstract + "\n" + text.journal + "\n" + text.year + "\n" + text.doi +
                        "\n" + text.pmid + "\n" + text.key;
      for (const auto* list : {&text.authors, &text.keywords})
        for (const std::string& one : *list) all += "\n" + one;
      all = formats::foldForMatching(all);
      found_[begin + i] = std::all_of(words.begin(), words.end(),
                                      [&](std::string_view word) { return all.find(word) != std::string::npos; });
    }
  }
  searched_ = wanted;
  return found_;
}

std::vector<std::size_t> ReadingStep::matching(const Filter& filter, RecordReader& reader) {
  const bool readsTexts = !filter.words.empty() || filter.missesAbstract;
  std::vector<std::size_t> list;
  for (std::size_t i = 0; i < order_.size(); ++i) {
    const std::string state = stateOf(own_[i]);
    const bool isState =
        filter.state == "all" || filter.state == state || (filter.state == "decided" && state != "open");
    if (!isState || (!filter.label.empty() && !hasWord(own_[i].labels, filter.label))) continue;
    if (!filter.reason.empty() && own_[i].reason != filter.reason) continue;
    if (readsTexts && !found(filter, reader)[i]) continue;
    list.push_back(i);
  }
  return list;
}

}  // namespace winnow::screen
