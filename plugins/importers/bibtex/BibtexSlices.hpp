// Cuts a stream of BibTeX into its entries, so that one broken entry never takes the others along.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>

namespace winnow::bibtex {

/// The text of one "@word{...}" or "@word(...)". Valid until the next call.
struct Slice {
  std::string_view text;
  std::uint64_t byte = 0;
  std::uint32_t line = 1, column = 1;
  bool closed = true;            ///< false: another entry or the end came before the closing sign
  std::uint32_t extraBrace = 0;  ///< line of a closing brace behind which the entry goes on; 0: none
};

/// Reads slices in order; memory is bounded by one entry and one chunk. Text between entries is comment (Patashnik,
/// BibTeXing, 1988) and declared as such, unless it looks like a record of another format or a damaged entry.
class Slices {
 public:
  Slices(Source source, RecordWriter& writer) : source_(source), writer_(writer) {}
  bool next(Slice& slice);
  winnow_status status() const noexcept { return status_ == WINNOW_END ? WINNOW_OK : status_; }
  std::uint32_t line() const noexcept { return line_; }
  /// What a comment says of the encoding ("% Encoding: windows-1252"), in lower case; empty if nothing.
  const std::string& encoding() const noexcept { return encoding_; }

  static constexpr std::size_t kLongestEntry = 64u << 20;

 private:
  bool fill();
  bool isJoint(std::size_t at);
  bool isThere(std::size_t at) { return at < buffer_.size() || (fill() && at < buffer_.size()); }
  std::size_t findEntry();
  std::size_t bodyOf(std::size_t at);
  std::size_t findEnd(std::size_t begin, std::size_t body, Slice& slice);
  bool goesOn(std::size_t behind);
  bool isTypeBehind(std::size_t at);
  void pass(std::size_t to);
  void passGap(std::size_t to);
  void look(std::string_view comment);

  Source source_;
  RecordWriter& writer_;
  bool isForeign_ = false;  ///< what stands before the next entry is no comment
  std::string buffer_;
  std::size_t at_ = 0;
  std::uint64_t base_ = 0;
  std::uint32_t line_ = 1;
  std::uint64_t lineBegin_ = 0;  ///< offset in the stream where the current line begins
  winnow_status status_ = WINNOW_OK;
  std::string encoding_;
};

/// True for a type of entry that BibTeX, biblatex or a reference manager knows, in small letters.
bool isEntryType(std::string_view word);

/// True for what may stand in the word behind "@".
bool isWord(char c);

}  // namespace winnow::bibtex
