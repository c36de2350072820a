#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

namespace {

/// Puts records first that share words with what was included. Change this to your model.
class @CLASS@Ranker final : public winnow::Ranker {
 public:
  static constexpr std::string_view id = "rankers.@NAME@", version = "0.1.0", help = "Records that share words with included ones first.";
  static constexpr std::uint32_t flags = WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES;
  static constexpr std::string_view reads[] = {winnow::tags::kTitle};

  @CLASS@Ranker(winnow::Host host, const winnow::Settings&) : Ranker(host), title_(host.tag(winnow::tags::kTitle)) {}

  void take(winnow::Record record) override { words_[record.id()] = wordsOf(record.first(title_)); }

  void learn(const std::vector<winnow::Label>& labels) override {
    read_.clear();
    wanted_.clear();
    for (const winnow::Label& label : labels) {
      read_.insert(label.record);
      if (label.isRelevant) wanted_.insert(words_[label.record].begin(), words_[label.record].end());
    }
  }

  void rank(winnow::Scores& scores) override {
    for (const auto& [record, words] : words_) {
      if (read_.count(record) != 0) continue;
      const auto shared = std::count_if(words.begin(), words.end(), [&](const std::string& word) { return wanted_.count(word) != 0; });
      scores.add(record, static_cast<double>(shared), wanted_.empty());
    }
  }

 private:
  static std::set<std::string> wordsOf(std::string_view text) {
    std::set<std::string> words;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find(' '), text.size());
      if (end > 3) words.emplace(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
  }

  std::uint32_t title_;
  std::map<std::uint64_t, std::set<std::string>> words_;
  std::set<std::uint64_t> read_;
  std::set<std::string> wanted_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("example.org", "@NAME@", "0.1.0", "Apache-2.0")
                  .description("What it is for, in a sentence or two.")
                  .homepage("https://example.org/@NAME@")
                  .support("https://example.org/@NAME@/issues"),
              @CLASS@Ranker)
