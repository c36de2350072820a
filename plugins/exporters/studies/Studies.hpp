// The studies of a review with what was charted about them.
#pragma once

#include <map>
#include <string>
#include <vector>
#include <winnow/plugin.hpp>

#include "Form.hpp"
#include "bibliography/Work.hpp"

namespace winnow::studies {

struct Study {
  std::string key, citation, reference, title, year, doi, link, wave;
  std::string fate, step, reason;  ///< what became of it
  std::string group;               ///< as people call a study of several reports; empty: this is the only one
  std::vector<std::string> sources;
  std::map<std::string, std::vector<std::string>> answers;  ///< by item id

  /// The answers to an item; empty if there is none.
  const std::vector<std::string>& answer(const std::string& item) const;
};

/// Makes studies of records. Thread: setup, then work.
class StudyReader {
 public:
  StudyReader(const Host& host, const std::vector<FormItem>& form);
  Study read(Record record) const;

 private:
  bibliography::Vocabulary vocabulary_;
  std::vector<std::pair<std::string, std::uint32_t>> items_;  ///< id and the tag of its answers
};

/// Studies cited by the same words get letters behind the year, in their order: "Berg 2019a", "Berg 2019b".
void tellApart(std::vector<Study>& studies);

/// The reports of one study become one, in the place of the first: it is cited by all of them ("Berg 2019; Berg 2021"),
/// and what the first does not answer the next may. Called after tellApart. Gives the place of each report's study.
std::vector<std::size_t> joinReports(std::vector<Study>& studies);

/// Every record of the sink as a study, told apart and joined. `status` as from Sink::forEach.
std::vector<Study> readAll(const Sink& sink, const StudyReader& reader, winnow_status& status);

}  // namespace winnow::studies
