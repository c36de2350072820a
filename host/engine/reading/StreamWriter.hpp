// Writing the streams of Stream.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "engine/reading/Stream.hpp"

namespace winnow::engine {

/// Writes one stream. Whoever does not call end() leaves a stream that nobody accepts.
class StreamWriter {
 public:
  using Sink = std::function<void(std::string_view)>;
  /// Writes the header.
  StreamWriter(Sink sink, const StreamHeader& header);
  /// `json`: one object without line end.
  void line(std::string_view json);
  /// Writes the trailer: what came in and how many lines went out, and further members.
  void end(const std::map<std::string, std::uint64_t>& in, const std::map<std::string, std::string>& more = {});
  std::uint64_t count() const noexcept { return count_; }

 private:
  Sink sink_;
  std::string out_;
  std::uint64_t count_ = 0;
};

/// Appends `text` as a JSON string, or as {"hex":"c328"} where its bytes are no UTF-8.
void appendJson(std::string& json, std::string_view text);
/// Appends a number that reads back as the same; null for NaN.
void appendJson(std::string& json, double number);
/// Appends 64 bits as a JSON string of 16 digits.
void appendHash(std::string& json, std::uint64_t hash);

}  // namespace winnow::engine
