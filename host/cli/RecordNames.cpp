#include "RecordNames.hpp"

#include <algorithm>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "io/Hash.hpp"

namespace winnow::cli {

RecordNames::RecordNames(Session& session) : records_(session.evaluation().records()) { readIds(session); }

std::string RecordNames::of(engine::RecordId id) const {
  const std::size_t place = records_.position(id);
  if (!isRepeated_[place])
    if (std::string own = idAt(place); !own.empty()) return own;
  const engine::Home home = records_.home(id);
  return records_.files()[home.file].row.name + "#" + std::to_string(home.ordinal);
}

void RecordNames::readIds(Session& session) {
  const std::uint32_t local = session.workspace().tags.number(tags::kLocalId);
  const std::vector<engine::RecordId>& order = records_.order();
  constexpr std::size_t kBatch = 512;
  ledger::RecordBlock block;
  Hashes hashes(kMemory / sizeof(Hashed));
  for (std::size_t begin = 0; begin < order.size(); begin += kBatch) {
    const auto first = order.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = order.begin() + static_cast<std::ptrdiff_t>(std::min(begin + kBatch, order.size()));
    const std::vector<engine::RecordId> ids(first, last);
    session.ledger().read(ids, false, block, [](engine::RecordId) { return 1u; });
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const std::uint64_t place = text_.size();
      begins_.append(&place, sizeof place);
      const auto end = block.fields.begin() + static_cast<std::ptrdiff_t>(block.begins[i + 1]);
      const auto found = std::find_if(block.fields.begin() + static_cast<std::ptrdiff_t>(block.begins[i]), end,
                                      [&](const winnow_field& field) { return field.tag == local; });
      const std::string_view own = found != end ? view(found->value) : std::string_view();
      text_.append(own.data(), own.size());
      hashes.add({io::hash64(own), static_cast<std::uint32_t>(begin + i)});
    }
  }
  const std::uint64_t end = text_.size();
  begins_.append(&end, sizeof end);
  findRepeated(hashes);
}

/// Ids that share a hash only by chance are not used either: FILE#ORDINAL is as good a name.
void RecordNames::findRepeated(Hashes& hashes) {
  isRepeated_.resize(records_.order().size());
  Hashed before;
  bool isFirst = true;
  for (Hashed next; hashes.next(next); before = next, isFirst = false)
    if (!isFirst && next.hash == before.hash) isRepeated_[next.place] = isRepeated_[before.place] = true;
}

std::string RecordNames::idAt(std::size_t place) const {
  std::uint64_t ends[2];
  begins_.read(place * sizeof ends[0], ends, sizeof ends);
  std::string text(ends[1] - ends[0], '\0');
  text_.read(ends[0], text.data(), text.size());
  return text;
}

}  // namespace winnow::cli
