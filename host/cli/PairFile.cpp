#include "PairFile.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <winnow/formats/text.hpp>

#include "engine/records/References.hpp"
#include "io/AtomicFile.hpp"
#include "io/Csv.hpp"
#include "io/Error.hpp"

namespace winnow::cli {

namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";
constexpr const char* kColumns[] = {"record", "other", "reviewer", "decision", "note"};
constexpr std::size_t kNeeded = 4;  // a file may go without notes

/// The headings of the first line: plain names. `delimiter` is set to what stands between them.
std::vector<std::string> headingsOf(std::string_view line, char& delimiter) {
  delimiter = ',';
  for (const char other : {';', '\t'})
    if (std::count(line.begin(), line.end(), other) > std::count(line.begin(), line.end(), delimiter))
      delimiter = other;
  std::vector<std::string> headings(1);
  bool isQuoted = false;
  for (const char c : line) {
    if (c == '"')
      isQuoted = !isQuoted;
    else if (c == delimiter && !isQuoted)
      headings.emplace_back();
    else
      headings.back() += c;
  }
  for (std::string& heading : headings) heading = engine::plainName(heading);
  return headings;
}

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
  throw UsageError("'" + file.string() + "' " + why + "; name another file with --file");
}

}  // namespace

void appendPair(io::OutputPolicy& outputs, const std::filesystem::path& file, io::NamedBy namedBy,
                const std::map<std::string, std::string>& cells) {
  std::error_code ignored;
  std::string text = std::filesystem::exists(file, ignored) ? io::readFile(file) : std::string();
  if (!formats::isUtf8(text)) refuse(file, "is no text in UTF-8; save it as CSV (UTF-8)");
  const std::string_view body = std::string_view(text).substr(text.rfind(kMark, 0) == 0 ? kMark.size() : 0);
  char delimiter = ',';
  std::vector<std::string> headings = headingsOf(body.substr(0, body.find_first_of("\r\n")), delimiter);
  if (formats::isBlank(body)) {
    headings.assign(std::begin(kColumns), std::end(kColumns));
    text += io::csvRow(headings);
  }
  for (std::size_t i = 0; i < kNeeded; ++i)
    if (std::find(headings.begin(), headings.end(), kColumns[i]) == headings.end())
      refuse(file, std::string("has no column '") + kColumns[i] + "' in its first line");
  if (text.back() != '\n' && text.back() != '\r') text += "\r\n";
  std::vector<std::string> row;
  for (const std::string& heading : headings) {
    const auto cell = cells.find(heading);
    row.push_back(cell == cells.end() ? std::string() : cell->second);
  }
  const std::string line = io::csvRow(row, delimiter);
  if (text.ends_with(line)) return;  // said before by a call that failed when all was written already
  const auto target = outputs.open(file, namedBy, io::FileRole::Decisions);
  target->write(text + line);
  target->commit();
}

}  // namespace winnow::cli
