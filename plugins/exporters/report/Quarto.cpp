#include <algorithm>

#include "Report.hpp"

namespace winnow::report {

namespace {

/// A text within double quotation marks of YAML.
std::string yaml(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  }
  return out + "\"";
}

/// The keys of all included studies, for the list of references; CSL-JSON has the record's key as id.
std::string citations(const Material& material) {
  std::string keys;
  for (const Entry& entry : material.entries) {
    const std::string& key = entry.study.key;
    if (entry.study.fate == "included" && key.find_first_of("{}[];\n ") == std::string::npos)
      keys += (keys.empty() ? "@{" : "; @{") + key + "}";
  }
  return keys.empty() ? std::string() : "The included studies: [" + keys + "]";
}

}  // namespace

std::string quartoOf(const Material& material, document::Document report, const std::string& bibliography) {
  report.heading(1, "References", "references");
  std::string out =
      "---\ntitle: " + yaml(report.title) + "\nbibliography: " + yaml(bibliography) +
      "\nformat:\n  html: {toc: true, embed-resources: true}\n  docx: {toc: true}\nnumber-sections: false\n---\n\n";
  if (const std::string list = citations(material); !list.empty()) {
    const auto isStudies = [](const document::Block& block) {
      const auto* heading = std::get_if<document::Heading>(&block);
      return heading != nullptr && heading->id == "studies";
    };
    const auto at = std::find_if(report.blocks.begin(), report.blocks.end(), isStudies);
    const auto behind = at == report.blocks.end() ? at : std::next(at);
    report.blocks.insert(behind, document::Raw{list});
  }
  return out + document::markdown(report);
}

}  // namespace winnow::report
