// winnow recall and winnow stopping.
#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include <winnow/ext/command.h>
#include <winnow/plugin.hpp>

#include "Claim.hpp"
#include "HypergeometricRule.hpp"
#include "RecallText.hpp"

namespace winnow::recall {

namespace {

constexpr winnow_option kTotal = option(WINNOW_INTEGER, "total", "", "Records in the set, read or not.", {}, "1",
                                        "100000000", WINNOW_OPTION_REQUIRED);
constexpr winnow_option kRecall =
    option(WINNOW_NUMBER, "recall", "0.95", "The recall that must not have been missed.", {}, "0.01", "1");
constexpr winnow_option kTarget =
    option(WINNOW_NUMBER, "target", "0.95", "The recall you would like to claim.", {}, "0.01", "1");
constexpr winnow_option kConfidence =
    option(WINNOW_NUMBER, "confidence", "0.95", "Confidence of the claim.", {}, "0.5", "0.9999");
constexpr winnow_option kRandomFrom =
    option(WINNOW_INTEGER, "random_from", "0",
           "From this record on (the first is 1) each was drawn at random from the unread ones; 0: none was.", {}, "0",
           "100000000");
constexpr winnow_option kLooks =
    option(WINNOW_LIST, "looks", "",
           "Numbers of random draws after which one looks, named before reading: an exact bound at these looks.");
constexpr winnow_option kProfile =
    option(WINNOW_CHOICE, "profile", "none", "Also judge the labels by a published procedure.", "none|safe");
constexpr winnow_option kKeyPapers =
    option(WINNOW_BOOLEAN, "key_papers_found", "false", "SAFE: all papers known beforehand have been found.");
constexpr winnow_option kCurve = option(WINNOW_BOOLEAN, "curve", "false", "With --json: the bound after each record.");
constexpr winnow_option kSvg = option(WINNOW_BOOLEAN, "svg", "false", "Print the curve as an SVG picture.");

constexpr const winnow_option* kRecallOptions[] = {&kTotal,   &kTarget,    &kConfidence, &kRandomFrom, &kLooks,
                                                   &kProfile, &kKeyPapers, &kCurve,      &kSvg};
constexpr const winnow_option* kStoppingOptions[] = {&kTotal, &kRecall};

std::vector<std::uint64_t> looksOf(const Settings& settings) {
  std::vector<std::uint64_t> looks;
  for (const std::string_view word : settings.list("looks")) {
    if (word.empty()) continue;
    std::uint64_t look = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), look);
    if (error != std::errc() || end != word.data() + word.size() || look == 0)
      throw std::invalid_argument("'" + std::string(word) + "' is no number of random draws; write --looks 200,400");
    looks.push_back(look);
  }
  std::sort(looks.begin(), looks.end());
  looks.erase(std::unique(looks.begin(), looks.end()), looks.end());
  return looks;
}

std::string recallOf(std::string_view text, const Settings& settings, bool asJson) {
  const std::vector<Label> all = readLabels(text, static_cast<std::uint64_t>(settings.integer("random_from")));
  const std::vector<Label> labels = firstReadings(all);
  const Question question{static_cast<std::uint64_t>(settings.integer("total")), settings.number("confidence"),
                          settings.number("target"), looksOf(settings)};
  const Claim claim = claimOf(labels, question);
  if (settings.boolean("svg")) return drawRecallCurve(labels, claim, recallCurve(labels, question));
  SafeReport safe;
  const bool hasSafe = settings.text("profile") == "safe";
  if (hasSafe) safe = safeReport(all, question.total, settings.boolean("key_papers_found"));
  if (!asJson) return toText(claim) + (hasSafe ? toText(safe) : "");
  const std::vector<double> curve = settings.boolean("curve") ? recallCurve(labels, question) : std::vector<double>();
  return toJson(claim, hasSafe ? &safe : nullptr, curve);
}

std::string stoppingOf(std::string_view text, const Settings& settings, bool asJson) {
  const std::vector<bool> labels = relevanceOf(readLabels(text, 0));
  const double target = settings.number("recall");
  const double p = hypergeometricStop(labels, static_cast<std::uint64_t>(settings.integer("total")), target);
  const auto found = std::count(labels.begin(), labels.end(), true);
  if (asJson)
    return nlohmann::ordered_json{{"p", p}, {"read", labels.size()}, {"found", found}, {"recall", target}}.dump() +
           "\n";
  char line[64];
  std::snprintf(line, sizeof line, "p = %.6g\n", p);
  return std::to_string(labels.size()) + " records read, " + std::to_string(found) + " relevant\n" + line +
         "one look only: looked at again and again, p < 0.05 is reached by chance far more often than in 5 % of "
         "reviews; "
         "`winnow recall` may be looked at after each record\n";
}

/// What both commands share: one file of labels, errors with their place.
std::int32_t answer(const winnow_host* host, const winnow_invocation* invocation, const char* name,
                    const std::function<std::string(std::string_view, const Settings&, bool)>& work) {
  const std::string code = name;
  try {
    winnow_str text{};
    if (invocation->argument_count != 1) {
      const std::string message = "one file of labels is needed: winnow " + code + " LABELS.txt --total N";
      Host(host).diagnose({WINNOW_ERROR, code + ".usage", message, "nothing was computed", {}, 0});
      return 2;
    }
    if (invocation->read(invocation, 0, &text) != WINNOW_OK) return 1;
    const std::string out =
        work(view(text), Settings(invocation->settings, invocation->setting_count), invocation->json != 0);
    invocation->print(invocation, str(out));
    return 0;
  } catch (const std::exception& error) {
    Host(host).diagnose({WINNOW_ERROR, code + ".refused", error.what(), "nothing was computed", {}, 0});
    return 1;
  }
}

std::int32_t WINNOW_CALL runRecall(const winnow_host* host, const winnow_invocation* invocation) {
  return answer(host, invocation, "recall", recallOf);
}
std::int32_t WINNOW_CALL runStopping(const winnow_host* host, const winnow_invocation* invocation) {
  return answer(host, invocation, "stopping", stoppingOf);
}

constexpr winnow_command kCommands[] = {
    {sizeof(winnow_command), 0, str("recall"),
     str("The largest recall that may be claimed, whenever and however often one looks\n"
         "LABELS.txt holds 0 or 1 a line in reading order, or a table with the column label and, where known, chosen "
         "(ranked or random) and phase.\nOnly records drawn at random certify anything: a ranking alone, however good, "
         "does not. The program never says stop.\n  $ winnow recall labels.txt --total 2000 --random-from 931"),
     str("LABELS.txt"), kRecallOptions, std::size(kRecallOptions), runRecall},
    {sizeof(winnow_command), 0, str("stopping"),
     str("The hypergeometric stopping rule of Callaghan and Müller-Hansen 2020, its plain p\n"
         "Warning: p < 0.05 holds its promise for one look at records in random order. Looked at every 5 records it "
         "broke "
         "the promise in 40 of 200 reviews of 1,000 records with 300 relevant ones. `winnow recall` does not.\n"
         "LABELS.txt holds 0 or 1 a line in reading order.\n  $ winnow stopping labels.txt --total 2000 --recall 0.95"),
     str("LABELS.txt"), kStoppingOptions, std::size(kStoppingOptions), runStopping}};
const winnow_command* WINNOW_CALL at(std::size_t index) {
  return index < std::size(kCommands) ? &kCommands[index] : nullptr;
}
constexpr winnow_commands kTable{sizeof(winnow_commands), 0, at};

}  // namespace

const void* commands(const char* id) noexcept { return std::string_view(id) == WINNOW_EXT_COMMAND ? &kTable : nullptr; }

}  // namespace winnow::recall
