#include "WholeRows.hpp"

namespace winnow::io {

std::size_t wholeRowsEnd(std::string_view csv) {
  std::size_t end = 0;
  bool isQuoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    if (csv[i] == '"') isQuoted = !isQuoted;
    if (csv[i] == '\n' && !isQuoted) end = i + 1;
  }
  return end;
}

}  // namespace winnow::io
