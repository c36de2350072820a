#include "SourcesReader.hpp"

#include <algorithm>

#include "../Nearest.hpp"
#include "../OptionChecker.hpp"
#include "FileMatch.hpp"
#include "Values.hpp"

namespace winnow::config {

namespace {

/// Reads the sources of one wave.
class WaveReader {
 public:
  WaveReader(const StageDeclarations& stages, Review& review, Problems& problems) : stages_(stages), review_(review), problems_(problems) {}

  void read(const YamlNode& node) {
    const Section section(node, keys::wave, "a wave", problems_);
    wave_ = {section.text("wave"), section.text("searched"), section.at()};
    if (isKnown(wave_.name)) problems_.error("config.twice", section.at(), "the wave '" + wave_.name + "' stands twice");
    review_.waves.push_back(wave_);
    folder_ = review_.folder / section.text("folder");
    std::error_code ignored;
    if (const auto folder = section.written("folder"); folder && !std::filesystem::is_directory(folder_, ignored))
      problems_.error("config.missing-file", folder->at, "there is no folder '" + folder->text + "'");
    if (const YamlNode* databases = section.find("databases")) readNamed(*databases, SourceKind::Database);
    if (const YamlNode* registers = section.find("registers")) readNamed(*registers, SourceKind::Register);
    if (const YamlNode* methods = section.find("other methods")) readMethods(*methods);
  }

 private:
  bool isKnown(const std::string& name) const {
    return std::any_of(review_.waves.begin(), review_.waves.end(), [&](const Wave& w) { return w.name == name && !name.empty(); });
  }

  void readNamed(const YamlNode& node, SourceKind kind) {
    if (node.kind != YamlKind::Map) return wrongKind(node, node.key, "a map of names", problems_);
    for (const YamlNode& entry : node.children) {
      const Section section(entry, keys::source, "the source '" + entry.key + "'", problems_);
      Source source = readCommon(section);
      source.kind = kind;
      source.name = entry.key;
      source.platform = section.text("platform");
      source.at = entry.keyAt;
      review_.sources.push_back(std::move(source));
    }
  }

  void readMethods(const YamlNode& node) {
    if (node.kind != YamlKind::List) return wrongKind(node, node.key, "a list", problems_);
    for (const YamlNode& entry : node.children) {
      const Section section(entry, keys::method, "another method", problems_);
      Source source = readCommon(section);
      source.kind = SourceKind::OtherMethod;
      source.name = section.text("method");
      if (const std::string field = section.text("field"); !field.empty()) source.name += ": " + field;
      source.parents = section.nameTexts("of");
      source.at = section.at();
      review_.sources.push_back(std::move(source));
    }
  }

  Source readCommon(const Section& section) {
    Source source;
    source.wave = wave_.name;
    source.reported = section.count("reported");
    source.taken = section.count("taken");
    source.searched = section.text("searched");
    if (source.searched.empty()) source.searched = wave_.searched;
    source.query = section.text("query");
    source.filesAt = section.at();
    for (const Written& pattern : section.names("files")) addFiles(pattern, source);
    if (const auto from = section.written("from"))
      if (const winnow_stage* stage = requireStage(*from, stages_, importerRole(), problems_)) {
        source.importer = view(stage->id);
        source.importerSettings = checkOptions(*stage, {{}, {}, from->at}, problems_);
      }
    return source;
  }

  void addFiles(const Written& pattern, Source& source) {
    const std::vector<std::filesystem::path> files = matchFiles(folder_, pattern.text);
    if (files.empty())
      problems_.error("config.missing-file", pattern.at, "no file matches '" + pattern.text + "' in '" + relativeName(folder_, review_.folder) + "'" +
                      didYouMean(pattern.text, fileNames(folder_)));
    for (const std::filesystem::path& file : files) {
      if (std::find(source.files.begin(), source.files.end(), file) != source.files.end()) continue;
      source.files.push_back(file);
      source.fileNames.push_back(relativeName(file, review_.folder));
    }
  }

  const StageDeclarations& stages_;
  Review& review_;
  Problems& problems_;
  Wave wave_;
  std::filesystem::path folder_;
};

/// A file that two sources of one wave name would count twice.
void tellSharedFiles(const Review& review, Problems& problems) {
  for (std::size_t i = 0; i < review.sources.size(); ++i)
    for (std::size_t k = i + 1; k < review.sources.size(); ++k)
      for (const std::filesystem::path& file : review.sources[k].files) {
        const auto& others = review.sources[i].files;
        const bool isShared = review.sources[i].wave == review.sources[k].wave && std::find(others.begin(), others.end(), file) != others.end();
        if (isShared)
          problems.error("config.twice", review.sources[k].at, "'" + relativeName(file, review.folder) + "' is already a file of '" +
                         review.sources[i].name + "' in this wave; its records would count twice");
      }
}

}  // namespace

const winnow_stage* requireStage(const Written& name, const StageDeclarations& stages, const StageRole& role, Problems& problems) {
  const winnow_stage* stage = findStage(stages, role, name.text);
  if (stage != nullptr && fits(role, *stage)) return stage;
  if (stage != nullptr) {
    problems.error("config.wrong-plugin", name.at, "'" + name.text + "' is a plugin of another kind (" + std::string(kindNoun(*stage)) + "); here stands a " + std::string(role.noun));
  } else {
    problems.error("config.unknown-plugin", name.at, "there is no " + std::string(role.noun) + " '" + name.text + "'" + didYouMeanOf(name.text, shortNames(stages, role)) +
                   " ('winnow plugins --why' shows where was looked)");
  }
  return nullptr;
}

void readSources(const YamlNode& node, const StageDeclarations& stages, Review& review, Problems& problems) {
  if (node.kind != YamlKind::List) return wrongKind(node, "sources", "a list of waves", problems);
  for (const YamlNode& wave : node.children) WaveReader(stages, review, problems).read(wave);
  tellSharedFiles(review, problems);
}

}  // namespace winnow::config
