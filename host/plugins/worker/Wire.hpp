// The worker protocol, version 1: frames over two pipes. docs/worker-protocol.md describes it for authors in any
// language; this is the same in C++. Numbers are little-endian; a text is its length (u32) and its bytes.
#pragma once

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/abi.h>

namespace winnow::plugins::worker {

inline constexpr std::uint8_t kProtocol = 1;
inline constexpr std::size_t kHeaderBytes = 8;  ///< u32 size of the payload, u8 type, 'W', 'N', u8 protocol
inline constexpr std::uint32_t kLargestFrame = 256u << 20;

enum class Frame : std::uint8_t {
  // host -> worker
  Hello = 1,
  Create = 2,
  Destroy = 3,
  Probe = 4,
  Read = 5,
  Process = 6,
  Keys = 7,
  Match = 8,
  Settle = 9,
  Take = 10,
  Write = 11,
  Chunk = 12,
  Records = 13,
  Text = 14,
  Survey = 15,
  Learn = 16,
  Annotate = 17,
  TakeRecords = 18,
  LearnLabels = 19,
  Rank = 20,
  Resource = 21,
  // worker -> host
  Declare = 65,
  Refused = 66,
  Created = 67,
  Probed = 68,
  Done = 69,
  Taken = 70,
  Verdicts = 71,
  KeyList = 72,
  Pairs = 73,
  Next = 74,
  Emit = 75,
  NextRecords = 76,
  Output = 77,
  Document = 78,
  Diagnose = 79,
  Threw = 80,
  Progress = 81,
  Bytes = 82,
  Annotations = 83,
  Scores = 84,
  WantResource = 85
};

/// The other side sent what no side may send.
struct Broken : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Builds frames, one after the other, in one buffer.
class Encoder {
 public:
  void begin(Frame type) {
    start_ = bytes_.size();
    const char header[kHeaderBytes] = {0, 0, 0, 0, static_cast<char>(type), 'W', 'N', static_cast<char>(kProtocol)};
    bytes_.append(header, kHeaderBytes);
  }
  void end() {
    const auto size = static_cast<std::uint32_t>(bytes_.size() - start_ - kHeaderBytes);
    std::memcpy(bytes_.data() + start_, &size, 4);
  }
  template <class Number>
  Encoder& number(Number value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    return *this;
  }
  Encoder& text(std::string_view value) {
    number(static_cast<std::uint32_t>(value.size()));
    bytes_.append(value);
    return *this;
  }
  Encoder& text(winnow_str value) { return text(std::string_view(value.data, value.size)); }
  void raw(const void* data, std::size_t size) { bytes_.append(static_cast<const char*>(data), size); }
  std::string& bytes() noexcept { return bytes_; }
  void clear() noexcept { bytes_.clear(); }

 private:
  std::string bytes_;
  std::size_t start_ = 0;
};

/// Reads a payload; throws Broken where it ends too early.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : bytes_(bytes) {}
  template <class Number>
  Number number() {
    need(sizeof(Number));
    Number value;
    std::memcpy(&value, bytes_.data(), sizeof value);
    bytes_.remove_prefix(sizeof value);
    return value;
  }
  bool atEnd() const noexcept { return bytes_.empty(); }
  std::uint32_t u32() { return number<std::uint32_t>(); }
  std::uint64_t u64() { return number<std::uint64_t>(); }
  std::string_view text() { return raw(u32()); }
  winnow_str str() {
    const std::string_view value = text();
    return {value.data(), value.size()};
  }
  std::string_view raw(std::size_t size) {
    need(size);
    const std::string_view value = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return value;
  }
  /// A count of things that take at least `each` bytes; more cannot be there.
  std::uint32_t count(std::size_t each) {
    const std::uint32_t n = u32();
    if (n > bytes_.size() / each) throw Broken("sent a list that is longer than its frame");
    return n;
  }

 private:
  void need(std::size_t size) const {
    if (bytes_.size() < size) throw Broken("sent a frame that ends in the middle");
  }
  std::string_view bytes_;
};

struct Message {
  Frame type;
  std::string_view payload;  ///< lives until the next receive()
};

}  // namespace winnow::plugins::worker
