// winnow-bench: every figure with its limit beside it, for the plugins of the tree that it was built in.
//   winnow-bench             prints the table, exit 0
//   winnow-bench --enforce   exit 1 if a budget is missed; for an idle machine
//   winnow-bench boundary    what crossing to a plugin costs, alone
#include <cstdio>
#include <exception>
#include <string_view>

#include "Benchmarks.hpp"

int main(int argc, char** argv) try {
  namespace fs = std::filesystem;
  bool enforces = false, isWhole = true;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--enforce") {
      enforces = true;
    } else if (word == "boundary") {
      isWhole = false;
    } else {
      std::fprintf(stderr, "usage: winnow-bench [--enforce] [boundary]\n");
      return 2;
    }
  }
  const auto catalogue = winnow::plugins::Catalogue::discover({});
  const fs::path folder = fs::temp_directory_path() / "winnow-bench";
  fs::remove_all(folder);
  fs::create_directories(folder);
  winnow::bench::Table table;
  if (isWhole) winnow::bench::importing(catalogue, folder, table);
  winnow::bench::boundary(catalogue, table);
  if (isWhole) winnow::bench::keeping(catalogue, folder, table);
  fs::remove_all(folder);
  if (!enforces || table.missed().empty()) return 0;
  for (const std::string& name : table.missed())
    std::fprintf(stderr, "winnow-bench: '%s' missed its budget\n", name.c_str());
  return 1;
} catch (const std::exception& error) {
  std::fprintf(stderr, "winnow-bench: %s\n", error.what());
  return 1;
}
