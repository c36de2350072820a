// Cuts a stream of JSON into the objects that are records, so that one broken record never takes the others along.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>

namespace winnow::json {

/// The text of one "{...}". Valid until the next call.
struct Slice {
  std::string_view text;
  std::uint64_t byte = 0;
  std::uint32_t line = 1, column = 1;
  bool closed = true;  ///< false: another record or the end came before the closing brace
};

/// Something outside of records that people should know.
struct Notice {
  enum class Is {
    OtherList,  ///< a list of objects that is no list of records
    NoList      ///< an object that should hold records and has no list of them
  };
  Is is = Is::OtherList;
  winnow_span at{};
  std::string name;  ///< OtherList: the member
};

/// Reads records in order. They are the objects at a path of members: of `{"results": [...]}` those at "results"; at
/// the empty path those of a list, one alone, or one a line. Lists on the way, and several documents one behind the
/// other, need no word. Memory is bounded by one record and one chunk.
class JsonSlices {
 public:
  /// What holds records together is declared through `writer`; text that is no JSON is left to the host.
  JsonSlices(Source source, RecordWriter& writer, std::vector<std::string> path)
      : source_(source), writer_(writer), path_(std::move(path)) {}
  bool next(Slice& slice);
  winnow_status status() const noexcept { return status_ == WINNOW_END ? WINNOW_OK : status_; }
  /// What was noticed since the last call, in order.
  std::vector<Notice> takeNotices();
  /// True if the end came within a list or an object; where.
  bool isCutOff() const noexcept { return status_ == WINNOW_END && !levels_.empty(); }
  std::uint32_t line() const noexcept { return line_; }

  static constexpr std::size_t kLargestRecord = 12u << 20, kDeepest = 1000;

 private:
  /// An object or list that is open on the way to records.
  struct Level {
    bool isList;
    std::size_t matched;  ///< how many members of the path lead here
    bool hasList;         ///< a list of records was found in it, or it is one
    winnow_span at;
  };

  bool fill();
  bool isThere(std::size_t at) { return at < buffer_.size() || (fill() && at < buffer_.size()); }
  void pass(std::size_t to);
  void forget();
  winnow_span placeOf(std::size_t at);
  void declareTo(std::size_t end);
  void passStructure(std::size_t& at);
  void passStray(std::size_t& at);
  bool step(std::size_t& at, bool& isRecord);
  bool open(std::size_t& at, bool isList, bool& isRecord);
  void close(bool isList);
  std::size_t skipString(std::size_t at);
  void skipValue(std::size_t& at);
  std::size_t findEnd(std::size_t open, bool& closed);
  std::size_t cutBack(std::size_t open, std::size_t end) const;
  static constexpr std::size_t kOffPath = static_cast<std::size_t>(-1);
  std::size_t matchedByValue() const;

  Source source_;
  RecordWriter& writer_;
  std::vector<std::string> path_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::uint64_t base_ = 0;
  std::uint32_t line_ = 1;
  std::uint64_t lineBegin_ = 0;
  std::vector<Level> levels_;
  std::string key_;
  bool hasKey_ = false;
  std::vector<Notice> notices_;
  std::size_t declared_ = 0;  ///< in the buffer: the end of what is declared
  winnow_status status_ = WINNOW_OK;
};

}  // namespace winnow::json
