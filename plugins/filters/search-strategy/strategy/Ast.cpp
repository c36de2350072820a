#include "Ast.hpp"

#include <tuple>

namespace winnow::search {

bool operator==(const Limit& a, const Limit& b) {
  return std::tie(a.kind, a.value, a.field, a.from, a.to) == std::tie(b.kind, b.value, b.field, b.from, b.to) &&
         a.of == b.of;
}

bool operator==(const Node& a, const Node& b) {
  const auto parts = [](const Node& x) {
    return std::tie(x.kind, x.text, x.n, x.quoted, x.explode, x.focus, x.combined, x.fields, x.subheadings);
  };
  return parts(a) == parts(b) && a.limits == b.limits && a.args == b.args;
}

const Line* Strategy::find(std::uint32_t number, std::size_t from) const {
  for (std::size_t i = from; i-- > 0;)
    if (lines[i].number == number) return &lines[i];
  return nullptr;
}

}  // namespace winnow::search
