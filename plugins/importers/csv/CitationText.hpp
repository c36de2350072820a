// Journal, year, volume, issue and pages out of one cell, as PubMed and embase.com write them.
#pragma once

#include <string>
#include <string_view>

namespace winnow::csv {

/// Parts of a citation; empty: not stated. Views of the text.
struct Citation {
  std::string_view journal, date, volume, issue, pages;
};

/// "Nature. 2021 Dec 21;1(2):10-11. doi: 10.1111/nature1111.": the summary of PubMed (NLM, Citing Medicine, 2nd ed.,
/// chapter 1).
Citation pubmedCitation(std::string_view text);

/// "Cancer (2004) 102:4 (253-258). Date of Publication: 25 Aug 2004": the column Source of embase.com.
Citation embaseCitation(std::string_view text);

/// "Revista de pares; 12(3); 101-110" (SciELO).
Citation scieloCitation(std::string_view text);

}  // namespace winnow::csv
