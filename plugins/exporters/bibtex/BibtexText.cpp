#include "BibtexText.hpp"

#include "bibliography/Text.hpp"

namespace winnow::exporters {

std::string texText(std::string_view text) {
  std::string out;
  for (const char c : bibliography::oneLine(text)) {
    switch (c) {
      case '\\':
        out += "\\textbackslash{}";
        break;
      case '{':
      case '}':
      case '&':
      case '%':
      case '$':
      case '#':
      case '_':
        out += '\\';
        out += c;
        break;
      case '~':
        out += "\\textasciitilde{}";
        break;
      case '^':
        out += "\\textasciicircum{}";
        break;
      case '<':
        out += "\\textless{}";
        break;
      case '>':
        out += "\\textgreater{}";
        break;
      case '`':
        out += "\\textasciigrave{}";
        break;
      case '"':
        out += "{\"}";
        break;  // neither a quotation mark nor an accent
      default:
        out += c;
    }
  }
  // Ligatures that are none: "--" is a dash and "''" a quotation mark in TeX.
  for (const std::string_view pair : {"--", "''"})
    for (std::size_t at = out.find(pair); at != std::string::npos; at = out.find(pair, at + 3))
      out.insert(at + 1, "{}");
  // BibTeX counts escaped braces as braces.
  std::size_t depth = 0;
  bool balances = true;
  for (const char c : out) {
    if (c == '{') ++depth;
    if (c == '}' && depth == 0)
      balances = false;
    else if (c == '}')
      --depth;
  }
  if (balances && depth == 0) return out;
  std::string safe;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const bool isEscaped = out[i] == '\\' && i + 1 < out.size() && (out[i + 1] == '{' || out[i + 1] == '}');
    if (isEscaped)
      safe += out[++i] == '{' ? "\\lbrace{}" : "\\rbrace{}";
    else
      safe += out[i];
  }
  return safe;
}

std::string texVerbatim(std::string_view text) {
  std::string out;
  for (const char c : bibliography::oneLine(text)) {
    if (c == '{')
      out += "%7B";
    else if (c == '}')
      out += "%7D";
    else if (c == '\\')
      out += "%5C";
    else
      out += c;
  }
  return out;
}

std::string texName(const bibliography::Person& person) {
  if (!person.literal.empty()) return "{" + texText(person.literal) + "}";
  // A comma or an "and" within a part would part the name.
  const auto part = [](std::string_view text) {
    const std::string tex = texText(text);
    const bool isSplit = tex.find(',') != std::string::npos || tex.find(" and ") != std::string::npos;
    return isSplit ? "{" + tex + "}" : tex;
  };
  std::string name = part(person.family);
  if (!person.suffix.empty()) name += ", " + part(person.suffix);
  if (!person.given.empty() || !person.suffix.empty()) name += ", " + part(person.given);
  // A family name alone is one word or a group, lest its words become given names.
  if (person.given.empty() && person.suffix.empty()) name = "{" + name + "}";
  return name;
}

std::string texKey(std::string_view text) {
  std::string key;
  for (const char c : text) {
    const bool isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                         c == '_' || c == ':' || c == '.';
    if (isPlain) key += c;
  }
  return key;
}

}  // namespace winnow::exporters
