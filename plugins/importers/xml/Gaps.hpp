// What stands between the records of an XML source, declared to the host as far as it is plain what it is.
#pragma once

#include <string_view>
#include <vector>

#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>

namespace winnow::xml {

/// Declares the markup around records, with the text of its leaves ("<total>12</total>"), as structure. Left to the
/// host, which reports it: text that stands in no element (of a file that was joined behind), records of another XML
/// format, what stands before the end tag of a record that never began, and a document in which no record of this
/// format stands. Thread: work.
class Gaps {
 public:
  /// `elements`: local names of the elements that are records; they must live as long as this.
  Gaps(RecordWriter& writer, const std::vector<std::string_view>& elements) : writer_(writer), elements_(elements) {}

  /// A piece of a gap; tags are whole. `at`: the place of its first byte.
  void add(std::string_view text, winnow_span at);
  /// A record begins behind what was added.
  void recordBegins();
  /// The record before was too large and was cut: what follows up to the next one is more of it.
  void recordIsCut() { isRest_ = true; }
  /// The record before ended where the next began: a wrapper of the same name, or damaged. Its end tag may still come.
  void recordIsOpen() { ++open_; }
  /// No more will come.
  void end();

 private:
  void keep(winnow_span at, std::uint32_t kind);
  void flush();
  void endDocument();
  bool isForeign(std::string_view tag) const;
  bool endsRecord(std::string_view tag) const;

  RecordWriter& writer_;
  const std::vector<std::string_view>& elements_;
  std::vector<winnow_declaration> pending_;  ///< since the last record, or of a document without any
  std::size_t pendingBytes_ = 0, open_ = 0;
  bool hasRecords_ = false;  ///< the document that is read has some
  bool isInLeaf_ = false;    ///< the last tag opened an element: text behind it is its own
  bool isForeign_ = false;
  bool holdsText_ = false;  ///< the gap has more than tags
  bool isRest_ = false;
};

}  // namespace winnow::xml
