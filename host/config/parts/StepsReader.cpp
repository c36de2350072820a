#include "StepsReader.hpp"

#include <algorithm>

#include "../Nearest.hpp"
#include "../OptionChecker.hpp"
#include "FileMatch.hpp"
#include "Section.hpp"
#include "SourcesReader.hpp"
#include "Values.hpp"

namespace winnow::config {

namespace {

/// What a step inherits: the values written in `selection: defaults`.
struct Defaults {
  std::vector<Reader> readers;
  std::optional<Reading> read;
  std::optional<Mode> mode;
  std::optional<OnUndecided> onUndecided;
  std::string seed;
  std::optional<bool> resolvedTogether;
};

std::vector<std::string> reviewerNames(const Review& review) {
  std::vector<std::string> names;
  for (const Reviewer& r : review.reviewers) names.push_back(r.id);
  return names;
}

std::optional<Reading> readingOf(const std::string& word) {
  if (word == "metadata") return Reading::Metadata;
  if (word == "abstract") return Reading::Abstract;
  if (word == "full text") return Reading::FullText;
  return std::nullopt;
}
std::optional<Mode> modeOf(const std::string& word) {
  if (word == "confirm") return Mode::Confirm;
  if (word == "automatic") return Mode::Automatic;
  return std::nullopt;
}
std::optional<OnUndecided> undecidedOf(const std::string& word) {
  if (word == "include") return OnUndecided::Include;
  if (word == "exclude") return OnUndecided::Exclude;
  if (word == "wait") return OnUndecided::Wait;
  return std::nullopt;
}
std::optional<bool> togetherOf(const std::string& word) {
  if (word.empty()) return std::nullopt;
  return word == "resolved together";
}

class SelectionReader {
 public:
  SelectionReader(const StageDeclarations& stages, Review& review, Problems& problems) : stages_(stages), review_(review), problems_(problems) {}

  void read(const YamlNode& node) {
    const Section section(node, keys::selection, "'selection'", problems_);
    if (const YamlNode* defaults = section.find("defaults")) readDefaults(*defaults);
    const YamlNode* steps = section.find("steps");
    if (steps == nullptr) return;
    if (steps->kind != YamlKind::List) return wrongKind(*steps, "steps", "a list", problems_);
    for (const YamlNode& step : steps->children) readStep(step);
  }

 private:
  // ---- who reads

  void addReader(const Written& name, const std::string& share, std::vector<Reader>& readers) {
    const std::vector<std::string> known = reviewerNames(review_);
    if (std::find(known.begin(), known.end(), name.text) == known.end())
      problems_.error("config.unknown-reviewer", name.at, "'" + name.text + "' is no reviewer of this review" + didYouMeanOf(name.text, known));
    readers.push_back({name.text, share, name.at});
  }

  std::vector<Reader> readReaders(const YamlNode& node) {
    std::vector<Reader> readers;
    if (node.kind != YamlKind::Map) {
      for (const Written& name : readNames(node, "by", problems_)) addReader(name, "all", readers);
      return readers;
    }
    for (const WrittenEntry& entry : readTextMap(node, "by", problems_)) {
      const auto share = shareText(entry.text);
      if (!share) problems_.error("config.share", entry.at, "'" + entry.key + "' reads 'all' or a share such as 20%, not '" + entry.text + "'");
      addReader({entry.key, entry.keyAt}, share.value_or("all"), readers);
    }
    return readers;
  }

  void readDefaults(const YamlNode& node) {
    const std::vector<KeyRule> table = defaultKeys();
    const Section section(node, table, "'defaults'", problems_);
    if (const YamlNode* by = section.find("by")) defaults_.readers = readReaders(*by);
    defaults_.read = readingOf(section.text("read"));
    defaults_.mode = modeOf(section.text("mode"));
    defaults_.onUndecided = undecidedOf(section.text("on_undecided"));
    defaults_.seed = section.text("seed");
    defaults_.resolvedTogether = togetherOf(section.text("disagreements"));
  }

  // ---- one step

  std::optional<Verb> verbOf(const YamlNode& node) {
    std::optional<Verb> found;
    for (const Verb verb : {Verb::Remove, Verb::Screen, Verb::Map, Verb::Chart}) {
      const YamlNode* entry = node.find(word(verb));
      if (entry == nullptr) continue;
      if (found) {
        problems_.error("config.two-verbs", entry->keyAt, "a step has one verb; this one has '" + std::string(word(*found)) + "' and '" + std::string(word(verb)) + "'");
        return found;
      }
      found = verb;
    }
    if (!found) problems_.error("config.no-verb", node.place(), "a step begins with one of remove, screen, map, chart");
    return found;
  }

  void readStep(const YamlNode& node) {
    if (node.kind != YamlKind::Map) return wrongKind(node, "a step", "a map that begins with remove, screen, map or chart", problems_);
    const std::optional<Verb> verb = verbOf(node);
    if (!verb) return;
    const std::vector<KeyRule> table = keysOf(*verb);
    const Section section(node, table, "this step", problems_, Others::Keep);
    Step step;
    step.verb = *verb;
    step.label = section.text(word(*verb));
    step.at = section.at();
    readIdentity(section, step);
    readPeople(section, step);
    readFiles(section, step);
    readPlugin(section, namesOf(table), step);
    readCategories(section, step);
    if (*verb == Verb::Chart) readForm(section, step);
    review_.steps.push_back(std::move(step));
  }

  void readIdentity(const Section& section, Step& step) {
    const auto id = section.written("id");
    step.id = id ? id->text : kebab(step.label);
    if (id && !isKebab(id->text)) problems_.error("config.id", id->at, "an id holds lower-case letters, digits and hyphens, not '" + id->text + "'");
    for (const Step& other : review_.steps)
      if (other.id == step.id)
        problems_.error("config.twice", id ? id->at : step.at, "two steps have the id '" + step.id + "'; give one of them another with id:");
  }

  void readPeople(const Section& section, Step& step) {
    if (const YamlNode* by = section.find("by")) step.readers = readReaders(*by);
    else step.readers = defaults_.readers;
    if (step.readers.empty() && review_.reviewers.size() == 1) step.readers = {{review_.reviewers.front().id, "all", step.at}};
    step.read = readingOf(section.text("read")).value_or(defaults_.read.value_or(Reading::Abstract));
    if (step.verb == Verb::Chart) return;
    step.mode = modeOf(section.text("mode")).value_or(defaults_.mode.value_or(Mode::Confirm));
    step.onUndecided = undecidedOf(section.text("on_undecided")).value_or(defaults_.onUndecided.value_or(OnUndecided::Include));
    if (step.readers.empty()) problems_.error("config.no-reader", step.at, "nobody reads this step; name a reviewer with by:");
    if (step.verb != Verb::Screen) return;
    const std::string seed = section.text("seed");
    step.seed = seed.empty() ? defaults_.seed : seed;
    step.resolvedTogether = togetherOf(section.text("disagreements")).value_or(defaults_.resolvedTogether.value_or(true));
    section.text("blind");
    const auto shared = std::find_if(step.readers.begin(), step.readers.end(), [](const Reader& r) { return r.share != "all"; });
    if (shared != step.readers.end() && step.seed.empty())
      problems_.error("config.no-seed", shared->at, "'" + shared->reviewer + "' reads a sample, so the step needs a seed: any text, said in the report");
  }

  void readFiles(const Section& section, Step& step) {
    const auto match = [&](const char* key, std::vector<std::filesystem::path>& files, std::vector<std::string>& names) {
      for (const Written& pattern : section.names(key))
        for (const std::filesystem::path& file : matchFiles(review_.folder, pattern.text)) {
          files.push_back(file);
          names.push_back(relativeName(file, review_.folder));
        }
    };
    match("decisions", step.decisions, step.decisionNames);
    match("resolutions", step.resolutions, step.resolutionNames);
  }

  /// The filter of a step: named, or the verb's own.
  std::optional<Written> pluginName(const Section& section, const Step& step) const {
    if (step.verb == Verb::Chart) return std::nullopt;
    if (auto named = section.written("using")) return named;
    if (step.verb == Verb::Screen) return Written{"decisions", step.at};
    if (step.verb == Verb::Map) return Written{"category", step.at};
    return std::nullopt;
  }

  void readPlugin(const Section& section, std::vector<std::string> hostKeys, Step& step) {
    const auto name = pluginName(section, step);
    if (!name) {
      for (const YamlNode* other : section.others()) section.refuse(*other);
      return;
    }
    step.pluginAt = name->at;
    const winnow_stage* stage = requireStage(*name, stages_, filterRole(step.verb == Verb::Remove), problems_);
    if (stage == nullptr) return;
    step.plugin = view(stage->id);
    step.pluginVersion = view(stage->version);
    step.settings = checkOptions(*stage, {section.others(), std::move(hostKeys), step.at}, problems_);
    if (step.verb == Verb::Screen) addCriteria(*stage, step);
    // `exclude` belongs to the host in a map step and to the filter elsewhere: checkOptions has seen it there.
  }

  /// The criteria are said once, under `eligibility`; a filter that knows the option gets them.
  void addCriteria(const winnow_stage& stage, Step& step) {
    if (findOption(stage, "criteria") != nullptr)
      for (const Criterion& c : review_.criteria) step.settings.emplace_back("criteria." + c.id, c.text);
    if (!step.resolvedTogether && findOption(stage, "conflicts") != nullptr) {
      std::erase_if(step.settings, [](const auto& s) { return s.first == "conflicts"; });
      step.settings.emplace_back("conflicts", "undecided");
    }
  }

  void readCategories(const Section& section, Step& step) {
    if (step.verb != Verb::Map) return;
    std::vector<std::string> known;
    for (const auto& [name, value] : step.settings)
      if (name.rfind("categories.", 0) == 0 && std::find(known.begin(), known.end(), name.substr(11)) == known.end()) known.push_back(name.substr(11));
    for (const Written& category : section.names("exclude")) {
      if (!known.empty() && std::find(known.begin(), known.end(), category.text) == known.end())
        problems_.error("config.unknown-category", category.at, "'" + category.text + "' is no category of this step" + didYouMeanOf(category.text, known));
      step.excludedCategories.push_back(category.text);
      step.excludedCategoriesAt.push_back(category.at);
    }
  }

  void readForm(const Section& section, Step& step) {
    const auto named = section.written("form");
    step.form = named ? named->text : step.label;
    const auto form = std::find_if(review_.forms.begin(), review_.forms.end(), [&](const Form& f) { return f.name == step.form; });
    if (form == review_.forms.end()) {
      std::vector<std::string> names;
      for (const Form& f : review_.forms) names.push_back(f.name);
      problems_.error("config.unknown-form", named ? named->at : step.at, "there is no charting form '" + step.form + "'" + didYouMeanOf(step.form, names));
      return;
    }
    if (form->by.empty())
      for (const Reader& reader : step.readers) form->by.push_back(reader.reviewer);
  }

  const StageDeclarations& stages_;
  Review& review_;
  Problems& problems_;
  Defaults defaults_;
};

/// The order of the protocol's removals. Another order is possible, but the reader should know.
void tellOrder(const Review& review, Problems& problems) {
  static constexpr std::string_view kOrder[] = {"duplicates", "language", "publication-type", "topic"};
  std::size_t last = 0;
  for (const Step& step : review.steps) {
    const std::string_view name = std::string_view(step.plugin).substr(step.plugin.find('.') == std::string::npos ? 0 : step.plugin.find('.') + 1);
    const auto place = std::find(std::begin(kOrder), std::end(kOrder), name);
    if (place == std::end(kOrder)) continue;
    const auto index = static_cast<std::size_t>(place - std::begin(kOrder));
    if (index < last)
      problems.warning("config.order", step.at, "'" + step.label + "' stands after '" + std::string(kOrder[last]) + "'; protocols remove " + std::string(name) +
                       " first, and the counts follow the order written here");
    last = std::max(last, index);
  }
}

}  // namespace

void readSelection(const YamlNode& node, const StageDeclarations& stages, Review& review, Problems& problems) {
  SelectionReader(stages, review, problems).read(node);
  tellOrder(review, problems);
}

}  // namespace winnow::config
