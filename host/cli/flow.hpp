// `winnow flow`: checks a flow document that someone else made, and draws it.
#pragma once

#include <functional>
#include <iosfwd>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "io/OutputPolicy.hpp"

namespace winnow::cli {

/// Draws a checked flow document (JSON text) with an exporter and gives the bytes of the file.
/// Throws winnow::Error if the exporter is missing or refuses.
using FlowDrawing = std::function<std::string(
    std::string_view exporterId, const std::map<std::string, std::string>& options, std::string_view flowJson)>;

/// Runs the command; `arguments` are those after the word "flow". Answers go to `out`, messages to `err`, a
/// drawing where `outputs` permits.
/// Gives the exit code: 0 consistent or drawn, 1 a law is broken or the drawing could not be made, 2 the document or
/// the command line is wrong. Does not throw for anything a user can cause.
int flowCommand(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err,
                const FlowDrawing& draw, io::OutputPolicy& outputs);

}  // namespace winnow::cli
