// winnow-bench: every figure with its limit beside it, for the plugins of the tree that it was built in.
#include <cstdio>
#include <exception>

#include "Benchmarks.hpp"

int main() try {
  namespace fs = std::filesystem;
  const auto catalogue = winnow::plugins::Catalogue::discover({});
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
