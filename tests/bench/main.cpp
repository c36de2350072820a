// winnow-bench: every figure with its limit beside it. The plugins are those installed beside it (../lib/winnow/plugins): they run
// within the program, as they do for users; others would be measured through a worker.
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
