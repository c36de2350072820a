// Cuts a stream of XML into the text of its records, so that one damaged record never takes the others along.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/plugin.hpp>

#include "Gaps.hpp"

namespace winnow::xml {

/// The text of one record, from its start tag to its end tag. Valid until the next call.
struct Slice {
  std::string_view text;
  std::uint64_t byte = 0;
  std::uint32_t line = 1, column = 1;
  bool closed = true;  ///< false: another record, the end of the document or of the file came before the end tag
  bool isCut = false;  ///< larger than kLargestRecord; what follows of it is left out
  std::uint32_t endLine = 1;
};

/// What stands before the first record and between records, as far as it matters.
struct Surroundings {
  bool entityDeclared = false, externalEntity = false;
  std::uint32_t entityLine = 0, entityColumn = 0;
  std::uint32_t secondDocument = 0;  ///< line of a second "<?xml"; 0: none
  std::string encoding;              ///< as declared
};

/// Reads slices in order; memory is bounded by one record and one chunk.
class RecordSlices {
 public:
  /// `elements`: local names of the elements that are records, such as "record"; any prefix ("marc:record") is theirs.
  /// What stands between them is declared through `writer`.
  RecordSlices(Source source, RecordWriter& writer, std::vector<std::string_view> elements)
      : source_(source), elements_(std::move(elements)), gaps_(writer, elements_) {}
  bool next(Slice& slice);
  winnow_status status() const noexcept { return status_ == WINNOW_END ? WINNOW_OK : status_; }
  const Surroundings& surroundings() const noexcept { return around_; }

  /// Bounds the memory that a record without an end takes.
  static constexpr std::size_t kLargestRecord = 8 << 20;

 private:
  enum class Boundary { None, EndTag, NextRecord, EndOfDocument };

  bool fill();
  std::size_t findRecord(std::size_t from) const;
  std::size_t endOfWholeTags() const;
  Boundary findBoundary(std::size_t& from, std::string_view endTag) const;
  void pass(std::size_t to);
  void passGap(std::size_t to);
  void look(std::string_view between);
  void lookForRoot(std::string_view between);

  Source source_;
  std::vector<std::string_view> elements_;
  Gaps gaps_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::uint64_t base_ = 0;
  std::uint32_t line_ = 1;
  std::size_t lineBegin_ = 0;  ///< place in the buffer where the current line begins; may lie before it
  std::string endTag_;
  std::string endOfRoot_;  ///< "</PubmedArticleSet>"; empty: not known, or the record itself is the root
  bool seenDeclaration_ = false, seenRoot_ = false;
  winnow_status status_ = WINNOW_OK;
  Surroundings around_;
};

/// True if text of a start tag's place ("<" at `at`) opens an element of one of these local names, whatever its prefix.
bool opensElement(std::string_view text, std::size_t at, const std::vector<std::string_view>& names);

}  // namespace winnow::xml
