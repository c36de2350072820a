#include "StepsReader.hpp"

#include <algorithm>
#include <charconv>

#include "../Nearest.hpp"
#include "../OptionChecker.hpp"
#include "Readers.hpp"
#include "Section.hpp"
#include "SelectionChecks.hpp"
#include "SheetsReader.hpp"
#include "SourcesReader.hpp"
#include "Values.hpp"

namespace winnow::config {
namespace {

/// The orders of a step that has no ranker.
constexpr std::string_view kListed = "listed", kByHash = "hash";

constexpr Verb verbs[] = {Verb::Remove, Verb::Screen, Verb::Map, Verb::Chart};

/// What a step inherits: the values written in `selection: defaults`.
struct Defaults {
  std::vector<Reader> readers;
  std::optional<Reading> read;
  std::optional<Mode> mode;
  std::optional<OnUndecided> onUndecided;
  std::optional<bool> resolvedTogether;
  std::optional<DifferingReasons> differingReasons;
  std::string seed;
};

/// A Choice whose rule lists the words in the order of the enumerators.
template <class Enum>
std::optional<Enum> choiceOf(const Section& section, std::string_view key) {
  const auto index = section.choice(key);
  return index ? std::optional<Enum>(static_cast<Enum>(*index)) : std::nullopt;
}

std::optional<bool> togetherOf(const Section& section) {
  const auto index = section.choice("disagreements");
  return index ? std::optional<bool>(*index == 0) : std::nullopt;
}

/// "a remove, screen or map step".
std::string stepsWith(const StepKey& key) {
  std::vector<std::string> words;
  for (const Verb verb : verbs)
    if ((key.verbs & bit(verb)) != 0) words.emplace_back(word(verb));
  std::string out = "a " + words[0];
  for (std::size_t i = 1; i < words.size(); ++i) out += (i + 1 == words.size() ? " or " : ", ") + words[i];
  return out + " step";
}

/// Reads `selection`, one step after the other.
class SelectionReader {
 public:
  SelectionReader(const StageDeclarations& stages, Review& review, Problems& problems)
      : stages_(stages), review_(review), problems_(problems) {}

  void read(const YamlNode& node) {
    const Section section(node, keys::selection, "'selection'", problems_);
    if (const YamlNode* defaults = section.find("defaults")) readDefaults(*defaults);
    if (const YamlNode* annotators = section.find("annotate")) readAnnotators(*annotators);
    const YamlNode* steps = section.find("steps");
    if (steps == nullptr) return;
    if (steps->kind != YamlKind::List) return wrongKind(*steps, "steps", "a list", problems_);
    for (const YamlNode& step : steps->children) readStep(step);
  }

 private:
  void readDefaults(const YamlNode& node) {
    const std::vector<KeyRule> table = defaultKeys();
    const Section section(node, table, "'defaults'", problems_);
    if (const YamlNode* by = section.find("by")) defaults_.readers = readReaders(*by, review_, problems_);
    defaults_.read = choiceOf<Reading>(section, "read");
    defaults_.mode = choiceOf<Mode>(section, "mode");
    defaults_.onUndecided = choiceOf<OnUndecided>(section, "on_undecided");
    defaults_.resolvedTogether = togetherOf(section);
    defaults_.differingReasons = choiceOf<DifferingReasons>(section, "differing_reasons");
    defaults_.seed = section.text("seed");
    section.choice("blind");
  }

  /// A stage as one name, or as a map of `using` and its options; none if it is wrong (a problem has been reported).
  std::optional<StageUse> readUse(const YamlNode& node, KeyTable table, const StageRole& role) {
    std::optional<Written> name;
    std::vector<const YamlNode*> options;
    if (node.kind == YamlKind::Text) {
      name = readText(node, role.noun, problems_);
    } else {
      const std::string owner =
          (std::string("aei").find(role.noun[0]) == std::string::npos ? "a " : "an ") + std::string(role.noun);
      const Section section(node, table, owner, problems_, Others::Keep);
      if (node.kind != YamlKind::Map) return std::nullopt;
      name = section.written("using");
      options = section.others();
    }
    if (!name) return std::nullopt;
    const winnow_stage* stage = requireStage(*name, stages_, role, problems_);
    if (stage == nullptr) return std::nullopt;
    StageUse use{std::string(view(stage->id)), std::string(view(stage->version)), {}, {}, name->at};
    use.settings = checkOptions(*stage, {options, namesOf(table), name->at, review_.folder, &use.optionAt}, problems_);
    return use;
  }

  void readAnnotators(const YamlNode& node) {
    const bool isList = node.kind == YamlKind::List;
    for (std::size_t i = 0; i < (isList ? node.children.size() : 1); ++i) {
      auto use = readUse(isList ? node.children[i] : node, keys::annotator, annotatorRole());
      if (!use) continue;
      tellSameFields(*use);
      review_.annotators.push_back(std::move(*use));
    }
  }

  /// Two annotators that give one tag: nobody could tell which one said it.
  void tellSameFields(const StageUse& use) {
    const winnow_stage* stage = findStage(stages_, annotatorRole(), use.plugin);
    for (const StageUse& other : review_.annotators) {
      const winnow_stage* earlier = findStage(stages_, annotatorRole(), other.plugin);
      for (std::size_t i = 0; i < stage->give_count; ++i)
        for (std::size_t k = 0; k < earlier->give_count; ++k)
          if (view(stage->gives[i]) == view(earlier->gives[k]))
            problems_.error("config.twice", use.at,
                            "'" + use.plugin + "' gives the field '" + std::string(view(stage->gives[i])) +
                                "', which '" + other.plugin + "' gives already");
    }
  }

  std::optional<Verb> verbOf(const YamlNode& node) {
    std::optional<Verb> found;
    for (const Verb verb : verbs) {
      const YamlNode* entry = node.find(word(verb));
      if (entry == nullptr) continue;
      if (found) {
        problems_.error("config.two-verbs", entry->keyAt,
                        "a step has one verb; this one has '" + std::string(word(*found)) + "' and '" +
                            std::string(word(verb)) + "'");
        return std::nullopt;
      }
      found = verb;
    }
    if (!found) tellNoVerb(node);
    return found;
  }

  void tellNoVerb(const YamlNode& node) {
    std::vector<std::string> words;
    for (const Verb verb : verbs) words.emplace_back(word(verb));
    Place at = node.place();
    std::string hint;
    for (const YamlNode& entry : node.children) {
      if (hint = didYouMean(entry.key, words); hint.empty()) continue;
      at = entry.keyAt;
      break;
    }
    problems_.error("config.no-verb", at, "a step has one of the keys remove, screen, map, chart" + hint);
  }

  void readStep(const YamlNode& node) {
    if (node.kind != YamlKind::Map)
      return wrongKind(node, "steps", "maps with one of the keys remove, screen, map, chart", problems_);
    const std::optional<Verb> verb = verbOf(node);
    if (!verb) return;
    const std::vector<KeyRule> table = keysOf(*verb);
    const Section section(node, table, "a " + std::string(word(*verb)) + " step", problems_, Others::Keep);
    Step step;
    step.verb = *verb;
    step.label = section.text(word(*verb));
    const YamlNode* label = node.find(word(*verb));
    step.at = label->place();
    readIdentity(section, step);
    readPlugin(section, table, step);
    readDeciding(section, step);
    if (*verb == Verb::Screen) readScreening(section, step);
    if (*verb == Verb::Map) readCategories(section, step);
    if (*verb == Verb::Chart) findForm(section, step);
    readPeople(section, step);
    if (const YamlNode* words = section.find("highlight")) readHighlight(*words, step.highlight);
    readSheetFiles(section, review_, step);
    review_.steps.push_back(std::move(step));
  }

  void readIdentity(const Section& section, Step& step) {
    const auto id = section.written("id");
    const Place at = id ? id->at : step.at;
    step.id = id ? id->text : kebab(step.label);
    if (step.label.empty() && !id) return;  // reported: the verb has no text
    if (id && !isKebab(id->text)) {
      const std::string better = kebab(id->text);
      return problems_.error("config.id", at,
                             "an id holds lower-case letters, digits and hyphens, not '" + id->text + "'" +
                                 (better.empty() ? std::string() : "; write '" + better + "'"));
    }
    if (step.id.empty())
      return problems_.error("config.id", at, "no id can be made of '" + step.label + "'; state one with id:");
    const std::vector<std::string> reserved = splitBars(exportedRecords);
    if (std::find(reserved.begin(), reserved.end(), step.id) != reserved.end())
      return problems_.error("config.id", at, "'" + step.id + "' already names records of an export; state another id");
    for (const Step& other : review_.steps) {
      if (other.id != step.id) continue;
      return problems_.error("config.twice", at,
                             "two steps have the id '" + step.id + "', the first in line " +
                                 std::to_string(other.at.line) + "; give one of them another with id:");
    }
  }

  // ---- the filter

  /// The filter of a step: named, or the verb's own.
  std::optional<Written> pluginName(const Section& section, const Step& step) const {
    if (step.verb == Verb::Chart) return std::nullopt;
    if (auto named = section.written("using")) return named;
    if (const auto own = defaultFilter(step.verb); !own.empty() && section.find("using") == nullptr)
      return Written{std::string(own), step.at};
    return std::nullopt;
  }

  void readPlugin(const Section& section, KeyTable table, Step& step) {
    const auto name = pluginName(section, step);
    const winnow_stage* stage = nullptr;
    if (!name && step.verb != Verb::Chart && section.find("using") != nullptr) return;  // reported: it is no name
    if (name) {
      step.pluginAt = name->at;
      stage = requireStage(*name, stages_, filterRole(step.verb == Verb::Remove), problems_);
      if (stage == nullptr) return;  // nobody knows which options it would have
    }
    std::vector<const YamlNode*> options = withoutForeignKeys(section, stage);
    if (step.verb == Verb::Remove) readOwnReasons(section, stage, options, step);
    if (stage == nullptr) {
      for (const YamlNode* option : options) section.refuse(*option);
      return;
    }
    step.plugin = view(stage->id);
    step.pluginVersion = view(stage->version);
    step.settings = checkOptions(*stage, {options, namesOf(table), step.at, review_.folder, &step.optionAt}, problems_);
    if (step.verb == Verb::Screen) addCriteria(section, *stage, options, step);
  }

  /// Reasons of a remove step that people may give. Where its filter has an option `reasons`, they are the filter's.
  void readOwnReasons(const Section& section, const winnow_stage* stage, std::vector<const YamlNode*>& options,
                      Step& step) {
    const YamlNode* written = section.find("reasons");
    if (written == nullptr) return;
    if (stage != nullptr && findOption(*stage, "reasons") != nullptr)
      options.push_back(written);
    else
      addReasons(section.entries("reasons"), step);
  }

  void addReasons(std::vector<WrittenEntry> entries, Step& step) {
    for (WrittenEntry& entry : entries) {
      const auto isTaken = [&](const std::vector<Criterion>& list) {
        return std::any_of(list.begin(), list.end(), [&](const Criterion& c) { return c.id == entry.key; });
      };
      if (isTaken(review_.criteria) || isTaken(step.reasons))
        problems_.error("config.twice", entry.keyAt, "there is a criterion or reason '" + entry.key + "' already");
      else
        step.reasons.push_back({entry.key, std::move(entry.text), CriterionKind::NoneOf, entry.keyAt, {}});
    }
  }

  /// What is left after telling the keys that only steps with another verb have. An option of that name is an option.
  std::vector<const YamlNode*> withoutForeignKeys(const Section& section, const winnow_stage* stage) {
    std::vector<const YamlNode*> options;
    for (const YamlNode* entry : section.others()) {
      const auto foreign = std::find_if(stepKeys.begin(), stepKeys.end(),
                                        [&](const StepKey& key) { return key.rule.name == entry->key; });
      const bool isOption = stage != nullptr && findOption(*stage, entry->key) != nullptr;
      if (isOption || foreign == stepKeys.end()) {
        options.push_back(entry);
        continue;
      }
      problems_.error("config.unknown-key", entry->keyAt, "only " + stepsWith(*foreign) + " has '" + entry->key + "'");
    }
    return options;
  }

  /// The criteria are said once, under `eligibility`; a filter that knows the option gets them.
  void addCriteria(const Section& section, const winnow_stage& stage, const std::vector<const YamlNode*>& written,
                   Step& step) {
    const bool isWritten =
        std::any_of(written.begin(), written.end(), [](const YamlNode* entry) { return entry->key == "criteria"; });
    addReasons(section.entries("reasons"), step);
    const auto reason = section.choice("reason");
    const auto read = choiceOf<Reading>(section, "read").value_or(defaults_.read.value_or(Reading::Abstract));
    step.reasonRequired = reason ? *reason == 0 : read == Reading::FullText;
    const auto setting = std::find_if(step.settings.begin(), step.settings.end(),
                                      [](const auto& s) { return s.first == "exclusion_reason"; });
    if (setting != step.settings.end() && !step.reasonRequired) setting->second = "optional";
    const winnow_option* option = findOption(stage, "criteria");
    if (option == nullptr || option->type != WINNOW_MAP || isWritten) return;
    for (const Criterion& criterion : review_.criteria)
      step.settings.emplace_back("criteria." + criterion.id, criterion.text);
    for (const Criterion& own : step.reasons) step.settings.emplace_back("criteria." + own.id, own.text);
  }

  // ---- how it is decided

  void readDeciding(const Section& section, Step& step) {
    step.read = choiceOf<Reading>(section, "read").value_or(defaults_.read.value_or(Reading::Abstract));
    if (step.verb == Verb::Chart) return;
    const auto undecided = choiceOf<OnUndecided>(section, "on_undecided");
    step.onUndecided = undecided.value_or(defaults_.onUndecided.value_or(OnUndecided::Include));
    const auto mode = choiceOf<Mode>(section, "mode");
    step.mode = mode.value_or(defaults_.mode.value_or(Mode::Confirm));
    if (step.mode != Mode::Automatic || !step.plugin.empty() || section.find("using") != nullptr) return;
    step.mode = Mode::Confirm;  // an inherited `automatic` says nothing about a step without filter
    if (mode) {
      problems_.error("config.mode", section.find("mode")->at,
                      "nothing decides by itself here: name a filter with using:, or write mode: confirm");
    }
  }

  void readScreening(const Section& section, Step& step) {
    const std::string seed = section.text("seed");
    step.seed = seed.empty() ? defaults_.seed : seed;
    step.resolvedTogether = togetherOf(section).value_or(defaults_.resolvedTogether.value_or(true));
    section.choice("blind");
    if (const YamlNode* order = section.find("order")) readOrder(*order, step);
    step.differingReasons = choiceOf<DifferingReasons>(section, "differing_reasons")
                                .value_or(defaults_.differingReasons.value_or(DifferingReasons::Reported));
    const auto conflicts = std::find_if(step.settings.begin(), step.settings.end(),
                                        [](const auto& setting) { return setting.first == "conflicts"; });
    if (!step.resolvedTogether && conflicts != step.settings.end()) conflicts->second = "undecided";
  }

  void readHighlight(const YamlNode& node, Highlight& highlight) {
    const Section section(node, keys::highlight, "'highlight'", problems_);
    readWords(section.names("include"), highlight.include);
    readWords(section.names("exclude"), highlight.exclude);
  }

  void readWords(const std::vector<Written>& written, std::vector<std::string>& words) {
    for (const Written& word : written) {
      if (word.text.find_first_not_of("*?# ") == std::string::npos)
        problems_.error("config.highlight", word.at,
                        "'" + word.text + "' marks every word; write letters beside the sign");
      words.push_back(word.text);
    }
  }

  void readOrder(const YamlNode& order, Step& step) {
    if (order.text == kListed) return;
    if (order.text == kByHash) {
      step.randomFrom = 1;
      return;
    }
    step.order = readUse(order, keys::order, rankerRole());
    if (!step.order) return;
    giveSeed(step);
    const YamlNode* from = order.find("random_from");
    if (from == nullptr || from->text == "open") return;
    const auto [end, error] =
        std::from_chars(from->text.data(), from->text.data() + from->text.size(), step.randomFrom);
    if (error != std::errc() || end != from->text.data() + from->text.size() || step.randomFrom == 0)
      problems_.error("config.number", from->at,
                      "'random_from' takes the number of the first record that is read by chance, such as 301, not '" +
                          from->text + "'");
  }

  /// A ranker with a seed takes the step's, so that it is written once.
  void giveSeed(Step& step) {
    if (step.seed.empty() || step.order->optionAt.contains("seed")) return;
    for (auto& [name, value] : step.order->settings)
      if (name == "seed") value = step.seed;
  }

  void readPeople(const Section& section, Step& step) {
    const YamlNode* by = section.find("by");
    const std::vector<std::string> formReaders = readersOfForm(step);
    if (by != nullptr) {
      step.readers = readReaders(*by, review_, problems_);
    } else if (!formReaders.empty()) {
      for (const std::string& reviewer : formReaders) step.readers.push_back({reviewer, "all", step.at});
    } else if (!defaults_.readers.empty()) {
      step.readers = defaults_.readers;
    } else if (review_.reviewers.size() == 1) {
      step.readers = {{review_.reviewers.front().id, "all", step.at}};
    }
    if (step.readers.empty() && by == nullptr)
      problems_.error("config.no-reader", step.at, "nobody reads this step; name a reviewer with by:");
    checkReaders(step, problems_);
    const auto sampled =
        std::find_if(step.readers.begin(), step.readers.end(), [](const Reader& r) { return r.share != "all"; });
    if (step.verb == Verb::Screen && sampled != step.readers.end() && step.seed.empty()) {
      problems_.error("config.no-seed", sampled->at,
                      "'" + sampled->reviewer + "' reads a sample, so the step needs a seed: any text, reported later");
    }
    if (step.verb == Verb::Chart) handToForm(step);
  }

  /// Names of the categories that a map step can give, if they are known before a run.
  static std::vector<std::string> categoriesOf(const Step& step) {
    constexpr std::string_view prefix = "categories.";
    std::vector<std::string> known;
    for (const auto& [name, value] : step.settings) {
      if (name.rfind(prefix, 0) != 0) continue;
      std::string category = name.substr(prefix.size());
      if (std::find(known.begin(), known.end(), category) == known.end()) known.push_back(std::move(category));
    }
    return known;
  }

  void readCategories(const Section& section, Step& step) {
    const std::vector<std::string> known = categoriesOf(step);
    step.severalCategories = section.choice("several").value_or(0) == 1;
    if (step.severalCategories && known.empty() && !step.plugin.empty())
      problems_.error("config.several", section.find("several")->at,
                      "'" + step.plugin + "' does not say its categories before a run, so it gives one a record");
    for (const Written& category : section.names("exclude")) {
      if (!known.empty() && std::find(known.begin(), known.end(), category.text) == known.end()) {
        problems_.error("config.unknown-category", category.at,
                        "'" + category.text + "' is no category of this step" + didYouMeanOf(category.text, known));
      }
      step.excludedCategories.push_back(category.text);
      step.excludedCategoriesAt.push_back(category.at);
    }
  }

  // ---- charting

  Form* formOf(const Step& step) {
    const auto form =
        std::find_if(review_.forms.begin(), review_.forms.end(), [&](const Form& f) { return f.name == step.form; });
    return step.verb == Verb::Chart && form != review_.forms.end() ? &*form : nullptr;
  }
  std::vector<std::string> readersOfForm(const Step& step) {
    const Form* form = formOf(step);
    return form == nullptr ? std::vector<std::string>() : form->by;
  }
  void handToForm(const Step& step) {
    Form* form = formOf(step);
    if (form == nullptr) return;
    form->by.clear();
    for (const Reader& reader : step.readers) form->by.push_back(reader.reviewer);
  }
  void findForm(const Section& section, Step& step) {
    const auto named = section.written("form");
    step.form = named ? named->text : step.label;
    if (step.form.empty() || formOf(step) != nullptr) return;
    std::vector<std::string> names;
    for (const Form& form : review_.forms) names.push_back(form.name);
    problems_.error("config.unknown-form", named ? named->at : step.at,
                    "there is no charting form '" + step.form + "'" + didYouMeanOf(step.form, names));
  }

  const StageDeclarations& stages_;
  Review& review_;
  Problems& problems_;
  Defaults defaults_;
};

}  // namespace

void readSelection(const YamlNode& node, const StageDeclarations& stages, Review& review, Problems& problems) {
  SelectionReader(stages, review, problems).read(node);
  tellStepOrder(review, problems);
  tellUnusedReviewers(review, problems);
}

}  // namespace winnow::config
