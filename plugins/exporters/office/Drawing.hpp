// A scene as shapes of Word: boxes whose text can be edited, lines, free text.
#pragma once

#include <string>

#include "picture/Scene.hpp"

namespace winnow::office {

/// The drawing of one run, at most `room` by `high` millimetres, never enlarged; `id` names it. A group of the scene
/// that begins with a rectangle holding all its texts becomes one box with paragraphs that wrap by themselves.
/// ECMA-376 part 1, 20 (DrawingML); MS-ODRAWXML 2.24 (wordprocessingGroup, wordprocessingShape).
std::string wordDrawing(const picture::Scene& scene, const picture::Page& page, double room, double high,
                        const std::string& id);

}  // namespace winnow::office
