// measure-word-vectors VECTORS.txt WEIGHT LABEL-COLUMN SETS.csv...: work saved with words alone and with vectors, the
// same priors by hash (seeds 0, 1, 2) as `winnow simulate --seeds 0,1,2`.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>

#include "LabelledRecords.hpp"
#include "Simulation.hpp"
#include "WordVectors.hpp"

namespace {

using namespace winnow::ranker;

std::string read(const char* path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(std::string("cannot read ") + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

double workSaved(const LabelledRecords& records, const std::vector<bool>& labels, const Ranker& ranker) {
  double sum = 0;
  for (const char* seed : {"0", "1", "2"})
    sum += measuresOf(simulate(ranker, labels, priorsByHash(records, labels, seed)).order, labels).wss95 / 3;
  return sum;
}

void measure(const WordVectors& vectors, double weight, const char* column, const char* path, double& words,
             double& both) {
  const std::string text = read(path);
  const LabelledRecords records(text);
  const std::vector<bool> labels = records.labels(column);
  const double alone = workSaved(records, labels, Ranker(records.ids(), records.texts(), Model::U4, "0"));
  const double with =
      workSaved(records, labels,
                Ranker(records.ids(), records.texts(), Model::U4, "0", vectors.meansOf(records.texts()), weight));
  std::printf("| %s | %.3f | %.3f |\n", path, alone, with);
  std::fflush(stdout);
  words += alone;
  both += with;
}

}  // namespace

int main(int count, char** words) {
  if (count < 5) {
    std::fprintf(stderr, "measure-word-vectors VECTORS.txt WEIGHT LABEL-COLUMN SETS.csv...\n");
    return 2;
  }
  try {
    const WordVectors vectors(read(words[1]));
    std::printf("%zu words, %zu dimensions, weight %s\n| set | words | words and vectors |\n|---|---|---|\n",
                vectors.size(), vectors.dimensions(), words[2]);
    double alone = 0, with = 0;
    for (int i = 4; i < count; ++i) measure(vectors, std::atof(words[2]), words[3], words[i], alone, with);
    std::printf("| mean | %.4f | %.4f |\n", alone / (count - 4), with / (count - 4));
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
