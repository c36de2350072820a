// The only file of this importer that knows the JSON library.
#include "JsonNodes.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include <nlohmann/json.hpp>

namespace winnow::json {

namespace {

using Json = nlohmann::json;

/// Iterator that tells how far the library has read, which its events do not.
class Cursor {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Cursor() = default;
  Cursor(const char* at, const char** seen) : at_(at), seen_(seen) {}
  reference operator*() const { return *at_; }
  Cursor& operator++() {
    ++at_;
    *seen_ = at_;
    return *this;
  }
  Cursor operator++(int) {
    Cursor before = *this;
    ++*this;
    return before;
  }
  bool operator==(const Cursor& other) const { return at_ == other.at_; }
  bool operator!=(const Cursor& other) const { return at_ != other.at_; }

 private:
  const char* at_ = nullptr;
  const char** seen_ = nullptr;
};

constexpr std::size_t kDeepest = 200;

class Events final : public nlohmann::json_sax<Json> {
 public:
  Events(std::string_view text, std::string_view under, tree::Nodes& nodes, Fault& fault)
      : text_(text), under_(under), nodes_(nodes), paths_(nodes.paths()), fault_(fault), counted_(text.data()) {
    seen_ = text.data();
    nodes_.begin();
  }
  const char** seen() { return &seen_; }

  bool null() override { return scalar({}); }
  bool boolean(bool value) override { return scalar(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return scalar(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return scalar(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& token) override { return scalar(token); }
  bool string(string_t& value) override { return scalar(value); }
  bool binary(binary_t&) override { return true; }
  bool key(string_t& value) override {
    if (wholeDepth_ == 0) key_ = value;
    return true;
  }
  bool start_object(std::size_t) override { return start(false); }
  bool end_object() override { return end(); }
  bool start_array(std::size_t) override { return start(true); }
  bool end_array() override { return end(); }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) override {
    if (!fault_.what.empty()) return false;
    fault_.offset = position == 0 ? 0 : position - 1;
    fault_.what = error.what();
    // "[json.exception.parse_error.101] parse error at line 1, column 9: syntax error while ..."
    if (const std::size_t words = fault_.what.find("syntax error"); words != std::string::npos)
      fault_.what.erase(0, words);
    if (const std::size_t read = fault_.what.find("; last read"); read != std::string::npos) fault_.what.resize(read);
    return false;
  }

 private:
  /// An object or list that is open.
  struct Open {
    std::uint32_t path;
    bool isList, hasNode;
  };

  std::size_t offset() const { return static_cast<std::size_t>(seen_ - text_.data()); }
  std::uint32_t line() {
    line_ += static_cast<std::uint32_t>(std::count(counted_, seen_, '\n'));
    counted_ = seen_;
    return line_;
  }
  std::uint32_t pathOfValue() {
    return open_.back().isList ? open_.back().path : paths_.below(open_.back().path, key_);
  }
  bool refuse(const char* why) {
    fault_ = {offset(), why};
    return false;
  }

  bool scalar(std::string_view value) {
    if (open_.empty()) return refuse("a value stands where an object is expected");
    if (wholeDepth_ == 0 && !value.empty()) nodes_.leaf(pathOfValue(), value, line());
    return true;
  }
  bool start(bool isList) {
    if (open_.size() + wholeDepth_ >= kDeepest) return refuse("lists and objects are nested more than 200 deep");
    if (wholeDepth_ > 0) {
      ++wholeDepth_;
      return true;
    }
    if (open_.empty()) {
      if (isList) return refuse("a list stands where an object is expected");
      open_.push_back({tree::Paths::kRecord, false, false});
      return true;
    }
    const bool isUnder = !isList && open_.size() == 1 && !under_.empty() && key_ == under_;
    const std::uint32_t path = isUnder ? tree::Paths::kRecord : pathOfValue();
    const bool isAsked = isList ? paths_.leadsOn(path) || !paths_.selectorsAt(path).empty() : paths_.leadsOn(path);
    if (!isUnder && !isAsked) {
      wholeDepth_ = 1;
      wholeBegin_ = offset() - 1;
      wholePath_ = path;
      wholeLine_ = line();
      return true;
    }
    const bool hasNode = !isList && !isUnder;
    if (hasNode) nodes_.open(path, line());
    open_.push_back({path, isList, hasNode});
    return true;
  }
  bool end() {
    if (wholeDepth_ > 0) {
      if (--wholeDepth_ == 0) nodes_.leaf(wholePath_, text_.substr(wholeBegin_, offset() - wholeBegin_), wholeLine_);
      return true;
    }
    if (open_.back().hasNode) nodes_.close();
    open_.pop_back();
    return true;
  }

  std::string_view text_, under_;
  tree::Nodes& nodes_;
  tree::Paths& paths_;
  Fault& fault_;
  const char *seen_ = nullptr, *counted_;
  std::uint32_t line_ = 1;
  std::vector<Open> open_;
  std::string key_;
  std::size_t wholeDepth_ = 0, wholeBegin_ = 0;
  std::uint32_t wholePath_ = 0, wholeLine_ = 1;
};

}  // namespace

bool readObject(std::string_view text, std::string_view under, tree::Nodes& nodes, Fault& fault) {
  fault = {};
  Events events(text, under, nodes, fault);
  const char* const end = text.data() + text.size();
  const bool isWhole = Json::sax_parse(Cursor(text.data(), events.seen()), Cursor(end, events.seen()), &events);
  nodes.finish();
  return isWhole;
}

}  // namespace winnow::json
