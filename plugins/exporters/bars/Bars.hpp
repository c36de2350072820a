// Studies by one item: columns over the years, bars for anything else.
#pragma once

#include <string>

#include "picture/Scene.hpp"
#include "studies/Dimension.hpp"
#include "table/Grid.hpp"

namespace winnow::bars {

using studies::Dimension;

struct Drawing {
  picture::Scene scene;
  picture::Page page;
};

/// A bar a value; years stand beside each other, everything else one below the other. Deterministic.
Drawing drawBars(const Dimension& dimension, const std::string& title);

/// Value, studies, share of all studies.
table::Grid gridOf(const Dimension& dimension);

}  // namespace winnow::bars
