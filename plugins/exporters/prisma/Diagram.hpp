// The flow diagram as a picture: three side bands, up to three lanes, one row a step.
#pragma once

#include <string>

#include "Cards.hpp"
#include "Flow.hpp"
#include "picture/Scene.hpp"

namespace winnow::prisma {

/// What the user wants beyond the numbers. Texts are data: any Unicode.
struct Appearance {
  std::string title, note, banner;
  bool perWave = false, hideZero = false;
  Arrangement arrangement = Arrangement::Compact;
  Links links{};  ///< of a diagram within a page that lists the records
};

struct Diagram {
  picture::Scene scene;
  picture::Page page;
};

/// The diagram. Deterministic. Thread: any.
Diagram drawDiagram(const Flow& flow, const Appearance& appearance);

/// How many records and reports people have still to decide on.
std::int64_t waitingIn(const Flow& flow);

/// "Provisional: 3 records wait at title and abstract."; empty if nobody has to decide anything.
std::string provisionalNote(const Flow& flow);

/// The flow in sentences, for readers who do not see the picture.
std::string describe(const Flow& flow);

}  // namespace winnow::prisma
