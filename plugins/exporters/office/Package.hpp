// A ZIP archive in memory, as Word and Excel files are one: the same bytes for the same parts, no clock, no time zone.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow::office {

/// What every part begins with.
inline constexpr const char* kXmlDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Collects the parts of an Office Open XML file (ECMA-376) in their order.
class Package {
 public:
  void add(std::string name, std::string bytes) { parts_.emplace_back(std::move(name), std::move(bytes)); }
  /// The archive. Throws std::runtime_error if it cannot be made.
  std::string bytes() const;

 private:
  std::vector<std::pair<std::string, std::string>> parts_;
};

/// Text for XML 1.0: the five characters escaped, what XML cannot hold and what would rearrange the text around it
/// (direction overrides) left out. Takes UTF-8; a byte that is none becomes U+FFFD.
std::string xmlText(std::string_view text);

/// The part docProps/core.xml: the title, and no date, because the same content is the same file.
std::string coreProperties(std::string_view title);

}  // namespace winnow::office
