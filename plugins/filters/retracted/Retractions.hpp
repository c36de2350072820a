// A list of retractions, such as Retraction Watch's: which papers were retracted, by DOI, PMID and title.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow::retracted {

/// One row of the list.
struct Retraction {
  std::string title;         ///< folded
  std::string nature, date;  ///< as written: "Retraction", "11/28/2020 0:00"
  std::size_t row = 0;       ///< of the file, from 1, the heading being 1
};

class Retractions {
 public:
  /// Nothing is retracted.
  Retractions() = default;
  /// Reads a CSV with a heading row: Retraction Watch's columns (OriginalPaperDOI, OriginalPaperPubMedID, Title,
  /// RetractionNature, RetractionDate, RetractionDOI, RetractionPubMedID) or doi, pmid, title, nature, date. Rows whose
  /// nature is none of `natures` are left out, also those with no nature where the list has that column. Throws
  /// std::invalid_argument that names what is missing.
  Retractions(std::string_view csv, const std::vector<std::string_view>& natures);

  std::size_t size() const noexcept { return list_.size(); }
  /// The retraction of the paper with that DOI (any case), PMID, or folded title; null: none.
  const Retraction* ofDoi(std::string_view doi) const;
  const Retraction* ofPmid(std::string_view pmid) const;
  const Retraction* ofTitle(std::string_view folded) const;
  /// The retraction that the notice with that DOI or PMID tells; null: it is no notice.
  const Retraction* byNotice(std::string_view doi, std::string_view pmid) const;
  /// True if the list says, in a later row or at all, that the paper was reinstated.
  bool isReinstated(std::string_view doi, std::string_view pmid) const;

 private:
  using Index = std::unordered_map<std::string, std::size_t>;
  const Retraction* find(const Index& index, const std::string& key) const;

  std::vector<Retraction> list_;
  Index doi_, pmid_, title_, noticeDoi_, noticePmid_;
  std::unordered_map<std::string, bool> reinstated_;  ///< DOIs and PMIDs
};

}  // namespace winnow::retracted
