// Texts as files that Winnow writes hold them in YAML.
#pragma once

#include <string>
#include <string_view>

namespace winnow::config {

/// A text on one line in double quotes, from which YAML reads the same bytes (YAML 1.2, 5.7): quotes, backslashes and
/// control characters are escaped. Expects UTF-8.
std::string quotedInYaml(std::string_view text);

}  // namespace winnow::config
