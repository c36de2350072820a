#include "SettingsCheck.hpp"

#include "Stages.hpp"
#include "io/Error.hpp"

namespace winnow::engine {

namespace {

/// A stage as one part of the review names it.
struct Use {
  const std::string& plugin;
  const plugins::SettingList& settings;
  const config::OptionPlaces& optionAt;
  config::Place at;
};

/// People's steps and importers by content name no stage.
std::vector<Use> usesOf(const config::Review& review) {
  static const config::OptionPlaces kNone;
  std::vector<Use> uses;
  const auto add = [&](const Use& use) {
    if (!use.plugin.empty()) uses.push_back(use);
  };
  for (const config::Source& s : review.sources) add({s.importer, s.importerSettings, kNone, s.at});
  for (const config::StageUse& a : review.annotators) add({a.plugin, a.settings, a.optionAt, a.at});
  for (const config::Step& s : review.steps) {
    add({s.plugin, s.settings, s.optionAt, s.pluginAt});
    if (s.order) add({s.order->plugin, s.order->settings, s.order->optionAt, s.order->at});
  }
  for (const config::Export& e : review.exports) add({e.plugin, e.settings, e.optionAt, e.pluginAt});
  return uses;
}

/// True if the stage takes its settings.
bool isTaken(const Use& use, const winnow_stage& stage, const config::Review& review, plugins::TagTable& tags,
             const Documents& given, const io::DiagnosticSink& tell) {
  bool isTold = false;
  const auto refused = [&](io::Diagnostic d, const winnow_diagnostic& said) {
    isTold = isTold || d.severity == io::Severity::Error;
    tell(placedAtOption(std::move(d), said, review, {stage, use.settings, use.optionAt, use.at}));
  };
  plugins::Services services(tags);
  services.onDiagnostic([&](const winnow_diagnostic& said) { refused(unlocated(said), said); });
  for (const auto& [name, text] : given) services.provide(name, text);
  try {
    provideFiles(services, review.folder, stage, use.settings);
    const plugins::Instance instance(&stage, use.settings, services);
    return true;
  } catch (const Error& error) {
    io::Diagnostic d;
    d.severity = io::Severity::Error;
    d.code = "plugin.settings";
    d.message = error.what();
    if (!isTold) refused(std::move(d), {});
    return false;
  }
}

}  // namespace

std::size_t checkSettings(const config::Review& review, const plugins::Catalogue& catalogue, plugins::TagTable& tags,
                          const Documents& given, const io::DiagnosticSink& tell) {
  std::size_t refusals = 0;
  for (const Use& use : usesOf(review))
    if (const plugins::StageEntry* entry = catalogue.find(use.plugin))
      refusals += isTaken(use, *entry->stage, review, tags, given, tell) ? 0 : 1;
  return refusals;
}

}  // namespace winnow::engine
