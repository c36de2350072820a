// The PDFs of a review: files of one folder inside of the review's, each named by its record.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "RecordReader.hpp"

namespace winnow::screen {

/// The largest PDF that is shown, in bytes.
inline constexpr std::uint64_t kLargestFullText = 256ULL << 20U;

/// Knows the names in the folder as it was when it was made. Nothing is opened through a link, and no name comes from a
/// request. One thread.
class FullTexts {
 public:
  /// `folder`: relative to `review`, without ".."; empty: there are none.
  FullTexts(std::filesystem::path review, std::filesystem::path folder);

  /// The file of a record: named by its key ("r:5f1c09ab33d2e471" as "r-5f1c09ab33d2e471.pdf" or
  /// "5f1c09ab33d2e471.pdf"), that of a duplicate merged into it, its PMID or its DOI, in which any other sign stands
  /// for '/'. Empty: none.
  std::string nameOf(const RecordText& text) const;
  /// Its bytes. Throws winnow::Error: it is gone, a link, no PDF, too large.
  std::string read(const std::string& name) const;
  /// All names that end in .pdf.
  std::vector<std::string> names() const;
  /// Why nothing is shown although the review names a folder; empty: it can be.
  const std::string& why() const noexcept { return why_; }

 private:
  const std::filesystem::path review_, folder_;
  std::map<std::string, std::string> names_;  ///< plain stem -> name
  std::string why_;
};

}  // namespace winnow::screen
