#include "PageFile.hpp"

#include <algorithm>

#include "io/AtomicFile.hpp"
#include "io/Csv.hpp"
#include "io/Waiting.hpp"
#include "io/WholeRows.hpp"

namespace winnow::engine {

std::string pageHeading(PageWords words) {
  std::vector<std::string> columns(std::begin(kPageColumns), std::end(kPageColumns));
  if (words == PageWords::Pairs) columns.assign(std::begin(kPairColumns), std::end(kPairColumns));
  if (words == PageWords::Joint) columns[1] = "by";
  return "\xEF\xBB\xBF" + io::csvRow(columns);
}

bool beginsAsPage(std::string_view text, PageWords words) {
  const std::string heading = pageHeading(words);
  const std::size_t size = heading.size() - 2;  // without CR LF
  return text.size() > size && text.compare(0, size, heading, 0, size) == 0 &&
         (text[size] == '\r' || text[size] == '\n');
}

std::optional<TornRow> tornRowOf(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return std::nullopt;
  {
    std::string begin(pageHeading().size(), '\0');
    const io::Descriptor descriptor = io::openForReading(file);
    begin.resize(io::readSome(descriptor.get(), begin.data(), begin.size(), file.string()));
    const bool isOfPage = beginsAsPage(begin, PageWords::OneReader) || beginsAsPage(begin, PageWords::Joint) ||
                          beginsAsPage(begin, PageWords::Pairs);
    if (!isOfPage) return std::nullopt;
  }
  const std::string text = io::readFile(file);
  const std::size_t end = io::wholeRowsEnd(text);
  if (end == text.size()) return std::nullopt;
  const auto lines = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), '\n');
  return TornRow{static_cast<std::uint32_t>(lines + 1), end, text.substr(end)};
}

}  // namespace winnow::engine
