// What a statistician would ask about a meta-analysis.
#include <algorithm>
#include <cmath>

#include "Analysis.hpp"
#include "Words.hpp"

namespace winnow::meta {

namespace {

constexpr std::size_t kFew = 5;           // below: tau2 and normal intervals are unreliable (IntHout and others 2014)
constexpr std::size_t kFewForEgger = 10;  // below: the test has no power (Sterne and others 2011)
constexpr double kUnequalSizes = 10;      // Schwarzer and others 2019: the back-transform misleads

std::string namesOf(const std::vector<Effect>& effects, bool (*wanted)(const Effect&)) {
  std::string names;
  for (const Effect& effect : effects)
    if (wanted(effect)) names += (names.empty() ? "" : ", ") + effect.study;
  return names;
}

bool covers(const Interval& interval, double value) {
  return interval && interval->first <= value && value <= interval->second;
}

void addNumbers(const Analysis& analysis, std::vector<std::string>& remarks) {
  const std::size_t k = analysis.fit.k;
  if (k == 1) remarks.emplace_back("one study: nothing is pooled, heterogeneity and prediction are not defined");
  if (k > 1 && k < kFew)
    remarks.push_back(std::to_string(k) + " studies: the variance between studies is hardly estimated at all" +
                      (analysis.request.test == Inference::Normal
                           ? "; normal intervals are too narrow, use the Knapp-Hartung test"
                           : ""));
  if (k < 3 && analysis.request.method != Method::EE && k > 1)
    remarks.emplace_back("no prediction interval with t of k - 2: it needs three studies");
  if (analysis.fit.isNarrowed && k > 1 && analysis.fit.pooled().interval)
    remarks.emplace_back(
        "the Knapp-Hartung interval is narrower than the normal one, because the effects vary less than chance; report "
        "both (IQWiG 2022)");
  if (k > 1 && !analysis.fit.pooled().interval)
    remarks.emplace_back("all effects are equal: the Knapp-Hartung test is not defined");
}

void addZeroCells(const Analysis& analysis, std::vector<std::string>& remarks) {
  const std::string corrected = namesOf(analysis.effects, [](const Effect& e) { return e.isCorrected; });
  if (corrected.empty()) return;
  const bool hasCells = analysis.effects.front().cells.has_value();
  remarks.push_back("zero cells: one half was added to every cell of " + corrected +
                    (hasCells && analysis.request.measure != Measure::RD
                         ? "; compare with Mantel-Haenszel or Peto, which need no correction"
                         : ""));
  const std::string silent =
      namesOf(analysis.effects, [](const Effect& e) { return e.cells && e.cells->isOneSided(); });
  if (!silent.empty() && analysis.request.measure != Measure::RD)
    remarks.push_back("no event, or nothing but events, in both groups of " + silent +
                      ": such a study says nothing about a ratio; it enters by the correction alone");
}

void addModel(const Analysis& analysis, std::vector<std::string>& remarks) {
  const Fit& fit = analysis.fit;
  for (const double other : fit.otherMaxima)
    remarks.push_back("the likelihood has another, lower maximum at tau2 = " + fixed(other, 4) +
                      ", where a program that climbs from one start may end");
  if (analysis.request.method == Method::EE && fit.qP && *fit.qP < 0.1)
    remarks.emplace_back("equal effects are assumed, but Q says that they differ: prefer a random-effects model");
  const auto repeated = repeatedStudies(analysis.effects);
  for (const std::string& study : repeated)
    remarks.push_back("several effects of '" + study +
                      "' are pooled as if they were independent; --several combine makes one of them");
  if (analysis.combinedStudies > 0) {
    remarks.push_back("several effects of one study were combined in " + std::to_string(analysis.combinedStudies) +
                      (analysis.combinedStudies == 1 ? " study" : " studies") + ", with an assumed correlation of " +
                      fixed(analysis.rho, 2) + "; try others");
  }
}

void addInfluence(const Analysis& analysis, std::vector<std::string>& remarks) {
  if (!analysis.extras) return;
  const bool isCovered = covers(analysis.fit.pooled().interval, 0);
  for (std::size_t i = 0; analysis.measure().scale != Scale::Proportion &&
                          analysis.measure().scale != Scale::FreemanTukey && i < analysis.extras->leaveOneOut.size();
       ++i) {
    const Interval& rest = analysis.extras->leaveOneOut[i].pooled().interval;
    if (rest && analysis.fit.pooled().interval && covers(rest, 0) != isCovered)
      remarks.push_back("without " + analysis.effects[i].study + " the interval " +
                        (isCovered ? "excludes 'no effect', which the interval of all studies includes"
                                   : "includes 'no effect', which the interval of all studies excludes"));
  }
  if (analysis.fit.k >= 3 && analysis.fit.k < kFewForEgger)
    remarks.push_back("asymmetry of the funnel is not tested with fewer than ten studies: " +
                      std::to_string(analysis.fit.k) + " have no power; the figures are there for the record");
}

void addSizes(const Analysis& analysis, std::vector<std::string>& remarks) {
  if (analysis.measure().scale != Scale::FreemanTukey) return;
  const auto [least, most] = std::minmax_element(analysis.effects.begin(), analysis.effects.end(),
                                                 [](const Effect& a, const Effect& b) { return a.size < b.size; });
  if (most->size > kUnequalSizes * least->size)
    remarks.emplace_back(
        "sizes differ more than tenfold: the back-transform of Freeman and Tukey can mislead (Schwarzer and others "
        "2019); "
        "compare with PLO");
}

}  // namespace

std::vector<std::string> remarksOn(const Analysis& analysis) {
  std::vector<std::string> remarks;
  addNumbers(analysis, remarks);
  addZeroCells(analysis, remarks);
  addModel(analysis, remarks);
  addInfluence(analysis, remarks);
  addSizes(analysis, remarks);
  return remarks;
}

}  // namespace winnow::meta
