// Effect sizes: what each measure needs, and how it is computed from what a study reports.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::meta {

enum class Measure { RR, OR, RD, MD, SMD, ROM, PLO, PFT, ZCOR, GEN };

/// How pooled figures are shown to people: as they are, or back on the scale that was measured.
enum class Scale { Plain, Ratio, Proportion, FreemanTukey, Correlation };

struct MeasureInfo {
  Measure measure;
  std::string_view name;   ///< "RR"
  std::string_view title;  ///< "Risk ratio"
  /// Columns, with commas; "bi|n1i" takes either.
  std::string_view columns;
  Scale scale;
  std::string_view source;  ///< of the formulae
};

/// Every measure, in the order of the help.
std::span<const MeasureInfo> measures();
const MeasureInfo& infoOf(Measure measure);
std::optional<Measure> measureNamed(std::string_view name);

/// Four cells of a study with two groups: events and the others in group 1, then in group 2.
struct FourCells {
  double events1 = 0, others1 = 0, events2 = 0, others2 = 0;
  double total() const { return events1 + others1 + events2 + others2; }
  bool hasZero() const { return events1 == 0 || others1 == 0 || events2 == 0 || others2 == 0; }
  /// No event at all, or nothing but events: the study says nothing about a ratio.
  bool isOneSided() const { return events1 + events2 == 0 || others1 + others2 == 0; }
};

/// One effect: estimate and sampling variance on the analysis scale (logarithm of ratios, logit, arcsine, Fisher's z).
struct Effect {
  std::string study;
  double y = 0, v = 0;
  std::optional<FourCells> cells;  ///< as reported, of RR, OR and RD
  double size = 0;                 ///< participants, where the measure knows them; otherwise 0
  bool isCorrected = false;        ///< one half was added because of a zero cell
  /// What the study reported, by the names of the measure; empty if it was computed otherwise (several effects
  /// combined).
  std::vector<std::pair<std::string, double>> reported;
};

/// Computes one effect. `value` gives a number by the name of a column ("ai"); `has` says whether there is such a
/// column. Throws std::invalid_argument saying what is impossible about the numbers ("ai is larger than n1i").
Effect effectOf(Measure measure, const std::function<double(std::string_view)>& value,
                const std::function<bool(std::string_view)>& has);

/// A figure on the analysis scale, as people read it: exp for ratios, and so on. `size`: harmonic mean of the studies'
/// sizes, for the Freeman-Tukey transform alone (Miller 1978).
double shown(Scale scale, double figure, double size);

}  // namespace winnow::meta
