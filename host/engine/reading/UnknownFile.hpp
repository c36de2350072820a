// What a file is that no importer knows, for people who saved the wrong thing: by name, with what to export instead.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::engine {

/// What a file without content may consist of.
inline constexpr std::string_view kBlank = " \t\r\n";

struct UnknownFile {
  std::string code;     ///< "detect.pdf"
  std::string message;  ///< what it is
  std::string action;   ///< what to do
  bool isNamed = true;  ///< false: only that no importer knows it
};

/// By the first bytes of a file, as an importer gets them.
UnknownFile describeUnknown(std::string_view head);

/// A sort of file that no importer reads and that is refused by name.
struct NamedFile {
  std::string_view what;     ///< "Zotero RDF"
  std::string_view instead;  ///< what to do: "export again as RIS or CSL JSON"
};

/// All of them, in the order in which files are compared with them.
std::vector<NamedFile> namedFiles();

}  // namespace winnow::engine
