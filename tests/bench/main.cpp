// winnow-bench PLUGIN_FOLDER: every figure with its limit beside it.
#include <cstdio>
#include <exception>

#include "Benchmarks.hpp"

int main(int count, char** arguments) try {
  if (count != 2) return std::fputs("usage: winnow-bench PLUGIN_FOLDER\n", stderr), 2;
  namespace fs = std::filesystem;
  const auto catalogue = winnow::plugins::Catalogue::discover({fs::path(arguments[1])});
  const fs::path folder = fs::temp_directory_path() / "winnow-bench";
  fs::remove_all(folder);
  fs::create_directories(folder);
  winnow::bench::importing(catalogue, folder);
  winnow::bench::boundary(catalogue);
  winnow::bench::keeping(catalogue, folder);
  fs::remove_all(folder);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "winnow-bench: %s\n", error.what());
  return 1;
}
