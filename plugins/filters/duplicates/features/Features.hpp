// Everything the comparison knows of one record. A pure function of the record.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <winnow/plugin.hpp>

#include "AbstractSketch.hpp"
#include "Authors.hpp"
#include "Identifiers.hpp"
#include "Journal.hpp"
#include "Numbering.hpp"
#include "Pages.hpp"
#include "Title.hpp"

namespace winnow::duplicates {

/// What kind of publication a record is, as far as it matters for sameness.
enum class WorkKind : std::uint8_t { unknown, article, meeting, chapter, book, thesis, preprint, registration };

struct Features {
  Title title;
  std::vector<Title> otherTitles;  ///< original and translated titles
  Authors authors;
  std::uint32_t year = 0;  ///< 0 if unknown
  Journal journal;
  Numbering volume, issue;
  Pages pages;
  Identifiers ids;
  AbstractSketch abstract;
  WorkKind kind = WorkKind::unknown;
  /// True if it says which work it is: a title of three content words or more, an identifier, or a place in print.
  bool namesWork() const;
  /// True if it holds nothing but a year, a kind or the like: no title, people, container, place, abstract, identifier.
  bool isEmpty() const;
  std::uint64_t content = 0;  ///< hash of all above: equal for records that say the same
  std::uint64_t bytes = 0;    ///< hash of tags and values of all fields, ids included; set by FeatureCache
  std::uint64_t file = 0;     ///< hash of the sources and the file that hold the record; 0 if unknown
  std::uint64_t exact = 0;    ///< hash of all fields byte for byte, but for what the host and the file call the record
};

/// The numbers of the tags that features are made from.
struct FeatureTags {
  explicit FeatureTags(const Host& host);

  std::uint32_t type, publicationType, title, titleOriginal, titleTranslated, authorFamily, authorGiven, authorLiteral,
      year, containerTitle, containerAbbreviation, volume, issue, page, articleNumber, doi, pmid, pmcid, issn, isbn,
      accession, abstract, database;
  std::uint32_t source, file;
  std::vector<std::uint32_t> ofTheRecord;  ///< tags that name the record or its place in a file, sorted
};

/// Makes the features. Raw fields are ignored. Linear in the size of the record. Thread: any.
Features featuresOf(const Record& record, const FeatureTags& tags);

}  // namespace winnow::duplicates
