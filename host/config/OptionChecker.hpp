// Options of stages and of contributed commands, checked by the declaration that the plugin makes. A plugin never sees
// an unchecked value.
#pragma once

#include <winnow/abi.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "Problems.hpp"
#include "Review.hpp"
#include "YamlDocument.hpp"

namespace winnow::config {

/// What is wrong with `text` as the value of the option, or as one item of a LIST or MAP: a message such as
/// "'max_block' takes a whole number, not 'ten'"; none if it is right. Thread: any.
std::optional<std::string> checkOption(const winnow_option& option, std::string_view text);

/// The text as the ABI hands it over: BOOLEAN as "true" or "false", everything else as written. Only for texts that
/// checkOption accepts.
std::string settingText(const winnow_option& option, std::string_view text);

/// The settings of a fallback: lists and maps cut at '|', a map's parts as names with no value.
Settings fallbackSettings(const winnow_option& option);

/// What is written about a stage, and by whom.
struct WrittenOptions {
  std::vector<const YamlNode*> entries;  ///< those that are no keys of the host, in the order of the file
  std::vector<std::string> hostKeys;     ///< the keys of the host at the same place, for suggestions
  Place at;                              ///< where a missing option is reported
  std::filesystem::path folder{};        ///< the review's: where files are that options name
  OptionPlaces* places = nullptr;        ///< gets where each option is written
};

/// All options of a stage in the order of its declaration, defaults applied: lists repeat the name, a map's entries are
/// "option.key" in the order of the file. Unknown options, wrong types, choices, bounds, missing files, required and
/// deprecated ones are reported with their place.
Settings checkOptions(const winnow_stage& stage, const WrittenOptions& written, Problems& problems);

/// The declared option of that name, or null.
const winnow_option* findOption(const winnow_stage& stage, std::string_view name);

/// Names of the options of a stage.
std::vector<std::string> optionNames(const winnow_stage& stage);

}  // namespace winnow::config
