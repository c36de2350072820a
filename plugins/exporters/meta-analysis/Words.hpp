// Figures as people read them.
#pragma once

#include <string>

#include "Analysis.hpp"

namespace winnow::meta {

/// A number with so many decimals; "-0.00" is "0.00".
std::string fixed(double value, int decimals);
/// "< 0.001", "0.020"; "not defined" for none.
std::string pText(const Figure& p);
/// A figure of the analysis scale as people read it, with the decimals of its scale.
std::string shownText(const Analysis& analysis, double figure);
/// "1.23 (0.95 to 1.60)"
std::string shownText(const Analysis& analysis, double estimate, const Interval& interval);
/// "1 degree of freedom", "12 degrees of freedom".
std::string degreesText(double degrees);
/// "normal intervals", "Knapp-Hartung intervals".
std::string titleOf(Inference test);
/// "random effects (restricted maximum likelihood), Knapp-Hartung" or "equal effects, normal".
std::string modelText(const Request& request);

}  // namespace winnow::meta
