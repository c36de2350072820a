#include "PageFile.hpp"

#include <algorithm>

#include "io/AtomicFile.hpp"
#include "io/Csv.hpp"
#include "io/Waiting.hpp"
#include "io/WholeRows.hpp"

namespace winnow::engine {

namespace {

/// True if the file begins with the columns that every file of the kind has.
bool isOfKind(std::string_view begin, PageWords words) {
  const std::string heading = pageHeading(pageColumns(words));
  if (words != PageWords::Chart) return beginsAsPage(begin, pageColumns(words));
  return begin.rfind(heading.substr(0, heading.size() - 2), 0) == 0;  // the form's items follow
}

}  // namespace

std::vector<std::string> pageColumns(PageWords words, const std::vector<std::string>& items) {
  switch (words) {
    case PageWords::Pairs:
      return {"record", "other", "reviewer", "decision", "note", "time", "change"};
    case PageWords::Chart: {
      std::vector<std::string> columns{"record", "reviewer",     "decision", "form version", "note",
                                       "labels", "number",       "doi",      "pmid",         "title",
                                       "year",   "first author", "time",     "change"};
      columns.insert(columns.end(), items.begin(), items.end());
      return columns;
    }
    case PageWords::OneReader:
    case PageWords::Joint:
      break;
  }
  return {"record",       words == PageWords::Joint ? "by" : "reviewer",
          "decision",     "category",
          "reason",       "note",
          "labels",       "number",
          "doi",          "pmid",
          "title",        "year",
          "first author", "time",
          "change"};
}

std::string pageHeading(const std::vector<std::string>& columns) { return "\xEF\xBB\xBF" + io::csvRow(columns); }

bool beginsAsPage(std::string_view text, const std::vector<std::string>& columns) {
  const std::string heading = pageHeading(columns);
  const std::size_t size = heading.size() - 2;  // without CR LF
  return text.size() > size && text.compare(0, size, heading, 0, size) == 0 &&
         (text[size] == '\r' || text[size] == '\n');
}

std::optional<TornRow> tornRowOf(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return std::nullopt;
  {
    std::string begin(pageHeading(pageColumns(PageWords::OneReader)).size(), '\0');
    const io::Descriptor descriptor = io::openForReading(file);
    begin.resize(io::readSome(descriptor.get(), begin.data(), begin.size(), file.string()));
    const bool isOfPage = isOfKind(begin, PageWords::OneReader) || isOfKind(begin, PageWords::Joint) ||
                          isOfKind(begin, PageWords::Pairs) || isOfKind(begin, PageWords::Chart);
    if (!isOfPage) return std::nullopt;
  }
  const std::string text = io::readFile(file);
  const std::size_t end = io::wholeRowsEnd(text);
  if (end == text.size()) return std::nullopt;
  const auto lines = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), '\n');
  return TornRow{static_cast<std::uint32_t>(lines + 1), end, text.substr(end)};
}

}  // namespace winnow::engine
