#include "Suite.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <iostream>

#include <winnow/plugin.hpp>

#include "Check.hpp"
#include "Live.hpp"
#include "io/Error.hpp"
#include "io/InputStream.hpp"
#include "plugins/Catalogue.hpp"
#include "plugins/Declarations.hpp"
#include "plugins/DialectTable.hpp"
#include "plugins/Library.hpp"
#include "plugins/worker/Process.hpp"
#include "plugins/worker/Remote.hpp"
#include "plugins/worker/Said.hpp"

namespace winnow::conform {

namespace {

using Clock = std::chrono::steady_clock;
using plugins::worker::Ending;
using plugins::worker::Process;
using plugins::worker::Said;

constexpr const char* kListStages = "--stages";

std::vector<std::string> arguments(const std::string& check, const std::string& stage, const Request& request) {
  std::vector<std::string> words{"--check", check, request.file.string(), stage};
  for (const auto& sample : request.samples) words.insert(words.end(), {"--sample", sample.string()});
  for (const auto& setting : request.settings) words.insert(words.end(), {"--set", setting});
  for (const auto& partner : request.partners) words.insert(words.end(), {"--partner", partner.string()});
  if (request.mayBeWeak) words.insert(words.end(), {"--sandbox", "weak"});
  return words;
}

bool isLibrary(const std::filesystem::path& file) { return !plugins::isProgram(file) && !plugins::isTable(file); }

struct Answer {
  std::string text;
  Ending ending;
  bool late = false;
};

/// What the child prints, until it ends or `seconds` are over.
Answer listen(const Process& child, Said& said, int seconds) {
  Answer answer;
  const auto until = Clock::now() + std::chrono::seconds(seconds);
  for (;;) {
    pollfd waiting{child.fromChild(), POLLIN, 0};
    const int ready = ::poll(&waiting, 1, 20);
    said.take();
    if (ready <= 0 && Clock::now() < until) continue;
    answer.late = ready <= 0;
    if (answer.late) return answer;
    char buffer[4096];
    const ssize_t got = ::read(child.fromChild(), buffer, sizeof buffer);
    if (got <= 0) return answer;
    // The finding comes last: of a plugin that prints without end the beginning goes.
    constexpr std::size_t kMost = 1 << 17;
    if (answer.text.size() >= kMost) answer.text.erase(0, kMost / 2);
    answer.text.append(buffer, static_cast<std::size_t>(got));
  }
}

/// Runs the program again and collects what it prints.
Answer ask(const std::vector<std::string>& words, const Request& request) {
  Process child({words, -1, !isLibrary(request.file)});
  Said said(child.errors(), [&](std::string_view line) {
    if (request.said) request.said(request.file.filename().string(), line);
  });
  Answer answer = listen(child, said, request.seconds);
  answer.ending = answer.late ? child.stop() : child.finish(std::chrono::seconds(2));
  said.takeRest();
  return answer;
}

/// The finding stands on a line of its own, behind a mark, because a plugin may print as well.
constexpr std::string_view kMark = "\x1Ewinnow-check ";

std::string_view marked(const std::string& text) {
  const std::size_t at = text.rfind(kMark);
  return at == std::string::npos ? std::string_view{} : std::string_view(text).substr(at + kMark.size());
}

bool isWanted(const Check& check, const Request& request) {
  return request.only.empty() || std::find(request.only.begin(), request.only.end(), check.name) != request.only.end();
}

// ---- the child

void say(const std::string& text) {
  const std::string line = std::string(kMark) + text + "\n";
  std::fflush(nullptr);
  if (::write(1, line.data(), line.size()) < 0) ::_exit(1);
}

std::string oneLine(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

const winnow_stage* stageOf(const std::filesystem::path& file, std::string_view id, const winnow_plugin** plugin) {
  const auto loaded = plugins::openPlugin(file);
  if (const auto* refusal = std::get_if<plugins::Refusal>(&loaded))
    throw Fault{"the host refuses it: it " + refusal->reason};
  *plugin = std::get<const winnow_plugin*>(loaded);
  for (const winnow_stage* stage : plugins::knownStages(**plugin))
    if (view(stage->id) == id) return stage;
  return nullptr;
}

/// The importer of the exporter's format in one of the other files.
const winnow_stage* partnerOf(const std::vector<std::filesystem::path>& files, std::string_view exporter) {
  const std::string wanted = "importers" + std::string(exporter.substr(exporter.find('.')));
  for (const auto& file : files) {
    if (file.filename().string().find(wanted.substr(wanted.find('.') + 1)) == std::string::npos) continue;
    const winnow_plugin* plugin = nullptr;
    if (const winnow_stage* stage = stageOf(file, wanted, &plugin)) return stage;
  }
  return nullptr;
}

/// Of several samples the first that this importer knows best. A library with several importers may have none for one.
void keepOwnSample(Subject& subject) {
  std::size_t importers = 0;
  for (const winnow_stage* stage : plugins::knownStages(*subject.plugin))
    importers += stage->kind == WINNOW_IMPORTER ? 1 : 0;
  if (subject.samples.size() < 2 && importers < 2) return;
  const std::filesystem::path* best = nullptr;
  std::uint32_t most = 0;
  try {
    Live live(subject);
    for (const std::filesystem::path& sample : subject.samples) {
      io::InputStream input(sample, {}, {}, wantedContents(*subject.stage));
      const std::uint32_t sure = live.probe(input.head()).confidence;
      if (sure <= most) continue;
      most = sure;
      best = &sample;
    }
  } catch (const Fault&) {  // the check itself will meet it
    return;
  } catch (const Skip&) {
    return;
  }
  if (best != nullptr)
    subject.samples = {*best};
  else if (importers > 1)
    subject.samples.clear();
}

/// Kind and id of each stage, one a line, or "fail" and why the file is refused.
std::string listedStages(const std::filesystem::path& file) {
  try {
    const winnow_plugin* plugin = nullptr;
    stageOf(file, {}, &plugin);
    std::string text;
    for (const winnow_stage* stage : plugins::knownStages(*plugin))
      text += std::to_string(stage->kind) + " " + std::string(view(stage->id)) + "\n";
    return text;
  } catch (const Fault& fault) {
    return "fail " + oneLine(fault.reason);
  } catch (const std::exception& error) {
    return "fail " + oneLine(error.what());
  }
}

/// What one check found: "pass", "skip WHY", "fail WHY".
std::string played(const Check& check, Subject subject, const std::string& stage) {
  try {
    if (check.kinds != WholeFile) {
      subject.stage = stageOf(subject.file, stage, &subject.plugin);
      if (subject.stage == nullptr) throw Fault{"there is no stage '" + stage + "'"};
      if (subject.samples.empty()) subject.samples = tableSamples(subject);
      if (subject.stage->kind == WINNOW_IMPORTER) keepOwnSample(subject);
    }
    check.run(subject);
    return "pass";
  } catch (const Fault& fault) {
    return "fail " + oneLine(fault.reason);
  } catch (const Skip& skip) {
    return "skip " + oneLine(skip.reason);
  } catch (const std::exception& error) {
    return "fail " + oneLine(error.what());
  }
}

/// The child becomes what a worker is, before the plugin's code runs: what passes here passes there. Only its samples
/// can be opened besides the system's libraries, and its own entries in /proc, where some checks look.
void confine(const Subject& subject, int seconds, bool mayBeWeak) {
  namespace worker = plugins::worker;
  plugins::hold(subject.file);
  std::vector<worker::Permitted> paths = worker::libraryFolders();
  for (const std::filesystem::path& sample : subject.samples) paths.push_back({sample, worker::Reach::Read});
  paths.push_back({"/proc/self", worker::Reach::Read});
  worker::Confinement so;
  worker::confineResources({seconds, worker::Limits{}.megabytes}, paths, so);
  worker::confineCalls(worker::Task::Checks, so);
  if (so.missing.empty() || mayBeWeak) return;
  throw Fault{"it cannot be confined here without " + so.missing.front().name + " (" + so.missing.front().why +
              "); --allow-weak-sandbox tests it all the same"};
}

/// "name=value", "name", or "name=@FILE": the text of a file, for options of type FILE.
std::pair<std::string, std::string> settingOf(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) return {text, "true"};
  const std::string value = text.substr(equals + 1);
  return {text.substr(0, equals), value.rfind('@', 0) == 0 ? io::readText(value.substr(1)) : value};
}

/// What a child would have said.
Answer saidHere(const std::string& text) { return {std::string(kMark) + text + "\n", {}, false}; }

/// A check in this process, without a sandbox: a debugger that holds winnow holds the plugin.
Answer playedHere(const Check& check, const std::string& stage, const Request& request) {
  Subject subject;
  subject.file = request.file;
  subject.samples = request.samples;
  for (const std::string& setting : request.settings) subject.settings.push_back(settingOf(setting));
  if (check.name == "round-trip") subject.partner = partnerOf(request.partners, stage);
  return saidHere(played(check, subject, stage));
}

Finding run(const Check& check, const std::string& stage, const Request& request) {
  Finding finding{std::string(check.name), std::string(check.description), stage, Outcome::Fail, {}, 0};
  const auto began = Clock::now();
  const Answer answer =
      request.isInProcess ? playedHere(check, stage, request) : ask(arguments(finding.check, stage, request), request);
  finding.seconds = std::chrono::duration<double>(Clock::now() - began).count();
  const std::string_view said = marked(answer.text);
  if (answer.late)
    finding.reason = "it did not end within " + std::to_string(request.seconds) + " s";
  else if (answer.ending.isCrash())
    finding.reason = "its process " + answer.ending.text();
  else if (said.substr(0, 5) == "pass\n")
    finding.outcome = Outcome::Pass;
  else if (said.substr(0, 5) == "skip ")
    finding = {finding.check, finding.description, stage, Outcome::Skip, std::string(said.substr(5)), finding.seconds};
  else if (said.substr(0, 5) == "fail ")
    finding.reason = said.substr(5);
  else
    finding.reason = "its process " + answer.ending.text() + " in the middle of the check";
  while (!finding.reason.empty() && finding.reason.back() == '\n') finding.reason.pop_back();
  return finding;
}

/// Kind and id of each stage, asked of a child, so that a file that crashes at load crashes there.
std::vector<std::pair<std::uint32_t, std::string>> stagesOf(const Request& request) {
  const Answer answer =
      request.isInProcess ? saidHere(listedStages(request.file)) : ask(arguments(kListStages, "-", request), request);
  std::vector<std::pair<std::uint32_t, std::string>> stages;
  std::string_view said = marked(answer.text);
  while (!said.empty()) {
    const std::string_view line = said.substr(0, said.find('\n'));
    said.remove_prefix(std::min(line.size() + 1, said.size()));
    const bool isStage =
        line.size() > 2 && line[0] >= '1' && line[0] <= '7' && line[1] == ' ';  // a refused file says "fail ..."
    if (isStage) stages.emplace_back(static_cast<std::uint32_t>(line[0] - '0'), std::string(line.substr(2)));
  }
  return stages;
}

}  // namespace

std::vector<Finding> test(const Request& request, const std::function<void(const Finding&)>& each) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(request.file, error))
    throw UsageError("there is no file '" + request.file.string() + "'");
  for (const std::string& name : request.only)
    if (findCheck(name) == nullptr)
      throw UsageError("there is no check '" + name + "'; 'winnow plugins test --list' names them");
  std::vector<Finding> findings;
  const auto add = [&](const Check& check, const std::string& stage) {
    if (!isWanted(check, request)) return;
    findings.push_back(run(check, stage, request));
    if (each) each(findings.back());
  };
  for (const Check& check : checks())
    if (check.kinds == WholeFile) add(check, {});
  for (const auto& [kind, id] : stagesOf(request))
    for (const Check& check : checks())
      if (isFor(check, kind)) add(check, id);
  return findings;
}

int checkMain(int argc, char** argv) {
  plugins::worker::dieWithParent();
  if (argc < 5) return 2;
  const std::string name = argv[2], stage = argv[4];
  Subject subject;
  subject.file = argv[3];
  std::vector<std::filesystem::path> partners;
  bool mayBeWeak = false;
  for (int i = 5; i + 1 < argc; i += 2) {
    const std::string option = argv[i], value = argv[i + 1];
    if (option == "--sample") subject.samples.emplace_back(value);
    if (option == "--partner") partners.emplace_back(value);
    if (option == "--sandbox") mayBeWeak = value == "weak";
    if (option == "--set") subject.settings.push_back(settingOf(value));
  }
  try {
    if (name == "round-trip") subject.partner = partnerOf(partners, stage);
    if (isLibrary(subject.file)) confine(subject, Request{}.seconds, mayBeWeak);
  } catch (const Fault& fault) {
    say("fail " + oneLine(fault.reason));
    ::_exit(0);
  }
  if (name != kListStages && findCheck(name) == nullptr) return 2;
  say(name == kListStages ? listedStages(subject.file) : played(*findCheck(name), subject, stage));
  ::_exit(0);  // the finding is reported; what a destructor of the plugin does now is not this check's business
}

}  // namespace winnow::conform
