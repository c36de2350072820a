#include "Node.hpp"

#include <charconv>
#include <stdexcept>
#include <utility>

namespace winnow::tagged {

namespace {

constexpr std::string_view kKinds = "-ETLM";  // by Node::Kind
const Node kMissing;

void write(const Node& node, std::string& out) {
  const bool isText = node.isText(), isMap = node.isMap();
  const std::vector<Node::Entry> entries = node.entries();
  const std::size_t size = isText ? node.text().size() : isMap ? entries.size() : node.items().size();
  out += kKinds[static_cast<std::size_t>(node.kind())];
  out += std::to_string(size) + ' ' + std::to_string(node.line()) + ' ' + std::to_string(node.column()) + '\n';
  if (isText) out += node.text() + '\n';
  for (const Node& item : node.items()) write(item, out);
  for (const Node::Entry& entry : entries) {
    write(entry.key, out);
    write(entry.value, out);
  }
}

class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : rest_(bytes) {}

  Node read() {
    const std::size_t kind = kKinds.find(taken(1)[0]);
    const auto size = number(' '), line = number(' '), column = number('\n');
    if (kind == std::string_view::npos) throw std::invalid_argument("no tree");
    Node node(static_cast<Node::Kind>(kind), line, column);
    if (node.isText()) {
      node.setText(std::string(taken(size)));
      taken(1);
    }
    for (std::uint32_t i = 0; node.isList() && i < size; ++i) node.add(read());
    for (std::uint32_t i = 0; node.isMap() && i < size; ++i) {
      Node key = read();
      node.add(std::move(key), read());
    }
    return node;
  }

 private:
  std::string_view taken(std::size_t size) {
    if (size > rest_.size()) throw std::invalid_argument("no tree");
    const std::string_view bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return bytes;
  }
  std::uint32_t number(char behind) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (error != std::errc{}) throw std::invalid_argument("no tree");
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    if (taken(1)[0] != behind) throw std::invalid_argument("no tree");
    return value;
  }

  std::string_view rest_;
};

}  // namespace

const Node& Node::operator[](std::string_view key) const noexcept {
  for (std::size_t i = 0; i < keys_.size(); ++i)
    if (keys_[i].isText() && keys_[i].text() == key) return values_[i];
  return kMissing;
}

std::vector<Node::Entry> Node::entries() const {
  std::vector<Entry> entries;
  entries.reserve(keys_.size());
  for (std::size_t i = 0; i < keys_.size(); ++i) entries.push_back({keys_[i], values_[i]});
  return entries;
}

void Node::add(Node item) { items_.push_back(std::move(item)); }

void Node::add(Node key, Node value) {
  keys_.push_back(std::move(key));
  values_.push_back(std::move(value));
}

std::string toBytes(const Node& node) {
  std::string out(1, kTreeMark);
  write(node, out);
  return out;
}

Node nodeFromBytes(std::string_view bytes) {
  if (bytes.empty() || bytes[0] != kTreeMark) throw std::invalid_argument("no tree");
  return Bytes(bytes.substr(1)).read();
}

}  // namespace winnow::tagged
