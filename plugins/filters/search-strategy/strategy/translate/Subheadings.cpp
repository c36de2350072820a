#include "Subheadings.hpp"

#include "../ovid/Vocabulary.hpp"
#include "../text/CodePoints.hpp"
#include "Dialect.hpp"

namespace winnow::search {

namespace {

/// "drug therapy" -> "dt"; empty for other text.
std::string codeOf(const std::string& name) {
  std::string code = "aa";
  for (code[0] = 'a'; code[0] <= 'z'; ++code[0])
    for (code[1] = 'a'; code[1] <= 'z'; ++code[1])
      if (ovid::subheadingName(code) == name) return code;
  return {};
}

std::string upper(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return text;
}

}  // namespace

std::string filledSubheading(std::string_view pattern, const std::string& subheading) {
  std::string name(ovid::subheadingName(lower(subheading))), code = lower(subheading);
  if (name.empty()) {
    name = subheading;
    code = codeOf(lower(subheading));
  }
  return fill(pattern, {{"x", subheading}, {"name", name}, {"CODE", code.empty() ? subheading : upper(code)}});
}

}  // namespace winnow::search
