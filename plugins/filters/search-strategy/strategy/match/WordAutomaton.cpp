#include "WordAutomaton.hpp"

#include <algorithm>

#include "../text/CodePoints.hpp"
#include "Fold.hpp"

namespace winnow::search::match {

namespace {

constexpr bool isMany(char32_t c) { return c == U'*' || c == U'$' || c == U':'; }
constexpr bool isWild(char32_t c) { return isMany(c) || c == U'#' || c == U'?'; }

/// One code point of UTF-8 text; bad bytes are U+FFFD.
char32_t pointAt(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  const std::u32string points = decode(text.substr(at, length));
  at += points.size() == 1 ? std::min(length, text.size() - at) : 1;
  return points.empty() || (points.size() != 1) ? char32_t{0xFFFD} : points[0];
}

void closePiece(std::string& piece, std::vector<std::string>& pieces) {
  const std::u32string points = decode(piece);
  if (std::any_of(points.begin(), points.end(), [](char32_t c) { return !isWild(c); })) pieces.push_back(piece);
  piece.clear();
}

}  // namespace

std::vector<std::string> patternsOf(std::string_view text) {
  std::vector<std::string> pieces;
  std::string piece;
  for (const char32_t c : decode(text)) {
    if (isWild(c)) {
      if (!piece.empty()) appendUtf8(piece, c);
      continue;
    }
    const Folded folded = fold(c);
    for (unsigned k = 0; k < folded.count; ++k) appendUtf8(piece, folded.letters[k]);
    if (folded.count == 0 && !folded.joins) closePiece(piece, pieces);
  }
  closePiece(piece, pieces);
  return pieces;
}

std::uint32_t WordAutomaton::add(const std::string& pattern) {
  const auto [at, fresh] = known_.emplace(pattern, patterns_);
  if (!fresh) return at->second;
  const std::uint32_t number = patterns_++;
  starts_.push_back(static_cast<std::uint32_t>(steps_.size()));
  const std::u32string points = decode(pattern);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const char32_t c = points[i];
    if (c == U'#')
      steps_.push_back({Step::Any, 0, number});
    else if (c == U'?')
      steps_.push_back({Step::Optional, 0, number});
    else if (!isMany(c))
      steps_.push_back({Step::Letter, c, number});
    else {
      std::size_t stop = i + 1;
      std::uint32_t limit = 0;
      while (c != U':' && stop < points.size() && isDigit(points[stop]) && stop - i < 3)
        limit = limit * 10 + static_cast<std::uint32_t>(points[stop++] - U'0');
      if (stop > i + 1)
        for (std::uint32_t k = 0; k < limit; ++k) steps_.push_back({Step::Optional, 0, number});
      else
        steps_.push_back({Step::Many, 0, number});
      i = stop - 1;
    }
  }
  steps_.push_back({Step::Accept, 0, number});
  return number;
}

/// Adds a step and those reached without a letter.
void WordAutomaton::addClosed(std::vector<std::uint32_t>& set, std::uint32_t step) const {
  while (true) {
    set.push_back(step);
    if (steps_[step].kind != Step::Optional && steps_[step].kind != Step::Many) return;
    ++step;
  }
}

void WordAutomaton::prepare() {
  ready_ = true;
  std::uint32_t count = 1;  // class 0: letters that no pattern names
  for (const Step& step : steps_)
    if (step.kind == Step::Letter && letters_.emplace(step.letter, count).second) ++count;
  classes_ = count;
  for (std::uint32_t c = 0; c < 128; ++c) {
    const Folded folded = fold(c);
    lower_[c] = folded.count != 0 ? static_cast<char>(folded.letters[0]) : '\0';
    ascii_[c] = folded.count != 0 ? classOf(folded.letters[0]) : 0;
  }
  states_.clear();
  table_.clear();
  bySet_.clear();
  stateOf({});
  std::vector<std::uint32_t> start;
  for (const std::uint32_t step : starts_) addClosed(start, step);
  stateOf(std::move(start));
}

std::uint32_t WordAutomaton::classOf(char32_t letter) const {
  const auto found = letters_.find(letter);
  return found == letters_.end() ? 0 : found->second;
}

std::uint32_t WordAutomaton::stateOf(std::vector<std::uint32_t> set) {
  std::sort(set.begin(), set.end());
  set.erase(std::unique(set.begin(), set.end()), set.end());
  const std::string key(reinterpret_cast<const char*>(set.data()), set.size() * sizeof(std::uint32_t));
  const auto [at, fresh] = bySet_.emplace(key, static_cast<std::uint32_t>(states_.size()));
  if (!fresh && at->second != 0) return at->second;
  // The start is never the dead state, even without a pattern.
  if (!fresh && states_.size() != kStart) return at->second;
  State state;
  for (const std::uint32_t step : set)
    if (steps_[step].kind == Step::Accept) state.accepts.push_back(steps_[step].pattern);
  state.steps = std::move(set);
  const auto number = static_cast<std::uint32_t>(states_.size());
  states_.push_back(std::move(state));
  table_.resize(states_.size() * classes_, kUnknown);
  return number;
}

std::uint32_t WordAutomaton::make(std::uint32_t state, char32_t letter, std::uint32_t letterClass) {
  std::vector<std::uint32_t> set;
  for (const std::uint32_t step : states_[state].steps) {
    const Step& s = steps_[step];
    if (s.kind == Step::Many)
      addClosed(set, step);
    else if (s.kind == Step::Any || s.kind == Step::Optional || (s.kind == Step::Letter && s.letter == letter))
      addClosed(set, step + 1);
  }
  if (states_.size() >= kMostStates) {  // start over; the texts decide again what is needed
    prepare();
    return stateOf(std::move(set));
  }
  const std::uint32_t target = stateOf(std::move(set));
  table_[state * classes_ + letterClass] = target;
  return target;
}

/// One code point that is not ASCII.
std::uint32_t WordAutomaton::slow(std::uint32_t state, std::string_view text, std::size_t& at, bool& inWord) {
  const Folded folded = fold(pointAt(text, at));
  if (folded.count == 0) {
    inWord = inWord && folded.joins;
    return state;
  }
  inWord = true;
  for (unsigned k = 0; k < folded.count; ++k) state = next(state, folded.letters[k]);
  return state;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> WordAutomaton::words(std::string_view text) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> all;
  std::size_t begin = 0;
  bool inWord = false;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t at = i;
    const Folded folded = fold(pointAt(text, i));
    if (folded.joins) continue;
    if (folded.count != 0 && !inWord) begin = at;
    if (folded.count == 0 && inWord) all.emplace_back(begin, at);
    inWord = folded.count != 0;
  }
  if (inWord) all.emplace_back(begin, text.size());
  return all;
}

}  // namespace winnow::search::match
