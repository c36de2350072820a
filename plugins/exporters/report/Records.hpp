// Every record of a review and the lists that the numbers of the flow diagram count.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>
#include <winnow/plugin.hpp>

#include "facts/Criteria.hpp"
#include "studies/Studies.hpp"

namespace winnow::report {

/// A record as an export of everything has it.
struct Entry {
  studies::Study study;
  std::string lane;     ///< "databases" or "other methods"
  std::string counted;  ///< of the record that is counted as the work: the work's key; empty: a duplicate
  std::string by;       ///< "reader" or "automation"
  std::vector<std::string> undecided;                     ///< labels of steps
  std::vector<std::pair<std::string, std::string>> seen;  ///< source and wave, each time that a file held it
};

/// Reads entries. Thread: setup, then work.
class EntryReader {
 public:
  EntryReader(const Host& host, const std::vector<studies::FormItem>& form);
  Entry read(Record record) const;

 private:
  studies::StudyReader studies_;
  std::uint32_t lane_, counted_, undecided_, by_, seenSource_, seenWave_;
};

/// Records behind one number. A record may stand in it several times: once for each file that held it.
struct RecordList {
  std::string id;     ///< "list-db-identified-1"
  std::string label;  ///< "MEDLINE: records identified"
  std::string key;    ///< of the number in the flow diagram (prisma::Links)
  std::vector<std::uint32_t> records;
};

struct Lists {
  std::vector<RecordList> lists;
  /// Numbers whose list has another length than the flow says; the number is printed without a list.
  std::vector<std::string> differing;

  const RecordList* find(const std::string& key) const;
};

/// The lists of a flow document. Each has exactly as many records as its number says, or is named in `differing`.
Lists listsOf(const nlohmann::ordered_json& flow, const std::vector<Entry>& entries, const facts::Criteria& criteria);

/// Included, excluded, ... in words: "excluded at full text: not paid (by a reader)".
std::string fateOf(const Entry& entry, const facts::Criteria& criteria);

}  // namespace winnow::report
