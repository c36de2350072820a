#include "Console.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <nlohmann/json.hpp>

#include "io/Shown.hpp"
#include "io/StandardStreams.hpp"

namespace winnow::cli {

namespace {

constexpr std::size_t kBuffer = 1 << 16;
constexpr int kBarWidth = 30;
constexpr auto kQuiet = std::chrono::milliseconds(500);
constexpr auto kRedraw = std::chrono::milliseconds(100);

}  // namespace

void Stream::put(std::string_view text) {
  buffer_.append(text);
  if (buffer_.size() >= kBuffer) flush();
}

void Stream::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty() && error_ == 0) {
    const ssize_t done = ::write(descriptor_, rest.data(), rest.size());
    if (done >= 0)
      rest.remove_prefix(static_cast<std::size_t>(done));
    else if (errno != EINTR && errno != EAGAIN)
      error_ = errno;
  }
  buffer_.clear();
}

Console::Console(bool json)
    : out_(io::standardOutput()),
      err_(STDERR_FILENO),
      json_(json),
      terminal_(::isatty(STDERR_FILENO) == 1),
      colour_(terminal_ && std::getenv("NO_COLOR") == nullptr) {}

Console::~Console() { settle(); }

void Console::line(std::string_view text) {
  const std::lock_guard lock(mutex_);
  if (json_) return;
  clearBar();
  out_.put(io::shownLines(text) + "\n");
  out_.flush();
}

void Console::print(std::string_view text) {
  const std::lock_guard lock(mutex_);
  clearBar();
  out_.put(json_ ? io::shownJson(text) : io::shownLines(text));
}

void Console::data(std::string_view bytes) {
  const std::lock_guard lock(mutex_);
  clearBar();
  out_.put(bytes);
}

void Console::printJson(const nlohmann::ordered_json& json) {
  const std::lock_guard lock(mutex_);
  clearBar();
  out_.put(io::shownJson(json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) + "\n");
}

void Console::flush() {
  const std::lock_guard lock(mutex_);
  out_.flush();
}

void Console::toErrors(std::string_view text) {
  err_.put(text);
  err_.flush();
}

void Console::note(std::string_view text) {
  const std::lock_guard lock(mutex_);
  clearBar();
  toErrors(json_ ? io::shownJson(text) : io::shownLines(text));
}

std::string Console::coloured(const std::string& text, io::Severity severity) const {
  if (!colour_) return text;
  const char* code = severity == io::Severity::Error     ? "\x1b[31m"
                     : severity == io::Severity::Warning ? "\x1b[33m"
                                                         : "\x1b[36m";
  const std::string word = std::string(io::word(severity));
  const std::size_t at = text.find(word);
  if (at == std::string::npos) return text;
  return text.substr(0, at) + code + word + "\x1b[0m" + text.substr(at + word.size());
}

void Console::error(std::string_view text) {
  const std::lock_guard lock(mutex_);
  clearBar();
  toErrors(coloured("winnow: error: " + io::shownLines(text), io::Severity::Error) + "\n");
}

void Console::tell(const io::Diagnostic& diagnostic) {
  const std::lock_guard lock(mutex_);
  if (diagnostic.severity == io::Severity::Error) ++errors_;
  if (diagnostic.severity == io::Severity::Warning) ++warnings_;
  if (diagnostic.severity == io::Severity::Info && !showInfo_) return;
  std::uint64_t& seen = seen_[diagnostic.code];
  const std::string text = json_ ? io::shownJson(io::renderJson(diagnostic)) : io::render(diagnostic);
  if (told_.contains(text)) return;  // `winnow diff` reads everything twice
  if (++seen > kMostOfOneCode) return;
  told_.insert(text);
  clearBar();
  toErrors((json_ ? text : coloured(text, diagnostic.severity)) + "\n");
}

void Console::progress(std::string_view what, std::uint64_t done, std::uint64_t total) {
  const std::lock_guard lock(mutex_);
  if (json_ || !terminal_) return;
  const auto now = std::chrono::steady_clock::now();
  if (what != barWhat_) {
    barWhat_ = what;
    began_ = now;
  }
  if (now - began_ < kQuiet || now - drawn_ < kRedraw) return;
  drawn_ = now;
  std::string bar;
  if (total == 0 || total == UINT64_MAX) {
    bar = grouped(done);
  } else {
    const int filled =
        static_cast<int>(static_cast<double>(std::min(done, total)) / static_cast<double>(total) * kBarWidth);
    for (int i = 0; i < kBarWidth; ++i) bar += i < filled ? "█" : "░";
    bar += " " + std::to_string(done * 100 / total) + " %";
  }
  toErrors("\r\x1b[K" + fitted(io::shown(what), 40) + " " + bar);
  barShown_ = true;
}

void Console::clearBar() {
  if (!barShown_) return;
  toErrors("\r\x1b[K");
  barShown_ = false;
}

void Console::settle() {
  const std::lock_guard lock(mutex_);
  clearBar();
  for (auto& [code, count] : seen_) {
    if (count <= kMostOfOneCode) continue;
    if (!json_) toErrors(std::to_string(count - kMostOfOneCode) + " more [" + code + "] not shown\n");
    count = 0;
  }
  out_.flush();
}

bool Console::finish() {
  settle();
  if (out_.error() != 0 && out_.error() != EPIPE)
    error(std::string("cannot write to standard output: ") + std::strerror(out_.error()));
  return out_.error() == 0 && err_.error() == 0;
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), " ");
  return digits;
}

int columns(std::string_view text) {
  return static_cast<int>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string padded(std::string_view text, int width) {
  const int missing = std::max(0, std::abs(width) - columns(text));
  const std::string blanks(missing == 0 && width > 0 ? 1 : static_cast<std::size_t>(missing),
                           ' ');  // columns never touch
  return width < 0 ? blanks + std::string(text) : std::string(text) + blanks;
}

std::string fitted(std::string_view text, int width) {
  if (columns(text) < width) return padded(text, width);
  std::size_t end = 0;
  for (int seen = 0; seen < width - 2; ++seen) do
      ++end;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80);
  return std::string(text.substr(0, end)) + "… ";
}

}  // namespace winnow::cli
