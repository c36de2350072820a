#pragma once

#include <string>
#include <string_view>

#include "bibliography/WinnowLine.hpp"
#include "bibliography/Work.hpp"

namespace winnow::exporters {

/// Writes the lines of one RIS record ("TY  - JOUR" ... "ER  - ", without the blank line behind it). Rules: README.md.
class RisLines {
 public:
  /// `newline`: "\n" or "\r\n", alive as long as this.
  explicit RisLines(std::string_view newline) : newline_(newline) {}

  /// The record, ending with its ER line. `line`: the winnow line. Thread: any.
  std::string write(const bibliography::Work& work, std::string_view line);

 private:
  void tag(std::string_view name, std::string_view value);
  void every(std::string_view name, const bibliography::Work& work, tags::Name tagName);
  void paragraphs(std::string_view name, std::string_view value);
  void titles(const bibliography::Work& work);
  void people(const bibliography::Work& work);
  void dates(const bibliography::Work& work);
  void pages(const bibliography::Work& work);
  void publicationTypes(const bibliography::Work& work);
  void rest(const bibliography::Work& work);

  std::string_view newline_;
  std::string text_;
};

/// Whole records, with what RIS cannot hold in the winnow line.
class RisRecords {
 public:
  explicit RisRecords(std::string_view newline);
  /// "TY  - ..." to "ER  - ", with its line end. Thread: any.
  std::string of(const bibliography::Work& work) { return lines_.write(work, line_.of(work)); }

 private:
  RisLines lines_;
  bibliography::WinnowLine line_;
};

/// The RIS type of a CSL type; "GEN" if there is none.
std::string_view risTypeOf(std::string_view cslType);
/// True if the CSL type comes back from the RIS type written for it.
bool risHoldsType(std::string_view cslType);

}  // namespace winnow::exporters
