#include "Stream.hpp"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <limits>

#include <winnow/abi.h>

#include "io/Cancel.hpp"

namespace winnow::engine {

namespace {

constexpr std::size_t kChunk = 1 << 16;
constexpr std::size_t kLongestLine = 128 << 20;  ///< a record is at most 12 MB, and a byte becomes six at most

io::Diagnostic fault(const std::string& file, std::uint64_t line, std::size_t column, const char* code,
                     std::string message, std::string action) {
  io::Diagnostic d;
  d.severity = io::Severity::Error;
  d.code = code;
  d.message = std::move(message);
  d.action = std::move(action);
  d.file = file == "-" ? "<standard input>" : file;
  d.line = static_cast<std::uint32_t>(std::min<std::uint64_t>(line, std::numeric_limits<std::uint32_t>::max()));
  d.column = static_cast<std::uint32_t>(std::min<std::size_t>(column, std::numeric_limits<std::uint32_t>::max()));
  return d;
}

std::string optionalText(const nlohmann::json& json, const char* member) {
  const auto found = json.find(member);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

std::string_view actionWord(std::uint32_t action) {
  switch (action) {
    case WINNOW_KEEP:
      return "keep";
    case WINNOW_DROP:
      return "drop";
    case WINNOW_UNSURE:
      return "unsure";
    case WINNOW_CATEGORY:
      return "category";
    default:
      return "wait";
  }
}

void StreamLine::refuse(const char* code, std::string message, std::string action, std::string_view member) const {
  const std::size_t found = member.empty() ? std::string::npos : text.find("\"" + std::string(member) + "\"");
  throw BadStream(
      fault(file, line, found == std::string::npos ? 1 : found + 1, code, std::move(message), std::move(action)));
}

std::optional<std::string> textOf(const nlohmann::json& json) {
  if (json.is_string()) return json.get<std::string>();
  const auto hex = json.is_object() ? json.find("hex") : json.end();
  if (!json.is_object() || hex == json.end() || !hex->is_string()) return std::nullopt;
  std::string bytes;
  return bytesOf(hex->get_ref<const std::string&>(), bytes) ? std::optional(std::move(bytes)) : std::nullopt;
}

bool bytesOf(std::string_view digits, std::string& bytes) {
  bytes.clear();
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    unsigned byte = 0;
    const auto [end, error] = std::from_chars(digits.data() + i, digits.data() + i + 2, byte, 16);
    if (error != std::errc() || end != digits.data() + i + 2) return false;
    bytes += static_cast<char>(byte);
  }
  return digits.size() % 2 == 0;
}

std::string StreamLine::string(const char* member) const {
  const auto found = json.find(member);
  std::optional<std::string> value = found == json.end() ? std::nullopt : textOf(*found);
  if (!value) refuse("stage.bad-line", "the line needs '" + std::string(member) + "', a text", kAsWritten, member);
  return std::move(*value);
}

std::uint64_t StreamLine::number(const char* member) const {
  const auto found = json.find(member);
  if (found == json.end() || !found->is_number_unsigned())
    refuse("stage.bad-line", "the line needs '" + std::string(member) + "', a whole number", kAsWritten, member);
  return found->get<std::uint64_t>();
}

double StreamLine::score(const char* member) const {
  const auto found = json.find(member);
  if (found != json.end() && found->is_null()) return std::numeric_limits<double>::quiet_NaN();
  if (found == json.end() || !found->is_number())
    refuse("stage.bad-line", "the line needs '" + std::string(member) + "', a number or null", kAsWritten, member);
  return found->get<double>();
}

bool StreamLine::boolean(const char* member) const {
  const auto found = json.find(member);
  if (found == json.end()) return false;
  if (!found->is_boolean())
    refuse("stage.bad-line", "'" + std::string(member) + "' is true or false", kAsWritten, member);
  return found->get<bool>();
}

std::uint64_t StreamLine::hash(const char* member) const {
  const auto found = json.find(member);
  if (found == json.end()) return 0;
  const std::string digits = found->is_string() ? found->get<std::string>() : std::string();
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (digits.size() != 16 || error != std::errc() || end != digits.data() + digits.size())
    refuse("stage.bad-line", "'" + std::string(member) + "' is a hash of 16 digits (0-9, a-f)", kAsWritten, member);
  return value;
}

StreamReader::StreamReader(std::vector<std::string> files, std::vector<std::string> accepted)
    : files_(std::move(files)), accepted_(std::move(accepted)) {}

bool StreamReader::openNext() {
  if (nextFile_ == files_.size()) return false;
  file_ = files_[nextFile_++];
  line_ = 0;
  buffer_.clear();
  at_ = 0;
  erased_ = 0;
  descriptor_ = io::Descriptor(file_ == "-" ? ::dup(STDIN_FILENO) : ::open(file_.c_str(), O_RDONLY | O_CLOEXEC));
  if (descriptor_.get() < 0) throw UsageError("cannot read '" + file_ + "': " + std::strerror(errno));
  struct stat about {};
  isRegular_ = file_ != "-" && ::fstat(descriptor_.get(), &about) == 0 && S_ISREG(about.st_mode);
  isOpen_ = true;
  return true;
}

/// The next line of the open file, blank ones left out; false at its end.
bool StreamReader::readLine(StreamLine& line) {
  while (true) {
    std::size_t end = buffer_.find('\n', at_);
    std::size_t looked = buffer_.size();
    while (end == std::string::npos) {
      io::stopIfCancelled();
      buffer_.erase(0, at_);
      erased_ += at_;
      looked -= at_;
      at_ = 0;
      if (buffer_.size() > kLongestLine)
        throw BadStream(fault(file_, line_ + 1, 1, "stage.long-line", "this line has more than 128 MB",
                              "give the lines as 'winnow stage' wrote them, each with its line end"));
      buffer_.resize(looked + kChunk);
      const ssize_t got = ::read(descriptor_.get(), buffer_.data() + looked, kChunk);
      buffer_.resize(looked + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) throw Error("cannot read '" + file_ + "': " + std::strerror(errno));
      if (got == 0) break;
      end = buffer_.find('\n', looked);
      looked = buffer_.size();
    }
    if (end == std::string::npos && at_ == buffer_.size()) return false;
    line.byte = isRegular_ ? erased_ + at_ : StreamLine::kNotInAFile;
    line.text.assign(buffer_, at_, end == std::string::npos ? std::string::npos : end - at_);
    at_ = end == std::string::npos ? buffer_.size() : end + 1;
    ++line_;
    if (line.text.find_first_not_of(" \t\r") != std::string::npos) break;
  }
  line.file = file_;
  line.line = line_;
  return true;
}

void StreamLine::parse() {
  try {
    json = nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    throw BadStream(fault(file, line, std::max<std::size_t>(error.byte, 1), "stage.no-json", "this line is no JSON",
                          "give the lines as 'winnow stage' wrote them, one object a line"));
  }
  if (!json.is_object()) refuse("stage.no-json", "this line is no JSON object", kAsWritten);
}

void StreamLine::parseWithoutFields() {
  // Quotes within a text are escaped, so these characters are the member itself, which Winnow writes last: a list of
  // lists.
  const std::size_t fields = text.find(",\"fields\":[");
  if (fields != std::string::npos && (text.ends_with("]]}") || text.ends_with("[]}"))) {
    json = nlohmann::json::parse(text.substr(0, fields) + "}", nullptr, false);
    if (json.is_object() && json.contains("record") && json.contains("place") && json.contains("content")) return;
  }
  parse();
}

/// True for a line that is neither header nor trailer. Of those that other programs wrote, in whatever order, the
/// members are looked at.
bool StreamReader::isLeft(const StreamLine& line) const {
  if (!leavesLines_ || !isInside_) return false;
  for (const char* begin : {"{\"record\":", "{\"a\":", "{\"records\":", "{\"space\":"})
    if (line.text.starts_with(begin)) return true;
  return false;
}

void StreamReader::begin(const StreamLine& line) {
  if (isInside_)
    line.refuse("stage.no-trailer", "another stream begins here, and the one before it has no trailer",
                "it was cut off; make it again");
  const std::string format = optionalText(line.json, "winnow");
  if (format != "stage")
    line.refuse("stage.no-header", "the first line of a stream is its header, {\"winnow\":\"stage\",...}",
                "give the whole stream as 'winnow stage' wrote it");
  // Version 1 had other lines of keys.
  const std::uint64_t version = line.number("version");
  if (version != kStreamVersion && !(version == 1 && optionalText(line.json, "holds") != "keys"))
    line.refuse("stage.version",
                "this is version " + std::to_string(version) + " of the format, and this Winnow knows version " +
                    std::to_string(kStreamVersion),
                "make all streams of one work with the same version of Winnow", "version");
  header_ = {line.string("holds"), optionalText(line.json, "stage"), optionalText(line.json, "plugin"),
             optionalText(line.json, "key"), line.boolean("raw")};
  if (std::find(accepted_.begin(), accepted_.end(), header_.holds) == accepted_.end()) {
    std::string list;
    for (const std::string& one : accepted_) list += (list.empty() ? "" : " and ") + one;
    line.refuse("stage.wrong-lines", "this stream holds " + header_.holds + "; wanted: " + list,
                "see 'winnow stage --help' for what goes in", "holds");
  }
  if (check_) check_(header_, line);
  isInside_ = isAnyHeader_ = true;
  inThis_ = 0;
  inKind_ = &counts_[header_.holds];
}

void StreamReader::end(const StreamLine& line) {
  if (const std::uint64_t out = line.number("out"); out != inThis_)
    line.refuse("stage.count",
                "the trailer counts " + std::to_string(out) + " lines, and " + std::to_string(inThis_) + " came",
                "lines were lost or added on the way; make the stream again", "out");
  isInside_ = false;
}

/// A line that the caller gets.
bool StreamReader::counted(StreamLine& line) {
  ++inThis_;
  ++*inKind_;
  if (!(line.header == header_)) line.header = header_;
  return true;
}

bool StreamReader::next(StreamLine& line) {
  while (true) {
    if (!isOpen_ && !openNext()) break;
    if (!readLine(line)) {
      if (isInside_)
        throw BadStream(fault(file_, line_ + 1, 1, "stage.no-trailer",
                              "the stream ends without its trailer after " + std::to_string(inThis_) + " lines",
                              "it was cut off; make it again"));
      isOpen_ = false;
      continue;
    }
    if (isLeft(line)) {
      line.json = nullptr;
      return counted(line);
    }
    line.parse();
    if (line.json.contains("winnow") || !isInside_) {
      begin(line);
      continue;
    }
    if (line.json.contains("end")) {
      end(line);
      continue;
    }
    return counted(line);
  }
  if (!isAnyHeader_)
    throw BadStream(fault(files_.empty() ? "-" : files_.back(), 1, 1, "stage.no-header", "there is no stream",
                          "an empty set is a header and a trailer, too"));
  return false;
}

}  // namespace winnow::engine
