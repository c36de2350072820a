// winnow lint: what is wrong with export files, and nothing else.
#include <algorithm>

#include <boost/program_options.hpp>
#include <nlohmann/json.hpp>

#include <winnow/plugin.hpp>

#include "CommandLine.hpp"
#include "StageSettings.hpp"
#include "engine/reading/ReadFile.hpp"
#include "io/Error.hpp"
#include "io/Listed.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kLintHelp =
    "Reads export files and prints every problem with its place and what an import does about it; nothing for a file "
    "that\n"
    "is right. With --fields also each tag or heading, how often it stands there and what was made of it, and where "
    "every\n"
    "byte of the file went. Exit code 0: no error (there may be warnings), 1: an error, or a code named by --fail-on.\n"
    "  $ winnow lint exports/*.ris --fail-on ris.missing-er\n  $ winnow lint --fields export.csv\n";

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

/// "title", "id.doi (18 of 20)", "nothing": what became of the values of a tag.
std::string fateOf(const engine::FieldUse& use) {
  const std::uint64_t read = use.used + use.known;
  const std::string what = use.used != 0 ? io::listed(use.made) : use.known != 0 ? "known, kept raw" : "nothing";
  return read == 0 || read == use.values
             ? what
             : what + " (" + std::to_string(read) + " of " + std::to_string(use.values) + ")";
}

/// The kinds of bytes that a file has, by their names.
std::vector<std::pair<const char*, std::uint64_t>> kindsOf(const io::ByteCounts& bytes) {
  std::vector<std::pair<const char*, std::uint64_t>> kinds = {
      {"records", bytes.records}, {"heading", bytes.heading},        {"structure", bytes.structure},
      {"comment", bytes.comment}, {"separator", bytes.separator},    {"unreadable", bytes.unreadable},
      {"blank", bytes.blank},     {"unaccounted", bytes.unaccounted}};
  std::erase_if(kinds, [](const auto& kind) { return kind.second == 0; });
  return kinds;
}

void printFields(Console& console, const std::string& file, const engine::ReadReport& report) {
  if (report.detection.entry == nullptr) return;
  if (console.json()) {
    nlohmann::ordered_json all{{"file", file},
                               {"importer", view(report.detection.entry->stage->id)},
                               {"records", report.records},
                               {"bytes", nlohmann::ordered_json::object()},
                               {"fields", nlohmann::ordered_json::array()}};
    for (const auto& [name, count] : kindsOf(report.bytes)) all["bytes"][name] = count;
    for (const engine::FieldUse& use : report.fields)
      all["fields"].push_back(
          {{"name", use.name}, {"values", use.values}, {"used", use.used}, {"known", use.known}, {"made", use.made}});
    return console.print(all.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
  }
  std::string bytes;
  for (const auto& [name, count] : kindsOf(report.bytes))
    bytes += (bytes.empty() ? "" : ", ") + std::to_string(count) + " " + name;
  console.line(file + ": " + std::to_string(report.records) + (report.records == 1 ? " record; " : " records; ") +
               std::to_string(report.bytes.total()) + " bytes: " + bytes);
  for (const engine::FieldUse& use : report.fields)
    console.line("  " + padded(use.name, 28) + " " + padded(std::to_string(use.values), 7) + " " + fateOf(use));
}

/// With --info: the tags or headings that nothing was made of.
void tellUnread(Printer& printer, const std::string& file, const engine::ReadReport& report) {
  std::string names;
  std::uint32_t line = 0;
  for (const engine::FieldUse& use : report.fields) {
    if (use.used + use.known > 0) continue;
    if (names.empty()) line = use.line;
    names += (names.empty() ? "'" : ", '") + use.name + "' (" + std::to_string(use.values) + ")";
  }
  if (names.empty()) return;
  io::Diagnostic d;
  d.severity = io::Severity::Info;
  d.code = "fields.unread";
  d.message = "nothing was made of " + names;
  d.action = "kept as they are, in no output; say what they mean (of a table with 'columns')";
  d.file = file;
  d.line = line;
  d.column = 1;
  printer.print(d);
}

int lint(Context& context, const po::variables_map& values) {
  if (values.count("input") == 0) throw UsageError("no input; 'winnow lint --help' shows how");
  const NamedImporter importer = namedImporter(context, values);
  Printer printer(context.console, wordsOf(values, "fail-on"), values.count("info") != 0);
  for (const std::string& input : wordsOf(values, "input"))
    for (const engine::ReadRequest& request :
         engine::readable({input, input, importer.id, importer.settings, {}, importer.encoding}, context.catalogue(),
                          context.tags, [&](const io::Diagnostic& d) { printer.print(d); })) {
      const engine::ReadReport report = engine::readFile(
          request, context.catalogue(), context.tags, [&](const io::Diagnostic& d) { printer.print(d); },
          [](const engine::ReadRecord&) {});
      if (values.count("info") != 0 && values.count("fields") == 0) tellUnread(printer, request.shownName, report);
      if (values.count("fields") != 0) printFields(context.console, request.shownName, report);
    }
  return printer.failed() ? WorkFailed : Done;
}

}  // namespace

Command lintCommand() {
  return {"lint",
          "FILE...",
          "Tell what is wrong with export files",
          kLintHelp,
          [](po::options_description& options) {
            options.add_options()("input", po::value<std::vector<std::string>>(), "files; - is standard input")(
                "fail-on", po::value<std::vector<std::string>>(),
                "a code, or warning, that counts as an error (repeatable)")("info", "also what needs no action")(
                "fields", "also what was made of each tag or heading, and where every byte went");
            addImporterOptions(options);
          },
          {"input"},
          lint};
}

}  // namespace winnow::cli
