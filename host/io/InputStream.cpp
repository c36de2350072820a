#include "InputStream.hpp"

#include <algorithm>

#include "TextSize.hpp"

namespace winnow::io {

namespace {

constexpr std::size_t kChunk = 1 << 20;
constexpr std::size_t kHead = 64 * 1024;

std::size_t unitSize(Encoding encoding) {
  switch (encoding) {
    case Encoding::Utf16Le:
    case Encoding::Utf16Be:
      return 2;
    case Encoding::Utf32Le:
    case Encoding::Utf32Be:
      return 4;
    default:
      return 1;
  }
}

std::uint32_t unitAt(std::string_view bytes, std::size_t at, Encoding encoding) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i]));
  };
  switch (encoding) {
    case Encoding::Utf16Le:
      return byte(0) | byte(1) << 8;
    case Encoding::Utf16Be:
      return byte(1) | byte(0) << 8;
    case Encoding::Utf32Le:
      return byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24;
    case Encoding::Utf32Be:
      return byte(3) | byte(2) << 8 | byte(1) << 16 | byte(0) << 24;
    default:
      return byte(0);
  }
}

/// True for UTF-8 that holds more than ASCII: then no declaration of something else is believed. The head may end
/// within a character.
bool isUnicodeText(std::string_view head) {
  std::size_t beyond = 0;
  for (std::size_t at = 0; at < head.size();) {
    const auto lead = static_cast<unsigned char>(head[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    if (length == 0) return false;
    if (at + length > head.size()) break;
    for (std::size_t i = 1; i < length; ++i)
      if ((static_cast<unsigned char>(head[at + i]) & 0xC0) != 0x80) return false;
    beyond += length > 1 ? 1 : 0;
    at += length;
  }
  return beyond > 0;
}

/// UTF-16 without a BOM shows as NUL bytes at every second place (more than about 12 % of the first 400 bytes).
Encoding withoutBom(std::string_view head) {
  const std::size_t looked = std::min<std::size_t>(head.size(), 400) & ~std::size_t{1};
  std::size_t even = 0, odd = 0;
  for (std::size_t i = 0; i < looked; ++i)
    if (head[i] == '\0') ++(i % 2 == 0 ? even : odd);
  if (looked >= 8 && even * 8 > looked && odd * 8 < even) return Encoding::Utf16Be;
  if (looked >= 8 && odd * 8 > looked && even * 8 < odd) return Encoding::Utf16Le;
  return Encoding::Bytes;
}

}  // namespace

InputStream::InputStream(const std::filesystem::path& file, const std::string& member, const std::string& charset,
                         Contents contents)
    : bytes_(openBytes(file, member, contents)),
      name_(member.empty() ? file.string() : file.string() + "/" + member),
      contents_(contents) {
  window_.reserve(kWindowLimit + 2 * kChunk);  // never copied to grow; what is not used takes no memory
  if (!charset.empty() && contents == Contents::Text) charset_ = std::make_unique<Charset>(charset);
}

InputStream::~InputStream() = default;

bool InputStream::fill() {
  if (ended_) return false;
  const std::size_t before = buffer_.size();
  buffer_.resize(before + kChunk);
  const std::size_t got = bytes_->read(buffer_.data() + before, kChunk);
  buffer_.resize(before + got);
  if (got == 0) ended_ = true;
  return got > 0;
}

void InputStream::detect() {
  detected_ = true;
  while (buffer_.size() < kHead && fill()) {
  }
  if (contents_ == Contents::Text) return detectText();
  anchors_.push_back({0, 0});
}

void InputStream::detectText() {
  const std::string_view head = buffer_;
  std::size_t bom = 0;
  const auto starts = [&](std::string_view mark) { return head.substr(0, mark.size()) == mark; };
  using namespace std::string_view_literals;
  if (starts("\xEF\xBB\xBF"sv)) {
    encoding_ = Encoding::Utf8Bom;
    bom = 3;
  } else if (starts("\xFF\xFE\0\0"sv)) {
    encoding_ = Encoding::Utf32Le;
    bom = 4;
  } else if (starts("\0\0\xFE\xFF"sv)) {
    encoding_ = Encoding::Utf32Be;
    bom = 4;
  } else if (starts("\xFF\xFE"sv)) {
    encoding_ = Encoding::Utf16Le;
    bom = 2;
  } else if (starts("\xFE\xFF"sv)) {
    encoding_ = Encoding::Utf16Be;
    bom = 2;
  } else {
    encoding_ = withoutBom(head);
    if (!charset_ && encoding_ == Encoding::Bytes && !isUnicodeText(head))
      if (const std::string declared = declaredCharset(head); !declared.empty())
        charset_ = std::make_unique<Charset>(declared);
    if (charset_) encoding_ = Encoding::Other;
  }
  if (bom != 0) charset_.reset();  // a mark tells more than a name
  hasMark_ = bom != 0;
  buffer_.erase(0, bom);
  decodedOriginal_ = bom;
  anchors_.push_back({0, bom});
}

void InputStream::appendCodePoint(std::uint32_t code) {
  if (code < 0x80) {
    window_ += static_cast<char>(code);
  } else if (code < 0x800) {
    window_ += {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 63))};
  } else if (code < 0x10000) {
    window_ += {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 63)),
                static_cast<char>(0x80 | (code & 63))};
  } else {
    window_ += {static_cast<char>(0xF0 | code >> 18), static_cast<char>(0x80 | (code >> 12 & 63)),
                static_cast<char>(0x80 | (code >> 6 & 63)), static_cast<char>(0x80 | (code & 63))};
  }
}

void InputStream::decode(std::string_view bytes, bool last) {
  const std::size_t unit = unitSize(encoding_);
  const auto broken = [&] {
    ++brokenUnits_;
    appendCodePoint(0xFFFD);
  };
  std::size_t at = 0;
  for (; at + unit <= bytes.size(); at += unit) {
    const std::uint32_t code = unitAt(bytes, at, encoding_);
    if (highSurrogate_ != 0 && (code < 0xDC00 || code > 0xDFFF)) {
      broken();
      highSurrogate_ = 0;
    }
    if (unit == 2 && code >= 0xD800 && code <= 0xDBFF) {
      highSurrogate_ = code;
    } else if (unit == 2 && code >= 0xDC00 && code <= 0xDFFF) {
      if (highSurrogate_ == 0) {
        broken();
      } else {
        appendCodePoint(0x10000 + ((highSurrogate_ - 0xD800) << 10) + (code - 0xDC00));
      }
      highSurrogate_ = 0;
    } else if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {  // the latter in UTF-32 only
      broken();
    } else {
      appendCodePoint(code);
    }
  }
  if (last && (highSurrogate_ != 0 || at < bytes.size())) {
    broken();
    at = bytes.size();
    highSurrogate_ = 0;
  }
  decodedOriginal_ += at;
  buffer_.erase(0, at);
}

/// In small pieces with an anchor each, so that the way back to the file's bytes is short.
void InputStream::decodeCharset(bool last) {
  constexpr std::size_t kPiece = 4096;
  std::size_t at = 0;
  while (at < buffer_.size()) {
    anchors_.push_back({windowBase_ + window_.size(), decodedOriginal_});
    const std::size_t size = std::min(kPiece, buffer_.size() - at);
    const std::size_t used =
        charset_->decode(std::string_view(buffer_).substr(at, size), last && at + size == buffer_.size(), window_);
    at += used;
    decodedOriginal_ += used;
    if (used == 0) break;
  }
  buffer_.erase(0, at);
}

void InputStream::forget() {
  if (released_ == 0) return;
  const std::uint64_t base = windowBase_ + released_;
  const Anchor anchor{base, originalByte(base)};
  std::erase_if(anchors_, [&](const Anchor& old) { return old.decoded <= base; });
  anchors_.insert(anchors_.begin(), anchor);
  window_.erase(0, released_);
  windowBase_ = base;
  released_ = 0;
}

std::string_view InputStream::next() {
  if (!detected_) detect();
  if (handedOut_ < windowBase_ + window_.size()) {  // decoded by head()
    const std::string_view rest = std::string_view(window_).substr(handedOut_ - windowBase_);
    handedOut_ += rest.size();
    return rest;
  }
  if (buffer_.empty()) fill();
  forget();
  if (window_.size() > kWindowLimit) {
    throw RecordTooLong("no record ends within " + std::to_string(kWindowLimit >> 20) + " MiB");
  }
  const std::size_t before = window_.size();
  if (unitSize(encoding_) == 1 && !charset_) {
    window_.append(buffer_);
    decodedOriginal_ += buffer_.size();
    buffer_.clear();
  } else if (charset_) {
    decodeCharset(ended_);
    if (window_.size() == before && !ended_ && fill()) decodeCharset(ended_);
    if (window_.size() == before && !buffer_.empty()) decodeCharset(true);
  } else {
    anchors_.push_back({windowBase_ + before, decodedOriginal_});
    decode(buffer_, ended_);
    if (window_.size() == before && !ended_ && fill()) decode(buffer_, ended_);
    if (window_.size() == before && !buffer_.empty()) decode(buffer_, true);
  }
  handedOut_ = windowBase_ + window_.size();
  return std::string_view(window_).substr(before);
}

std::string_view InputStream::head() {
  if (window_.empty() && handedOut_ == 0) {
    next();
    handedOut_ = 0;
  }
  return std::string_view(window_).substr(0, kHead);
}

std::string_view InputStream::slice(std::uint64_t byte, std::uint64_t length) const {
  if (byte < windowBase_ || byte + length > windowBase_ + window_.size()) return {};
  return std::string_view(window_).substr(byte - windowBase_, length);
}

void InputStream::release(std::uint64_t byte) {
  if (byte > windowBase_) released_ = std::min<std::uint64_t>(byte - windowBase_, window_.size());
}

void InputStream::drain() {
  do {
    handedOut_ = windowBase_ + window_.size();
    released_ = window_.size();
  } while (!next().empty());
}

std::uint64_t InputStream::originalByte(std::uint64_t decoded) const {
  if (anchors_.empty()) return decoded;
  const auto after = std::upper_bound(anchors_.begin(), anchors_.end(), decoded,
                                      [](std::uint64_t value, const Anchor& anchor) { return value < anchor.decoded; });
  const Anchor& anchor = *std::prev(after);
  if (charset_) {
    const std::string_view window = window_;
    const std::uint64_t begin = std::max(anchor.decoded, windowBase_);
    return anchor.original +
           (decoded <= begin ? 0 : charset_->sizeOf(window.substr(begin - windowBase_, decoded - begin)));
  }
  if (unitSize(encoding_) == 1) return anchor.original + (decoded - anchor.decoded);
  // Between anchors the text itself tells: every decoded character is one unit, two for those outside the BMP.
  std::uint64_t original = anchor.original;
  for (std::uint64_t i = anchor.decoded; i < decoded && i < windowBase_ + window_.size(); ++i) {
    const auto lead = static_cast<unsigned char>(window_[i - windowBase_]);
    if ((lead & 0xC0) == 0x80) continue;
    original += unitSize(encoding_) * (lead >= 0xF0 && unitSize(encoding_) == 2 ? 2 : 1);
  }
  return original;
}

std::string InputStream::sha256() { return bytes_->sha256(); }

std::string readText(const std::filesystem::path& file) {
  std::string text;
  InputStream input(file);
  for (std::string_view chunk = input.next(); !chunk.empty(); chunk = input.next()) {
    text.append(chunk);
    input.release(text.size());
    requireTextSize(text.size(), file);
  }
  return text;
}

}  // namespace winnow::io
