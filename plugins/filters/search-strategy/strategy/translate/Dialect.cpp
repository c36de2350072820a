#include "Dialect.hpp"

namespace winnow::search {

std::string fill(std::string_view pattern, std::initializer_list<std::pair<std::string_view, std::string_view>> holes) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size();) {
    const std::size_t end = pattern[i] == '{' ? pattern.find('}', i) : std::string_view::npos;
    const std::string_view name =
        end == std::string_view::npos ? std::string_view{} : pattern.substr(i + 1, end - i - 1);
    const auto* hole = holes.begin();
    while (hole != holes.end() && (name.empty() || hole->first != name)) ++hole;
    if (hole == holes.end()) {
      out += pattern[i++];
      continue;
    }
    out += hole->second;
    i = end + 1;
  }
  return out;
}

}  // namespace winnow::search
