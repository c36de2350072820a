// The leaves of one record's XML: no tree.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "StyleTags.hpp"
#include "xml/Paths.hpp"
#include "xml/SaxParser.hpp"

namespace winnow::endnote {

/// A run of text by the path of its element below <record> ("titles/title"; runs of <style> are one text), as a slice
/// of the record's texts. The name of a ref-type is the leaf "ref-type@name".
struct Leaf {
  std::uint32_t path;
  std::uint32_t begin, size;
  std::uint32_t line;  ///< within the record, from 1
};

/// Parses slices, one after the other, with one parser. One thread.
class RecordLeaves final : private xml::SaxEvents {
 public:
  /// The leaves of `text`, in order; valid until the next call. False: it is not well-formed; what came before the
  /// defect is there, fault() is its place.
  bool parse(std::string_view text);
  const xml::Fault& fault() const noexcept { return parser_.fault(); }
  const std::vector<Leaf>& leaves() const noexcept { return leaves_; }
  /// What the leaves are slices of.
  std::string_view texts() const noexcept { return texts_; }
  const xml::Paths& paths() const noexcept { return paths_; }

 private:
  void begin() override;
  void open(xml::Name name, const xml::Attributes& attributes) override;
  void close(xml::Name name) override;
  void text(std::string_view run) override { texts_ += run; }
  void endLeaf();
  void beginLeaf();

  xml::SaxParser parser_{*this};
  xml::Paths paths_;
  const xml::Name style_ = parser_.intern("style"), refType_ = parser_.intern("ref-type"),
                  name_ = parser_.intern("name");
  StyleTags styles_;
  std::string texts_;
  std::vector<Leaf> leaves_;
  std::vector<std::uint32_t> open_;  ///< the paths of the open elements; that of the record is the first
  std::size_t leafBegin_ = 0;
  std::uint32_t leafLine_ = 0;
};

}  // namespace winnow::endnote
