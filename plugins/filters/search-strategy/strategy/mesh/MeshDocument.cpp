#include "MeshDocument.hpp"

#include <algorithm>
#include <stdexcept>

#include <nlohmann/json.hpp>

namespace winnow::search::mesh {

Tree readDocument(std::string_view json) {
  if (json.empty()) return {};
  const nlohmann::json document = nlohmann::json::parse(json, nullptr, false);
  const auto isText = [&](const char* key) {
    return document.is_object() && document.contains(key) && document[key].is_string();
  };
  if (!isText("format") || document["format"] != "winnow-mesh/1" || !isText("file") || !isText("text"))
    throw std::runtime_error("document \"mesh\" is no winnow-mesh/1");
  return Tree::load(document["text"].get_ref<const std::string&>(), document["file"].get_ref<const std::string&>());
}

std::string noHeading(const Tree& tree) {
  return tree.file() + ":" + std::to_string(std::max<std::uint32_t>(tree.firstSkipped(), 1)) +
         ":1: no line of this file holds a MeSH heading ('Heading;A01.236', or NLM's ASCII descriptors)";
}

}  // namespace winnow::search::mesh
