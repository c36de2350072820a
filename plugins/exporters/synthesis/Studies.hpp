// The included records as studies: how they are called, found and described.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/plugin.hpp>

namespace winnow::synthesis {

/// A study; if it has several reports, as the first of them describes it.
struct StudyRecord {
  std::string key, title;
  std::string label;                                        ///< "Berg 2019"; "Berg 2019b" where there are two
  std::map<std::string, std::vector<std::string>> answers;  ///< by charting item, for the items asked for
};

/// Collects the records of a sink. `items`: ids of the charting items whose answers are wanted. `names`: keys of an
/// earlier time, and today's.
class Studies {
 public:
  Studies(const Host& host, const std::vector<std::string>& items, std::map<std::string, std::string> names = {});
  /// Takes the next report; reports of one study (`tags::kStudy`) are one. Thread: work.
  void add(Record record);
  /// Gives studies that would be called alike a letter each. Call once, after the last record.
  void finish();

  const std::vector<StudyRecord>& all() const { return studies_; }
  /// The study that a row names by the key or DOI of any of its reports; none if no included record has it.
  std::optional<std::size_t> find(std::string_view reference) const;

 private:
  StudyRecord described(Record record) const;
  void refer(std::string_view reference, std::size_t study);

  std::uint32_t key_, doi_, title_, family_, literal_, year_, study_, otherReport_;
  std::vector<std::pair<std::string, std::uint32_t>> items_;
  std::map<std::string, std::string> names_;
  std::vector<StudyRecord> studies_;
  std::map<std::string, std::size_t> byReference_, byName_;
};

}  // namespace winnow::synthesis
