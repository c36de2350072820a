// The platforms' tables: built in, or a file of a user's own.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "Dialect.hpp"

namespace winnow::search {

/// "scopus.yaml:12: the pattern has no {x}". What is wrong with a table, with its place.
class TableError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Reads a table strictly: unknown keys, missing holes, losses without a warning are refused. `file` is only named in
/// messages. Throws TableError. Pure: any thread.
Dialect readDialect(std::string_view yaml, std::string_view file);

/// A table that is compiled in (platforms/NAME.yaml).
struct BuiltInTable {
  std::string_view platform, yaml;
};
/// All of them, by name.
const std::vector<BuiltInTable>& builtInTables();
/// The table of that platform; empty if there is none.
std::string_view builtInTable(std::string_view platform);

}  // namespace winnow::search
