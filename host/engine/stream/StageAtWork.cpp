#include "StageAtWork.hpp"

#include <winnow/plugin.hpp>

#include "engine/stages/Stages.hpp"

namespace winnow::engine {

namespace {

const char* nameOf(std::uint32_t kind) {
  switch (kind) {
    case WINNOW_IMPORTER:
      return "an importer";
    case WINNOW_FILTER:
      return "a filter";
    case WINNOW_MATCHER:
      return "a matcher";
    case WINNOW_SAMPLER:
      return "a sampler";
    case WINNOW_ANNOTATOR:
      return "an annotator";
    case WINNOW_RANKER:
      return "a ranker";
    default:
      return "an exporter";
  }
}

}  // namespace

StageAtWork::StageAtWork(const StageChoice& choice, plugins::TagTable& tags, const io::DiagnosticSink& tell)
    : choice_(choice), tags_(tags), tell_(tell), services_(tags) {
  services_.onDiagnostic([this](const winnow_diagnostic& d) { tell_(unlocated(d)); });
  for (const auto& [name, text] : choice_.given) services_.provide(name, text);
  provideFiles(services_, choice_.folder, stage(), choice_.settings);
  instance_ = std::make_unique<plugins::Instance>(&stage(), choice_.settings, services_);
  key_ = stageKey(*choice_.entry, choice_.settings, services_.keepAsked());
}

void StageAtWork::require(std::uint32_t kind, const char* verb) const {
  if (stage().kind != kind)
    throw UsageError("'" + std::string(view(stage().id)) + "' is " + nameOf(stage().kind) + ", and --do " + verb +
                     " is for " + nameOf(kind));
}

StreamHeader StageAtWork::header(const char* holds) const {
  return {holds, std::string(view(stage().id)), choice_.entry->content->sha256(), key_, false};
}

void StageAtWork::check(StreamReader& reader) const {
  reader.onHeader([this](const StreamHeader& header, const StreamLine& line) {
    if (header.holds == "records" && wantsRaw() && !header.hasRaw)
      line.refuse("stage.no-raw",
                  "'" + std::string(view(stage().id)) +
                      "' looks at fields as they were exported, and these records come "
                      "without",
                  "read them with --raw");
    if (header.holds != "records" && header.holds != "labels" && header.key != key_)
      line.refuse("stage.another-stage",
                  "these lines are of '" + header.stage + "' with other settings, files or another build of it",
                  "make all of them with one Winnow, one plugin and the same settings", "key");
  });
}

std::optional<std::uint32_t> StageAtWork::reason(const std::string& code) const {
  const auto& reasons = instance_->reasons();
  for (std::size_t i = 0; i < reasons.size(); ++i)
    if (reasons[i].code == code) return static_cast<std::uint32_t>(i);
  return std::nullopt;
}

}  // namespace winnow::engine
