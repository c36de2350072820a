#include "StageSettings.hpp"

#include <set>

#include <winnow/plugin.hpp>

#include <boost/program_options.hpp>

#include "config/OptionChecker.hpp"
#include "engine/reading/ReadFile.hpp"
#include "engine/stages/Stages.hpp"
#include "io/Error.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

std::string stageId(const std::string& prefix, const std::string& name) {
  return name.rfind(prefix, 0) == 0 ? name : prefix + name;
}

const plugins::StageEntry& requiredStage(Context& context, const std::string& id, const char* option) {
  const plugins::StageEntry* entry = context.catalogue().find(id);
  if (entry != nullptr) return *entry;
  std::string names;
  for (const plugins::StageEntry& e : context.catalogue().stages())
    if (const std::string_view other = view(e.stage->id);
        other.substr(0, other.find('.')) == id.substr(0, id.find('.')))
      names += (names.empty() ? "" : ", ") + std::string(other.substr(other.find('.') + 1));
  throw UsageError("there is no '" + id + "' for " + option + "; there are: " + names);
}

plugins::SettingList settingsOf(const winnow_stage& stage, const std::vector<std::string>& words) {
  plugins::SettingList settings = engine::defaultSettings(stage);
  std::set<std::string> given;
  for (const std::string& text : words) {
    const std::size_t equals = text.find('=');
    const std::string name = text.substr(0, equals),
                      value = equals == std::string::npos ? "true" : text.substr(equals + 1);
    const winnow_option* option = config::findOption(stage, name);
    if (option == nullptr) option = config::findOption(stage, name.substr(0, name.find('.')));
    if (option == nullptr || (option->type == WINNOW_MAP) != (name != view(option->name)))
      throw UsageError("'" + std::string(view(stage.id)) + "' has no option '" + name + "'; 'winnow plugins " +
                       std::string(view(stage.id)) + "' lists them");
    if (const auto fault = config::checkOption(*option, value)) throw UsageError(*fault);
    const bool isOne = option->type != WINNOW_LIST && option->type != WINNOW_MAP;
    if (given.insert(name).second || isOne) std::erase_if(settings, [&](const auto& s) { return s.first == name; });
    settings.emplace_back(name, config::settingText(*option, value));
  }
  return settings;
}

std::vector<plugins::FormatEntry> formatsOf(Context& context, const winnow_stage& stage) {
  plugins::Services services(context.tags);
  const plugins::Instance instance(&stage, engine::defaultSettings(stage), services);
  return instance.formats();
}

std::vector<std::string> wordsOf(const po::variables_map& values, const char* option) {
  return values.count(option) == 0 ? std::vector<std::string>() : values[option].as<std::vector<std::string>>();
}

NamedImporter namedImporter(Context& context, const po::variables_map& values) {
  const std::vector<std::string> words = wordsOf(values, "with");
  const std::string encoding = values.count("encoding") == 0 ? std::string() : values["encoding"].as<std::string>();
  if (values.count("from") == 0) {
    if (!words.empty()) throw UsageError("--with is an option of the importer, so --from must name it");
    return {{}, {}, encoding};
  }
  const std::string id = stageId("importers.", values["from"].as<std::string>());
  return {id, settingsOf(*requiredStage(context, id, "--from").stage, words), encoding};
}

void addImporterOptions(po::options_description& options) {
  options.add_options()("encoding", po::value<std::string>(),
                        "charset of the files, where they do not tell (iconv --list)")(
      "from", po::value<std::string>(), "importer, when the content does not tell")(
      "with", po::value<std::vector<std::string>>(),
      "an option of the importer, name=value or name.key=value (repeatable)");
}

}  // namespace winnow::cli
