// The funnel as a picture: a bar a step, databases and other methods together.
#pragma once

#include "Funnel.hpp"
#include "picture/Scene.hpp"

namespace winnow::exporters {

struct FunnelPicture {
  picture::Scene scene;
  picture::Page page;
};

/// What came in at each step, and of that what left. Deterministic. Thread: any.
FunnelPicture drawFunnel(const Funnel& funnel, const std::string& title);

}  // namespace winnow::exporters
