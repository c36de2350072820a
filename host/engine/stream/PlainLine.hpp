// Lines as Winnow writes them, read without a JSON document: most of the time of a work would go into those. Whatever
// looks otherwise is left to JSON, which says what is wrong with it.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace winnow::engine {

/// A position in a line. Each call takes what it is asked for, or gives false; then nothing more is to be asked.
class PlainLine {
 public:
  explicit PlainLine(std::string_view line) : rest_(line) {}

  /// Takes these characters, if they stand here. The only call that may fail and be followed by others.
  bool skip(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }
  /// Appends the bytes of what appendJson() of StreamWriter.hpp wrote of a text.
  bool text(std::string& bytes);
  bool number(std::uint64_t& value);
  bool number(double& value);
  /// 64 bits as appendHash() wrote them.
  bool hash(std::uint64_t& value);
  bool isAtEnd() const { return rest_.empty(); }

 private:
  template <class Number>
  bool taken(Number& value) {
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (error != std::errc()) return false;
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return true;
  }
  bool escaped(std::string& bytes);
  bool hexBytes(std::string& bytes);

  std::string_view rest_;
};

}  // namespace winnow::engine
