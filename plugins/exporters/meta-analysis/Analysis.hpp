// One meta-analysis with everything that is asked of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "EffectTable.hpp"
#include "Fit.hpp"
#include "Sensitivity.hpp"
#include "SmallStudies.hpp"
#include "TwoByTwo.hpp"

namespace winnow::meta {

struct Request {
  Measure measure = Measure::GEN;
  Method method = Method::REML;
  Inference test = Inference::KnappHartung;
  bool withExtras = false;
};

struct Regression {
  std::vector<std::string> names;
  Fit fit;
};

struct Extras {
  Egger egger;
  Figure begg;
  std::optional<TrimFill> trimFill;  ///< three studies or more
  std::vector<Fit> leaveOneOut;      ///< in the order of the effects
  std::vector<Influence> influence;
  Interval tau2, i2;  ///< Q-profile
  std::optional<TablePool> mantelHaenszel, peto;
};

/// The result without the studies at high risk of bias.
struct WithoutHighRisk {
  std::vector<std::string> left;  ///< out, by name
  std::optional<Fit> fit;         ///< none if no study remains
};

struct Analysis {
  Request request;
  std::vector<Effect> effects;
  Fit fit;
  std::optional<Extras> extras;
  std::optional<Subgroups> subgroups;
  std::optional<Regression> regression;
  std::optional<WithoutHighRisk> withoutHighRisk;
  std::size_t combinedStudies = 0;  ///< whose several effects were made one
  double rho = 0;                   ///< with this correlation
  const MeasureInfo& measure() const { return infoOf(request.measure); }
  /// Harmonic mean of the studies' sizes; 0 where sizes are not known.
  double harmonicSize() const;
  /// The studies' shares of the weights, in per cent.
  std::vector<double> weights() const;
};

/// Pools the effects. Throws std::invalid_argument if there are none.
Analysis analyse(std::vector<Effect> effects, const Request& request);

/// `risks` in the order of the effects: "high" in any case is high.
WithoutHighRisk withoutHighRisk(const std::vector<Effect>& effects, const std::vector<std::string>& risks,
                                const Request& request);

/// What a statistician would say about the analysis, one sentence each: few studies, zero cells, one study that
/// decides, and so on. In a fixed order.
std::vector<std::string> remarksOn(const Analysis& analysis);

}  // namespace winnow::meta
