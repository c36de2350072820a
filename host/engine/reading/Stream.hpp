// Streams of JSON lines between the parts of one work on several machines (docs/stage.md): a header, lines of one kind,
// and a trailer that counts them, so that a stream that was cut is noticed.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "io/Descriptor.hpp"
#include "io/Diagnostic.hpp"
#include "io/Error.hpp"

namespace winnow::engine {

inline constexpr int kStreamVersion = 2;

/// What to do about a line that nobody but another program, or a hand, can have written.
inline constexpr const char* kAsWritten = "give the lines as 'winnow stage' wrote them";

/// "keep", "drop", "unsure", "category" or "wait": an action of a verdict (WINNOW_KEEP ... WINNOW_WAIT) in lines.
std::string_view actionWord(std::uint32_t action);

/// A stream that is not what its reader needs. Exit code 2.
class BadStream : public UsageError {
 public:
  explicit BadStream(io::Diagnostic diagnostic)
      : UsageError(io::render(diagnostic)), diagnostic_(std::move(diagnostic)) {}
  const io::Diagnostic& diagnostic() const noexcept { return diagnostic_; }

 private:
  io::Diagnostic diagnostic_;
};

/// The first line of a stream.
struct StreamHeader {
  std::string holds;    ///< what the lines are: "records", "keys", ...
  std::string stage;    ///< id of the stage that made them; of records its importer, or nothing
  std::string plugin;   ///< SHA-256 of the plugin's file
  std::string key;      ///< identity of the stage with its settings and documents
  bool hasRaw = false;  ///< of records: raw fields are among theirs

  bool operator==(const StreamHeader&) const = default;
};

/// A line of a stream.
struct StreamLine {
  StreamHeader header;  ///< of the stream that it is in
  nlohmann::json json;
  std::string file;
  std::uint64_t line = 0;
  std::string text;
  static constexpr std::uint64_t kNotInAFile = UINT64_MAX;
  std::uint64_t byte = kNotInAFile;  ///< where `text` begins in `file`, if that is one that can be read again

  /// Makes `json` of `text`; throws BadStream.
  void parse();
  /// The same of a record without its fields, which take most of the time to parse; `text` has them.
  void parseWithoutFields();
  /// Throws BadStream at the member, or at the line's begin where `member` is empty or missing.
  [[noreturn]] void refuse(const char* code, std::string message, std::string action,
                           std::string_view member = {}) const;
  /// Members; throw BadStream where one is missing or of another type.
  std::string string(const char* member) const;
  std::uint64_t number(const char* member) const;
  double score(const char* member) const;  ///< null is NaN
  bool boolean(const char* member) const;  ///< missing: false
  /// A hash of 64 bits as 16 digits; missing: 0.
  std::uint64_t hash(const char* member) const;
};

/// Reads one or several streams, also several in one file, one behind the other. One thread.
class StreamReader {
 public:
  /// `files`: names; "-" is standard input. `accepted`: what lines may hold.
  StreamReader(std::vector<std::string> files, std::vector<std::string> accepted);

  /// Gives the next line that is neither header nor trailer; false after the last. Throws BadStream, also for a stream
  /// without a trailer or with fewer lines than it counts, and Error if a file cannot be read.
  bool next(StreamLine& line);
  /// Lines that came, by what they hold.
  const std::map<std::string, std::uint64_t>& counts() const noexcept { return counts_; }
  /// From now on lines come as `text` alone; StreamLine::parse() makes `json` of one.
  void leaveLines() noexcept { leavesLines_ = true; }
  /// Called with every header.
  void onHeader(std::function<void(const StreamHeader&, const StreamLine&)> check) { check_ = std::move(check); }

 private:
  bool readLine(StreamLine& line);
  bool openNext();
  bool isLeft(const StreamLine& line) const;
  void begin(const StreamLine& line);
  void end(const StreamLine& line);
  bool counted(StreamLine& line);

  std::vector<std::string> files_, accepted_;
  std::size_t nextFile_ = 0;
  io::Descriptor descriptor_;
  bool isOpen_ = false, isInside_ = false, isAnyHeader_ = false, leavesLines_ = false;
  std::string file_, buffer_;
  bool isRegular_ = false;    ///< the open file
  std::size_t at_ = 0;        ///< in buffer_
  std::uint64_t erased_ = 0;  ///< bytes of the file before buffer_
  std::uint64_t line_ = 0, inThis_ = 0;
  StreamHeader header_;
  std::map<std::string, std::uint64_t> counts_;
  std::uint64_t* inKind_ = nullptr;  ///< of counts_, for the stream at hand
  std::function<void(const StreamHeader&, const StreamLine&)> check_;
};

/// The text that appendJson() of StreamWriter.hpp wrote; nothing for anything else.
std::optional<std::string> textOf(const nlohmann::json& json);
/// Makes `bytes` of hexadecimal digits; false for anything else.
bool bytesOf(std::string_view digits, std::string& bytes);

}  // namespace winnow::engine
