#include "OptionChecker.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "Nearest.hpp"
#include "StageDeclarations.hpp"
#include "io/Listed.hpp"
#include "parts/FileMatch.hpp"
#include "parts/Section.hpp"
#include "parts/Values.hpp"

namespace winnow::config {
namespace {

/// Decimal digits with an optional minus; a leading zero could mean an octal number and is refused.
std::optional<std::int64_t> wholeNumber(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const std::string_view digits = !text.empty() && text[0] == '-' ? text.substr(1) : text;
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (digits.size() > 1 && digits[0] == '0') return std::nullopt;
  return value;
}

std::optional<double> decimalNumber(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

/// -1 below the minimum, 1 above the maximum, 0 within.
template <class Value, class Parse, class Less>
int outside(const winnow_option& option, const Value& value, Parse parse, Less less) {
  if (option.minimum.size != 0)
    if (const auto bound = parse(view(option.minimum)); bound && less(value, *bound)) return -1;
  if (option.maximum.size != 0)
    if (const auto bound = parse(view(option.maximum)); bound && less(*bound, value)) return 1;
  return 0;
}

std::optional<std::string> boundMessage(const winnow_option& option, int side, std::string_view text) {
  if (side == 0) return std::nullopt;
  const std::string_view bound = side < 0 ? view(option.minimum) : view(option.maximum);
  return inQuotes(view(option.name)) + " takes " + (side < 0 ? "at least " : "at most ") + std::string(bound) +
         ", not '" + std::string(text) + "'";
}

std::string expects(const winnow_option& option, std::string_view wanted, std::string_view text) {
  return inQuotes(view(option.name)) + " takes " + std::string(wanted) + ", not '" + std::string(text) + "'";
}

std::optional<std::string> checkWhole(const winnow_option& option, std::string_view text) {
  const auto value = wholeNumber(text);
  if (!value) return expects(option, "a whole number", text);
  return boundMessage(option, outside(option, *value, wholeNumber, std::less<>()), text);
}

std::optional<std::string> checkDecimal(const winnow_option& option, std::string_view text) {
  const auto value = decimalNumber(text);
  if (!value) return expects(option, "a number", text);
  return boundMessage(option, outside(option, *value, decimalNumber, std::less<>()), text);
}

std::optional<std::string> checkDate(const winnow_option& option, std::string_view text) {
  if (!isIsoDate(text)) return expects(option, "a date such as 2020-08-31, 2020-08 or 2020", text);
  const auto date = [](std::string_view bound) { return std::optional<std::string_view>(bound); };
  return boundMessage(option, outside(option, text, date, isBefore), text);
}

std::optional<std::string> checkChoice(const winnow_option& option, std::string_view text) {
  if (option.choices.size == 0) return std::nullopt;
  const std::vector<std::string> choices = splitBars(view(option.choices));
  if (std::find(choices.begin(), choices.end(), text) != choices.end()) return std::nullopt;
  return expects(option, (choices.size() == 1 ? "" : "one of ") + io::listed(choices), text) +
         didYouMean(text, choices);
}

bool isYes(std::string_view text) { return text == "true" || text == "yes"; }
bool isNo(std::string_view text) { return text == "false" || text == "no"; }

/// Types whose values are numbers or truth: a quoted one is text, as in YAML.
bool convertsPlainOnly(const winnow_option& option) {
  return option.type == WINNOW_INTEGER || option.type == WINNOW_NUMBER || option.type == WINNOW_BOOLEAN;
}

/// Reads the options of one stage and writes their settings.
class OptionReader {
 public:
  OptionReader(const winnow_option& option, const std::filesystem::path& folder, Problems& problems, Settings& settings)
      : option_(option), name_(view(option.name)), folder_(folder), problems_(problems), settings_(settings) {}

  void read(const YamlNode& node) {
    if (option_.type == WINNOW_LIST) return readList(node, name_);
    if (option_.type == WINNOW_MAP) return readMap(node);
    readOne(node, name_);
  }

 private:
  void readOne(const YamlNode& node, const std::string& settingName) {
    const bool takesEmpty = option_.type == WINNOW_STRING;
    if (node.kind != YamlKind::Text) return wrongKind(node, name_, wanted(), problems_);
    if (node.text.empty() && !takesEmpty)
      return problems_.error("config.empty", node.at, inQuotes(name_) + " holds an empty text; leave it out");
    if (node.quoted && convertsPlainOnly(option_)) {
      return problems_.error(
          "config.option-value", node.at,
          inQuotes(name_) + " takes " + std::string(wanted()) + "; '" + node.text + "' is quoted and so is text");
    }
    if (auto defect = checkOption(option_, node.text))
      return problems_.error("config.option-value", node.at, std::move(*defect));
    if (option_.type == WINNOW_FILE && !isThere(node)) return;
    settings_.emplace_back(settingName, settingText(option_, node.text));
  }
  /// A file that an option names.
  bool isThere(const YamlNode& node) {
    const std::filesystem::path file = folder_ / node.text;
    std::error_code ignored;
    if (std::filesystem::is_regular_file(file, ignored)) return true;
    problems_.error("config.missing-file", node.at,
                    "there is no file " + inQuotes(node.text) +
                        didYouMean(file.filename().string(), fileNames(file.parent_path())));
    return false;
  }
  void readList(const YamlNode& node, const std::string& settingName) {
    if (node.kind == YamlKind::Text) return readOne(node, settingName);
    if (node.kind != YamlKind::List) return wrongKind(node, name_, "a list", problems_);
    for (const YamlNode& item : node.children) readOne(item, settingName);
    if (node.children.empty() && (option_.flags & WINNOW_OPTION_REQUIRED) != 0)
      problems_.error("config.option-required", node.place(), inQuotes(name_) + " needs at least one entry");
  }
  void readMap(const YamlNode& node) {
    if (node.kind == YamlKind::List) return readMapNames(node);
    if (node.kind != YamlKind::Map) return wrongKind(node, name_, "a map", problems_);
    for (const YamlNode& entry : node.children) readEntry(entry);
    if (node.children.empty() && (option_.flags & WINNOW_OPTION_REQUIRED) != 0)
      problems_.error("config.option-required", node.place(), inQuotes(name_) + " needs at least one entry");
  }
  void readEntry(const YamlNode& entry) {
    const std::string settingName = name_ + "." + entry.key;
    if (entry.kind == YamlKind::Empty || entry.kind == YamlKind::Map)
      return wrongKind(entry, entry.key, entry.kind == YamlKind::Map ? "a list" : "a list ([] for none)", problems_);
    if (entry.kind == YamlKind::List && entry.children.empty()) {
      settings_.emplace_back(settingName, "");
      return;
    }
    readList(entry, settingName);
  }
  /// A plain list of names stands for names without values.
  void readMapNames(const YamlNode& node) {
    std::set<std::string_view> seen;
    const std::vector<Written> names = readNames(node, name_, problems_);
    for (const Written& name : names) {
      if (seen.contains(name.text)) {
        problems_.error("config.option-value", name.at, inQuotes(name_) + " holds '" + name.text + "' twice");
        continue;
      }
      seen.insert(name.text);
      settings_.emplace_back(name_ + "." + name.text, "");
    }
  }
  std::string_view wanted() const {
    switch (option_.type) {
      case WINNOW_INTEGER:
        return "a whole number";
      case WINNOW_NUMBER:
        return "a number";
      case WINNOW_BOOLEAN:
        return "yes or no";
      case WINNOW_DATE:
        return "a date";
      case WINNOW_FILE:
        return "the name of a file";
      default:
        return "text";
    }
  }

  const winnow_option& option_;
  std::string name_;
  const std::filesystem::path& folder_;
  Problems& problems_;
  Settings& settings_;
};

const YamlNode* findEntry(const WrittenOptions& written, std::string_view name) {
  const auto found = std::find_if(written.entries.begin(), written.entries.end(),
                                  [&](const YamlNode* entry) { return entry->key == name; });
  return found == written.entries.end() ? nullptr : *found;
}

void refuseUnknown(const winnow_stage& stage, const WrittenOptions& written, Problems& problems) {
  const std::vector<std::string> options = optionNames(stage);
  for (const YamlNode* entry : written.entries) {
    if (findOption(stage, entry->key) != nullptr) continue;
    if (problems.isFull()) {
      problems.error("config.unknown-option", entry->keyAt, {});
      continue;
    }
    std::vector<std::string> known = options;
    known.insert(known.end(), written.hostKeys.begin(), written.hostKeys.end());
    std::string hint = didYouMean(entry->key, known);
    if (hint.empty()) hint = options.empty() ? "; it has none" : "; it has " + io::listed(options);
    problems.error("config.unknown-option", entry->keyAt,
                   std::string(view(stage.id)) + " has no option " + inQuotes(entry->key) + hint);
  }
}

/// The deprecated option that `option` takes the place of and that is written, or null. Both written is an error.
const YamlNode* predecessor(const winnow_stage& stage, const winnow_option& option, const WrittenOptions& written,
                            Problems& problems) {
  const YamlNode* found = nullptr;
  for (std::size_t i = 0; i < stage.option_count; ++i) {
    const winnow_option& older = *stage.options[i];
    if ((older.flags & WINNOW_OPTION_DEPRECATED) == 0 || view(older.replaced_by) != view(option.name)) continue;
    const YamlNode* entry = findEntry(written, view(older.name));
    if (entry == nullptr) continue;
    const YamlNode* other = found != nullptr ? found : findEntry(written, view(option.name));
    if (other != nullptr)
      problems.error("config.option-twice", entry->keyAt,
                     inQuotes(entry->key) + " is an older name of " + inQuotes(view(option.name)) + ", and " +
                         inQuotes(other->key) + " is written, too; leave one of them");
    found = entry;
  }
  return found;
}

/// True if another option of the stage takes the value.
bool isForwarded(const winnow_stage& stage, const winnow_option& option) {
  return (option.flags & WINNOW_OPTION_DEPRECATED) != 0 && option.replaced_by.size != 0 &&
         findOption(stage, view(option.replaced_by)) != nullptr;
}

void warnDeprecated(const winnow_option& option, const YamlNode& entry, Problems& problems) {
  if ((option.flags & WINNOW_OPTION_DEPRECATED) == 0) return;
  const std::string_view instead = view(option.replaced_by);
  problems.warning("config.deprecated", entry.keyAt,
                   inQuotes(entry.key) + " is deprecated" +
                       (instead.empty() ? std::string() : "; use " + inQuotes(instead) + " instead"));
}

}  // namespace

std::optional<std::string> checkOption(const winnow_option& option, std::string_view text) {
  switch (option.type) {
    case WINNOW_INTEGER:
      return checkWhole(option, text);
    case WINNOW_NUMBER:
      return checkDecimal(option, text);
    case WINNOW_DATE:
      return checkDate(option, text);
    case WINNOW_BOOLEAN:
      if (isYes(text) || isNo(text)) return std::nullopt;
      return expects(option, "yes or no", text);
    case WINNOW_CHOICE:
    case WINNOW_LIST:
      return checkChoice(option, text);
    default:
      return std::nullopt;
  }
}

std::string settingText(const winnow_option& option, std::string_view text) {
  if (option.type == WINNOW_BOOLEAN) return isYes(text) ? "true" : "false";
  return std::string(text);
}

Settings fallbackSettings(const winnow_option& option) {
  Settings settings;
  const std::string name(view(option.name));
  const std::string_view fallback = view(option.fallback);
  if (fallback.empty()) return settings;
  if (option.type == WINNOW_LIST) {
    for (std::string& item : splitBars(fallback)) settings.emplace_back(name, std::move(item));
  } else if (option.type == WINNOW_MAP) {
    for (const std::string& key : splitBars(fallback)) settings.emplace_back(name + "." + key, "");
  } else {
    settings.emplace_back(name, settingText(option, fallback));
  }
  return settings;
}

Settings checkOptions(const winnow_stage& stage, const WrittenOptions& written, Problems& problems) {
  refuseUnknown(stage, written, problems);
  Settings settings;
  for (std::size_t i = 0; i < stage.option_count; ++i) {
    const winnow_option& option = *stage.options[i];
    const YamlNode* entry = findEntry(written, view(option.name));
    if (entry != nullptr) warnDeprecated(option, *entry, problems);
    if (isForwarded(stage, option)) continue;  // its value goes to the option that takes its place
    if (const YamlNode* older = predecessor(stage, option, written, problems); entry == nullptr) entry = older;
    if (entry != nullptr) {
      if (written.places != nullptr) written.places->emplace(view(option.name), entry->place());
      OptionReader(option, written.folder, problems, settings).read(*entry);
      continue;
    }
    if ((option.flags & WINNOW_OPTION_REQUIRED) != 0) {
      problems.error("config.option-required", written.at,
                     std::string(view(stage.id)) + " needs the option " + inQuotes(view(option.name)));
    }
    for (auto& setting : fallbackSettings(option)) settings.push_back(std::move(setting));
  }
  return settings;
}

const winnow_option* findOption(const winnow_stage& stage, std::string_view name) {
  for (std::size_t i = 0; i < stage.option_count; ++i)
    if (view(stage.options[i]->name) == name) return stage.options[i];
  return nullptr;
}

std::vector<std::string> optionNames(const winnow_stage& stage) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < stage.option_count; ++i) names.emplace_back(view(stage.options[i]->name));
  return names;
}

}  // namespace winnow::config
