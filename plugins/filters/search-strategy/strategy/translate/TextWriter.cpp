#include "TextWriter.hpp"

#include <algorithm>

#include "../text/CodePoints.hpp"
#include "Subheadings.hpp"

namespace winnow::search {

namespace {

bool hasDistance(const Node& node) {
  if (node.kind == Kind::Adj && node.n > 0) return true;
  return std::any_of(node.args.begin(), node.args.end(), hasDistance);
}

/// A chain with left-nested operands as one list.
template <class Steps>
void flatten(const Node& node, Steps& steps) {
  if (node.args[0].kind == Kind::Adj)
    flatten(node.args[0], steps);
  else
    steps.push_back({0, &node.args[0]});
  for (std::size_t i = 1; i < node.args.size(); ++i) steps.push_back({node.n, &node.args[i]});
}

/// What can stand at an end of a match: for a distance, any of its operands.
Node edges(const Node& node) {
  if (!hasDistance(node)) return node;
  Node either;
  either.kind = Kind::Or;
  for (const Node& arg : node.args) either.args.push_back(edges(arg));
  return either;
}

std::string plainText(const Node& node) {
  std::string text = node.text;
  for (const Node& arg : node.args) text += (text.empty() ? "" : " ") + plainText(arg);
  return text;
}

}  // namespace

bool isFreeText(const Node& node) {
  if (node.kind == Kind::Term || node.kind == Kind::Phrase) return true;
  if (node.kind != Kind::Or && node.kind != Kind::Adj) return false;
  return !node.combined && std::all_of(node.args.begin(), node.args.end(), isFreeText);
}

std::string around(const std::string& pattern, const Piece& piece) {
  const bool bracketed = pattern.find("({x})") != std::string::npos;
  return fill(pattern, {{"x", bracketed ? piece.text : piece.operand()}});
}

Piece TextWriter::write(const Node& node) const {
  if (field_.whole) {
    Piece piece = values(node);
    piece.loss.add(field_.loss);
    return piece;
  }
  const Piece inner = text(node);
  if (inner.empty() || d_.fieldsOnLeaves) {
    Piece piece = inner;
    piece.loss.add(field_.loss);
    return piece;
  }
  std::vector<Piece> fields;
  for (const std::string& out : field_.out)
    fields.push_back({around(out, inner), out == "{x}" ? inner.whole : true, {}});
  Piece piece = either(d_, fields);
  piece.loss.add(inner.loss);
  piece.loss.add(field_.loss);
  return piece;
}

Piece TextWriter::text(const Node& node) const {
  if (node.kind == Kind::Adj) return chain(node);
  if (node.kind != Kind::Or) {
    Loss loss;
    return alternatives(sequences(node, d_.adjacency.most, false, loss), loss);
  }
  std::vector<Piece> pieces;
  for (const Node& arg : node.args) pieces.push_back(text(arg));
  return either(d_, pieces);
}

Piece TextWriter::alternatives(const std::vector<Sequence>& all, const Loss& loss) const {
  std::vector<Piece> pieces;
  for (const Sequence& one : all) pieces.push_back(sequence(one));
  Piece piece = either(d_, pieces);
  piece.loss.add(loss);
  if (all.empty()) piece.loss.warn({"T16", std::string(messageOf("T16"))});
  return piece;
}

// ---- words ----------------------------------------------------------------------------------------------------------

bool TextWriter::needsQuotes(const std::string& word) const {
  if (!std::all_of(word.begin(), word.end(), isWordByte)) return true;
  const std::string name = lower(word);
  const std::size_t digits = name.find_last_not_of("0123456789") + 1;
  const std::string stem = digits < name.size() ? name.substr(0, digits) + "#" : name;
  return std::any_of(d_.reserved.begin(), d_.reserved.end(),
                     [&](const std::string& r) { return r == name || r == stem; });
}

std::string TextWriter::quoted(const std::string& text) const {
  const bool apostrophe = !d_.phrase.outApostrophe.empty() && text.find('\'') != std::string::npos;
  return fill(apostrophe ? d_.phrase.outApostrophe : d_.phrase.out, {{"x", squeezed(text)}});
}

Piece TextWriter::leaf(std::string text, const Loss& loss) const {
  Piece piece{std::move(text), true, loss};
  if (!d_.fieldsOnLeaves) return piece;
  std::vector<Piece> fields;
  for (const std::string& out : field_.out) fields.push_back({around(out, piece), true, {}});
  Piece all = either(d_, fields);
  all.loss.add(loss);
  return all;
}

Piece TextWriter::word(const Word& word) const {
  if (word.wild) return leaf(word.text, {});
  if (std::any_of(word.text.begin(), word.text.end(), [](char c) { return c == '-' || c == '/' || c == ' '; }))
    return leaf(quoted(word.text), d_.phrase.loss);
  if (d_.quotesWords || needsQuotes(word.text)) return leaf(quoted(word.text), d_.word);
  return leaf(word.text, d_.word);
}

bool TextWriter::isPhrase(const Sequence& sequence) const {
  if (sequence.loose) return false;
  const auto wild = [](const Word& w) { return w.wild; };
  const auto last = sequence.words.end() - 1;
  if (d_.phrase.wild == Phrase::Wild::Any) return true;
  return std::none_of(sequence.words.begin(), last, wild) && (!last->wild || d_.phrase.wild == Phrase::Wild::End);
}

Piece TextWriter::sequence(const Sequence& sequence) const {
  if (sequence.words.size() == 1) return word(sequence.words[0]);
  if (sequence.loose) return looseSequence(sequence);
  if (isPhrase(sequence)) {
    std::string all;
    for (const Word& w : sequence.words) all += (all.empty() ? "" : " ") + w.text;
    return leaf(quoted(all), d_.phrase.loss);
  }
  std::vector<Piece> words;
  for (const Word& w : sequence.words) words.push_back(word(w));
  if (!d_.adjacency.ordered) {
    Piece piece = both(d_, words);
    piece.loss.add(Exactness::Superset, "T01", messageOf("T01"));
    return piece;
  }
  Piece chain = words[0];
  for (std::size_t i = 1; i < words.size(); ++i) {
    chain.text = fill(d_.adjacency.ordered->out, {{"a", chain.text}, {"b", words[i].operand()}});
    chain.whole = false;
    chain.loss.add(words[i].loss);
  }
  chain.loss.add(d_.adjacency.ordered->loss);
  return chain;
}

Piece TextWriter::looseSequence(const Sequence& sequence) const {
  const bool wild = std::any_of(sequence.words.begin(), sequence.words.end(), [](const Word& w) { return w.wild; });
  if (!wild && !field_.near.empty()) {
    std::string all;
    for (const Word& w : sequence.words) all += (all.empty() ? "" : " ") + w.text;
    Loss loss = d_.word;
    if (sequence.words.size() > 2) loss.add(Exactness::Superset, "T02", messageOf("T02"));
    return {fill(field_.near, {{"x", squeezed(all)}, {"n", std::to_string(sequence.between)}}), true, loss};
  }
  std::vector<Piece> words;
  for (const Word& w : sequence.words) words.push_back(word(w));
  Piece piece = both(d_, words);
  piece.loss.add(Exactness::Superset, "T01", messageOf("T01"));
  return piece;
}

std::vector<Sequence> TextWriter::sequences(const Node& node, std::size_t most, bool loose, Loss& loss) const {
  if (node.kind == Kind::Term || node.kind == Kind::Phrase) return formsOfText(d_, node.text, most, loss);
  if (node.kind == Kind::Adj) return chainSequences(node, most, loose, loss);
  std::vector<Sequence> all;
  for (const Node& arg : node.args) {
    const std::vector<Sequence> some = sequences(arg, most, loose, loss);
    if (some.empty() || all.size() + some.size() > most) return {};
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

std::vector<Sequence> TextWriter::chainSequences(const Node& node, std::size_t most, bool loose, Loss& loss) const {
  if (node.n > 0 && !loose) return {};
  std::vector<Sequence> all = sequences(node.args[0], most, loose, loss);
  for (std::size_t i = 1; i < node.args.size() && !all.empty(); ++i) {
    all = followed(all, sequences(node.args[i], most, loose, loss), most);
    if (node.n == 0) continue;
    for (Sequence& one : all) {
      one.loose = true;
      one.between += node.n - 1;
    }
  }
  return all;
}

// ---- distances ------------------------------------------------------------------------------------------------------

Piece TextWriter::chain(const Node& node) const {
  std::vector<Step> steps;
  flatten(node, steps);
  if (hasDistance(node)) return near(steps);
  std::vector<const Node*> operands;
  for (const Step& step : steps) operands.push_back(step.node);
  return ordered(operands);
}

Piece TextWriter::asAnd(const std::vector<const Node*>& operands) const {
  std::vector<Piece> pieces;
  for (const Node* operand : operands) pieces.push_back(text(*operand));
  Piece piece = both(d_, pieces);
  piece.loss.add(Exactness::Superset, "T01", messageOf("T01"));
  return piece;
}

Piece TextWriter::ordered(const std::vector<const Node*>& operands) const {
  Loss loss;
  std::vector<Sequence> all = sequences(*operands[0], d_.adjacency.most, false, loss);
  for (std::size_t i = 1; i < operands.size() && !all.empty(); ++i)
    all = followed(all, sequences(*operands[i], d_.adjacency.most, false, loss), d_.adjacency.most);
  const auto isWritten = [&](const Sequence& s) { return isPhrase(s); };
  if (all.size() == 1 && (isPhrase(all[0]) || d_.adjacency.ordered)) return alternatives(all, loss);
  if (d_.adjacency.ordered) {
    Piece chain;
    for (const Node* operand : operands) {
      const Piece next = text(*operand);
      chain.loss.add(next.loss);
      if (next.empty()) {
        chain.loss.exactness = chain.loss.exactness | Exactness::Superset;
        continue;
      }
      chain.text = chain.text.empty() ? next.operand()
                                      : fill(d_.adjacency.ordered->out, {{"a", chain.text}, {"b", next.operand()}});
      chain.whole = false;
    }
    chain.loss.add(d_.adjacency.ordered->loss);
    return chain;
  }
  const bool useful = d_.adjacency.near ? std::all_of(all.begin(), all.end(), isWritten)
                                        : std::any_of(all.begin(), all.end(), isWritten);
  if (!all.empty() && useful) return alternatives(all, loss);
  if (!d_.adjacency.near || operands.size() > 2) return asAnd(operands);
  Piece piece = pair(*operands[0], *operands[1], 1);
  piece.loss.add(Exactness::Superset, "T02", messageOf("T02"));
  return piece;
}

bool TextWriter::canStandNear(const Node& node) const {
  if (hasDistance(node)) return false;
  if (d_.adjacency.nests) return true;
  Loss loss;
  const std::vector<Sequence> all = sequences(node, d_.adjacency.most, false, loss);
  return !all.empty() &&
         std::all_of(all.begin(), all.end(), [&](const Sequence& s) { return s.words.size() == 1 || isPhrase(s); });
}

Piece TextWriter::near(const std::vector<Step>& steps) const {
  std::vector<const Node*> operands;
  for (const Step& step : steps) operands.push_back(step.node);
  if (!d_.adjacency.near) {
    Loss loss;
    std::vector<Sequence> all = sequences(*operands[0], d_.adjacency.most, true, loss);
    for (std::size_t i = 1; i < steps.size() && !all.empty(); ++i) {
      all = followed(all, sequences(*operands[i], d_.adjacency.most, true, loss), d_.adjacency.most);
      for (Sequence& one : all) {
        one.loose = one.loose || steps[i].n > 0;
        one.between += steps[i].n > 0 ? steps[i].n - 1 : 0;
      }
    }
    const auto isNear = [&](const Sequence& s) {
      return !field_.near.empty() && std::none_of(s.words.begin(), s.words.end(), [](const Word& w) { return w.wild; });
    };
    return std::any_of(all.begin(), all.end(), isNear) ? alternatives(all, loss) : asAnd(operands);
  }
  const bool onlyLast = std::all_of(steps.begin() + 1, steps.end() - 1, [](const Step& s) { return s.n == 0; });
  if (!onlyLast || steps.back().n == 0) return split(steps);
  Node left = *operands[0];
  if (operands.size() > 2) {
    left = Node{};
    left.kind = Kind::Adj;
    for (std::size_t i = 0; i + 1 < operands.size(); ++i) left.args.push_back(*operands[i]);
  }
  if (!canStandNear(left) || !canStandNear(*operands.back())) return split(steps);
  return pair(left, *operands.back(), steps.back().n);
}

Piece TextWriter::pair(const Node& a, const Node& b, std::uint32_t n) const {
  const auto side = [&](const Node& node) {
    if (d_.adjacency.nests || node.kind != Kind::Adj) return text(node);
    Loss loss;
    return alternatives(sequences(node, d_.adjacency.most, false, loss), loss);
  };
  const Piece left = side(a), right = side(b);
  const std::string distance = std::to_string(std::max<std::int64_t>(0, std::int64_t{n} + d_.adjacency.shift));
  Piece piece{fill(d_.adjacency.near->out, {{"a", left.operand()}, {"b", right.operand()}, {"n", distance}}), false,
              d_.adjacency.near->loss};
  piece.loss.add(left.loss);
  piece.loss.add(right.loss);
  if (left.empty() || right.empty()) return both(d_, {left, right});
  return piece;
}

Piece TextWriter::split(const std::vector<Step>& steps) const {
  std::vector<Piece> pieces;
  Node before;
  before.kind = Kind::Or;
  std::uint32_t reach = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Node here = edges(*steps[i].node);
    if (hasDistance(*steps[i].node)) pieces.push_back(text(*steps[i].node));
    if (i > 0) {
      const Node left = before.args.size() == 1 ? before.args[0] : before;
      const bool writable = canStandNear(left) && canStandNear(here);
      if (!writable)
        pieces.push_back(asAnd({&left, &here}));
      else if (steps[i].n == 0)
        pieces.push_back(ordered({&left, &here}));
      else
        pieces.push_back(pair(left, here, std::max(steps[i].n, reach)));
      reach = std::max(reach, steps[i].n);
    }
    before.args.push_back(here);
  }
  Piece piece = both(d_, pieces);
  piece.loss.add(Exactness::Superset, "T04", messageOf("T04"));
  return piece;
}

// ---- whole values ---------------------------------------------------------------------------------------------------

Piece TextWriter::value(const std::string& text) const {
  std::string plain;
  for (const char c : text)
    plain += c == '"' || c == '(' || c == ')' || c == '[' || c == ']' || c == '{' || c == '}' ? ' ' : c;
  plain = squeezed(plain);
  Loss loss;
  if (!field_.values.empty()) {
    const auto found = field_.values.find(lower(plain));
    if (found == field_.values.end()) {
      loss.add(Exactness::Exact, "T11", std::string(messageOf("T11")) + ": it has no '" + plain + "'");
      return {{}, true, loss};
    }
    plain = found->second;
  }
  std::string written;
  for (std::size_t i = 0; i < plain.size();) {
    const std::size_t end = std::min(plain.find(' ', i), plain.size());
    std::string word = plain.substr(i, end - i);
    if (word.find_first_of("*$?#:") != std::string::npos) {
      const std::vector<Sequence> forms = formsOf(d_, word, loss);
      word.clear();
      if (!forms.empty())
        for (const Word& w : forms[0].words) word += (word.empty() ? "" : " ") + w.text;
      if (forms.size() > 1) loss.add(Exactness::Subset, "T06", "only the shortest form of the word is written");
    }
    written += (written.empty() ? "" : " ") + word;
    i = end + 1;
  }
  if (written.empty()) loss.add(Exactness::Exact, "T16", messageOf("T16"));
  std::vector<Piece> fields;
  if (!written.empty())
    for (const std::string& out : field_.out) fields.push_back({filledSubheading(out, written), true, {}});
  Piece piece = either(d_, fields);
  piece.loss.add(loss);
  return piece;
}

Piece TextWriter::values(const Node& node) const {
  if (node.kind == Kind::Term || node.kind == Kind::Phrase) return value(node.text);
  if (node.kind == Kind::Adj && !hasDistance(node) &&
      std::none_of(node.args.begin(), node.args.end(), [](const Node& n) { return n.kind == Kind::Or; }))
    return value(plainText(node));
  std::vector<Piece> pieces;
  for (const Node& arg : node.args) pieces.push_back(values(arg));
  if (node.kind == Kind::Or) return either(d_, pieces);
  Piece piece = both(d_, pieces);
  piece.loss.add(Exactness::Superset, "T01", messageOf("T01"));
  return piece;
}

}  // namespace winnow::search
