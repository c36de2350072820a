#include "SourcesReader.hpp"

#include <algorithm>
#include <map>

#include "../Nearest.hpp"
#include "../OptionChecker.hpp"
#include "FileMatch.hpp"
#include "Values.hpp"
#include "io/Listed.hpp"

namespace winnow::config {
namespace {

/// A folder that a wave names, to look for exports that nobody takes.
struct NamedFolder {
  std::filesystem::path path;
  Place at;
};

/// What is odd about a name of a file or folder that is not there, and what to write instead.
std::string oddCharacters(std::string_view name) {
  if (name.find('\\') != std::string_view::npos) return "; write / instead of \\";
  for (const std::string_view quote : {"\u201c", "\u201d", "\u201e", "\u2018", "\u2019"})
    if (name.find(quote) != std::string_view::npos) return "; its quotation marks are typographic, write \" or none";
  return "";
}

/// Reads the waves one after the other.
class SourcesReader {
 public:
  SourcesReader(const StageDeclarations& stages, Review& review, Problems& problems)
      : stages_(stages), review_(review), problems_(problems) {}

  void read(const YamlNode& node) {
    if (node.kind != YamlKind::List) return wrongKind(node, "sources", "a list of waves", problems_);
    if (node.children.empty())
      problems_.error("config.empty", node.place(), "'sources' has no wave; records must come from somewhere");
    for (const YamlNode& wave : node.children) readWave(wave);
    tellUnusedFiles();
  }

 private:
  void readWave(const YamlNode& node) {
    const Section section(node, keys::wave, "a wave", problems_);
    if (node.kind != YamlKind::Map) return;
    readDates(section);
    openFolder(section);
    const std::size_t before = review_.sources.size();
    if (const YamlNode* databases = section.find("databases")) readNamed(*databases, SourceKind::Database);
    if (const YamlNode* registers = section.find("registers")) readNamed(*registers, SourceKind::Register);
    if (const YamlNode* methods = section.find("other methods")) readMethods(*methods);
    const bool isEmpty = section.find("databases") == nullptr && section.find("registers") == nullptr &&
                         section.find("other methods") == nullptr;
    if (isEmpty && before == review_.sources.size())
      problems_.error("config.missing-key", section.at(),
                      "a wave needs one of the keys 'databases', 'registers', 'other methods'");
  }

  void readDates(const Section& section) {
    const auto name = section.written("wave");
    const auto searched = section.written("searched");
    wave_ = {name ? name->text : "", searched ? searched->text : "", name ? name->at : section.at()};
    for (const Wave& earlier : review_.waves) {
      if (!name || earlier.name != wave_.name) continue;
      problems_.error("config.twice", wave_.at,
                      "the wave '" + wave_.name + "' stands twice; first in line " + std::to_string(earlier.at.line));
    }
    if (searched && !review_.waves.empty() && isBefore(wave_.searched, review_.waves.back().searched)) {
      problems_.error("config.wave-order", searched->at,
                      "the wave '" + wave_.name + "' was searched before '" + review_.waves.back().name +
                          "'; write the waves in the order of time");
    }
    review_.waves.push_back(wave_);
  }

  void openFolder(const Section& section) {
    const auto named = section.written("folder");
    folder_ = (review_.folder / (named ? named->text : std::string())).lexically_normal();
    std::error_code ignored;
    hasFolder_ = !named || std::filesystem::is_directory(folder_, ignored);
    if (!hasFolder_)
      problems_.error("config.missing-file", named->at,
                      "there is no folder '" + named->text + "'" + oddCharacters(named->text));
    if (named && hasFolder_) folders_.push_back({folder_, named->at});
  }

  void readNamed(const YamlNode& node, SourceKind kind) {
    if (node.kind != YamlKind::Map) return wrongKind(node, node.key, "a map of names", problems_);
    for (const YamlNode& entry : node.children) {
      const std::string owner = "'" + entry.key + "'";
      const Section section(entry, keys::source, owner, problems_, Others::Keep);
      Source source = readCommon(section, owner, keys::source);
      source.kind = kind;
      source.name = entry.key;
      source.platform = section.text("platform");
      add(std::move(source), entry.keyAt);
    }
  }

  void readMethods(const YamlNode& node) {
    if (node.kind != YamlKind::List) return wrongKind(node, node.key, "a list", problems_);
    for (const YamlNode& entry : node.children) {
      const Section section(entry, keys::method, "a method", problems_, Others::Keep);
      Source source = readCommon(section, "a method", keys::method);
      source.kind = SourceKind::OtherMethod;
      source.name = section.text("method");
      if (const std::string field = section.text("field"); !field.empty()) source.name += ": " + field;
      source.parents = section.nameTexts("of");
      add(std::move(source), section.at());
    }
  }

  void add(Source source, Place at) {
    source.at = at;
    for (const Source& other : review_.sources) {
      if (source.name.empty() || other.wave != source.wave || other.name != source.name) continue;
      problems_.error(
          "config.twice", at,
          "the source '" + source.name + "' stands twice in this wave; first in line " + std::to_string(other.at.line));
      break;
    }
    tellSharedFiles(source);
    review_.sources.push_back(std::move(source));
  }

  Source readCommon(const Section& section, const std::string& owner, KeyTable table) {
    Source source;
    source.wave = wave_.name;
    source.searched = section.text("searched");
    if (source.searched.empty()) source.searched = wave_.searched;
    source.query = section.text("query");
    source.encoding = section.text("encoding");
    source.failOn = section.nameTexts("fail_on");
    readCounts(section, source);
    readFiles(section, owner, source);
    readImporter(section, table, source);
    return source;
  }

  void readCounts(const Section& section, Source& source) {
    source.reported = section.count("reported");
    source.taken = section.count("taken");
    if (!source.reported || !source.taken || *source.taken <= *source.reported) return;
    problems_.error("config.number", section.find("taken")->at,
                    "more were taken (" + std::to_string(*source.taken) + ") than reported (" +
                        std::to_string(*source.reported) + ")");
  }

  void readFiles(const Section& section, const std::string& owner, Source& source) {
    const std::vector<Written> patterns = section.names("files");
    if (section.find("files") == nullptr && source.reported != 0U)
      problems_.error("config.missing-key", section.at(),
                      owner + " needs the key 'files'; where a search found nothing, write 'reported: 0'");
    source.filesAt = patterns.empty() ? section.at() : patterns[0].at;
    for (const Written& pattern : patterns) {
      source.filePatterns.push_back((folder_ / pattern.text).lexically_normal());
      const std::vector<std::filesystem::path> files = matchFiles(folder_, pattern.text);
      if (files.empty() && hasFolder_) tellNoMatch(pattern);
      source.files.insert(source.files.end(), files.begin(), files.end());
    }
    std::sort(source.files.begin(), source.files.end(),
              [](const auto& left, const auto& right) { return left.native() < right.native(); });
    source.files.erase(std::unique(source.files.begin(), source.files.end()), source.files.end());
    for (const std::filesystem::path& file : source.files)
      source.fileNames.push_back(relativeName(file, review_.folder));
  }

  void tellNoMatch(const Written& pattern) {
    const std::string folder = relativeName(folder_, review_.folder);
    const std::string odd = oddCharacters(pattern.text);
    problems_.error("config.missing-file", pattern.at,
                    "no file matches '" + pattern.text + "'" + (folder == "." ? "" : " in '" + folder + "'") +
                        (odd.empty() ? didYouMean(pattern.text, fileNames(folder_)) : odd));
  }

  void readImporter(const Section& section, KeyTable table, Source& source) {
    const auto from = section.written("from");
    if (!from) {
      for (const YamlNode* other : section.others()) section.refuse(*other);
      return;
    }
    const winnow_stage* stage = requireStage(*from, stages_, importerRole(), problems_);
    if (stage == nullptr) return;
    source.importer = view(stage->id);
    source.importerSettings =
        checkOptions(*stage, {section.others(), namesOf(table), from->at, review_.folder}, problems_);
  }

  /// A file that two sources of one wave name would count twice.
  void tellSharedFiles(const Source& source) {
    for (const std::filesystem::path& file : source.files) {
      const auto [taken, isNew] = taken_.emplace(std::pair(source.wave, file.native()), source.name);
      if (isNew) continue;
      problems_.error("config.twice", source.filesAt,
                      "'" + relativeName(file, review_.folder) + "' is already a file of '" + taken->second +
                          "' in this wave; its records would count twice");
    }
  }

  void tellUnusedFiles() {
    for (const NamedFolder& folder : folders_) {
      std::vector<std::string> unused;
      for (const std::string& name : fileNames(folder.path)) {
        const std::filesystem::path file = (folder.path / name).lexically_normal();
        const bool isTaken = std::any_of(taken_.begin(), taken_.end(),
                                         [&](const auto& entry) { return entry.first.second == file.native(); });
        if (!isTaken) unused.push_back("'" + relativeName(file, review_.folder) + "'");
      }
      if (unused.empty()) continue;
      constexpr std::size_t kShown = 5;
      problems_.warning("config.unused-file", folder.at,
                        unused.size() == 1
                            ? "no source lists the file " + unused[0] + "; its records are not in the review"
                            : "no source lists " + std::to_string(unused.size()) + " files, " +
                                  io::listed(unused, kShown) + "; their records are not in the review");
    }
  }

  const StageDeclarations& stages_;
  Review& review_;
  Problems& problems_;
  Wave wave_;
  std::filesystem::path folder_;
  bool hasFolder_ = true;
  std::vector<NamedFolder> folders_;
  std::map<std::pair<std::string, std::string>, std::string> taken_;  // wave and file -> source
};

}  // namespace

const winnow_stage* requireStage(const Written& name, const StageDeclarations& stages, const StageRole& role,
                                 Problems& problems) {
  const winnow_stage* stage = findStage(stages, role, name.text);
  if (stage != nullptr && fits(role, *stage)) return stage;
  const std::string noun(role.noun);
  if (stage != nullptr) {
    const std::string kind(kindNoun(*stage));
    const std::string article = std::string("aei").find(kind[0]) != std::string::npos ? "an " : "a ";
    problems.error("config.wrong-plugin", name.at,
                   "'" + std::string(view(stage->id)) + "' is " + article + kind + "; here stands the name of " +
                       (std::string("aei").find(noun[0]) == std::string::npos ? "a " : "an ") + noun);
    return nullptr;
  }
  problems.error("config.unknown-plugin", name.at,
                 "there is no " + noun + " '" + name.text + "'" + didYouMeanOf(name.text, shortNames(stages, role)) +
                     " ('winnow plugins --why' shows where Winnow looked)");
  return nullptr;
}

void readSources(const YamlNode& node, const StageDeclarations& stages, Review& review, Problems& problems) {
  SourcesReader(stages, review, problems).read(node);
}

}  // namespace winnow::config
