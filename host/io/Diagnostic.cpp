#include "Diagnostic.hpp"

#include <nlohmann/json.hpp>

#include "Shown.hpp"

namespace winnow::io {

std::string render(const Diagnostic& diagnostic) {
  std::string text = shown(diagnostic.file);
  if (diagnostic.line != 0) {
    text +=
        ":" + std::to_string(diagnostic.line) + ":" + std::to_string(diagnostic.column == 0 ? 1 : diagnostic.column);
  }
  if (!text.empty()) text += ": ";
  text += word(diagnostic.severity);
  if (!diagnostic.code.empty()) text += " [" + shown(diagnostic.code) + "]";
  text += ": ";
  if (diagnostic.record != 0) text += "record " + std::to_string(diagnostic.record) + ": ";
  text += shown(diagnostic.message);
  if (!diagnostic.action.empty()) text += "; " + shown(diagnostic.action);
  return text;
}

std::string renderJson(const Diagnostic& diagnostic) {
  nlohmann::ordered_json json{
      {"severity", word(diagnostic.severity)}, {"code", diagnostic.code}, {"message", diagnostic.message}};
  if (!diagnostic.action.empty()) json["action"] = diagnostic.action;
  json["file"] = diagnostic.file;
  if (diagnostic.line != 0) {
    json["line"] = diagnostic.line;
    json["column"] = diagnostic.column == 0 ? 1 : diagnostic.column;
  }
  if (diagnostic.record != 0) json["record"] = diagnostic.record;
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace winnow::io
