// Writing the streams of Stream.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/reading/Stream.hpp"

namespace winnow::engine {

/// Writes one stream, or a stream to each part of a work. Whoever does not call end() leaves streams that nobody
/// accepts.
class StreamWriter {
 public:
  using Sink = std::function<void(std::string_view)>;
  /// Writes the header to every sink, at least one. The first gets the lines that belong to no part.
  StreamWriter(std::vector<Sink> sinks, const StreamHeader& header);
  StreamWriter(Sink sink, const StreamHeader& header) : StreamWriter(std::vector<Sink>{std::move(sink)}, header) {}

  /// `json`: one object without line end; it goes to the part of `of`, a name or a hash of what must meet there.
  void line(std::string_view json, std::string_view of = {}) { to(of.empty() ? 0 : partOf(of), json); }
  void line(std::string_view json, std::uint64_t of) { to(of % sinks_.size(), json); }
  /// The part of a name: the same in every process, 0 where there is one.
  std::size_t partOf(std::string_view name) const;
  /// Writes the trailers: what came in (to the first part; it came in once) and how many lines went out, and further
  /// members.
  void end(const std::map<std::string, std::uint64_t>& in, const std::map<std::string, std::string>& more = {});
  std::uint64_t count() const noexcept;
  std::uint64_t count(std::size_t part) const { return counts_[part]; }
  std::size_t parts() const noexcept { return sinks_.size(); }

 private:
  void to(std::size_t part, std::string_view json);

  std::vector<Sink> sinks_;
  std::vector<std::uint64_t> counts_;
  std::string out_;
};

/// Appends `text` as a JSON string, or as {"hex":"c328"} where its bytes are no UTF-8.
void appendJson(std::string& json, std::string_view text);
/// Appends a number that reads back as the same; null for NaN.
void appendJson(std::string& json, double number);
/// Appends 64 bits as a JSON string of 16 digits.
void appendHash(std::string& json, std::uint64_t hash);

}  // namespace winnow::engine
