// What is wrong with a configuration file: collected, sorted by place, shown with the source line and a caret.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "Review.hpp"

namespace winnow::config {

enum class Severity { Warning, Error };

/// One problem. `message`: one sentence, lower case start. `code` is stable: "config.unknown-key".
struct Problem {
  Severity severity = Severity::Error;
  std::string code;
  std::string message;
  Place at;
};

/// The problems of one file, as many as people can use. A value; nothing here throws for user input.
class Problems {
 public:
  /// Problems that are kept; the rest is counted.
  static constexpr std::size_t kMost = 200;

  /// Adds an error at a place; line 0 means the file as a whole.
  void error(std::string_view code, Place at, std::string message);
  /// Adds a warning at a place.
  void warning(std::string_view code, Place at, std::string message);
  /// Removes the warnings whose code was answered in the review (code -> reason). Errors cannot be answered.
  void accept(const std::map<std::string, std::string>& answered);
  /// Orders by place; problems at one place keep the order in which they were found.
  void sortByPlace();

  bool hasErrors() const;
  /// True if no further problem is kept: what costs time to say can be left out.
  bool isFull() const { return all_.size() >= kMost; }
  /// How many were not kept.
  std::size_t more() const { return more_; }
  const std::vector<Problem>& all() const { return all_; }

 private:
  void add(Problem problem);
  std::vector<Problem> all_;
  std::size_t more_ = 0;
  bool hasMoreErrors_ = false;
};

/// "FILE:LINE:COLUMN: error: MESSAGE", the source line and a caret under the text meant, for every problem; each line
/// ends with '\n'. `fileName` is shown as given; `text` is the file's content.
std::string render(const Problems& problems, std::string_view fileName, std::string_view text);

/// One JSON object a line: {severity, code, message, file, line, column}; line and column are left out if there is no
/// place.
std::string renderJsonLines(const Problems& problems, std::string_view fileName);

}  // namespace winnow::config
