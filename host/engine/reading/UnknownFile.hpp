// What a file is that no importer knows, for people who saved the wrong thing: by name, with what to export instead.
#pragma once

#include <string>
#include <string_view>

namespace winnow::engine {

struct UnknownFile {
  std::string code;     ///< "detect.pdf"
  std::string message;  ///< what it is
  std::string action;   ///< what to do
  bool isNamed = true;  ///< false: only that no importer knows it
};

/// By the first bytes of a file, as an importer gets them.
UnknownFile describeUnknown(std::string_view head);

}  // namespace winnow::engine
