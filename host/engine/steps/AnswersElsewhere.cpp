#include "AnswersElsewhere.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <unordered_map>

#include <winnow/plugin.hpp>

#include <nlohmann/json.hpp>

#include "engine/reading/Stream.hpp"
#include "io/AtomicFile.hpp"
#include "io/Listed.hpp"
#include "io/Sha256.hpp"

namespace winnow::engine {

namespace {

namespace fs = std::filesystem;

constexpr int kVersion = 1;
constexpr std::string_view kEnding = ".manifest.json";

/// One manifest: the whole answer of one stage.
struct Manifest {
  fs::path file;
  std::string holds, stage, key, set;
  std::uint64_t lines = 0;
  std::vector<std::pair<std::string, std::uint64_t>> parts;  ///< file and lines
};

[[noreturn]] void refuse(const fs::path& file, const std::string& why) {
  throw UsageError("'" + file.string() + "' " + why + "; make the answers again, or take 'answers' out of the review");
}

Manifest manifestOf(const fs::path& file) {
  Manifest manifest;
  manifest.file = file;
  try {
    const nlohmann::json json = nlohmann::json::parse(io::readFile(file));
    if (json.at("winnow") != "answers") refuse(file, "is no manifest of answers");
    if (json.at("version") != kVersion)
      refuse(file, "is of version " + json.at("version").dump() + ", and this Winnow knows version " +
                       std::to_string(kVersion));
    manifest.holds = json.at("holds").get<std::string>();
    manifest.stage = json.at("stage").get<std::string>();
    manifest.key = json.at("key").get<std::string>();
    manifest.set = json.value("set", "");
    manifest.lines = json.at("lines").get<std::uint64_t>();
    for (const nlohmann::json& part : json.at("parts"))
      manifest.parts.emplace_back(part.at("file").get<std::string>(), part.at("lines").get<std::uint64_t>());
  } catch (const nlohmann::json::exception& error) {
    refuse(file, std::string("is no manifest of answers (") + error.what() + ")");
  }
  std::set<std::string> once;
  std::uint64_t lines = 0;
  for (const auto& [name, count] : manifest.parts) {
    if (!once.insert(name).second) refuse(file, "names '" + name + "' twice");
    lines += count;
  }
  if (lines != manifest.lines)
    refuse(file, "counts " + io::counted(manifest.lines, "line") + ", and its parts " + std::to_string(lines));
  return manifest;
}

/// The manifests of a stage in the folder that the review names. Those of the same plugin with another key are named.
std::vector<Manifest> manifestsOf(const Workspace& work, const AskingStage& stage, const char* holds) {
  if (work.review.answers.empty()) return {};
  const fs::path folder = work.review.folder / work.review.answers;
  std::vector<Manifest> list;
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) return {};  // reported where the review is read; a packed review has none
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().filename().string().ends_with(kEnding)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  const std::string id(view(stage.entry.stage->id));
  for (const fs::path& file : files) {
    Manifest manifest = manifestOf(file);
    if (manifest.stage != id || manifest.holds != holds) continue;
    if (manifest.key == stage.key) {
      list.push_back(std::move(manifest));
      continue;
    }
    io::Diagnostic d;
    d.code = "answers.another-stage";
    d.file = (fs::path(work.review.answers) / file.filename()).string();
    d.message = "these answers are of '" + id + "' with other settings, files or another build of it";
    d.action = "not taken over; make them again with this Winnow and this review";
    work.tell(d);
  }
  return list;
}

/// Every line of a manifest's parts: whole, unchanged, as many as it says.
void forEachLine(const Manifest& manifest, const std::function<void(const StreamLine&)>& each) {
  for (const auto& [name, count] : manifest.parts) {
    const fs::path file = manifest.file.parent_path() / name;
    if (fs::path(name).filename() != name || file.stem().string() != io::sha256File(file).first)
      refuse(file, "is not what it was: its name is no longer the hash of its bytes");
    StreamReader reader({file.string()}, {manifest.holds});
    reader.onHeader([&](const StreamHeader& header, const StreamLine& line) {
      if (header.key != manifest.key)
        line.refuse("answers.another-stage", "these lines are not of the stage that the manifest names",
                    "make the answers again", "key");
    });
    std::uint64_t came = 0;
    for (StreamLine line; reader.next(line); ++came) each(line);
    if (came != count)
      refuse(file, "holds " + io::counted(came, "line") + ", and its manifest says " + std::to_string(count));
  }
}

std::uint32_t actionOf(const StreamLine& line) {
  const std::string word = line.string("action");
  for (std::uint32_t action = WINNOW_KEEP; action <= WINNOW_WAIT; ++action)
    if (word == actionWord(action)) return action;
  line.refuse("stage.bad-line", "'" + word + "' is no action", "make the answers again", "action");
}

std::uint32_t reasonOf(const StreamLine& line, const AskingStage& stage, const char* member) {
  const std::string code = line.string(member);
  const auto found =
      std::find_if(stage.reasons.begin(), stage.reasons.end(), [&](const auto& r) { return r.code == code; });
  if (found == stage.reasons.end())
    line.refuse("answers.unknown-reason",
                "'" + std::string(view(stage.entry.stage->id)) + "' has no reason '" + code + "'",
                "make the answers again", member);
  return static_cast<std::uint32_t>(found - stage.reasons.begin());
}

std::string textOr(const StreamLine& line, const char* member) {
  return line.json.contains(member) ? line.string(member) : std::string();
}

ledger::VerdictRow verdictOf(const StreamLine& line, const AskingStage& stage, RecordId record) {
  ledger::VerdictRow row;
  row.record = record;
  row.view = line.hash("view");
  row.seen = line.hash("seen");
  row.action = actionOf(line);
  row.reason = line.json.contains("reason") ? reasonOf(line, stage, "reason") : WINNOW_NONE;
  const bool isDeclared =
      row.reason == WINNOW_NONE ? row.action == WINNOW_KEEP : stage.reasons[row.reason].action == row.action;
  if (!isDeclared)
    line.refuse("answers.unknown-reason", "this action does not go with its reason", "make the answers again",
                "action");
  row.evidence = textOr(line, "evidence");
  row.score = line.score("score");
  row.note = textOr(line, "note");
  return row;
}

/// Records of a step by their keys, and each that was named once.
class ByKey {
 public:
  ByKey(const Records& records, const std::vector<RecordId>& in) {
    places_.reserve(in.size());
    for (std::size_t i = 0; i < in.size(); ++i) places_.emplace(records.key(in[i]), i);
  }
  std::optional<std::size_t> find(const std::string& key) const {
    const auto found = places_.find(key);
    return found == places_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  std::unordered_map<std::string, std::size_t> places_;
};

void tellOthers(const Workspace& work, const Manifest& manifest, std::uint64_t others) {
  if (others == 0) return;
  io::Diagnostic d;
  d.code = "answers.other-records";
  d.file = (fs::path(work.review.answers) / manifest.file.filename()).string();
  d.message = std::to_string(others) + " of " + io::counted(manifest.lines, "answer") +
              " are about records that are not in the step, or not as they are now";
  d.action = "not taken over; the step answers about its records itself";
  work.tell(d);
}

}  // namespace

void takeVerdicts(const Workspace& work, const AskingStage& stage, const Records& records,
                  const std::vector<RecordId>& in, const std::vector<std::uint64_t>& views,
                  const std::function<void(std::size_t, const ledger::VerdictRow&)>& each) {
  const std::vector<Manifest> manifests = manifestsOf(work, stage, "verdicts");
  if (manifests.empty()) return;
  const ByKey byKey(records, in);
  std::vector<bool> isAnswered(in.size());
  for (const Manifest& manifest : manifests) {
    std::uint64_t others = 0;
    forEachLine(manifest, [&](const StreamLine& line) {
      const std::optional<std::size_t> place = byKey.find(line.string("record"));
      const ledger::VerdictRow row = verdictOf(line, stage, place ? in[*place] : 0);
      if (!place || views[*place] != row.view) {
        ++others;
        return;
      }
      if (isAnswered[*place])
        line.refuse("answers.twice", "there is another answer about this record", "make the answers again", "record");
      isAnswered[*place] = true;
      each(*place, row);
    });
    tellOthers(work, manifest, others);
  }
}

bool takePairs(const Workspace& work, const AskingStage& stage, const Records& records, const std::vector<RecordId>& in,
               const std::string& set, const std::function<void(const ledger::PairRow&)>& each) {
  for (const Manifest& manifest : manifestsOf(work, stage, "pairs")) {
    if (manifest.set != set) {
      tellOthers(work, manifest, manifest.lines);
      continue;
    }
    const ByKey byKey(records, in);
    std::set<std::pair<std::size_t, std::size_t>> once;
    forEachLine(manifest, [&](const StreamLine& line) {
      const auto a = byKey.find(line.string("a")), b = byKey.find(line.string("b"));
      if (!a || !b || *a >= *b)
        line.refuse("answers.unknown-record", "a pair is of two records of the step, the earlier one first",
                    "make the answers again", a && !b ? "b" : "a");
      if (!line.json.contains("stands"))
        line.refuse("answers.unsettled", "these pairs are not settled", "make the answers again with --do settle");
      if (!once.emplace(*a, *b).second)
        line.refuse("answers.twice", "this pair came before", "make the answers again", "a");
      each({{in[*a], in[*b], line.score("score"), reasonOf(line, stage, "rule"), line.boolean("maybe"),
             line.boolean("stands")},
            textOr(line, "note")});
    });
    return true;
  }
  return false;
}

}  // namespace winnow::engine
