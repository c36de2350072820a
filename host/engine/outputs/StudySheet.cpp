#include "StudySheet.hpp"

#include <winnow/tags.hpp>

#include "engine/records/Views.hpp"
#include "io/Csv.hpp"

namespace winnow::engine {

std::string studySheet(const PeopleInput& input, const std::vector<StudyProposal>& proposals) {
  Views views(input.work.review, input.work.ledger, input.records, input.clusters, input.work.tags);
  std::string text =
      "\xEF\xBB\xBF" + io::csvRow({"proposed", "record", "decision", "study", "title", "year", "authors"});
  for (const StudyProposal& proposal : proposals)
    for (const RecordId report : proposal.reports) {
      std::string title, year, authors;
      for (const MergedValue& value : views.origins(report)) {
        if (value.tag == tags::kTitle && title.empty()) title = value.value;
        if (value.tag == tags::kIssuedYear && year.empty()) year = value.value;
        if (value.tag == tags::kAuthorFamily) authors += (authors.empty() ? "" : "; ") + value.value;
      }
      text += io::csvRow({proposal.number, input.records.key(report), "", "", title, year, authors});
    }
  return text;
}

}  // namespace winnow::engine
