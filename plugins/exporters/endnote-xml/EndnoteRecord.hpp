#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bibliography/Work.hpp"

namespace winnow::exporters {

/// Writes one <record> of EndNote's XML, elements in the order of its RSXML DTD. Rules: README.md.
class EndnoteRecord {
 public:
  /// The element of the `number`-th record, with `line` (the winnow line) in custom4.
  std::string write(const bibliography::Work& work, std::string_view line, std::size_t number);
  /// Characters left out of the last record because XML cannot hold them, by tag.
  const std::map<tags::Name, std::size_t>& removed() const noexcept { return removed_; }

 private:
  using Values = std::vector<std::string_view>;

  void open(std::string_view element) { text_.append("<").append(element).append(">"); }
  void close(std::string_view element) { text_.append("</").append(element).append(">"); }
  void styled(std::string_view element, tags::Name tag, std::string_view value);
  void first(std::string_view element, tags::Name tag);
  void joined(std::string_view element, tags::Name tag, std::string_view separator);
  void nested(std::string_view outer, std::string_view inner, tags::Name tag);
  void contributors();
  void titles();
  void periodical();
  void dates();
  void numbers();
  void identifiers();
  void texts();
  void links();

  const bibliography::Work* work_ = nullptr;
  std::string text_;
  std::map<tags::Name, std::size_t> removed_;
};

/// The name of EndNote's reference type for a CSL type; "Generic" if there is none.
std::string_view endnoteTypeOf(std::string_view cslType);
/// True if the CSL type comes back from the reference type written for it.
bool endnoteHoldsType(std::string_view cslType);

}  // namespace winnow::exporters
