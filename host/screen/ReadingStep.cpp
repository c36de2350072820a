#include "ReadingStep.hpp"

#include <algorithm>

#include <winnow/formats/text.hpp>

#include "Words.hpp"

namespace winnow::screen {

namespace {

constexpr std::size_t kBatch = 256;

}  // namespace

std::vector<std::string> listIn(std::string_view text) {
  std::vector<std::string> parts;
  for (const std::string_view part : formats::split(text, ";")) parts.emplace_back(part);
  return parts;
}

ReadingStep::ReadingStep(const config::Step& step, const engine::Evaluation& evaluation,
                         std::vector<engine::RecordId> order, DecisionFile* file)
    : step_(step), file_(file), order_(std::move(order)), own_(order_.size()) {
  counts_.total = counts_.open = order_.size();
  keys_.reserve(order_.size());
  for (const engine::RecordId id : order_) keys_.push_back(evaluation.records().key(id));
  for (std::size_t i = 0; i < order_.size(); ++i) {
    places_.emplace(keys_[i], i);
    byId_.emplace(order_[i], i);
  }
  arrange({});
}

std::optional<std::size_t> ReadingStep::find(const std::string& key) const {
  const auto found = places_.find(key);
  return found == places_.end() ? std::nullopt : std::optional<std::size_t>(found->second);
}

std::vector<std::string> ReadingStep::labelsOf(std::size_t position) const {
  return file_ == nullptr ? std::vector<std::string>() : listIn(file_->labels(keys_[position]));
}

// ---- counts

std::string ReadingStep::stateOf(const Own& own) const {
  if (own.isEmpty() || own.isOutdated) return "open";
  if (!own.answers.empty()) return "include";
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
  noteWord(position);
}

// ---- the order of reading

void ReadingStep::arrange(const std::vector<engine::RecordId>& open) {
  std::vector<bool> isPlaced(order_.size(), false);
  sequence_.clear();
  for (const engine::RecordId id : open)
    if (const auto found = byId_.find(id); found != byId_.end() && !isPlaced[found->second]) {
      isPlaced[found->second] = true;
      sequence_.push_back(found->second);
    }
  for (std::size_t i = 0; i < order_.size(); ++i)
    if (!isPlaced[i]) sequence_.push_back(i);
  turn_.resize(sequence_.size());
  for (std::size_t i = 0; i < sequence_.size(); ++i) turn_[sequence_[i]] = i;
  orderName_ = 14695981039346656037u;  // FNV-1a
  for (const std::size_t position : sequence_) orderName_ = (orderName_ ^ position) * 1099511628211u;
}

std::optional<std::size_t> ReadingStep::behind(const std::string& cursor,
                                               const std::vector<std::size_t>& matching) const {
  const std::size_t slash = cursor.find('/');
  const auto after = find(cursor.substr(slash == std::string::npos ? 0 : slash + 1));
  if (!after) return std::nullopt;
  if (slash != std::string::npos && cursor.substr(0, slash) != std::to_string(orderName_)) return 0;
  const auto begin =
      std::upper_bound(matching.begin(), matching.end(), turn_[*after],
                       [this](std::size_t turn, std::size_t position) { return turn < turn_[position]; });
  return static_cast<std::size_t>(begin - matching.begin());
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
  for (const std::size_t i : sequence()) {
    const std::string state = stateOf(own_[i]);
    const bool isState =
        filter.state == "all" || filter.state == state || (filter.state == "decided" && state != "open");
    if (!isState || (!filter.label.empty() && !hasWord(own_[i].labels, filter.label))) continue;
    if (!filter.reason.empty() && own_[i].reason != filter.reason) continue;
    if (!filter.proposal.empty() && proposalOf(i) != filter.proposal) continue;
    if (readsTexts && !found(filter, reader)[i]) continue;
    list.push_back(i);
  }
  return list;
}

}  // namespace winnow::screen
