// winnow init: a first review.yaml from the exports that lie in a folder.
#include <algorithm>
#include <array>
#include <chrono>
#include <iostream>

#include <winnow/formats/text.hpp>
#include <winnow/plugin.hpp>

#include <boost/program_options.hpp>

#include "CommandLine.hpp"
#include "FirstReview.hpp"
#include "Session.hpp"
#include "StageSettings.hpp"
#include "config/ReviewLoader.hpp"
#include "engine/reading/ReadFile.hpp"
#include "io/Error.hpp"
#include "io/FolderEntries.hpp"
#include "io/InputStream.hpp"
#include "io/Listed.hpp"
#include "io/Machine.hpp"
#include "io/UtcTime.hpp"

namespace winnow::cli {

namespace po = boost::program_options;
namespace fs = std::filesystem;

namespace {

constexpr const char* kInitHelp =
    "Writes a first review.yaml for the exports that lie in a folder, and below it. Each file becomes a source: the\n"
    "database by the file's name or by what the file shows, the round of searching by its folder.\n"
    "  $ winnow init --title \"Peer support\" --reader \"Kari Aas\" --reader \"Ola Nes\" --share 20%\n"
    "  $ winnow run\n"
    "On a terminal it asks for what was not given. Every line can be changed later; a file that is there is never\n"
    "written over.\n";

/// Folders and files of a review that hold no exports.
bool isOfReview(const fs::path& file) {
  static constexpr std::array<std::string_view, 5> kFolders = {"out", "decisions", "sheets", "build", "node_modules"};
  static constexpr std::array<std::string_view, 8> kEndings = {".yaml", ".yml", ".ledger", ".lock",
                                                               ".md",   ".pdf", ".docx",   ".part"};
  for (const fs::path& part : file.parent_path())
    if (std::find(kFolders.begin(), kFolders.end(), part.string()) != kFolders.end()) return true;
  for (const fs::path& part : file)
    if (part.string().front() == '.') return true;
  return std::find(kEndings.begin(), kEndings.end(), formats::lower(file.extension().string())) != kEndings.end();
}

/// The title of the dialect, "Scopus"; empty where the importer tells none.
std::string dialectTitle(Context& context, const engine::Detection& found) {
  if (found.dialect.empty()) return {};
  for (const plugins::FormatEntry& format : formatsOf(context, *found.entry->stage))
    if (format.dialect == found.dialect) return format.title;
  return {};
}

class Finding {
 public:
  Finding(Context& context, fs::path folder) : context_(context), folder_(std::move(folder)) {
    for (const fs::path& file : io::filesBelow(folder_))
      if (const fs::path name = file.lexically_relative(folder_); !isOfReview(name)) look(file, name);
  }
  const std::vector<FoundExport>& exports() const { return exports_; }
  /// Names of files that no importer knows.
  const std::vector<std::string>& others() const { return others_; }
  /// The day on which the newest export was written, in UTC.
  std::string newestDay() const { return io::utcDay(newest_.time_since_epoch().count()); }

 private:
  void look(const fs::path& file, const fs::path& name) {
    for (const engine::ReadRequest& request :
         engine::expanded({file, name.string(), {}, {}, {}}, context_.catalogue(), context_.tags)) {
      io::InputStream stream(request.file, request.member);
      const engine::Detection found =
          engine::detect(request, stream.head(), context_.catalogue(), context_.tags, [](const io::Diagnostic&) {});
      if (found.entry == nullptr) continue;
      exports_.push_back({name, dialectTitle(context_, found)});
      const auto written = std::chrono::file_clock::to_sys(fs::last_write_time(file));
      newest_ = std::max(newest_, std::chrono::floor<std::chrono::seconds>(written));
      return;
    }
    others_.push_back(name.string());
  }

  Context& context_;
  fs::path folder_;
  std::vector<FoundExport> exports_;
  std::vector<std::string> others_;
  std::chrono::sys_seconds newest_{};
};

/// One question on a terminal; `otherwise` where nobody answers.
std::string asked(const std::string& question, const std::string& otherwise) {
  std::cerr << question << " [" << otherwise << "]: " << std::flush;
  std::string answer;
  if (!std::getline(std::cin, answer)) return otherwise;
  const std::string_view text = formats::trim(answer);
  return text.empty() ? otherwise : std::string(text);
}

/// "KA=Kari Aas", or the name alone.
FirstReader readerOf(std::string_view text) {
  const std::size_t sign = text.find('=');
  const std::string_view name = formats::trim(sign == std::string_view::npos ? text : text.substr(sign + 1));
  const std::string_view id = sign == std::string_view::npos ? std::string_view{} : formats::trim(text.substr(0, sign));
  return {id.empty() ? initialsOf(name) : std::string(id), std::string(name)};
}

std::vector<FirstReader> readersOf(const po::variables_map& values, bool asks) {
  std::vector<FirstReader> readers;
  const auto add = [&](std::string_view text) {
    if (!formats::isBlank(text)) readers.push_back(readerOf(text));
  };
  if (values.count("reader") != 0)
    for (const std::string& reader : values["reader"].as<std::vector<std::string>>()) add(reader);
  else if (asks)
    for (const std::string_view reader : formats::split(asked("Who reads (names, with commas between)", ""), ",;"))
      add(reader);
  if (readers.empty()) readers.push_back({"ME", "who reads"});
  return readers;
}

std::string settingOf(const po::variables_map& values, const char* name, bool asks, const std::string& question,
                      const std::string& otherwise) {
  if (values.count(name) != 0) return values[name].as<std::string>();
  return asks ? asked(question, otherwise) : otherwise;
}

/// What init wrote is a review that loads, or its faults are shown and nothing is written.
bool isRight(Context& context, const std::string& text, const fs::path& file) {
  const config::Loaded loaded = config::readReview(text, file, declarations(context.catalogue()));
  if (!loaded.problems.hasErrors()) return true;
  context.console.note(config::render(loaded.problems, file.filename().string(), text));
  context.console.error("nothing was written: a value that was given does not fit into a review");
  return false;
}

int init(Context& context, const po::variables_map& values) {
  const std::string word = values["folder"].as<std::string>();
  const fs::path folder = word == "." ? fs::current_path() : fileNamed(word).lexically_normal();
  if (!fs::is_directory(folder)) throw UsageError("'" + folder.string() + "' is no folder");
  const fs::path file = folder / "review.yaml";
  if (fs::exists(file))
    throw UsageError("'" + file.string() +
                     "' is there already, and is not written over; 'winnow check' tells about it");
  const Finding found(context, folder);
  if (found.exports().empty())
    throw Error("no export of a database lies in '" + folder.string() +
                "'; put the files there that the databases gave you (RIS, CSV, ...)" +
                (found.others().empty() ? std::string() : "; not recognised: " + io::listed(found.others(), 5)));
  const bool asks = io::isTerminal(0) && io::isTerminal(2);
  FirstReview review;
  review.exports = found.exports();
  review.title =
      settingOf(values, "title", asks, "Title of the review", fs::weakly_canonical(folder).filename().string());
  review.readers = readersOf(values, asks);
  if (review.readers.size() > 1)
    review.share = settingOf(values, "share", asks, "How much the second reads: all, or a share such as 20%", "all");
  review.searched = settingOf(values, "searched", asks, "Day of the search", found.newestDay());
  const std::string text = firstReview(review);
  if (!isRight(context, text, file)) return WrongUsage;
  context.outputs.write(file, text);
  for (const FoundExport& one : review.exports)
    context.console.line(padded(waveOf(one.file), 10) + padded(databaseOf(one), 24) + one.file.generic_string());
  if (!found.others().empty())
    context.console.note("warning: no importer knows " + io::listed(found.others(), 5) +
                         "; left out ('winnow formats FILE' tells why)\n");
  context.console.line("wrote " + (fs::path(word) / "review.yaml").lexically_normal().string() +
                       ": read it, then 'winnow run" +
                       (word == "." ? "'" : " " + (fs::path(word) / "review.yaml").string() + "'"));
  return Done;
}

}  // namespace

Command initCommand() {
  return {"init",
          "[FOLDER]",
          "Write a first review.yaml from the exports that lie in a folder",
          kInitHelp,
          [](po::options_description& options) {
            options.add_options()("folder", po::value<std::string>()->default_value("."), "where the exports lie")(
                "title", po::value<std::string>(), "title of the review; the folder's name unless given")(
                "reader", po::value<std::vector<std::string>>()->composing(),
                "who reads, 'Kari Aas' or 'KA=Kari Aas' (repeatable)")("share", po::value<std::string>(),
                                                                       "how much the second reads: all, or 20%")(
                "searched", po::value<std::string>(),
                "day of the search, 2026-03-01; the day of the newest file unless given");
          },
          {"folder"},
          init};
}

}  // namespace winnow::cli
