// winnow split, winnow merge: what a person says about two records of the duplicates step.
#include <algorithm>
#include <cstdlib>

#include <winnow/plugin.hpp>

#include <boost/program_options.hpp>

#include "CommandLine.hpp"
#include "PairFile.hpp"
#include "Session.hpp"
#include "io/Error.hpp"
#include "io/FileName.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kSplitHelp =
    "Says that two records are different works, whatever a rule says. The word goes as a row into the decision file of "
    "the\n"
    "duplicates step; the last row about a pair counts, so 'winnow merge' takes it back. Nothing else changes until\n"
    "'winnow run'; the records themselves never change.\n"
    "  $ winnow split medline:5f1c09ab doi:10.1000/182 --by KBAA\n";
constexpr const char* kMergeHelp =
    "Says that two records are one work, whatever a rule says. The word goes as a row into the decision file of the\n"
    "duplicates step; the last row about a pair counts, so 'winnow split' takes it back. Nothing else changes until\n"
    "'winnow run'; a merged record keeps every member with its bytes, ids and sources.\n"
    "  $ winnow merge medline:5f1c09ab scopus:44bba6b9 --by KBAA\n";

const engine::StepResult& duplicatesStep(const engine::Evaluation& evaluation) {
  for (const engine::StepResult& step : evaluation.steps())
    if (step.merging) return step;
  throw UsageError("the review has no duplicates step");
}

/// The one record of a name. Throws UsageError when there is none or several.
engine::RecordId recordOf(const engine::Evaluation& evaluation, const std::string& name) {
  const std::vector<engine::RecordId> found = evaluation.references().find(name);
  if (found.empty())
    throw UsageError("there is no record '" + name + "'; 'winnow explain' shows how records are named");
  if (found.size() > 1) {
    std::string keys;
    for (std::size_t i = 0; i < found.size() && i < 5; ++i)
      keys += (i == 0 ? "" : ", ") + evaluation.records().key(found[i]);
    throw UsageError("'" + name + "' names " + std::to_string(found.size()) + " records (" + keys +
                     (found.size() > 5 ? ", ..." : "") + "); take one of the keys");
  }
  return found.front();
}

/// The file that this reviewer's words go into: the step's pattern with the reviewer's name in place of the star.
std::filesystem::path fileOf(const config::Review& review, const config::Step& step, const std::string& by) {
  if (step.decisionPatterns.empty())
    throw UsageError("the step '" + step.label +
                     "' reads no decisions; add 'decisions: decisions/pairs*.csv' to it in " +
                     review.file.filename().string());
  std::string name = step.decisionPatterns.front();
  if (const std::size_t star = name.find('*'); star != std::string::npos) {
    const std::size_t slash = name.rfind('/', star);
    const bool isFirst = star == (slash == std::string::npos ? 0 : slash + 1);  // no name begins like an option
    name.replace(star, 1, (isFirst ? "" : "-") + io::safeFileName(by));
  }
  if (name.find_first_of("*?[") != std::string::npos)
    throw UsageError("'" + step.decisionPatterns.front() + "' names no one file; name one with --file");
  return review.folder / name;
}

int say(Context& context, const po::variables_map& values, const char* decision) {
  if (values.count("input") == 0 || values["input"].as<std::vector<std::string>>().size() != 2)
    throw UsageError(std::string("two records are needed; 'winnow ") +
                     (std::string_view(decision) == "same" ? "merge" : "split") + " --help' shows how");
  const auto& names = values["input"].as<std::vector<std::string>>();
  auto review = openReview(context, values["review"].as<std::string>());
  if (!review) return WrongUsage;
  Session session(context, std::move(*review), Session::Where::Scratch);
  session.work();
  const engine::Evaluation& evaluation = session.evaluation();
  const engine::StepResult& step = duplicatesStep(evaluation);
  const engine::RecordId a = recordOf(evaluation, names[0]), b = recordOf(evaluation, names[1]);
  if (a == b) throw UsageError("both names are of one record, " + evaluation.records().key(a));
  const std::string by = values.count("by") != 0      ? values["by"].as<std::string>()
                         : step.step->readers.empty() ? std::string()
                                                      : step.step->readers.front().reviewer;
  const auto& reviewers = session.review().reviewers;
  if (std::none_of(reviewers.begin(), reviewers.end(), [&](const auto& r) { return r.id == by; }))
    throw UsageError("'" + by + "' is no reviewer of this review; name one with --by");
  const std::filesystem::path file = values.count("file") != 0 ? fileNamed(values["file"].as<std::string>())
                                                               : fileOf(session.review(), *step.step, by);
  const std::string note = values.count("note") != 0 ? values["note"].as<std::string>() : std::string();
  const io::NamedBy namedBy = values.count("file") != 0 ? io::NamedBy::CommandLine : io::NamedBy::Configuration;
  appendPair(context.outputs, file, namedBy,
             {{"record", evaluation.records().key(a)},
              {"other", evaluation.records().key(b)},
              {"reviewer", by},
              {"decision", decision},
              {"note", note}});
  context.console.line(evaluation.records().key(a) + " and " + evaluation.records().key(b) + ": " + decision +
                       ", says " + by + "; written to " +
                       std::filesystem::proximate(file, session.review().folder).generic_string() +
                       "; 'winnow run' applies it");
  return Done;
}

void options(po::options_description& list) {
  list.add_options()("input", po::value<std::vector<std::string>>(),
                     "two records: a key, doi:..., pmid:..., title:...")(
      "review", po::value<std::string>()->default_value("review.yaml"), "the configuration")(
      "by", po::value<std::string>(), "who says so; by default the step's reader")(
      "note", po::value<std::string>(), "why")("file", po::value<std::string>(),
                                               "the decision file, instead of the step's");
}

}  // namespace

Command splitCommand() {
  return {"split",
          "RECORD OTHER [--by REVIEWER]",
          "Say that two records are different works",
          kSplitHelp,
          options,
          {"input"},
          [](Context& context, const po::variables_map& values) { return say(context, values, "distinct"); }};
}

Command mergeCommand() {
  return {"merge",
          "RECORD OTHER [--by REVIEWER]",
          "Say that two records are one work",
          kMergeHelp,
          options,
          {"input"},
          [](Context& context, const po::variables_map& values) { return say(context, values, "same"); }};
}

}  // namespace winnow::cli
