// winnow lint: what is wrong with export files, and nothing else.
#include <algorithm>

#include "CommandLine.hpp"
#include "StageSettings.hpp"
#include "engine/reading/ReadFile.hpp"
#include "io/Error.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kHelp =
    "Reads export files and prints every problem with its place and what an import does about it; nothing for a file "
    "that\n"
    "is right. Exit code 0: no error (there may be warnings), 1: an error, or a code named by --fail-on.\n"
    "  $ winnow lint exports/*.ris --fail-on ris.missing-er\n";

/// Prints diagnostics and remembers whether one of them counts as an error.
class Printer {
 public:
  Printer(Console& console, std::vector<std::string> failOn, bool showInfo)
      : console_(console), failOn_(std::move(failOn)), showInfo_(showInfo) {}

  void print(io::Diagnostic d) {
    if (d.severity == io::Severity::Info && !showInfo_) return;
    if (isFatal(d)) d.severity = io::Severity::Error;
    failed_ = failed_ || d.severity == io::Severity::Error;
    console_.print((console_.json() ? io::renderJson(d) : io::render(d)) + "\n");
  }
  bool failed() const noexcept { return failed_; }

 private:
  bool isFatal(const io::Diagnostic& d) const {
    const auto holds = [&](std::string_view word) {
      return std::find(failOn_.begin(), failOn_.end(), word) != failOn_.end();
    };
    return holds(d.code) || (d.severity == io::Severity::Warning && holds("warning"));
  }
  Console& console_;
  std::vector<std::string> failOn_;
  bool showInfo_, failed_ = false;
};

int lint(Context& context, const po::variables_map& values) {
  if (values.count("input") == 0) throw UsageError("no input; 'winnow lint --help' shows how");
  const NamedImporter importer = namedImporter(context, values);
  Printer printer(context.console, wordsOf(values, "fail-on"), values.count("info") != 0);
  for (const std::string& input : wordsOf(values, "input"))
    for (const engine::ReadRequest& request :
         engine::readable({input, input, importer.id, importer.settings, {}, importer.encoding}, context.catalogue(),
                          context.tags, [&](const io::Diagnostic& d) { printer.print(d); }))
      engine::readFile(
          request, context.catalogue(), context.tags, [&](const io::Diagnostic& d) { printer.print(d); },
          [](const engine::ReadRecord&) {});
  return printer.failed() ? WorkFailed : Done;
}

}  // namespace

Command lintCommand() {
  return {"lint",
          "FILE...",
          "Tell what is wrong with export files",
          kHelp,
          [](po::options_description& options) {
            options.add_options()("input", po::value<std::vector<std::string>>(), "files; - is standard input")(
                "fail-on", po::value<std::vector<std::string>>(),
                "a code, or warning, that counts as an error (repeatable)")("info", "also what needs no action");
            addImporterOptions(options);
          },
          {"input"},
          lint};
}

}  // namespace winnow::cli
