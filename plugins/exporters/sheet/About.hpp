// What a sheet is about: question, definitions, criteria with their ids, and what can be answered.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow::sheet {

/// The first line of the page; the importer of sheets knows pages of ours by it.
inline constexpr std::string_view kAboutMark = "About this sheet (written by Winnow)";

/// A criterion or reason that an answer may name.
struct Named {
  std::string id, text;
  std::string condition;  ///< "only where psw-role holds"; empty: always
};

struct Section {
  std::string heading;
  std::vector<Named> lines;
};

struct About {
  std::vector<Section> sections;
  std::vector<std::string> decisions;   ///< words that a decision may be
  std::vector<Named> reasons;           ///< for an exclusion
  std::vector<std::string> categories;  ///< of a map step
  std::vector<Named> criteria;          ///< columns for them, where the review wants these
  std::vector<std::string> confirmed;   ///< waves that the reader confirmed as a whole
  bool isSeveral = false;               ///< a record may have several categories
  bool hasProposals = true;             ///< a filter proposed something
};

/// From the documents "review" (winnow-review/1) and "sheet" (winnow-sheet/1), either of which may be empty. Throws
/// std::runtime_error that names the document which is not as its format says.
About readAbout(std::string_view review, std::string_view sheet);

/// The page as plain text: kAboutMark, then section by section, CR LF, with a byte order mark.
std::string textOf(const About& about);

}  // namespace winnow::sheet
