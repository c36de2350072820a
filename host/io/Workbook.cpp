#include "Workbook.hpp"

#include <libxml/xmlreader.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <limits>
#include <map>
#include <optional>
#include <string_view>

#include "Archive.hpp"
#include "Error.hpp"
#include "Sha256.hpp"

namespace winnow::io {

namespace {

constexpr std::size_t kMostText = 256u << 20;   // of the strings that cells share
constexpr std::uint32_t kMostRows = 1'048'576;  // ECMA-376 sets no bound; the programs do
constexpr std::uint32_t kMostColumns = 16'384;
constexpr std::uint64_t kBombRatio = 200, kBombFrom = 64u << 20;

/// One XML part of a workbook, element by element.
class Part {
 public:
  Part(const Archive& archive, const std::string& name) : file_(archive, name) {
    if (!file_) return;
    reader_ = xmlReaderForIO(readMore, nullptr, this, nullptr, nullptr, XML_PARSE_NONET | XML_PARSE_COMPACT);
    if (reader_ != nullptr)
      xmlTextReaderSetErrorHandler(
          reader_, [](void*, const char*, xmlParserSeverities, void*) {}, nullptr);
  }
  ~Part() {
    if (reader_ != nullptr) xmlFreeTextReader(reader_);
  }
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;

  explicit operator bool() const noexcept { return reader_ != nullptr; }
  /// The next begin, end or text. False at the end, or where the part is broken.
  bool next() {
    if (reader_ == nullptr) return false;
    const int result = xmlTextReaderRead(reader_);
    isBroken_ = isBroken_ || result < 0;
    return result == 1;
  }
  bool isBroken() const noexcept { return isBroken_; }
  bool isBegin(std::string_view name) const {
    return xmlTextReaderNodeType(reader_) == XML_READER_TYPE_ELEMENT && isNamed(name);
  }
  /// An element without content has no end of its own.
  bool isEmpty() const { return xmlTextReaderIsEmptyElement(reader_) == 1; }
  bool isEnd(std::string_view name) const {
    return xmlTextReaderNodeType(reader_) == XML_READER_TYPE_END_ELEMENT && isNamed(name);
  }
  std::string_view text() const {
    const int type = xmlTextReaderNodeType(reader_);
    const bool isText = type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
                        type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE || type == XML_READER_TYPE_WHITESPACE;
    return isText ? view(xmlTextReaderConstValue(reader_)) : std::string_view{};
  }
  std::string attribute(const char* name) const {
    xmlChar* value = xmlTextReaderGetAttribute(reader_, reinterpret_cast<const xmlChar*>(name));
    std::string text(view(value));
    xmlFree(value);
    return text;
  }
  std::uint64_t packedSize() const noexcept { return file_.packedSize(); }

 private:
  static std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view{} : std::string_view(reinterpret_cast<const char*>(text));
  }
  bool isNamed(std::string_view name) const { return view(xmlTextReaderConstLocalName(reader_)) == name; }
  static int readMore(void* self, char* into, int size) {
    return static_cast<int>(static_cast<Part*>(self)->file_.read(into, static_cast<std::size_t>(size)));
  }

  ArchiveFile file_;
  xmlTextReaderPtr reader_ = nullptr;
  bool isBroken_ = false;
};

/// "_x000D_" stands for a character that XML cannot hold (ECMA-376, 22.9.2.19).
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned code = 0;
    const bool isEscape =
        text[i] == '_' && i + 6 < text.size() && text[i + 1] == 'x' && text[i + 6] == '_' &&
        std::from_chars(text.data() + i + 2, text.data() + i + 6, code, 16).ptr == text.data() + i + 6;
    if (!isEscape || code >= 0x80) {
      out += text[i];
      continue;
    }
    if (code != '\r') out += static_cast<char>(code);
    i += 6;
  }
  return out;
}

/// What the formats of cells say of their numbers.
enum class Shows { Number, Day, Month };

/// Codes of number formats that show a date (ECMA-376, 18.8.30): letters outside of quotes and brackets.
Shows shownBy(std::string_view code) {
  bool hasDay = false, hasMonth = false, hasYear = false, isQuoted = false, isBracketed = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '"') {
      isQuoted = !isQuoted;
    } else if (!isQuoted && (c == '[' || c == ']')) {
      isBracketed = c == '[';
    } else if (!isQuoted && !isBracketed) {
      hasDay = hasDay || c == 'd' || c == 'D';
      hasMonth = hasMonth || c == 'm' || c == 'M';
      hasYear = hasYear || c == 'y' || c == 'Y';
    }
  }
  if (hasDay && (hasMonth || hasYear)) return Shows::Day;
  return hasMonth && hasYear ? Shows::Month : Shows::Number;
}

/// The formats that have a number and no code in the file (ECMA-376, 18.8.30).
Shows shownByNumber(int number) {
  if (number == 17) return Shows::Month;
  const bool isDay = (number >= 14 && number <= 16) || number == 22 || (number >= 27 && number <= 36) ||
                     (number >= 50 && number <= 58);
  return isDay ? Shows::Day : Shows::Number;
}

int numberOf(const std::string& text, int otherwise = 0) {
  int value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// What a workbook's sheets have in common.
class Book {
 public:
  explicit Book(const Archive& archive) : archive_(archive) {}

  /// Names and parts of the sheets; empty if this is no workbook.
  std::vector<std::pair<std::string, std::string>> sheets() {
    const std::map<std::string, std::string> targets = relations();
    std::vector<std::pair<std::string, std::string>> list;
    for (Part part(archive_, "xl/workbook.xml"); part.next();) {
      if (part.isBegin("workbookPr")) {
        const std::string since1904 = part.attribute("date1904");
        isSince1904_ = since1904 == "1" || since1904 == "true";
      }
      if (!part.isBegin("sheet")) continue;
      const auto target = targets.find(part.attribute("r:id"));
      if (target != targets.end()) list.emplace_back(part.attribute("name"), target->second);
    }
    return list;
  }
  void readTexts() {
    bool isPhonetic = false;
    for (Part part(archive_, "xl/sharedStrings.xml"); part.next();) {
      if (part.isBegin("si")) {
        begins_.push_back(texts_.size());
      } else if (part.isBegin("rPh") || part.isEnd("rPh")) {
        isPhonetic = part.isBegin("rPh") && !part.isEmpty();
      } else if (!isPhonetic && !begins_.empty()) {
        texts_ += unescaped(part.text());
      }
      if (texts_.size() > kMostText)
        throw Error("the texts of '" + archive_.name() + "' take more than 256 MiB; save its sheets as CSV");
    }
  }
  void readStyles() {
    std::map<int, Shows> formats;
    bool areCells = false;
    for (Part part(archive_, "xl/styles.xml"); part.next();) {
      if (part.isBegin("numFmt")) formats[numberOf(part.attribute("numFmtId"))] = shownBy(part.attribute("formatCode"));
      if (part.isBegin("cellXfs")) areCells = true;
      if (part.isEnd("cellXfs")) areCells = false;
      if (!areCells || !part.isBegin("xf")) continue;
      const int number = numberOf(part.attribute("numFmtId"));
      const auto own = formats.find(number);
      styles_.push_back(own != formats.end() ? own->second : shownByNumber(number));
    }
  }
  std::string_view text(std::size_t index) const {
    if (index >= begins_.size()) return {};
    const std::size_t end = index + 1 < begins_.size() ? begins_[index + 1] : texts_.size();
    return std::string_view(texts_).substr(begins_[index], end - begins_[index]);
  }
  /// A number as its cell shows it.
  std::string number(const std::string& value, int style) const {
    double amount = 0;
    if (std::from_chars(value.data(), value.data() + value.size(), amount).ptr != value.data() + value.size() ||
        value.empty())
      return value;
    const Shows shows = style >= 0 && static_cast<std::size_t>(style) < styles_.size()
                            ? styles_[static_cast<std::size_t>(style)]
                            : Shows::Number;
    if (shows != Shows::Number && amount >= 1 && amount < 2'958'466) return date(static_cast<int>(amount), shows);
    const bool isWhole =
        amount == static_cast<double>(static_cast<long long>(amount)) && amount < 1e15 && amount > -1e15;
    return isWhole ? std::to_string(static_cast<long long>(amount)) : value;
  }

 private:
  std::map<std::string, std::string> relations() const {
    std::map<std::string, std::string> targets;
    for (Part part(archive_, "xl/_rels/workbook.xml.rels"); part.next();) {
      if (!part.isBegin("Relationship")) continue;
      const std::string target = part.attribute("Target");
      targets[part.attribute("Id")] = !target.empty() && target[0] == '/' ? target.substr(1) : "xl/" + target;
    }
    return targets;
  }
  /// Day 60 of the system that begins in 1900 is 29 February 1900, which never was (ECMA-376, 18.17.4.1).
  std::string date(int serial, Shows shows) const {
    const int days = isSince1904_ ? serial + 1462 : serial < 60 ? serial + 1 : serial;  // since 1899-12-30
    // Howard Hinnant, chrono-compatible low-level date algorithms: civil from days.
    const int z = days - 25'569 + 719'468, era = z / 146'097, doe = z - era * 146'097;
    const int yoe = (doe - doe / 1460 + doe / 36'524 - doe / 146'096) / 365,
              doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const int mp = (5 * doy + 2) / 153, day = doy - (153 * mp + 2) / 5 + 1, month = mp < 10 ? mp + 3 : mp - 9;
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), shows == Shows::Month ? "%04d-%02d" : "%04d-%02d-%02d",
                  yoe + era * 400 + (month <= 2 ? 1 : 0), month, day);
    return text.data();
  }

  const Archive& archive_;
  std::string texts_;
  std::vector<std::size_t> begins_;
  std::vector<Shows> styles_;
  bool isSince1904_ = false;
};

/// "AB12" -> 28; 0 if there is no column.
std::uint32_t columnOf(const std::string& place) {
  std::uint32_t column = 0;
  for (const char c : place) {
    if (c < 'A' || c > 'Z' || column > kMostColumns) break;
    column = column * 26 + static_cast<std::uint32_t>(c - 'A' + 1);
  }
  return column;
}

class SheetBytes final : public ByteSource {
 public:
  SheetBytes(const std::filesystem::path& file, const std::string& member, const std::string& sheet)
      : archive_(file, member), book_(archive_) {
    for (const auto& [name, part] : book_.sheets())
      if (name == sheet && !part_) part_.emplace(archive_, part);
    if (!part_ || !*part_) throw Error("'" + archive_.name() + "' holds no sheet '" + sheet + "'");
    book_.readTexts();
    book_.readStyles();
  }
  std::size_t read(char* into, std::size_t size) override {
    while (pending_.size() - at_ < size && readRow()) {
    }
    const std::size_t given = std::min(size, pending_.size() - at_);
    std::memcpy(into, pending_.data() + at_, given);
    hash_.add({into, given});
    bytesRead_ += given;
    at_ += given;
    if (at_ == pending_.size()) {
      pending_.clear();
      at_ = 0;
    }
    return given;
  }
  std::uint64_t size() const noexcept override { return std::numeric_limits<std::uint64_t>::max(); }
  std::uint64_t bytesRead() const noexcept override { return bytesRead_; }
  std::string sha256() override { return hex(hash_.finish()); }
  std::uint32_t originalLine(std::uint32_t line) const noexcept override {
    const auto after = std::upper_bound(anchors_.begin(), anchors_.end(), line,
                                        [](std::uint32_t value, const Anchor& anchor) { return value < anchor.line; });
    if (after == anchors_.begin()) return line;
    const Anchor& anchor = *std::prev(after);
    return anchor.isOneRow ? anchor.row : anchor.row + (line - anchor.line);
  }

 private:
  /// From here on lines count as rows, or all are of one row.
  struct Anchor {
    std::uint32_t line, row;
    bool isOneRow;
  };

  bool readRow() {
    if (ended_) return false;
    while (part_->next()) {
      if (part_->isEnd("sheetData")) break;
      if (!part_->isBegin("row")) continue;
      const int stated = numberOf(part_->attribute("r"), static_cast<int>(row_) + 1);
      const auto row = static_cast<std::uint32_t>(std::clamp<int>(stated, static_cast<int>(row_) + 1, kMostRows + 1));
      if (row > kMostRows) break;
      const std::size_t before = pending_.size();
      pending_.append(row - row_ - 1, '\n');
      line_ += row - row_ - 1;
      row_ = row;
      readCells();
      pending_ += '\n';
      made_ += pending_.size() - before;
      if (made_ > kBombFrom && made_ / kBombRatio > part_->packedSize()) {
        damage_ = "the sheet expands more than two hundredfold: refused as an attack";
        break;
      }
      return true;
    }
    if (part_->isBroken()) damage_ = "the sheet is broken: it ends in row " + std::to_string(row_);
    ended_ = true;
    return false;
  }

  void readCells() {
    const std::size_t begin = pending_.size();
    std::uint32_t column = 0;
    if (!part_->isEmpty())
      while (part_->next() && !part_->isEnd("row")) {
        if (!part_->isBegin("c")) continue;
        const std::uint32_t stated = columnOf(part_->attribute("r"));
        const std::uint32_t wanted = std::max(stated, column + 1);
        if (wanted > kMostColumns) continue;
        pending_.append(wanted - std::max(column, 1u), ',');
        column = wanted;
        quote(cell());
      }
    if (column > 0 && column < width_) pending_.append(width_ - column, ',');  // empty cells at the end are left out
    width_ = std::max(width_, column);
    const auto breaks = static_cast<std::uint32_t>(
        std::count(pending_.begin() + static_cast<std::ptrdiff_t>(begin), pending_.end(), '\n'));
    if (breaks > 0) {
      anchors_.push_back({line_, row_, true});
      anchors_.push_back({line_ + breaks + 1, row_ + 1, false});
    }
    line_ += breaks + 1;
  }

  /// The value of the cell that begins here.
  std::string cell() {
    const std::string type = part_->attribute("t");
    const int style = numberOf(part_->attribute("s"), -1);
    if (part_->isEmpty()) return {};
    std::string value;
    bool isValue = false, isPhonetic = false;
    while (part_->next() && !part_->isEnd("c")) {
      if (part_->isBegin("v") || part_->isBegin("t"))
        isValue = !part_->isEmpty();
      else if (part_->isEnd("v") || part_->isEnd("t"))
        isValue = false;
      else if (part_->isBegin("rPh") || part_->isEnd("rPh"))
        isPhonetic = part_->isBegin("rPh") && !part_->isEmpty();
      else if (isValue && !isPhonetic)
        value += part_->text();
    }
    if (type == "s") return std::string(book_.text(static_cast<std::size_t>(std::max(0, numberOf(value, -1)))));
    if (type == "b") return value == "1" ? "TRUE" : "FALSE";
    if (type.empty() || type == "n") return book_.number(value, style);
    return unescaped(value);
  }

  void quote(const std::string& value) {
    if (value.empty()) return;
    pending_ += '"';
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (value[i] == '\r') {
        if (i + 1 == value.size() || value[i + 1] != '\n') pending_ += '\n';
        continue;
      }
      if (value[i] == '"') pending_ += '"';
      pending_ += value[i];
    }
    pending_ += '"';
  }

  Archive archive_;
  Book book_;
  std::optional<Part> part_;
  std::string pending_;
  std::size_t at_ = 0;
  std::uint32_t row_ = 0, line_ = 1;  ///< the last row; the line that the next one begins on
  std::uint32_t width_ = 0;           ///< of the widest row
  std::uint64_t bytesRead_ = 0, made_ = 0;
  std::vector<Anchor> anchors_;
  Sha256 hash_;
  bool ended_ = false;
};

}  // namespace

std::vector<std::string> sheetsOf(const std::filesystem::path& file, const std::string& member) {
  const Archive archive(file, member);
  std::vector<std::string> names;
  if (!archive.holds("xl/workbook.xml")) return names;
  for (auto& [name, part] : Book(archive).sheets())
    if (archive.holds(part)) names.push_back(name);
  return names;
}

std::unique_ptr<ByteSource> openSheet(const std::filesystem::path& file, const std::string& member,
                                      const std::string& sheet) {
  return std::make_unique<SheetBytes>(file, member, sheet);
}

}  // namespace winnow::io
