// rankers.embeddings: as rankers.relevance, with the meaning of words from a file of vectors. See README.md.
#include <winnow/plugin.hpp>

#include "RelevanceRanker.hpp"
#include "WordVectors.hpp"

namespace winnow::ranker {

class EmbeddingRanker final : public RelevanceRanker {
 public:
  static constexpr std::string_view id = "rankers.embeddings", version = "1.0.0";
  static constexpr std::string_view help =
      "Puts the likely relevant records first, learned from words and from vectors that say which words are used "
      "alike.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      fileOption("vectors", "Word vectors beside the review, in the text format of word2vec and GloVe.",
                 WINNOW_OPTION_REQUIRED),
      option(WINNOW_NUMBER, "weight", "0.2", "How much the vectors count beside the words.", {}, "0", "10"),
      option(WINNOW_STRING, "seed", "0", "Any text; decides the order of hashes. The step's seed unless given.")};

  EmbeddingRanker(Host host, const Settings& settings)
      : RelevanceRanker(host, Model::U4, std::string(settings.text("seed"))),
        vectors_(read(settings.text("vectors"))),
        weight_(settings.number("weight")) {}

 private:
  static WordVectors read(std::string_view text) {
    try {
      return WordVectors(text);
    } catch (const std::invalid_argument& error) {
      throw Refusal("vectors", std::string("the file holds no word vectors: ") + error.what());
    }
  }
  std::vector<std::vector<float>> meaningsOf(const std::vector<std::string>& texts) const override {
    return vectors_.meansOf(texts);
  }
  double weight() const override { return weight_; }

  const WordVectors vectors_;
  const double weight_;
};

}  // namespace winnow::ranker

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "filters-embedding-ranker", "1.0.0", "Apache-2.0")
                  .description("Priority screening with word vectors from a file that the review names.")
                  .keywords("ranking|active learning|embeddings|word vectors"),
              winnow::ranker::EmbeddingRanker)
