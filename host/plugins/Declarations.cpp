#include "Declarations.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>

#include <winnow/plugin.hpp>

#include "FirstSizes.hpp"

namespace winnow::plugins {

namespace {

constexpr std::size_t kMostStages = 256;

bool isWord(std::string_view text, std::string_view more) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || more.find(c) != std::string_view::npos;
  });
}

std::string inQuotes(std::string_view text) { return "'" + std::string(text) + "'"; }

std::string optionProblem(const winnow_stage& stage) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < stage.option_count; ++i) {
    const winnow_option* option = stage.options[i];
    if (option == nullptr || option->struct_size < kFirstOptionSize)
      return "declares option " + std::to_string(i + 1) + " of " + inQuotes(view(stage.id)) + " with a wrong size";
    const std::string_view name = view(option->name);
    if (!isWord(name, "_"))
      return "declares an option named " + inQuotes(name) + " (lower-case letters, digits, _ only)";
    if (!names.insert(name).second) return "declares the option " + inQuotes(name) + " twice";
    if (option->type < WINNOW_STRING || option->type > WINNOW_FILE)
      return "declares the option " + inQuotes(name) + " with an unknown type";
    if (option->help.size == 0) return "declares the option " + inQuotes(name) + " without help";
  }
  return {};
}

std::string reasonProblem(const winnow_stage& stage) {
  std::set<std::string_view> codes;
  for (std::size_t i = 0; i < stage.reason_count; ++i) {
    const std::string_view code = view(stage.reasons[i].code);
    if (!isWord(code, "-._"))
      return "declares a reason code " + inQuotes(code) + " (lower-case letters, digits, - and . only)";
    if (!codes.insert(code).second) return "declares the reason " + inQuotes(code) + " twice";
  }
  return {};
}

std::string tagProblem(const winnow_stage& stage) {
  const std::string id = inQuotes(view(stage.id));
  for (std::size_t i = 0; i < stage.read_count; ++i)
    if (stage.reads[i].size == 0) return "declares that " + id + " reads a tag without a name";
  for (std::size_t i = 0; i < stage.give_count; ++i) {
    const std::string_view tag = view(stage.gives[i]);
    if (!isWord(tag, "-.") || tag.substr(0, 4) == "raw:")
      return "declares that " + id + " gives the tag " + inQuotes(tag) + " (lower-case letters, digits, - and . only)";
  }
  if (stage.kind == WINNOW_ANNOTATOR && stage.give_count == 0)
    return "declares the annotator " + id + " without the tags that it gives";
  return {};
}

bool isKnownKind(const winnow_stage& stage) { return kindWord(stage.kind)[0] != '\0'; }

std::string stageProblem(const winnow_stage& stage) {
  const char* kind = kindWord(stage.kind);
  const std::string_view id = view(stage.id);
  const std::string prefix = std::string(kind) + ".";
  if (!isWord(id, "-._") || id.substr(0, prefix.size()) != prefix || id.size() == prefix.size())
    return "declares a stage id " + inQuotes(id) + ", which must be " + inQuotes(prefix + "name");
  if (stage.methods == nullptr || stage.create == nullptr || stage.destroy == nullptr)
    return "declares " + inQuotes(id) + " without its functions";
  if (stage.version.size == 0 || stage.help.size == 0) return "declares " + inQuotes(id) + " without version or help";
  if (std::string problem = optionProblem(stage); !problem.empty()) return problem;
  if (std::string problem = tagProblem(stage); !problem.empty()) return problem;
  return reasonProblem(stage);
}

}  // namespace

const char* kindWord(std::uint32_t kind) {
  switch (kind) {
    case WINNOW_IMPORTER:
      return "importers";
    case WINNOW_FILTER:
    case WINNOW_MATCHER:
    case WINNOW_SAMPLER:
      return "filters";
    case WINNOW_EXPORTER:
      return "exporters";
    case WINNOW_ANNOTATOR:
      return "annotators";
    case WINNOW_RANKER:
      return "rankers";
    default:
      return "";
  }
}

const char* kindName(std::uint32_t kind) {
  static constexpr const char* kNames[] = {"",        "importer", "filter",    "matcher",
                                           "sampler", "exporter", "annotator", "ranker"};
  return kind < std::size(kNames) ? kNames[kind] : "";
}

namespace {

bool addsCommands(const winnow_plugin& plugin) {
  return plugin.extension != nullptr && plugin.extension(WINNOW_EXT_COMMAND) != nullptr;
}

}  // namespace

std::string declarationProblem(const winnow_plugin& plugin) {
  if (plugin.name.size == 0 || plugin.version.size == 0) return "declares no name or version";
  if (plugin.stage == nullptr) return "declares no stage";
  if (plugin.stage(0) == nullptr) return addsCommands(plugin) ? "" : "declares neither a stage nor a command";
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < kMostStages; ++i) {
    const winnow_stage* stage = plugin.stage(i);
    if (stage == nullptr) return {};
    if (!isKnownKind(*stage)) continue;  // of a later host's kinds
    if (stage->struct_size < kFirstStageSize) return "declares stage " + std::to_string(i + 1) + " with a wrong size";
    if (std::string problem = stageProblem(*stage); !problem.empty()) return problem;
    if (!ids.insert(view(stage->id)).second) return "declares the stage " + inQuotes(view(stage->id)) + " twice";
  }
  return "declares more than " + std::to_string(kMostStages) + " stages: the list has no end";
}

std::vector<const winnow_stage*> knownStages(const winnow_plugin& plugin) {
  std::vector<const winnow_stage*> stages;
  for (std::size_t i = 0; const winnow_stage* stage = plugin.stage(i); ++i)
    if (isKnownKind(*stage)) stages.push_back(stage);
  return stages;
}

std::string skippedStages(const winnow_plugin& plugin) {
  std::string skipped;
  for (std::size_t i = 0; const winnow_stage* stage = plugin.stage(i); ++i)
    if (!isKnownKind(*stage))
      skipped += (skipped.empty() ? "" : ", ") + inQuotes(view(stage->id)) + " of kind " + std::to_string(stage->kind);
  if (skipped.empty()) return {};
  return "this winnow does not know the kind of " + skipped + " and leaves it out; a later one may know it";
}

}  // namespace winnow::plugins
