// Names of records as people know them from their files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "Session.hpp"

namespace winnow::cli {

/// The id that the file gives, or FILE#ORDINAL where that is missing or names several records. About 9 bytes a record
/// beside the text of its id. Reads every record once; the session must outlive it.
class RecordNames {
 public:
  explicit RecordNames(Session& session);
  std::string of(engine::RecordId id) const;

 private:
  void readIds(Session& session);
  void findRepeated();
  std::string_view idAt(std::size_t place) const;

  const engine::Records& records_;
  std::string text_;                   ///< the ids that files give, one behind the other
  std::vector<std::uint64_t> begins_;  ///< of each in `text_`, in order of the records; one more for the end
  std::vector<bool> isRepeated_;       ///< another record has the same id
};

}  // namespace winnow::cli
