// The bytes of one input as importers get them: BOM dropped, UTF-16, UTF-32 and charsets that are named turned into
// UTF-8, all else unchanged, with the way back to the bytes of the original file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ByteSource.hpp"
#include "Charset.hpp"
#include "Error.hpp"

namespace winnow::io {

enum class Encoding { Bytes, Utf8Bom, Utf16Le, Utf16Be, Utf32Le, Utf32Be, Other };

/// What the importer was given and gave no record for is more than any record.
class RecordTooLong : public Error {
 public:
  using Error::Error;
};

/// Reads one file (or standard input for "-") once, from begin to end, and keeps the decoded bytes since the last
/// release() so that the raw bytes of a record can be taken when the importer emits it. One thread.
class InputStream {
 public:
  /// Opens a file or a member of a zip archive; gzip is unpacked on the way, and byte positions are those of the
  /// unpacked text. Throws winnow::Error: missing, folder, no permission. `charset`: what the user says the bytes are;
  /// empty: what the file itself says or shows. Contents::Bytes: nothing is unpacked or decoded, nothing dropped.
  explicit InputStream(const std::filesystem::path& file, const std::string& member = {},
                       const std::string& charset = {}, Contents contents = Contents::Text);
  ~InputStream();
  InputStream(const InputStream&) = delete;
  InputStream& operator=(const InputStream&) = delete;

  /// The next decoded bytes; empty at the end. Valid until the next call. Throws winnow::Error on a read error, and
  /// RecordTooLong when more than kWindowLimit bytes are kept: no record ended for that long.
  std::string_view next();
  /// The first decoded bytes, at most 64 KiB, without consuming them. Only before the first next().
  std::string_view head();
  /// Decoded bytes [byte, byte + length), which must not have been released and must have been read.
  std::string_view slice(std::uint64_t byte, std::uint64_t length) const;
  /// Gives up everything before `byte`.
  void release(std::uint64_t byte);
  /// Reads to the end and keeps nothing, for size and hash of the file.
  void drain();
  /// Where a decoded byte stands in the original file.
  std::uint64_t originalByte(std::uint64_t decoded) const;

  /// Offset of the next byte that next() gives.
  std::uint64_t position() const noexcept { return handedOut_; }
  /// Bytes handed out and not released.
  std::uint64_t kept() const noexcept { return handedOut_ - windowBase_ - released_; }
  /// The line of the input that a line of the text stands for: a row, of a sheet.
  std::uint32_t originalLine(std::uint32_t line) const noexcept { return bytes_->originalLine(line); }

  Encoding encoding() const noexcept { return encoding_; }
  /// True if the file began with a byte order mark.
  bool hasMark() const noexcept { return hasMark_; }
  /// Bytes of the original file, UINT64_MAX for a pipe.
  std::uint64_t size() const noexcept { return bytes_->size(); }
  /// Original bytes read so far.
  std::uint64_t bytesRead() const noexcept { return bytes_->bytesRead(); }
  /// What is wrong with a gzip file or zip archive, empty if nothing; after the end.
  const std::string& damage() const noexcept { return bytes_->damage(); }
  /// Code units (bytes of other charsets) that stand for no character; each became U+FFFD.
  std::uint64_t brokenUnits() const noexcept { return brokenUnits_ + (charset_ ? charset_->broken() : 0); }
  /// SHA-256 of the original bytes, after the end.
  std::string sha256();

  /// Bytes of the longest record. Several copies of a record are in memory while it is read, and what a file takes is
  /// bounded.
  static constexpr std::uint64_t kWindowLimit = 12ull << 20;

 private:
  bool fill();
  void forget();
  void detect();
  void detectText();
  void decode(std::string_view bytes, bool last);
  void decodeCharset(bool last);
  void appendCodePoint(std::uint32_t code);

  std::unique_ptr<ByteSource> bytes_;
  std::string name_;
  std::unique_ptr<Charset> charset_;  ///< Encoding::Other
  std::uint64_t brokenUnits_ = 0;
  Encoding encoding_ = Encoding::Bytes;
  Contents contents_;
  bool detected_ = false, ended_ = false, hasMark_ = false;
  std::string buffer_;  ///< original bytes not yet decoded
  std::string window_;  ///< decoded bytes from windowBase_
  std::uint64_t windowBase_ = 0;
  std::size_t released_ = 0;     ///< bytes at the window's begin that may go
  std::uint64_t handedOut_ = 0;  ///< decoded offset of the next byte that next() gives
  std::uint32_t highSurrogate_ = 0;
  struct Anchor {
    std::uint64_t decoded, original;
  };
  std::vector<Anchor> anchors_;  ///< sorted; the first at or before windowBase_, then one a chunk if lengths change
  std::uint64_t decodedOriginal_ = 0;
};

/// The whole file, decoded as importers would get it. Throws what InputStream throws, and winnow::Error for more than
/// kLargestText.
std::string readText(const std::filesystem::path& file);

}  // namespace winnow::io
