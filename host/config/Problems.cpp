#include "Problems.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

namespace winnow::config {
namespace {

constexpr std::size_t widestLine = 160;  // characters of a source line shown around the caret
constexpr std::size_t leadBeforeCaret = 60;

const char* word(Severity severity) { return severity == Severity::Error ? "error" : "warning"; }

bool startsCharacter(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

/// The text cut into characters, so that a column is a character and never half of one.
std::vector<std::string_view> characters(std::string_view line) {
  std::vector<std::string_view> cut;
  for (std::size_t at = 0; at < line.size();) {
    std::size_t end = at + 1;
    while (end < line.size() && !startsCharacter(line[end])) ++end;
    cut.push_back(line.substr(at, end - at));
    at = end;
  }
  return cut;
}

/// The lines of a text, found once for all problems.
class SourceLines {
 public:
  explicit SourceLines(std::string_view text) : text_(text), starts_{0} {
    for (std::size_t i = 0; i < text.size(); ++i)
      if (text[i] == '\n') starts_.push_back(i + 1);
  }
  bool has(std::uint32_t line) const { return line >= 1 && line <= starts_.size(); }
  std::string_view line(std::uint32_t number) const {
    const std::size_t begin = starts_[number - 1];
    std::size_t end = number < starts_.size() ? starts_[number] - 1 : text_.size();
    if (end > begin && text_[end - 1] == '\r') --end;
    return text_.substr(begin, end - begin);
  }

 private:
  std::string_view text_;
  std::vector<std::size_t> starts_;
};

/// The source line and the caret line below it.
std::string excerpt(std::string_view line, const Place& at) {
  const std::vector<std::string_view> shown = characters(line);
  const std::size_t caret = std::min<std::size_t>(at.column == 0 ? 0 : at.column - 1, shown.size());
  const std::size_t from = shown.size() > widestLine && caret > leadBeforeCaret ? caret - leadBeforeCaret : 0;
  const std::size_t to = std::min(shown.size(), from + widestLine);

  std::string source;
  std::string marks;
  for (std::size_t i = from; i < to; ++i) source += shown[i];
  for (std::size_t i = from; i < caret; ++i) marks += shown[i] == "\t" ? '\t' : ' ';
  marks += '^';
  const std::size_t last = std::min(to, caret + std::max<std::size_t>(at.length, 1));
  if (last > caret + 1) marks += std::string(last - caret - 1, '~');

  const std::string number = std::to_string(at.line);
  return "  " + number + " | " + source + "\n  " + std::string(number.size(), ' ') + " | " + marks + "\n";
}

}  // namespace

void Problems::add(Problem problem) {
  if (!isFull()) return all_.push_back(std::move(problem));
  ++more_;
  hasMoreErrors_ = hasMoreErrors_ || problem.severity == Severity::Error;
}

void Problems::error(std::string_view code, Place at, std::string message) {
  add({Severity::Error, std::string(code), std::move(message), at});
}

void Problems::warning(std::string_view code, Place at, std::string message) {
  add({Severity::Warning, std::string(code), std::move(message), at});
}

void Problems::accept(const std::map<std::string, std::string>& answered) {
  std::erase_if(all_, [&](const Problem& problem) {
    return problem.severity == Severity::Warning && answered.count(problem.code) != 0;
  });
}

void Problems::sortByPlace() {
  std::stable_sort(all_.begin(), all_.end(), [](const Problem& left, const Problem& right) {
    const bool isLess = left.severity == Severity::Warning, isMore = right.severity == Severity::Warning;
    return std::tie(isLess, left.at.line, left.at.column) < std::tie(isMore, right.at.line, right.at.column);
  });
}

bool Problems::hasErrors() const {
  return hasMoreErrors_ || std::any_of(all_.begin(), all_.end(),
                                       [](const Problem& problem) { return problem.severity == Severity::Error; });
}

std::string render(const Problems& problems, std::string_view fileName, std::string_view text) {
  const SourceLines lines(text);
  std::string out;
  for (const Problem& problem : problems.all()) {
    out += fileName;
    if (problem.at.line != 0) out += ":" + std::to_string(problem.at.line) + ":" + std::to_string(problem.at.column);
    out += std::string(": ") + word(problem.severity) + ": " + problem.message + "\n";
    if (lines.has(problem.at.line)) out += excerpt(lines.line(problem.at.line), problem.at);
  }
  if (problems.more() != 0) out += std::string(fileName) + ": " + std::to_string(problems.more()) + " more problems\n";
  return out;
}

std::string renderJsonLines(const Problems& problems, std::string_view fileName) {
  std::string out;
  for (const Problem& problem : problems.all()) {
    nlohmann::ordered_json json{{"severity", word(problem.severity)},
                                {"code", problem.code},
                                {"message", problem.message},
                                {"file", std::string(fileName)}};
    if (problem.at.line != 0) {
      json["line"] = problem.at.line;
      json["column"] = problem.at.column;
    }
    out += json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  }
  return out;
}

}  // namespace winnow::config
