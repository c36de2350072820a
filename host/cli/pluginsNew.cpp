// winnow plugins new: a folder with a plugin that builds and passes its tests at once.
#include <algorithm>
#include <cctype>

#include <boost/program_options.hpp>

#include "CommandLine.hpp"
#include "io/AtomicFile.hpp"
#include "io/Error.hpp"
#include "plugins/Library.hpp"
#include "pluginsCommands.hpp"

namespace winnow::cli {

namespace po = boost::program_options;
namespace fs = std::filesystem;

namespace {

constexpr const char* kPluginsNewHelp =
    "Makes a folder NAME with a plugin that builds and passes 'winnow plugins test' at once: source, sample, README, "
    "CI.\n"
    "Kinds: importer, filter, matcher, sampler, annotator, ranker, exporter; dialect is a table without code.\n"
    "  $ winnow plugins new importer my-db --lang c++\n"
    "  $ cmake -S my-db -B my-db/build && cmake --build my-db/build      (not for Python)\n"
    "  $ cargo build --release --offline --manifest-path my-db/Cargo.toml    (Rust)\n"
    "  $ winnow plugins test my-db\n";

/// my-db -> MyDb.
std::string classOf(const std::string& name) {
  std::string text;
  bool up = true;
  for (const char c : name) {
    if (c == '-') {
      up = true;
      continue;
    }
    text += up ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    up = false;
  }
  return text;
}

std::string filled(std::string text, const std::vector<std::pair<std::string, std::string>>& values) {
  for (const auto& [mark, value] : values)
    for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos; at += value.size())
      text.replace(at, mark.size(), value);
  return text;
}

void require(bool holds, const std::string& message) {
  if (!holds) throw UsageError(message);
}

bool isName(const std::string& name) {
  return !name.empty() && name.front() >= 'a' && name.front() <= 'z' && name.back() != '-' &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

constexpr std::string_view kTemplates[] = {"importer",  "filter", "matcher",  "sampler",
                                           "annotator", "ranker", "exporter", "dialect"};

/// The id of the stage that is made.
std::string stageOf(const std::string& kind, const std::string& name) {
  if (kind == "dialect") return "importers.ris." + name;
  return (kind == "matcher" || kind == "sampler" ? std::string("filter") : kind) + "s." + name;
}

int make(Context& context, const po::variables_map& values) {
  require(values.count("kind") != 0 && values.count("name") != 0,
          "a kind and a name are missing; 'winnow plugins new --help' shows how");
  const std::string kind = values["kind"].as<std::string>(), name = values["name"].as<std::string>(),
                    language = kind == "dialect" ? std::string("table") : values["lang"].as<std::string>();
  require(
      std::find(std::begin(kTemplates), std::end(kTemplates), kind) != std::end(kTemplates),
      "there is a template for importer, filter, matcher, sampler, annotator, ranker, exporter and dialect, not for '" +
          kind + "'");
  require(kind == "dialect" || language == "c++" || language == "c" || language == "python" || language == "rust",
          "there is a template in c++, c, python and rust, not in '" + language + "'");
  for (const char* text : {"vendor", "license"})
    require(values[text].as<std::string>().find_first_of("\"\\'\n") == std::string::npos,
            "--" + std::string(text) + " goes into sources; it takes no quotes and no backslashes");
  require(isName(name),
          "'" + name + "' is no name; it takes lower-case letters, digits and hyphens, and begins with a letter");
  const fs::path share = plugins::programFolder().parent_path() / "share/winnow";
  const fs::path templates =
      values.count("templates") != 0 ? fs::path(values["templates"].as<std::string>()) : share / "template";
  require(
      fs::is_directory(templates / language / kind),
      "there are no templates in '" + templates.string() + "'; install the SDK, or name their folder with --templates");
  const fs::path folder = name;
  require(!fs::exists(folder), "'" + name + "' exists already; nothing was written");
  const std::vector<std::pair<std::string, std::string>> marks{{"@NAME@", name},
                                                               {"@CLASS@", classOf(name)},
                                                               {"@KIND@", kind},
                                                               {"@KINDCLASS@", classOf(kind)},
                                                               {"@STAGE@", stageOf(kind, name)},
                                                               {"example.org", values["vendor"].as<std::string>()},
                                                               {"Apache-2.0", values["license"].as<std::string>()}};
  for (const fs::path& from :
       {templates / "common" / kind, templates / language / "common", templates / language / kind}) {
    if (!fs::is_directory(from)) continue;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(from)) {
      if (!entry.is_regular_file()) continue;
      const fs::path target = folder / filled(fs::relative(entry.path(), from).string(), marks);
      io::writeFile(target, filled(io::readFile(entry.path()), marks));
      if (target.string().ends_with(".plugin.py"))
        fs::permissions(target, fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec,
                        fs::perm_options::add);
    }
  }
  if (language == "python")
    io::writeFile(folder / "winnow_worker.py", io::readFile(templates.parent_path() / "python/winnow_worker.py"));
  context.console.line("made " + name + "/ with " + stageOf(kind, name));
  if (language == "c++" || language == "c")
    context.console.line("  cmake -S " + name + " -B " + name + "/build && cmake --build " + name + "/build");
  if (language == "rust")
    context.console.line("  cargo build --release --offline --manifest-path " + name + "/Cargo.toml");
  context.console.line("  winnow plugins test " + name);
  return Done;
}

}  // namespace

Command pluginsNewCommand() {
  return {"plugins new",
          "KIND NAME [--lang c++|c|python|rust]",
          "Make a plugin that builds and passes its tests at once",
          kPluginsNewHelp,
          [](po::options_description& options) {
            options.add_options()("kind", po::value<std::string>(),
                                  "importer, filter, matcher, sampler, annotator, ranker, exporter or dialect")(
                "name", po::value<std::string>(), "its name: my-db")(
                "lang", po::value<std::string>()->default_value("c++"), "c++, c, python or rust")(
                "vendor", po::value<std::string>()->default_value("example.org"), "who makes it: a domain of yours")(
                "license", po::value<std::string>()->default_value("Apache-2.0"), "its licence, by its SPDX name")(
                "templates", po::value<std::string>(), "folder of templates");
          },
          {"kind", "name"},
          make};
}

}  // namespace winnow::cli
