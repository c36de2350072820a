// The only code of the plugins that knows yaml-cpp.
#include <algorithm>
#include <utility>

#include <yaml-cpp/yaml.h>

#include "Node.hpp"

namespace winnow::tagged {

namespace {

constexpr std::size_t kLargest = 1 << 20;
constexpr std::size_t kMostNodes = 100'000;
constexpr int kMostBrackets = 2000;  // yaml-cpp recurses

std::uint32_t fromOne(int place) { return static_cast<std::uint32_t>(std::max(0, place) + 1); }

/// Copies a document; an alias is copied where it stands, so that their number is bounded.
class Copy {
 public:
  Node of(const YAML::Node& yaml) { return of(yaml, yaml.Mark()); }

 private:
  /// `mark`: where it stands; of a value that is left out, where its key stands.
  Node of(const YAML::Node& yaml, const YAML::Mark& mark) {
    if (++count_ > kMostNodes) throw YAML::Exception(mark, "more than 100000 values");
    return nodeOf(yaml, mark);
  }

  Node nodeOf(const YAML::Node& yaml, const YAML::Mark& mark) {
    const auto made = [&](Node::Kind kind) { return Node(kind, fromOne(mark.line), fromOne(mark.column)); };
    if (yaml.IsScalar()) {
      Node node = made(Node::Kind::Text);
      node.setText(yaml.Scalar());
      return node;
    }
    if (yaml.IsSequence()) {
      Node node = made(Node::Kind::List);
      for (const YAML::Node& item : yaml) node.add(of(item));
      return node;
    }
    if (!yaml.IsMap()) return made(Node::Kind::Empty);
    Node node = made(Node::Kind::Map);
    for (const auto& entry : yaml) {
      Node key = of(entry.first);
      const bool isLeftOut = entry.second.IsNull();  // yaml-cpp puts it where the next word begins
      node.add(std::move(key), of(entry.second, isLeftOut ? entry.first.Mark() : entry.second.Mark()));
    }
    return node;
  }

  std::size_t count_ = 0;
};

}  // namespace

Node nodeFromYaml(std::string_view yaml, NodeProblem& problem) {
  if (yaml.size() > kLargest) {
    problem = {1, 1, "a table of more than 1 MiB"};
    return {};
  }
  if (std::count_if(yaml.begin(), yaml.end(), [](char c) { return c == '[' || c == '{'; }) > kMostBrackets) {
    problem = {1, 1, "more than 2000 opening brackets"};
    return {};
  }
  try {
    const std::vector<YAML::Node> documents = YAML::LoadAll(std::string(yaml));
    if (documents.size() == 1) return Copy().of(documents.front());
    problem = {1, 1, documents.empty() ? "the table is empty" : "more than one YAML document"};
  } catch (const YAML::Exception& error) {
    problem = {fromOne(error.mark.line), fromOne(error.mark.column), "this is not YAML: " + error.msg};
  }
  return {};
}

}  // namespace winnow::tagged
