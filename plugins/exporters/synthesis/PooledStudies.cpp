#include "PooledStudies.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <winnow/formats/text.hpp>

namespace winnow::synthesis {

namespace {

using meta::Measure;

bool isTwoGroups(Measure m) {
  return m == Measure::RR || m == Measure::OR || m == Measure::RD || m == Measure::MD || m == Measure::SMD ||
         m == Measure::ROM;
}
bool isOfEvents(Measure m) {
  return m == Measure::RR || m == Measure::OR || m == Measure::RD || m == Measure::PLO || m == Measure::PFT;
}
bool isOfMeans(Measure m) { return m == Measure::MD || m == Measure::SMD || m == Measure::ROM; }
/// Figures that are comparable only in one unit.
bool needsUnit(Measure m) { return m == Measure::MD || m == Measure::GEN; }

bool isSame(const std::string& a, const std::string& b) { return formats::lower(a) == formats::lower(b); }

[[noreturn]] void notEstimable(const std::string& why) { throw std::invalid_argument(why); }

double numberOf(const Arm& arm, const char* name) {
  const auto found = arm.numbers.find(name);
  if (found == arm.numbers.end())
    notEstimable(std::string(name) + " is missing (" + arm.text("group") +
                 (arm.text("arm").empty() ? "" : " " + arm.text("arm")) + ")");
  return found->second;
}

/// A group with the figures of its arms put together.
struct GroupFigures {
  double n = 0, events = 0, mean = 0, sd = 0;
};

double spreadOf(const Arm& arm) {
  if (arm.numbers.contains("sd")) return arm.numbers.at("sd");
  if (!arm.numbers.contains("se")) notEstimable("neither sd nor se was charted (" + arm.text("group") + ")");
  return arm.numbers.at("se") * std::sqrt(numberOf(arm, "n"));
}

/// Cochrane Handbook 6.4, chapter 6.5.2.10: two groups as one.
GroupFigures united(const GroupFigures& a, const GroupFigures& b) {
  GroupFigures out{a.n + b.n, a.events + b.events, 0, 0};
  out.mean = (a.n * a.mean + b.n * b.mean) / out.n;
  const double between = a.n * b.n / out.n * (a.mean - b.mean) * (a.mean - b.mean);
  out.sd = std::sqrt(((a.n - 1) * a.sd * a.sd + (b.n - 1) * b.sd * b.sd + between) / (out.n - 1));
  return out;
}

/// Turns the arms of one study at one time into an effect.
class EffectMaker {
 public:
  EffectMaker(const Analysis& analysis, Measure measure) : analysis_(analysis), measure_(measure) {}

  meta::Effect make(const std::vector<const Arm*>& arms, PooledStudy& row) const {
    checkUnits(arms);
    meta::Effect effect = isTwoGroups(measure_) ? ofTwoGroups(arms, row) : ofOne(arms);
    turnSign(arms, effect, row);
    effect.study = row.label;
    return effect;
  }

 private:
  double factorOf(const Arm& arm) const {
    const std::string& unit = arm.text("unit");
    if (analysis_.unit.empty() || isSame(unit, analysis_.unit)) return 1;
    for (const auto& [other, factor] : analysis_.units)
      if (isSame(unit, other)) return factor;
    if (!needsUnit(measure_)) return 1;
    if (unit.empty()) notEstimable("no unit was charted; the analysis is in " + analysis_.unit);
    notEstimable("the unit is '" + unit + "', the analysis is in " + analysis_.unit);
  }

  void checkUnits(const std::vector<const Arm*>& arms) const {
    if (isOfEvents(measure_)) return;
    for (const Arm* arm : arms)
      if (factorOf(*arm) == 1 && factorOf(*arms.front()) == 1 && !isSame(arm->text("unit"), arms.front()->text("unit")))
        notEstimable("its groups are in different units ('" + arms.front()->text("unit") + "', '" + arm->text("unit") +
                     "')");
  }

  GroupFigures figuresOf(const Arm& arm) const {
    GroupFigures figures;
    figures.n = numberOf(arm, "n");
    if (figures.n < 1) notEstimable("n must be 1 or more (" + arm.text("group") + ")");
    if (isOfEvents(measure_)) {
      figures.events = numberOf(arm, "events");
    } else {
      const double factor = factorOf(arm);
      figures.mean = numberOf(arm, "mean") * factor;
      figures.sd = spreadOf(arm) * factor;
    }
    return figures;
  }

  GroupFigures groupOf(const std::vector<const Arm*>& arms, const char* group, PooledStudy& row) const {
    std::optional<GroupFigures> all;
    std::size_t count = 0;
    for (const Arm* arm : arms) {
      if (arm->text("group") != group) continue;
      all = all ? united(*all, figuresOf(*arm)) : figuresOf(*arm);
      ++count;
    }
    if (!all) notEstimable(std::string("no row of the group '") + group + "' was charted");
    if (count > 1) row.notes.push_back(std::to_string(count) + " arms of the group '" + group + "' combined");
    return *all;
  }

  meta::Effect ofTwoGroups(const std::vector<const Arm*>& arms, PooledStudy& row) const {
    const GroupFigures first = groupOf(arms, "intervention", row), second = groupOf(arms, "control", row);
    const std::map<std::string_view, double> values{{"ai", first.events}, {"n1i", first.n},    {"ci", second.events},
                                                    {"n2i", second.n},    {"m1i", first.mean}, {"sd1i", first.sd},
                                                    {"m2i", second.mean}, {"sd2i", second.sd}};
    return computed(values);
  }

  meta::Effect ofOne(const std::vector<const Arm*>& arms) const {
    const char* group = measure_ == Measure::GEN || measure_ == Measure::ZCOR ? "effect" : "single";
    const Arm* one = nullptr;
    for (const Arm* arm : arms) {
      if (arm->text("group") != group) continue;
      if (one != nullptr) notEstimable(std::string("two rows of the group '") + group + "' at one time");
      one = arm;
    }
    if (one == nullptr) notEstimable(std::string("no row of the group '") + group + "' was charted");
    std::map<std::string_view, double> values;
    if (measure_ == Measure::GEN) {
      const double factor = factorOf(*one);
      values = {{"yi", numberOf(*one, "estimate") * factor}, {"sei", numberOf(*one, "se") * factor}};
    } else if (measure_ == Measure::ZCOR) {
      values = {{"ri", numberOf(*one, "r")}, {"ni", numberOf(*one, "n")}};
    } else {
      values = {{"xi", numberOf(*one, "events")}, {"ni", numberOf(*one, "n")}};
    }
    return computed(values);
  }

  meta::Effect computed(const std::map<std::string_view, double>& values) const {
    return meta::effectOf(
        measure_, [&](std::string_view name) { return values.at(name); },
        [&](std::string_view name) { return values.contains(name); });
  }

  /// A scale on which less is better, beside one on which more is: the standardised difference changes its sign.
  void turnSign(const std::vector<const Arm*>& arms, meta::Effect& effect, PooledStudy& row) const {
    std::string better;
    for (const Arm* arm : arms)
      if (!arm->text("better").empty()) {
        if (!better.empty() && better != arm->text("better")) notEstimable("its rows state both directions as better");
        better = arm->text("better");
      }
    if (better.empty() || analysis_.better.empty() || better == analysis_.better) return;
    if (measure_ != Measure::SMD)
      notEstimable(better + " is better here, " + analysis_.better + " in the analysis; only SMD can turn a scale");
    effect.y = -effect.y;
    effect.reported.clear();
    row.notes.push_back("sign turned: on its scale " + better + " is better");
  }

  const Analysis& analysis_;
  Measure measure_;
};

/// Why a study does not belong to the analysis; empty if it does.
std::string excludedBy(const Analysis& analysis, const StudyRecord& study,
                       const std::map<std::string, std::string>& itemLabels) {
  for (const auto& [item, allowed] : analysis.only) {
    const auto given = study.answers.find(item);
    const auto label = itemLabels.contains(item) ? itemLabels.at(item) : "item " + item;
    if (given == study.answers.end() || given->second.empty()) return label + " was not charted";
    const bool fits = std::any_of(given->second.begin(), given->second.end(), [&](const std::string& answer) {
      return std::any_of(allowed.begin(), allowed.end(), [&](const std::string& one) { return isSame(one, answer); });
    });
    if (!fits) return label + " is " + given->second.front();
  }
  return {};
}

/// Standard deviations that differ tenfold in one unit: often standard errors taken for them.
void remarkOnSpreads(const std::vector<const Arm*>& arms, const Studies& studies, std::vector<std::string>& remarks) {
  std::map<std::string, std::vector<std::pair<double, const Arm*>>> byUnit;
  for (const Arm* arm : arms)
    if (arm->numbers.contains("sd")) byUnit[formats::lower(arm->text("unit"))].emplace_back(arm->numbers.at("sd"), arm);
  for (auto& [unit, spreads] : byUnit) {
    const auto [least, most] = std::minmax_element(spreads.begin(), spreads.end(),
                                                   [](const auto& a, const auto& b) { return a.first < b.first; });
    if (least->first > 0 && most->first > 10 * least->first)
      remarks.push_back("standard deviations differ more than tenfold (" + studies.all()[least->second->study].label +
                        " and " + studies.all()[most->second->study].label +
                        "): is one of them a standard error, or in another unit?");
  }
}

/// Units and directions of the arms that went into effects.
void noteScales(const std::vector<const Arm*>& arms, const Analysis& analysis, Measure measure, PooledStudies& out) {
  bool higher = false, lower = false;
  for (const Arm* arm : arms) {
    const std::string unit = formats::lower(arm->text("unit"));
    if (needsUnit(measure) && analysis.unit.empty() &&
        std::find(out.units.begin(), out.units.end(), unit) == out.units.end())
      out.units.push_back(unit);
    higher = higher || arm->text("better") == "higher";
    lower = lower || arm->text("better") == "lower";
  }
  out.hasBothDirections = out.hasBothDirections || (analysis.better.empty() && higher && lower);
}

using Slot = std::pair<std::size_t, std::string>;  // study, time

}  // namespace

std::size_t PooledStudies::estimable() const {
  return static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [](const PooledStudy& row) { return row.effect.has_value(); }));
}

std::vector<meta::Effect> PooledStudies::effects() const {
  std::vector<meta::Effect> effects;
  for (const PooledStudy& row : rows)
    if (row.effect) effects.push_back(*row.effect);
  return effects;
}

PooledStudies pooledStudies(const ChartedArms& arms, const Studies& studies, const Analysis& analysis,
                            const std::map<std::string, std::string>& itemLabels) {
  PooledStudies out;
  const auto measure = meta::measureNamed(analysis.measure);
  if (!measure) throw std::runtime_error("'" + analysis.measure + "' is no measure");
  std::map<Slot, std::vector<const Arm*>> byStudy;  // by the order of the records, then of the times
  std::vector<const Arm*> pooledArms;
  for (const Arm& arm : arms.arms) {
    if (!isSame(arm.text("outcome"), analysis.outcome)) continue;
    if (!analysis.time.empty() && !isSame(arm.text("time"), analysis.time)) continue;
    byStudy[{arm.study, formats::lower(arm.text("time"))}].push_back(&arm);
  }
  const EffectMaker maker(analysis, *measure);
  for (const auto& [slot, members] : byStudy) {
    const StudyRecord& study = studies.all()[slot.first];
    if (const std::string why = excludedBy(analysis, study, itemLabels); !why.empty()) {
      out.leftOut.push_back(study.label + ": " + why);
      continue;
    }
    PooledStudy row;
    row.study = slot.first;
    row.label = members.front()->text("study").empty() ? study.label : members.front()->text("study");
    row.time = members.front()->text("time");
    if (const auto group = study.answers.find(analysis.subgroup);
        group != study.answers.end() && !group->second.empty())
      row.subgroup = group->second.front();
    try {
      row.effect = maker.make(members, row);
    } catch (const std::invalid_argument& error) {
      row.problem = error.what();
    }
    if (row.effect) pooledArms.insert(pooledArms.end(), members.begin(), members.end());
    out.rows.push_back(std::move(row));
  }
  noteScales(pooledArms, analysis, *measure, out);
  if (isOfMeans(*measure)) remarkOnSpreads(pooledArms, studies, out.remarks);
  return out;
}

}  // namespace winnow::synthesis
