#include "NodeReader.hpp"

#include <algorithm>
#include <set>

#include "Pattern.hpp"

#include <winnow/formats/publication_types.hpp>

namespace winnow::tagged {

namespace {

/// Edit distance of two short words, for "did you mean".
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string_view>& known) {
  std::string_view best;
  std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string_view k : known)
    if (const std::size_t d = distance(word, k); d < least) {
      least = d;
      best = k;
    }
  return best.empty() ? std::string() : "; did you mean '" + std::string(best) + "'?";
}

void NodeReader::wrong(const Node& at, std::string message) {
  problems_.push_back({std::max(at.line(), 1u), std::max(at.column(), 1u), std::move(message)});
}

void NodeReader::known(const Node& map, std::initializer_list<std::string_view> keys) {
  std::set<std::string> seen;
  for (const auto& entry : map.entries()) {
    if (!entry.key.isText()) {
      wrong(entry.key, "a key is one word");
      continue;
    }
    const std::string key = entry.key.text();
    if (std::find(keys.begin(), keys.end(), key) == keys.end())
      wrong(entry.key, "there is no key '" + key + "' here" + nearest(key, keys));
    if (!seen.insert(key).second) wrong(entry.key, "the key '" + key + "' stands twice");
  }
}

std::string NodeReader::text(const Node& map, const char* key) {
  const Node& node = map[key];
  if (!node) return {};
  if (!node.isText() || node.text().empty()) {
    wrong(node, "'" + std::string(key) + "' is one text");
    return {};
  }
  return node.text();
}

std::string NodeReader::required(const Node& map, const char* key) {
  if (!map[key]) wrong(map, "the key '" + std::string(key) + "' is missing");
  return text(map, key);
}

std::vector<std::string> NodeReader::texts(const Node& node) {
  std::vector<std::string> list;
  if (!node) return list;
  if (node.isText()) return {node.text()};
  if (!node.isList()) wrong(node, "a text or a list of texts stands here");
  for (const Node& item : node.items()) {
    if (item.isText())
      list.push_back(item.text());
    else
      wrong(item, "a text stands here");
  }
  return list;
}

std::shared_ptr<const Pattern> NodeReader::pattern(const Node& node) {
  if (!node.isText()) {
    wrong(node, "a pattern is one text");
    return nullptr;
  }
  auto pattern = std::make_shared<const Pattern>(node.text());
  if (isChecked_ || pattern->compiled().ok()) return pattern;
  wrong(node, "this pattern cannot be read (RE2 syntax): " + pattern->compiled().error());
  return nullptr;
}

void NodeReader::cslType(const Node& node) {
  if (isChecked_) return;
  const std::vector<std::string_view>& types = formats::cslTypes();
  if (!node.isText() || std::find(types.begin(), types.end(), node.text()) != types.end()) return;
  wrong(node, "'" + node.text() + "' is no CSL type" + nearest(node.text(), types));
}

bool NodeReader::flag(const Node& map, const char* key) {
  const std::string given = text(map, key);
  if (given == "true" || given == "yes") return true;
  if (!given.empty() && given != "false" && given != "no")
    wrong(map[key], "'" + std::string(key) + "' is true or false");
  return false;
}

}  // namespace winnow::tagged
