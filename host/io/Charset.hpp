// Other charsets than Unicode's, through iconv (POSIX): the only file that knows it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace winnow::io {

/// Turns bytes of one charset into UTF-8, piece by piece. One thread.
class Charset {
 public:
  /// Throws winnow::Error for a name that iconv does not know.
  explicit Charset(const std::string& name);
  ~Charset();
  Charset(const Charset&) = delete;
  Charset& operator=(const Charset&) = delete;

  /// Appends the text of `bytes` to `out` and gives how many bytes were used: fewer where the last character is cut,
  /// all of them if `last`. What stands for no character becomes U+FFFD and is counted.
  std::size_t decode(std::string_view bytes, bool last, std::string& out);
  /// How many bytes of the charset the UTF-8 `text` takes: the way back to a place in the file.
  std::size_t sizeOf(std::string_view text) const;
  std::size_t broken() const noexcept { return broken_; }

  static bool isKnown(const std::string& name);

 private:
  void* to_;
  void* back_;
  std::size_t broken_ = 0;
};

/// The charset that the head of a file declares by itself: of an XML declaration, or a line "% Encoding: NAME" (JabRef,
/// BibDesk). Empty: none, or one that needs no such turning (UTF-8, ASCII, and Windows-1252 with its kin, which
/// importers read record by record).
std::string declaredCharset(std::string_view head);

}  // namespace winnow::io
