// rankers.relevance: the records of a screening step, the likely relevant first. See README.md.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "Ranker.hpp"

namespace winnow::ranker {

class RelevanceRanker : public winnow::Ranker {
 public:
  static constexpr std::string_view id = "rankers.relevance", version = "1.0.0";
  static constexpr std::string_view help =
      "Puts the likely relevant records first, learned from title, abstract and what the reader decided.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr std::string_view reads[] = {tags::kTitle, tags::kAbstract, tags::kRecordKey};
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "model", "u4",
             "What learns; random: the order of hashes, from which recall can be certified.", "u4|u3|random"),
      option(WINNOW_STRING, "seed", "0", "Any text; decides the order of hashes. The step's seed unless given.")};

  RelevanceRanker(Host host, const Settings& settings);

  void take(Record record) override;
  void learn(const std::vector<Label>& labels) override;
  void rank(Scores& scores) override;

 protected:
  RelevanceRanker(Host host, Model model, std::string seed);
  /// What stands for the meaning of each text beside its words, and how much it counts; none unless a ranker knows it.
  virtual std::vector<std::vector<float>> meaningsOf(const std::vector<std::string>&) const { return {}; }
  virtual double weight() const { return 1; }

 private:
  void prepare();

  std::uint32_t title_, abstract_, key_;
  Model model_;
  std::string seed_;
  std::vector<std::uint64_t> records_;  ///< handles, in the order of being taken
  std::vector<std::string> keys_, texts_;
  std::unordered_map<std::uint64_t, std::size_t> places_;
  std::optional<ranker::Ranker> ranker_;  ///< made when all records are there
  std::vector<Reading> readings_;
};

}  // namespace winnow::ranker
