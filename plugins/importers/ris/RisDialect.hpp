// Which database or program wrote a RIS record, told by its content, because extensions and file names lie; and what
// each of them does its own way.
#pragma once

#include <string_view>
#include <vector>

#include "RisScanner.hpp"

namespace winnow::ris {

enum class Dialect {
  Generic,
  Ovid,
  Ebsco,
  Embase,
  Scopus,
  Wos,
  Proquest,
  Cochrane,
  Primo,
  Worldcat,
  Scholar,
  Endnote,
  Rayyan,
  Zotero
};

/// What a dialect does its own way. One row a dialect in RisDialect.cpp; everything else is the same for all.
struct Habits {
  Dialect dialect;
  std::string_view name;
  bool titleStop;        ///< titles end in a full stop that is the platform's
  bool subtitleInT1;     ///< a second T1 is the subtitle
  bool testAuthorsInA2;  ///< A2 names authors of the tests that were used, no editors
  bool issueInM1;        ///< M1 is the issue; elsewhere it holds affiliations, references or order numbers
  bool classCodeInM3;    ///< M3 is a class of the database beside PT, and a publication type only where PT is missing
  bool labelsInN1;       ///< N1 is a list of "Label: text.", among them language and publication type
  bool addressInCy;      ///< CY is the address of an author, no place of publication
  bool monthInY2;        ///< Y2 is the month and Y3 the day of publication
  bool initialsFirst;    ///< "S, Choudhary": family and given names have changed places
  std::string_view accession;  ///< the tag that holds the accession number where AN does not, or ""
};

/// The row of a dialect.
const Habits& habits(Dialect dialect);
/// "ovid", "ebsco", ...; empty for Generic.
std::string_view dialectName(Dialect dialect);
/// The dialect of that name; Generic for "auto" and "".
Dialect dialectOf(std::string_view name);

/// One tag with its value, of one record.
struct Value {
  std::uint32_t tag;  ///< code(tag)
  std::string_view text;
  std::uint32_t raw;  ///< index of the raw field
};

/// The dialect that the values of one record show; Generic if nothing is decisive.
Dialect recognise(const std::vector<Value>& record);

}  // namespace winnow::ris
