#include "DecisionFile.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>

#include "engine/people/RowTime.hpp"
#include "io/AtomicFile.hpp"
#include "io/Csv.hpp"
#include "io/Descriptor.hpp"
#include "io/Error.hpp"
#include "io/ReadWrite.hpp"
#include "io/UtcTime.hpp"
#include "io/WholeRows.hpp"

namespace winnow::screen {

namespace {

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& why) {
  throw Error("the decision could not be saved in '" + file.string() + "': " + why);
}

/// The file with its first row appears whole or not at all.
void create(const std::filesystem::path& file, const std::string& text) {
  try {
    io::writeFile(file, text);
  } catch (const Error& error) {
    fail(file, error.what());
  }
}

/// An open file to append to, locked against every other program that appends to it.
class Appending {
 public:
  explicit Appending(const std::filesystem::path& file) : file_(file) {
    descriptor_.reset(::open(file.c_str(), O_RDWR | O_APPEND | O_CLOEXEC | O_NONBLOCK));
    struct stat status {};
    if (!descriptor_ || ::fstat(descriptor_.get(), &status) != 0) fail(file, std::strerror(errno));
    if (!S_ISREG(status.st_mode)) fail(file, "it is no regular file");
    if (::flock(descriptor_.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
      fail(file, "another program is writing to it");
    inode_ = status.st_ino;
    size_ = static_cast<std::uint64_t>(status.st_size);
  }

  std::uint64_t inode() const noexcept { return inode_; }
  std::uint64_t size() const noexcept { return size_; }

  std::string read() const {
    std::string text(size_, '\0');
    if (io::readAt(descriptor_.get(), 0, text.data(), text.size()).size != size_) fail(file_, "it cannot be read");
    return text;
  }
  void cutTo(std::uint64_t size) {
    if (::ftruncate(descriptor_.get(), static_cast<off_t>(size)) != 0) fail(file_, std::strerror(errno));
    size_ = size;
  }
  /// All of it, safe on the disk; or none of it, and throws.
  void write(const std::string& bytes) {
    const std::uint64_t before = size_;
    int error = io::writeAll(descriptor_.get(), bytes);
    if (error == 0 && ::fsync(descriptor_.get()) != 0) error = errno;
    if (error != 0) {
      cutTo(before);
      fail(file_, std::strerror(error));
    }
    size_ += bytes.size();
  }

 private:
  const std::filesystem::path& file_;
  io::Descriptor descriptor_;
  std::uint64_t inode_ = 0, size_ = 0;
};

/// What came with the file since the last append: the heading must be the page's, a torn row goes.
void prepare(Appending& file, const std::filesystem::path& name, const std::vector<std::string>& columns) {
  const std::string text = file.read();
  if (!engine::beginsAsPage(text, columns))
    fail(name, "another program has given it other columns; save that under another name");
  if (const std::size_t end = io::wholeRowsEnd(text); end != text.size()) file.cutTo(end);
}

/// Which part of a row stands in a column.
constexpr std::pair<std::string_view, std::string Row::*> kCells[] = {
    {"record", &Row::record},     {"other", &Row::other},
    {"reviewer", &Row::reviewer}, {"by", &Row::reviewer},
    {"decision", &Row::decision}, {"category", &Row::category},
    {"reason", &Row::reason},     {"form version", &Row::formVersion},
    {"note", &Row::note},         {"labels", &Row::labels},
    {"number", &Row::number},     {"doi", &Row::doi},
    {"pmid", &Row::pmid},         {"title", &Row::title},
    {"year", &Row::year},         {"first author", &Row::firstAuthor},
    {"change", &Row::change}};

std::string cellOf(const Row& row, const std::string& column, const std::string& time) {
  if (column == "time") return time;
  for (const auto& [name, member] : kCells)
    if (name == column) return row.*member;
  const auto answer = row.answers.find(column);
  return answer == row.answers.end() ? std::string() : answer->second;
}

}  // namespace

bool isPageFile(const std::filesystem::path& file, const std::vector<std::string>& columns) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return !error;
  if (!std::filesystem::is_regular_file(file, error)) return false;
  std::string begin(engine::pageHeading(columns).size(), '\0');
  const io::Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  const std::size_t count = io::readAt(descriptor.get(), 0, begin.data(), begin.size()).size;
  return count > 0 && engine::beginsAsPage(std::string_view(begin).substr(0, count), columns);
}

void DecisionFile::know(const std::vector<engine::SheetRow>& rows) {
  for (const engine::SheetRow& row : rows) {
    const auto text = [&row](const char* column) { return std::string(row.cell(column)); };
    know(text("record"), text("labels"), text("note"), text("change"));
    newest_ = std::max(newest_, engine::secondsOf(row.cell("time")).value_or(0));
  }
}

void DecisionFile::know(const std::string& record, const std::string& labels, const std::string& note,
                        const std::string& change) {
  About& about = records_[record];
  ++about.rows;
  about.labels = labels;
  about.note = note;
  changes_.emplace(change, record);
}

void DecisionFile::append(const Row& row) {
  const std::int64_t now = std::max<std::int64_t>(std::time(nullptr), newest_);
  const std::string time = io::utcTime(now);
  std::vector<std::string> cells;
  for (const std::string& column : columns_) cells.push_back(cellOf(row, column, time));
  const std::string bytes = io::csvRow(cells);
  if (std::error_code ignored; !std::filesystem::exists(file_, ignored)) {
    create(file_, engine::pageHeading(columns_) + bytes);
  } else {
    Appending file(file_);
    if (file.inode() != inode_ || file.size() != size_) prepare(file, file_, columns_);
    file.write(bytes);
    inode_ = file.inode();
    size_ = file.size();
  }
  newest_ = now;
  know(row.record, row.labels, row.note, row.change);
}

std::size_t DecisionFile::revision(const std::string& record) const {
  const auto found = records_.find(record);
  return found == records_.end() ? 0 : found->second.rows;
}

std::string DecisionFile::recordOf(const std::string& change) const {
  const auto found = changes_.find(change);
  return found == changes_.end() ? std::string() : found->second;
}

std::string DecisionFile::note(const std::string& record) const {
  const auto found = records_.find(record);
  return found == records_.end() ? std::string() : found->second.note;
}

std::string DecisionFile::labels(const std::string& record) const {
  const auto found = records_.find(record);
  return found == records_.end() ? std::string() : found->second.labels;
}

}  // namespace winnow::screen
