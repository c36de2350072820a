// The first review.yaml of a folder of exports, as text.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace winnow::cli {

/// An export file that an importer recognised.
struct FoundExport {
  std::filesystem::path file;  ///< from the review's folder
  std::string format;          ///< title of the dialect, "Scopus"; empty: none
};

/// A reader as decision files name it.
struct FirstReader {
  std::string id;
  std::string name;
};

struct FirstReview {
  std::string title;
  std::vector<FirstReader> readers;  ///< one at least; the second and later read `share`
  std::string share = "all";         ///< "all" or "20%"
  std::string searched;              ///< YYYY-MM-DD
  std::vector<FoundExport> exports;
};

/// The database that a file is from: by the file's name, which people mostly give after it ("cinahl_2.ris"), else by
/// the dialect, else the name itself. Numbers at the end of a name are left out, so that parts of one export are one
/// database.
std::string databaseOf(const FoundExport& found);

/// The round of searching that a file belongs to: the name of its folder, or "first" where that says nothing
/// ("exports", "data").
std::string waveOf(const std::filesystem::path& file);

/// An id for a reader: the initials of the name, in capitals.
std::string initialsOf(std::string_view name);

/// The text of review.yaml: sources as found, duplicates, title and abstract, full text, diagram and tables. Everything
/// that only people know stands in it as a comment. The same input gives the same text.
std::string firstReview(const FirstReview& review);

}  // namespace winnow::cli
