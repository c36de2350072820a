#include "RecordNames.hpp"

#include <algorithm>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "io/Hash.hpp"

namespace winnow::cli {

RecordNames::RecordNames(Session& session) : records_(session.evaluation().records()) {
  readIds(session);
  findRepeated();
}

std::string RecordNames::of(engine::RecordId id) const {
  const std::size_t place = records_.position(id);
  if (!isRepeated_[place] && !idAt(place).empty()) return std::string(idAt(place));
  const engine::Home& home = records_.home(id);
  return records_.files()[home.file].row.name + "#" + std::to_string(home.ordinal);
}

void RecordNames::readIds(Session& session) {
  const std::uint32_t local = session.workspace().tags.number(tags::kLocalId);
  const std::vector<engine::RecordId>& order = records_.order();
  constexpr std::size_t kBatch = 512;
  ledger::RecordBlock block;
  begins_.reserve(order.size() + 1);
  for (std::size_t begin = 0; begin < order.size(); begin += kBatch) {
    const auto first = order.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = order.begin() + static_cast<std::ptrdiff_t>(std::min(begin + kBatch, order.size()));
    const std::vector<engine::RecordId> ids(first, last);
    session.ledger().read(ids, false, block, [](engine::RecordId) { return 1u; });
    for (std::size_t i = 0; i < ids.size(); ++i) {
      begins_.push_back(text_.size());
      const auto end = block.fields.begin() + static_cast<std::ptrdiff_t>(block.begins[i + 1]);
      const auto found = std::find_if(block.fields.begin() + static_cast<std::ptrdiff_t>(block.begins[i]), end,
                                      [&](const winnow_field& field) { return field.tag == local; });
      if (found != end) text_.append(view(found->value));
    }
  }
  begins_.push_back(text_.size());
}

void RecordNames::findRepeated() {
  std::vector<std::uint64_t> hashes;
  hashes.reserve(records_.order().size());
  for (std::size_t place = 0; place < records_.order().size(); ++place) hashes.push_back(io::hash64(idAt(place)));
  std::vector<std::uint64_t> sorted = hashes;
  std::sort(sorted.begin(), sorted.end());
  // Ids that share a hash only by chance are not used either: FILE#ORDINAL is as good a name.
  for (const std::uint64_t hash : hashes) {
    const auto next = std::lower_bound(sorted.begin(), sorted.end(), hash) + 1;
    isRepeated_.push_back(next != sorted.end() && *next == hash);
  }
}

std::string_view RecordNames::idAt(std::size_t place) const {
  return std::string_view(text_).substr(begins_[place], begins_[place + 1] - begins_[place]);
}

}  // namespace winnow::cli
