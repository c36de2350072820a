// filters.search-strategy: which records the review's own strategy finds. See README.md.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <winnow/plugin.hpp>

#include "RecordReader.hpp"
#include "search-strategy/strategy/match/Evaluator.hpp"
#include "search-strategy/strategy/mesh/Tree.hpp"

namespace winnow::search {

class SearchStrategyFilter final : public Filter {
 public:
  static constexpr std::string_view id = "filters.search-strategy", version = "1.0.0";
  static constexpr std::string_view help =
      "Tells which lines of a search strategy find a record; drops records that the strategy does not find.";
  static constexpr std::uint32_t flags =
      WINNOW_STATELESS | WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC | WINNOW_WANTS_RAW;
  static constexpr winnow_option options[] = {
      option(WINNOW_LIST, "strategy", "", "The lines of the strategy, one an item.", {}, {}, {},
             WINNOW_OPTION_REQUIRED),
      option(WINNOW_CHOICE, "language", "ovid", "The platform whose language the lines are in.", "ovid|pubmed"),
      option(WINNOW_INTEGER, "final", "", "Number of the line that is the result; otherwise the highest.", {}, "1",
             "9999999"),
      option(WINNOW_CHOICE, "headings", "evaluate", "What heading lines are where records hold none.",
             "evaluate|ignore|as-text")};
  enum Reason : std::uint32_t { NotFound, Undecided };
  static constexpr winnow_reason reasons[] = {
      dropReason("search.not-found", "not found by the strategy"),
      unsureReason("search.undecided", "the record lacks a field that the strategy searches")};

  SearchStrategyFilter(Host host, const Settings& settings);
  Verdict judge(Record record) override;

 private:
  std::string linesThatFind(const std::vector<match::Truth>& values) const;
  std::optional<std::uint32_t> placeIn(Record record, const match::Evidence& evidence) const;
  RecordReader reader_;
  Strategy strategy_;
  std::size_t final_ = 0;
  std::unique_ptr<match::Evaluator> evaluator_;
  match::Document document_;
};

}  // namespace winnow::search
