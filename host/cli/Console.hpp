// What people see: lines on standard output, diagnostics and progress on standard error.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "io/Diagnostic.hpp"

namespace winnow::cli {

/// A standard stream that remembers when it could not be written.
class Stream {
 public:
  explicit Stream(int descriptor) : descriptor_(descriptor) {}
  /// Buffered until flush().
  void put(std::string_view text);
  void flush();
  /// errno of the first failure, 0: none.
  int error() const noexcept { return error_; }

 private:
  int descriptor_, error_ = 0;
  std::string buffer_;
};

/// Prints for people or, with --json, nothing but what a command prints as JSON. Nothing that comes from data acts on
/// the terminal (io/Shown.hpp). Any thread: a converter reads and writes in two.
class Console {
 public:
  explicit Console(bool json);
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  bool json() const noexcept { return json_; }
  /// A line of the report; nothing with --json.
  void line(std::string_view text);
  /// Text of one or more lines, also with --json.
  void print(std::string_view text);
  /// Bytes for a file or another program, as they are.
  void data(std::string_view bytes);
  /// JSON on lines of its own.
  void printJson(const nlohmann::ordered_json& json);
  /// Sends on what was printed, for a command that goes on running.
  void flush();
  /// Text for standard error as it was laid out, for example problems of a configuration.
  void note(std::string_view text);
  /// An error that ends the command.
  void error(std::string_view text);
  /// A diagnostic, once: at most 20 of one code are shown, the rest is counted and reported at the end.
  void tell(const io::Diagnostic& diagnostic);
  /// Information (what an export could not hold) is for those who convert files, noise in a run.
  void hideInfo() noexcept { showInfo_ = false; }
  /// A bar on a terminal for work that takes longer than half a second.
  void progress(std::string_view what, std::uint64_t done, std::uint64_t total);
  /// Removes the bar, tells what was capped.
  void settle();
  /// Settles; false if something that was printed got lost, reported on standard error unless the reader of a pipe has
  /// simply gone.
  [[nodiscard]] bool finish();

  std::uint64_t errors() const noexcept { return errors_; }
  std::uint64_t warnings() const noexcept { return warnings_; }

 private:
  void clearBar();
  void toErrors(std::string_view text);
  std::string coloured(const std::string& text, io::Severity severity) const;
  static constexpr std::uint64_t kMostOfOneCode = 20;
  mutable std::recursive_mutex mutex_;
  Stream out_, err_;
  bool json_, terminal_, colour_, barShown_ = false, showInfo_ = true;
  std::string barWhat_;
  std::chrono::steady_clock::time_point began_, drawn_;
  std::map<std::string, std::uint64_t> seen_;
  std::set<std::string> told_;
  std::uint64_t errors_ = 0, warnings_ = 0;
};

/// 1234567 -> "1 234 567".
std::string grouped(std::uint64_t number);
/// Pads with blanks to `width` columns (counting UTF-8 characters); negative: aligned right.
std::string padded(std::string_view text, int width);

/// How many characters the UTF-8 `text` shows; a combining mark counts as one.
int columns(std::string_view text);

/// As padded, but a text that does not fit is cut and ends in an ellipsis.
std::string fitted(std::string_view text, int width);

}  // namespace winnow::cli
