// Which reports are of one study. A study is what was done; a report is what was written of it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "Decisions.hpp"

namespace winnow::engine {

/// Several reports of one study, in durable order; the first stands for the study where it is charted or counted.
struct Study {
  std::string name;  ///< as people call it
  std::vector<RecordId> reports;
};

/// Reports that may be of one study: they name the same registration number.
struct StudyProposal {
  std::string number;  ///< "NCT01234567"
  std::vector<RecordId> reports;
};

/// The studies of the included reports.
class Studies {
 public:
  Studies() = default;
  /// Groups `included` by what the study files say. Rows that cannot be used are reported (studies.*).
  Studies(const PeopleInput& input, const std::vector<RecordId>& included);

  /// Studies with several reports, in durable order of the first.
  const std::vector<Study>& withSeveralReports() const noexcept { return several_; }
  /// The study of an included report that has others; null: the report is the study's only one.
  const Study* of(RecordId report) const;
  /// The report that stands for a report's study.
  RecordId firstOf(RecordId report) const;
  /// Of every study its first report, in durable order.
  std::vector<RecordId> firstReports(const std::vector<RecordId>& included) const;
  /// How many studies there are.
  std::size_t count() const noexcept { return count_; }
  /// True if people said of which study a report is, or that it stands alone.
  bool isDecided(RecordId report) const { return decided_.contains(report); }

 private:
  std::vector<Study> several_;
  std::map<RecordId, std::size_t> index_;  ///< of reports of studies with several
  std::set<RecordId> decided_;
  std::size_t count_ = 0;
};

/// Included reports that share a registration number and about which people have said nothing yet. Reads the records.
std::vector<StudyProposal> proposeStudies(const PeopleInput& input, const Studies& studies,
                                          const std::vector<RecordId>& included);

/// Registration numbers that stand in a text, each once: ClinicalTrials.gov, ISRCTN, EU (EudraCT, CTIS), ANZCTR,
/// ChiCTR, DRKS, CTRI, jRCT, UMIN, IRCT, NTR, PACTR (the primary registers of WHO's ICTRP), PROSPERO.
std::vector<std::string> registrationNumbers(std::string_view text);

}  // namespace winnow::engine
