#include "SynthesisReader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "../Nearest.hpp"
#include "FileMatch.hpp"
#include "Readers.hpp"
#include "Section.hpp"

namespace winnow::config {
namespace {

/// A decimal text as a number; none if it is no finite number.
std::optional<double> numberOf(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

class SynthesisReader {
 public:
  SynthesisReader(Review& review, Problems& problems) : review_(review), problems_(problems) {}

  void read(const YamlNode& node) {
    const Section section(node, keys::synthesis, "'synthesis'", problems_);
    Synthesis synthesis;
    synthesis.at = section.at();
    readDecision(section, synthesis);
    readFiles(section, "effects", synthesis.effects, synthesis.effectNames);
    if (const YamlNode* analyses = section.find("analyses")) readAnalyses(*analyses, synthesis);
    if (const YamlNode* appraisal = section.find("appraisal")) readAppraisal(*appraisal, synthesis);
    if (synthesis.decision == "pool" && synthesis.analyses.empty())
      problems_.error("config.synthesis", synthesis.at, "to pool is decided, but 'analyses' names nothing to pool");
    review_.synthesis = std::move(synthesis);
  }

 private:
  void readDecision(const Section& section, Synthesis& synthesis) {
    synthesis.decision = section.text("decision");
    synthesis.date = section.text("date");
    synthesis.reason = section.text("reason");
    synthesis.by = reviewersOf(section);
    if (synthesis.decision.empty()) return;
    if (synthesis.by.empty() || synthesis.reason.empty())
      problems_.error("config.synthesis", section.at(),
                      "a decision needs who decided and why: write 'by' and 'reason' beside it");
  }

  std::vector<std::string> reviewersOf(const Section& section) {
    std::vector<std::string> by;
    for (const Written& name : section.names("by")) {
      checkReviewer(name, review_, problems_);
      by.push_back(name.text);
    }
    return by;
  }

  void readFiles(const Section& section, std::string_view key, std::vector<std::filesystem::path>& files,
                 std::vector<std::string>& names) {
    for (const Written& pattern : section.names(key))
      for (const std::filesystem::path& file : matchFiles(review_.folder, pattern.text)) {
        if (std::find(files.begin(), files.end(), file) != files.end()) continue;
        files.push_back(file);
        names.push_back(relativeName(file, review_.folder));
      }
  }

  void readAnalyses(const YamlNode& node, Synthesis& synthesis) {
    if (node.kind != YamlKind::Map) return wrongKind(node, "analyses", "a map of analyses by name", problems_);
    for (const YamlNode& entry : node.children) readAnalysis(entry, synthesis);
  }

  void readAnalysis(const YamlNode& node, Synthesis& synthesis) {
    const Section section(node, keys::analysis, "the analysis '" + node.key + "'", problems_);
    if (node.kind != YamlKind::Map) return;
    Analysis one;
    one.name = node.key;
    one.at = node.keyAt;
    one.measure = section.text("measure");
    one.method = orElse(section.text("method"), "REML");
    one.test = orElse(section.text("test"), "knha");
    one.outcome = orElse(section.text("outcome"), one.name);
    one.time = section.text("time");
    one.unit = section.text("unit");
    one.better = section.text("better");
    one.several = orElse(section.text("several"), "refuse");
    one.studies = std::max<std::uint64_t>(section.count("studies").value_or(2), 2);
    one.heterogeneity = numberIn(section, "heterogeneity", 0, 100);
    one.rho = orElse(numberIn(section, "rho", -1, 1), "0.5");
    readUnits(section, one);
    if (const YamlNode* only = section.find("only")) readOnly(*only, one);
    if (const auto item = section.written("subgroup")) one.subgroup = itemNamed(item->text, item->at);
    one.groups = section.nameTexts("groups");
    if (!one.groups.empty() && one.groups.size() != 2)
      problems_.error("config.synthesis", section.at(), "'groups' takes two names: [intervention, control]");
    synthesis.analyses.push_back(std::move(one));
  }

  static std::string orElse(std::string text, std::string_view fallback) {
    return text.empty() ? std::string(fallback) : text;
  }

  std::string numberIn(const Section& section, std::string_view key, double least, double most) {
    const auto written = section.written(key);
    if (!written) return {};
    const auto number = numberOf(written->text);
    if (number && *number >= least && *number <= most) return written->text;
    problems_.error("config.number", written->at,
                    "'" + std::string(key) + "' takes a number from " + std::to_string(static_cast<int>(least)) +
                        " to " + std::to_string(static_cast<int>(most)) + ", not '" + written->text + "'");
    return {};
  }

  void readUnits(const Section& section, Analysis& one) {
    for (WrittenEntry& entry : section.entries("units")) {
      const auto factor = numberOf(entry.text);
      if (!factor || *factor <= 0)
        problems_.error("config.number", entry.at,
                        "'units' says how many of '" + one.unit + "' one '" + entry.key + "' is, as a number; not '" +
                            entry.text + "'");
      one.units[entry.key] = std::move(entry.text);
    }
    if (!one.units.empty() && one.unit.empty())
      problems_.error("config.synthesis", section.at(), "'units' converts into 'unit', which is missing");
  }

  void readOnly(const YamlNode& node, Analysis& one) {
    if (node.kind != YamlKind::Map) return wrongKind(node, "only", "a map of charting items", problems_);
    for (const YamlNode& entry : node.children) {
      const std::string item = itemNamed(entry.key, entry.keyAt);
      for (Written& value : readNames(entry, entry.key, problems_)) one.only[item].push_back(std::move(value.text));
    }
  }

  /// The id of a charting item by its label or id; tells one that is in no form.
  std::string itemNamed(const std::string& name, Place at) {
    std::vector<std::string> labels;
    for (const Form& form : review_.forms)
      for (const FormItem& item : form.items) {
        if (item.label == name || item.id == name) return item.id;
        labels.push_back(item.label);
      }
    problems_.error("config.unknown-item", at,
                    "no charting form has an item '" + name + "'" + didYouMean(name, labels));
    return name;
  }

  void readAppraisal(const YamlNode& node, Synthesis& synthesis) {
    const Section section(node, keys::appraisal, "'appraisal'", problems_);
    if (node.kind != YamlKind::Map) return;
    Appraisal appraisal;
    appraisal.at = section.at();
    appraisal.by = reviewersOf(section);
    readFiles(section, "answers", appraisal.answers, appraisal.answerNames);
    if (const auto form = section.written("form")) {
      appraisal.form = form->text;
      // A path has a folder or an ending; a name of a shipped form has neither.
      appraisal.isFile = form->text.find_first_of("/.") != std::string::npos;
      std::error_code ignored;
      if (appraisal.isFile && !std::filesystem::is_regular_file(review_.folder / form->text, ignored))
        problems_.error("config.missing-file", form->at, "there is no file '" + form->text + "'");
    }
    synthesis.appraisal = std::move(appraisal);
  }

  Review& review_;
  Problems& problems_;
};

}  // namespace

void readSynthesis(const YamlNode& node, Review& review, Problems& problems) {
  SynthesisReader(review, problems).read(node);
}

}  // namespace winnow::config
