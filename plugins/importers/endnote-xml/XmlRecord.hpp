// The leaves of one record's XML, by libxml2's SAX parser: no tree, no DTD, no network.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct _xmlParserCtxt;

namespace winnow::endnote {

/// One element that holds text, by its path below <record> ("titles/title"; runs of <style> are one text). The name of a
/// ref-type is the leaf "ref-type@name".
struct Leaf {
  std::string path, text;
  std::uint32_t line = 0;  ///< within the record, from 1
};

/// Parses slices, one after the other, with one parser. One thread.
class XmlRecordParser {
 public:
  XmlRecordParser();
  ~XmlRecordParser();
  XmlRecordParser(const XmlRecordParser&) = delete;
  XmlRecordParser& operator=(const XmlRecordParser&) = delete;

  /// The leaves of `text`, in order; valid until the next call. False: it is not well-formed; `leaves` holds what came
  /// before the defect, whose line and column within the text are errorLine and errorColumn.
  bool parse(std::string_view text);
  const std::vector<Leaf>& leaves() const noexcept { return leaves_; }
  std::uint32_t errorLine = 0, errorColumn = 0;
  std::string error;

 private:
  struct Handlers;
  friend struct Handlers;
  void flush();
  _xmlParserCtxt* parser_ = nullptr;
  std::vector<Leaf> leaves_;
  std::vector<std::string> path_;
  std::string text_;
  std::uint32_t textLine_ = 0;
  bool isOpenLeaf_ = false;
};

}  // namespace winnow::endnote
