// winnow-bench-search STRATEGY: a strategy on 1.5 kB records in memory, RE2::Set's scan of the same words beside it.
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <exception>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "search-strategy/strategy/Parser.hpp"
#include "search-strategy/strategy/match/Evaluator.hpp"
#include "search-strategy/strategy/match/WordAutomaton.hpp"

namespace {

using namespace winnow::search;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kDistinct = 20000, kRecords = 1000000, kThreads = 2, kBytes = 1550;

/// Records of 1.5 kB from a vocabulary in which the strategy's words stand too, by a fixed generator.
class Records {
 public:
  explicit Records(const std::set<std::string>& hot) {
    std::vector<std::string> vocabulary;
    for (std::size_t i = 0; i < 6000; ++i) vocabulary.push_back(word());
    std::size_t at = 40;
    for (const std::string& w : hot)
      vocabulary.insert(vocabulary.begin() + static_cast<std::ptrdiff_t>(std::min(vocabulary.size(), at += 9)), w);
    for (std::size_t i = 0; i < kDistinct; ++i) {
      titles_.push_back(text(vocabulary, 90));
      abstracts_.push_back(text(vocabulary, kBytes - 90));
    }
    for (std::size_t i = 0; i < kDistinct; ++i) {
      match::Document document;
      document.values = {{match::Field::Title, titles_[i], 0},
                         {match::Field::Abstract, abstracts_[i], 1},
                         {match::Field::Language, "english", 2}};
      if (i % 3 != 0) document.addHeading(i % 2 == 0 ? "Mental Health Services" : "Humans", 3);
      documents.push_back(std::move(document));
    }
  }
  std::vector<match::Document> documents;

 private:
  std::uint32_t draw(std::uint32_t below) {
    state_ = state_ * 6364136223846793005ull + 1442695040888963407ull;
    return static_cast<std::uint32_t>((state_ >> 33) % below);
  }
  std::string word() {
    static constexpr const char* kSyllables[] = {"ba", "co", "da", "fe",  "gi",  "lo",  "mu",   "ne",  "pa",  "ri",
                                                 "so", "ta", "ve", "cho", "pre", "tri", "ster", "mal", "cin", "dip"};
    std::string made;
    for (std::uint32_t k = 0, n = 1 + draw(4); k < n; ++k) made += kSyllables[draw(20)];
    return made;
  }
  std::string text(const std::vector<std::string>& vocabulary, std::size_t bytes) {
    std::string made;
    while (made.size() < bytes) {
      const double u = static_cast<double>(draw(1u << 20)) / (1u << 20);
      made += vocabulary[static_cast<std::size_t>(static_cast<double>(vocabulary.size()) * u * u * u)] +
              (draw(15) == 0 ? ". " : " ");
    }
    return made;
  }
  std::uint64_t state_ = 5;
  std::vector<std::string> titles_, abstracts_;
};

/// Seconds by the clock and of the processors: on a busy machine only the second says something.
struct Time {
  double wall, cpu;
};

/// Runs `work(thread)` on both threads.
template <class Work>
Time timed(Work&& work) {
  const auto began = Clock::now();
  const std::clock_t cpu = std::clock();
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < kThreads; ++t) threads.emplace_back([&, t] { work(t); });
  for (std::thread& thread : threads) thread.join();
  return {std::chrono::duration<double>(Clock::now() - began).count(),
          static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC};
}

void wordsOf(const Node& node, std::set<std::string>& words) {
  if (node.kind == Kind::Term || node.kind == Kind::Phrase)
    for (const std::string& pattern : match::patternsOf(node.text)) words.insert(pattern);
  for (const Node& arg : node.args) wordsOf(arg, words);
}

/// "provid*" -> \bprovid[a-z0-9]*\b
std::string expression(const std::string& pattern) {
  std::string out = "\\b";
  for (const char c : pattern)
    out += c == '*' || c == '$' || c == ':' ? "[a-z0-9]*"
           : c == '#'                       ? "[a-z0-9]"
           : c == '?'                       ? "[a-z0-9]?"
                                            : std::string(1, c);
  return out + "\\b";
}

}  // namespace

int main(int count, char** arguments) try {
  if (count != 2) return std::fputs("usage: winnow-bench-search STRATEGY\n", stderr), 2;
  std::ifstream in(arguments[1]);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const Parsed parsed = parse(text, Platform::Ovid);
  std::set<std::string> patterns, hot;
  for (const Line& line : parsed.strategy.lines)
    if (line.tree) wordsOf(*line.tree, patterns);
  for (const std::string& p : patterns) hot.insert(p.substr(0, p.find_first_of("*$?#:")));
  const Records records(hot);
  const match::Evaluator evaluator(parsed.strategy, nullptr);
  std::vector<std::uint64_t> found(kThreads);
  const Time ours = timed([&](std::size_t t) {
    match::Evaluator own(evaluator);
    for (std::size_t i = t; i < kRecords; i += kThreads)
      for (const match::Truth value : own.evaluate(records.documents[i % kDistinct]))
        found[t] += value == match::Truth::True ? 1 : 0;
  });
  re2::RE2::Options options;
  options.set_case_sensitive(false);
  options.set_max_mem(256 << 20);
  re2::RE2::Set set(options, re2::RE2::UNANCHORED);
  for (const std::string& pattern : patterns) set.Add(expression(pattern), nullptr);
  if (!set.Compile()) return std::fputs("RE2::Set ran out of memory\n", stderr), 1;
  std::vector<std::uint64_t> matched(kThreads);
  const Time limit = timed([&](std::size_t t) {
    std::vector<int> hits;
    for (std::size_t i = t; i < kRecords; i += kThreads)
      for (std::size_t v = 0; v < 2; ++v) {
        hits.clear();
        const std::string_view value = records.documents[i % kDistinct].values[v].text;
        set.Match(re2::StringPiece(value.data(), value.size()), &hits);
        matched[t] += hits.size();
      }
  });
  std::printf("%zu records of %zu bytes, %zu lines, %zu word patterns, %zu threads\n", kRecords, kBytes,
              parsed.strategy.lines.size(), patterns.size(), kThreads);
  std::printf("  strategy evaluated, all lines   %6.2f s (%.2f s of processors)  (%llu line hits)\n", ours.wall,
              ours.cpu, static_cast<unsigned long long>(found[0] + found[1]));
  std::printf("  RE2::Set scan, no positions     %6.2f s (%.2f s of processors)  (%llu pattern hits)\n", limit.wall,
              limit.cpu, static_cast<unsigned long long>(matched[0] + matched[1]));
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "winnow-bench-search: %s\n", error.what());
  return 1;
}
