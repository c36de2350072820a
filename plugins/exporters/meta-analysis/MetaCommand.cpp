// winnow meta
#include <stdexcept>

#include <winnow/ext/command.h>
#include <winnow/plugin.hpp>

#include "Plots.hpp"
#include "Report.hpp"

namespace winnow::meta {

namespace {

constexpr winnow_option kMeasure = option(WINNOW_CHOICE, "measure", "", "What is pooled; measures are never mixed.",
                                          "RR|OR|RD|MD|SMD|ROM|PLO|PFT|ZCOR|GEN", {}, {}, WINNOW_OPTION_REQUIRED);
constexpr winnow_option kMethod =
    option(WINNOW_CHOICE, "method", "REML", "Estimator of the variance between studies; EE: equal effects.",
           "EE|DL|HE|HS|SJ|PM|EB|ML|REML");
constexpr winnow_option kTest =
    option(WINNOW_CHOICE, "test", "knha", "Normal quantiles (z) or Knapp-Hartung.", "z|knha");
constexpr winnow_option kColumns =
    option(WINNOW_LIST, "columns", "", "Which column of the table stands for which name: ai=events,n1i=total.");
constexpr winnow_option kStudy =
    option(WINNOW_STRING, "study", "", "Column that names studies; several effects of one are then refused.");
constexpr winnow_option kSeveral =
    option(WINNOW_CHOICE, "several", "refuse", "Several effects of one study: refused, or combined into one.",
           "refuse|combine");
constexpr winnow_option kRho =
    option(WINNOW_NUMBER, "rho", "0.5", "Assumed correlation of effects that are combined.", {}, "-1", "1");
constexpr winnow_option kExtras = option(WINNOW_BOOLEAN, "extras", "false",
                                         "Also asymmetry, trim and fill, leave-one-out, intervals of tau2 and I2, "
                                         "Mantel-Haenszel, Peto.");
constexpr winnow_option kSubgroup = option(WINNOW_STRING, "subgroup", "", "Column of subgroups.");
constexpr winnow_option kMods = option(WINNOW_LIST, "mods", "", "Columns of moderators for a meta-regression.");
constexpr winnow_option kRisk =
    option(WINNOW_STRING, "risk", "", "Column of the risk of bias; the analysis is repeated without 'high'.");
constexpr winnow_option kPrint =
    option(WINNOW_CHOICE, "print", "result", "The result, an R script that checks it with metafor, or a plot as SVG.",
           "result|r-script|forest|funnel|baujat|leave-one-out");
constexpr winnow_option kTitle = option(WINNOW_STRING, "title", "Meta-analysis", "Title of a plot.");
constexpr winnow_option kGroups =
    option(WINNOW_LIST, "groups", "intervention|control", "What the two groups are called.");

constexpr const winnow_option* kOptions[] = {&kMeasure, &kMethod,   &kTest, &kColumns, &kStudy, &kSeveral, &kRho,
                                             &kExtras,  &kSubgroup, &kMods, &kRisk,    &kPrint, &kTitle,   &kGroups};

/// Several effects of one study are not independent: refused, or made one, where studies are named.
std::vector<Effect> independent(const EffectTable& table, const Settings& settings, std::size_t& combined) {
  const std::vector<std::string> repeated = repeatedStudies(table.effects());
  if (settings.text("study").empty() || repeated.empty()) return table.effects();
  combined = repeated.size();
  if (settings.text("several") == "combine") return combinedByStudy(table.effects(), settings.number("rho"));
  std::string names;
  for (const std::string& name : repeated) names += (names.empty() ? "'" : ", '") + name + "'";
  throw std::invalid_argument("several effects of " + names +
                              ": they are not independent; keep one, or make one of them with --several combine");
}

void refuseWithCombined(std::size_t combined, const Settings& settings) {
  for (const char* name : {"subgroup", "mods", "risk"})
    if (combined > 0 && !settings.list(name).empty() && !settings.list(name).front().empty())
      throw std::invalid_argument(std::string("--") + name +
                                  " goes by rows of the table and cannot stand beside --several combine");
}

Analysis analysisOf(const EffectTable& table, const Settings& settings, const Request& request) {
  std::size_t combined = 0;
  const std::vector<Effect> effects = independent(table, settings, combined);
  refuseWithCombined(combined, settings);
  Analysis analysis = analyse(effects, request);
  analysis.combinedStudies = combined;
  analysis.rho = settings.number("rho");
  if (const auto column = settings.text("subgroup"); !column.empty())
    analysis.subgroups = subgroupsOf(effects, table.texts(column), request.method, request.test);
  std::vector<std::string> moderators;
  for (const std::string_view name : settings.list("mods"))
    if (!name.empty()) moderators.emplace_back(name);
  if (!moderators.empty()) {
    EffectTable::Design design = table.design(moderators);
    Model model = modelOf(effects);
    model.x = design.x;
    analysis.regression = Regression{std::move(design.names), fit(model, request.method, request.test)};
  }
  if (const auto column = settings.text("risk"); !column.empty())
    analysis.withoutHighRisk = withoutHighRisk(effects, table.texts(column), request);
  return analysis;
}

bool isPlot(std::string_view what) { return what != "result" && what != "r-script"; }

std::string printed(const Analysis& analysis, const Settings& settings, bool asJson) {
  const std::string_view what = settings.text("print");
  if (what == "r-script") return toRScript(analysis);
  if (!isPlot(what)) return asJson ? toJson(analysis) : toMarkdown(analysis);
  PlotText text;
  text.title = std::string(settings.text("title"));
  if (const auto groups = settings.list("groups"); groups.size() == 2) {
    text.first = std::string(groups[0]);
    text.second = std::string(groups[1]);
  }
  if (what == "funnel") return funnelPlot(analysis, text);
  if (what == "baujat") return baujatPlot(analysis, text);
  if (what == "leave-one-out") return leaveOneOutPlot(analysis, text);
  return forestPlot(analysis, text);
}

std::int32_t WINNOW_CALL run(const winnow_host* host, const winnow_invocation* invocation) {
  try {
    winnow_str text{};
    if (invocation->argument_count != 1) {
      Host(host).diagnose({WINNOW_ERROR,
                           "meta.usage",
                           "one table is needed: winnow meta DATA.csv --measure RR",
                           "nothing was pooled",
                           {},
                           0});
      return 2;
    }
    if (invocation->read(invocation, 0, &text) != WINNOW_OK) return 1;
    const Settings settings(invocation->settings, invocation->setting_count);
    const Request request{*measureNamed(settings.text("measure")), *methodNamed(settings.text("method")),
                          settings.text("test") == "z" ? Inference::Normal : Inference::KnappHartung,
                          settings.boolean("extras") || isPlot(settings.text("print"))};
    const EffectTable table(view(text), request.measure, columnNames(settings.list("columns"), request.measure),
                            settings.text("study"));
    const Analysis analysis = analysisOf(table, settings, request);
    const std::string out = printed(analysis, settings, invocation->json != 0);
    invocation->print(invocation, str(out));
    return 0;
  } catch (const std::exception& error) {
    Host(host).diagnose({WINNOW_ERROR, "meta.refused", error.what(), "nothing was pooled", {}, 0});
    return 1;
  }
}

constexpr winnow_command kCommand{
    sizeof(winnow_command),
    0,
    str("meta"),
    str("Pool effects: random or equal effects, tests, intervals, heterogeneity, what small studies do\n"
        "DATA.csv has one row an effect. Columns by measure:\n"
        "  RR OR RD: ai, bi or n1i, ci, di or n2i      MD SMD ROM: m1i sd1i n1i m2i sd2i n2i\n"
        "  PLO PFT: xi ni      ZCOR: ri ni      GEN: yi, vi or sei\n"
        "  $ winnow meta trials.csv --measure RR --columns ai=events1,n1i=total1,ci=events2,n2i=total2 --extras"),
    str("DATA.csv"),
    kOptions,
    std::size(kOptions),
    run};
const winnow_command* WINNOW_CALL at(std::size_t index) { return index == 0 ? &kCommand : nullptr; }
constexpr winnow_commands kCommands{sizeof(winnow_commands), 0, at};

}  // namespace

const void* commands(const char* id) noexcept {
  return std::string_view(id) == WINNOW_EXT_COMMAND ? &kCommands : nullptr;
}

}  // namespace winnow::meta
