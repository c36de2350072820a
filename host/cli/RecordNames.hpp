// Names of records as people know them from their files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "Session.hpp"
#include "io/SpillingBytes.hpp"
#include "io/SpillingSort.hpp"

namespace winnow::cli {

/// The id that the file gives, or FILE#ORDINAL where that is missing or names several records. What takes more than
/// some 32 MB is in temporary files. Reads every record once; the session must outlive it.
class RecordNames {
 public:
  explicit RecordNames(Session& session);
  std::string of(engine::RecordId id) const;

 private:
  void readIds(Session& session);
  /// The id of a record, by its place.
  struct Hashed {
    std::uint64_t hash = 0;
    std::uint32_t place = 0;
    bool operator<(const Hashed& other) const { return hash != other.hash ? hash < other.hash : place < other.place; }
  };
  using Hashes = io::SpillingSort<Hashed>;
  static constexpr std::size_t kMemory = std::size_t{1} << 25;

  void findRepeated(Hashes& hashes);
  std::string idAt(std::size_t place) const;

  const engine::Records& records_;
  io::SpillingBytes text_{kMemory};    ///< the ids that files give, one behind the other
  io::SpillingBytes begins_{kMemory};  ///< of each in `text_`, in order of the records; one more for the end
  std::vector<bool> isRepeated_;       ///< by place: another record has the same id
};

}  // namespace winnow::cli
