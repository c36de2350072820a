// map with several categories a record: the filter is asked about each category by itself, so that all it has to answer
// is whether the record belongs there.
#include <algorithm>

#include <winnow/abi.h>

#include "Judging.hpp"
#include "StepContext.hpp"
#include "config/Nearest.hpp"
#include "engine/people/RowProblems.hpp"

namespace winnow::engine {

namespace {

constexpr std::string_view kCategory = "categories.";

std::vector<std::string> categoriesOf(const config::Step& step) {
  std::vector<std::string> categories;
  for (const auto& [name, value] : step.settings)
    if (name.rfind(kCategory, 0) == 0)
      if (std::string category = name.substr(kCategory.size());
          std::find(categories.begin(), categories.end(), category) == categories.end())
        categories.push_back(std::move(category));
  return categories;
}

class SeveralRun {
 public:
  SeveralRun(StepContext& context, StepResult& result)
      : context_(context),
        result_(result),
        reader_(result.step->readers.front().reviewer),
        known_(categoriesOf(*result.step)),
        problems_(context.work),
        given_(result.in.size()) {}

  void run() {
    Mapping& mapping = result_.mapping.emplace();
    mapping.categories = known_;
    mapping.categories.emplace_back(kNotCategorised);
    for (std::uint32_t c = 0; c < known_.size(); ++c) mapping.questions.push_back(ask(c));
    for (std::size_t i = 0; i < result_.in.size(); ++i) decide(i);
    mapping.given = std::move(given_);
    problems_.report();
  }

 private:
  /// One category put to the filter as the only one there is.
  Question ask(std::uint32_t category) {
    config::Step alone = *result_.step;
    std::erase_if(alone.settings, [&](const auto& setting) {
      return setting.first.rfind(kCategory, 0) == 0 && setting.first.substr(kCategory.size()) != known_[category];
    });
    StepResult question;
    question.step = &alone;
    question.in = result_.in;
    const Judged judged = judge(context_, question, {});
    for (std::size_t i = 0; i < judged.actions.size(); ++i)
      if (judged.actions[i] == WINNOW_CATEGORY) given_[i].push_back(category);
    result_.stage = question.stage;
    result_.fresh += question.fresh;
    return {question.stage, std::move(question.views)};
  }

  void decide(std::size_t i) {
    const RecordId id = result_.in[i];
    const Decision* word = result_.said.word(id, reader_);
    const bool isConfirmed = word != nullptr && word->value == "confirm";
    bool isUnknown = result_.said.unsettled.contains({id, reader_});
    if (word != nullptr && !isConfirmed) isUnknown = !takeWord(*word, given_[i]) || isUnknown;
    const bool byPerson = word != nullptr || result_.said.confirmed.contains(context_.records.wave(id));
    const std::vector<std::uint32_t>& given = given_[i];
    const bool leaves = !given.empty() && std::all_of(given.begin(), given.end(), [&](auto c) { return isOut(c); });
    Outcome& outcome = result_.outcomes[i];
    outcome.by = byPerson ? Actor::Person : Actor::Machine;
    outcome.category = given.empty() ? static_cast<std::uint32_t>(known_.size()) : given.front();
    const bool mayWait = result_.step->mode == config::Mode::Confirm && !byPerson;
    if (isUnknown || (mayWait && (given.empty() || leaves))) {
      outcome.fate = Fate::Waiting;
      result_.wait(reader_, id);
    } else if (leaves) {
      outcome.fate = Fate::Excluded;
      outcome.reason = result_.reasonIndex(known_[given.front()]);
    } else if (given.empty()) {
      outcome.fate = Fate::Undecided;
    }
  }

  /// The categories that a person wrote, "a; b". False if one of them is none, which is reported.
  bool takeWord(const Decision& word, std::vector<std::uint32_t>& given) {
    given.clear();
    for (std::size_t begin = 0; begin <= word.value.size();) {
      const std::size_t end = std::min(word.value.find(';', begin), word.value.size());
      const std::string name = plainName(word.value.substr(begin, end - begin));
      begin = end + 1;
      if (name.empty() || name == kNotCategorised) continue;
      const auto found =
          std::find_if(known_.begin(), known_.end(), [&](const std::string& c) { return plainName(c) == name; });
      if (found == known_.end()) {
        problems_.warn(
            placeOf(word), "decisions.unknown-category",
            "'" + name + "' is no category of '" + result_.step->label + "'" + config::didYouMeanOf(name, known_),
            "the record waits; write several with ';' between them", "category");
        return false;
      }
      given.push_back(static_cast<std::uint32_t>(found - known_.begin()));
    }
    std::sort(given.begin(), given.end());
    given.erase(std::unique(given.begin(), given.end()), given.end());
    return true;
  }

  bool isOut(std::uint32_t category) const {
    const auto& out = result_.step->excludedCategories;
    return std::find(out.begin(), out.end(), known_[category]) != out.end();
  }

  StepContext& context_;
  StepResult& result_;
  const std::string reader_;
  const std::vector<std::string> known_;
  RowProblems problems_;
  std::vector<std::vector<std::uint32_t>> given_;  ///< parallel to `in`
};

}  // namespace

void mapSeveral(StepContext& context, StepResult& result) { SeveralRun(context, result).run(); }

}  // namespace winnow::engine
