// Published tables that the tests compute again.
#pragma once

#include <string>
#include <vector>

#include "EffectTable.hpp"

namespace winnow::meta {

/// Thirteen trials of the BCG vaccine: cases and others, vaccinated and not; latitude, year and allocation. G. A.
/// Colditz and others, JAMA 271 (1994); C. S. Berkey and others, Statistics in Medicine 14 (1995), table 1.
inline const char* const kBcg =
    "study,ai,bi,ci,di,latitude,year,allocation\n"
    "Aronson 1948,4,119,11,128,44,1948,random\n"
    "Ferguson and Simes 1949,6,300,29,274,55,1949,random\n"
    "Rosenthal and others 1960,3,228,11,209,42,1960,random\n"
    "Hart and Sutherland 1977,62,13536,248,12619,52,1977,random\n"
    "Frimodt-Moller and others 1973,33,5036,47,5761,13,1973,alternate\n"
    "Stein and Aronson 1953,180,1361,372,1079,44,1953,alternate\n"
    "Vandiviere and others 1973,8,2537,10,619,19,1973,random\n"
    "TPT Madras 1980,505,87886,499,87892,13,1980,random\n"
    "Coetzee and Berjak 1968,29,7470,45,7232,27,1968,random\n"
    "Rosenthal and others 1961,17,1699,65,1600,42,1961,systematic\n"
    "Comstock and others 1974,186,50448,141,27197,18,1974,systematic\n"
    "Comstock and Webster 1969,5,2493,3,2338,33,1969,systematic\n"
    "Comstock and others 1976,27,16886,29,17825,33,1976,systematic\n";

inline EffectTable bcg(Measure measure = Measure::RR) { return EffectTable(kBcg, measure, {}, "study"); }

/// Deaths under tolbutamide and placebo in two age groups (University Group Diabetes Program). K. J. Rothman, S.
/// Greenland and T. L. Lash, Modern Epidemiology, 3rd edition (2008), table 15-1.
inline std::vector<Effect> ugdp(Measure measure) {
  return EffectTable("study,ai,n1i,ci,n2i\nbelow 55,8,106,5,120\n55 and over,22,98,16,85\n", measure, {}, "").effects();
}

}  // namespace winnow::meta
