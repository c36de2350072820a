// One pass over a JSON source: from objects to records, with what is odd about them reported at its place.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>

#include "JsonNodes.hpp"
#include "JsonSlices.hpp"
#include "tree/TreeMapper.hpp"

namespace winnow::json {

/// Reads one source by one table. Memory is bounded by one batch; time is linear in its bytes.
class Reading {
 public:
  /// `path`: of the records, one of those that the table names.
  Reading(Host host, Source source, tree::TreeMapper& mapper, std::vector<std::string> path);
  /// Emits all records. WINNOW_FAILED, with a problem reported, if there is none and there should be one.
  winnow_status run();

 private:
  void readSlice(const Slice& slice);
  void addRawFields(const Slice& slice);
  void takeNotices();
  void tellAtEnd();
  void tell(std::uint32_t severity, std::string_view code, const winnow_span& at, std::string_view message,
            std::string_view action);
  void tellAt(const Slice& slice, std::size_t offset, std::uint32_t severity, std::string_view code,
              std::string_view message, std::string_view action);

  Host host_;
  RecordWriter writer_;
  JsonSlices slices_;
  tree::TreeMapper& mapper_;
  tree::Nodes nodes_;
  std::vector<formats::RawTag> rawTags_;  ///< by path; 0: not asked yet
  std::set<std::string> otherLists_;
  bool hasFault_ = false;
  std::uint64_t passedOver_ = 0;
  winnow_span firstPassedOver_{};
};

/// "hits.hits" -> hits, hits; the empty path: none.
std::vector<std::string> membersOf(std::string_view path);

}  // namespace winnow::json
