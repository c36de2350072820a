// winnow plugins test: does a plugin keep its contract?
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <boost/program_options.hpp>
#include <nlohmann/json.hpp>
#include <winnow/plugin.hpp>

#include "CommandLine.hpp"
#include "DeclaredPlugin.hpp"
#include "ExpectedOutputs.hpp"
#include "NamedStages.hpp"
#include "conform/Check.hpp"
#include "conform/Suite.hpp"
#include "io/Error.hpp"
#include "io/FolderEntries.hpp"
#include "plugins/Package.hpp"
#include "pluginsCommands.hpp"

namespace winnow::cli {

namespace po = boost::program_options;
namespace fs = std::filesystem;

namespace {

constexpr const char* kPluginsTestHelp =
    "Runs named checks over every stage of a plugin, each check in a process of its own, so that a crash is a "
    "finding.\n"
    "A folder is searched for plugins; files in its folder 'samples' (or beside it) that an importer knows are its "
    "samples.\n"
    "In a folder, tests/NAME/input.* is given to each stage that has a file tests/NAME/STAGE.expected; --update writes "
    "those.\n"
    "  $ winnow plugins test build/importers-mydb.so --sample sample.mydb\n"
    "Exit code 0: nothing failed; 1: a check failed. A check that says nothing about a plugin is skipped, with its "
    "reason.\n";

const char* word(conform::Outcome outcome) {
  return outcome == conform::Outcome::Pass ? "pass" : outcome == conform::Outcome::Fail ? "FAIL" : "skip";
}

std::string xmlText(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '"')
      out += "&quot;";
    else if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F)
      out += '?';
    else
      out += c;
  }
  return out;
}

struct Tested {
  fs::path file;
  std::vector<conform::Finding> findings;
};

std::size_t countOf(const std::vector<conform::Finding>& list, conform::Outcome outcome) {
  return static_cast<std::size_t>(
      std::count_if(list.begin(), list.end(), [&](const auto& f) { return f.outcome == outcome; }));
}

std::string junit(const std::vector<Tested>& all) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  for (const Tested& tested : all) {
    text += "  <testsuite name=\"" + xmlText(tested.file.filename().string()) + "\" tests=\"" +
            std::to_string(tested.findings.size()) + "\" failures=\"" +
            std::to_string(countOf(tested.findings, conform::Outcome::Fail)) + "\" skipped=\"" +
            std::to_string(countOf(tested.findings, conform::Outcome::Skip)) + "\">\n";
    for (const conform::Finding& f : tested.findings) {
      text += "    <testcase classname=\"" + xmlText(f.stage.empty() ? tested.file.filename().string() : f.stage) +
              "\" name=\"" + f.check + "\" time=\"" + std::to_string(f.seconds) + "\"";
      if (f.outcome == conform::Outcome::Pass)
        text += "/>\n";
      else if (f.outcome == conform::Outcome::Skip)
        text += "><skipped message=\"" + xmlText(f.reason) + "\"/></testcase>\n";
      else
        text += "><failure message=\"" + xmlText(f.reason) + "\"/></testcase>\n";
    }
    text += "  </testsuite>\n";
  }
  return text + "</testsuites>\n";
}

nlohmann::ordered_json asJson(const std::vector<Tested>& all) {
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (const Tested& tested : all) {
    nlohmann::ordered_json one{{"file", tested.file.string()},
                               {"passed", countOf(tested.findings, conform::Outcome::Pass)},
                               {"failed", countOf(tested.findings, conform::Outcome::Fail)},
                               {"skipped", countOf(tested.findings, conform::Outcome::Skip)},
                               {"checks", nlohmann::ordered_json::array()}};
    for (const conform::Finding& f : tested.findings)
      one["checks"].push_back({{"check", f.check},
                               {"stage", f.stage},
                               {"outcome", f.outcome == conform::Outcome::Fail ? "fail" : word(f.outcome)},
                               {"reason", f.reason},
                               {"description", f.description},
                               {"seconds", f.seconds}});
    json.push_back(std::move(one));
  }
  return json;
}

void listChecks(Console& console) {
  for (const conform::Check& check : conform::checks())
    console.line(padded(check.name, 20) + std::string(check.description));
  console.line(padded(kOwnTests, 20) + "the author's own tests: gives what stands in tests/");
}

/// The plugins in a folder; otherwise the one that is named. Throws UsageError for what is none.
std::vector<fs::path> pluginsOf(const fs::path& input) {
  std::error_code ignored;
  if (!fs::is_directory(input, ignored)) {
    requirePluginFile(input);
    return {input};
  }
  if (plugins::isPackage(input)) return {plugins::mainOf(fs::absolute(input))};
  std::vector<fs::path> plugins = plugins::pluginFilesIn(input);
  if (plugins.empty()) throw UsageError("there is no plugin in '" + input.string() + "'");
  return plugins;
}

void tell(Console& console, const conform::Finding& f) {
  console.line("  " + std::string(word(f.outcome)) + "  " + padded(f.check, 20) + padded(f.stage, 26) +
               (f.reason.empty() ? f.description : f.reason));
}

/// The author's own tests, behind the checks of the contract.
void testOwn(Context& context, const fs::path& folder, const fs::path& file, const po::variables_map& values,
             Tested& tested) {
  const Expected how = values.count("update") != 0 ? Expected::Update : Expected::Compare;
  const std::vector<conform::Finding> own =
      testOutputs(context, fileNamed(folder.string()), file, how,
                  [&](const conform::Finding& finding) { tell(context.console, finding); });
  tested.findings.insert(tested.findings.end(), own.begin(), own.end());
}

/// Becomes gdb, which holds this command with the check in one process. Throws UsageError if there is no gdb.
[[noreturn]] void debug(const po::variables_map& values) {
  std::vector<std::string> words{"gdb",
                                 "-q",
                                 "--args",
                                 fs::read_symlink("/proc/self/exe").string(),
                                 "plugins",
                                 "test",
                                 "--in-process",
                                 "--check",
                                 values["gdb"].as<std::string>()};
  for (const char* name : {"sample", "set"})
    if (values.count(name) != 0)
      for (const std::string& value : values[name].as<std::vector<std::string>>())
        words.insert(words.end(), {std::string("--") + name, value});
  for (const std::string& input : values["input"].as<std::vector<std::string>>())
    for (const fs::path& file : pluginsOf(input)) {
      if (plugins::isProgram(file))
        throw UsageError("'" + file.string() + "' is a program; gdb holds libraries. 'python3 -m pdb' holds Python");
      words.push_back(file.string());
    }
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  ::execvp("gdb", arguments.data());
  throw UsageError("gdb cannot be started: " + std::string(std::strerror(errno)));
}

template <class T>
std::vector<T> valuesOf(const po::variables_map& values, const char* name) {
  return values.count(name) == 0 ? std::vector<T>{} : values[name].as<std::vector<T>>();
}

int testPlugins(Context& context, const po::variables_map& values) {
  if (values.count("list") != 0) {
    listChecks(context.console);
    return Done;
  }
  if (values.count("input") == 0) throw UsageError("no plugin; 'winnow plugins test --help' shows how");
  if (values.count("gdb") != 0) debug(values);
  std::vector<Tested> all;
  std::size_t failed = 0;
  for (const std::string& given : values["input"].as<std::vector<std::string>>()) {
    const fs::path input = pluginNamed(context, given);
    for (const fs::path& file : pluginsOf(input)) {
      conform::Request request = testRequest(context, fileNamed(file.string()));
      for (const std::string& sample : valuesOf<std::string>(values, "sample"))
        request.samples.push_back(fileNamed(sample));
      if (fs::is_directory(input) && request.samples.empty())
        request.samples = io::filesIn(fs::path(input) / "samples");
      context.outputs.protect(file, io::FileRole::Input);
      for (const fs::path& sample : request.samples) context.outputs.protect(sample, io::FileRole::Input);
      for (const fs::path& sample : request.samples)
        if (!fs::is_regular_file(sample)) throw UsageError("there is no sample '" + sample.string() + "'");
      request.settings = valuesOf<std::string>(values, "set");
      const std::vector<std::string> wanted = valuesOf<std::string>(values, "check");
      request.only = wanted;
      request.seconds = values["seconds"].as<int>();
      request.isInProcess = values.count("in-process") != 0;
      context.console.line(file.filename().string());
      Tested tested{file, {}};
      const bool isOwn = request.only.empty() || std::erase(request.only, kOwnTests) != 0;
      if (wanted.empty() || !request.only.empty())
        tested.findings =
            conform::test(request, [&](const conform::Finding& finding) { tell(context.console, finding); });
      if (fs::is_directory(input) && isOwn && !request.isInProcess)
        testOwn(context, input, request.file, values, tested);
      failed += countOf(tested.findings, conform::Outcome::Fail);
      context.console.line("  " + std::to_string(countOf(tested.findings, conform::Outcome::Pass)) + " passed, " +
                           std::to_string(countOf(tested.findings, conform::Outcome::Fail)) + " failed, " +
                           std::to_string(countOf(tested.findings, conform::Outcome::Skip)) + " skipped");
      all.push_back(std::move(tested));
    }
  }
  if (context.console.json()) context.console.printJson(asJson(all));
  if (values.count("junit") != 0) context.outputs.write(values["junit"].as<std::string>(), junit(all));
  return failed == 0 ? Done : WorkFailed;
}

}  // namespace

conform::Request testRequest(Context& context, const fs::path& file) {
  conform::Request request;
  request.file = file;
  request.mayBeWeak = context.workers->mayBeWeak;
  request.said = context.workers->said;
  for (const plugins::StageEntry& entry : context.known().stages())
    if (entry.stage->kind == WINNOW_IMPORTER && !entry.isolated) request.partners.push_back(entry.file);
  return request;
}

Command pluginsTestCommand() {
  return {
      "plugins test",
      "FILE|FOLDER... [OPTIONS]",
      "Check that a plugin keeps its contract",
      kPluginsTestHelp,
      [](po::options_description& options) {
        options.add_options()("input", po::value<std::vector<std::string>>(), "plugins, folders of plugins, or stages")(
            "sample", po::value<std::vector<std::string>>(), "a file that the importer reads (repeatable)")(
            "set", po::value<std::vector<std::string>>(), "a setting, name=value (repeatable)")(
            "check", po::value<std::vector<std::string>>(), "only this check (repeatable)")(
            "seconds", po::value<int>()->default_value(20), "limit of each check")("list", "name the checks")(
            "update", "write what the stages give as what the tests in tests/ expect; look at the changes")(
            "gdb", po::value<std::string>(), "run this check in gdb (libraries)")(
            "in-process", "run the checks in this process, without a sandbox: for a debugger (gdb --args winnow ...)")(
            "junit", po::value<std::string>(), "write the findings as JUnit XML");
      },
      {"input"},
      testPlugins};
}

}  // namespace winnow::cli
