#include "Studies.hpp"

#include <winnow/formats/text.hpp>
#include <winnow/tags.hpp>

namespace winnow::synthesis {

namespace {

/// A DOI however it is written: "https://doi.org/10.1/X", "doi:10.1/X", "10.1/x".
std::string plainReference(std::string_view text) {
  std::string plain = formats::lower(formats::trim(text));
  for (const std::string_view prefix : {"https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "doi:"})
    if (plain.rfind(prefix, 0) == 0) plain.erase(0, prefix.size());
  return plain;
}

}  // namespace

Studies::Studies(const Host& host, const std::vector<std::string>& items)
    : key_(host.tag(tags::kRecordKey)),
      doi_(host.tag(tags::kDoi)),
      title_(host.tag(tags::kTitle)),
      family_(host.tag("author.family")),
      literal_(host.tag("author.literal")),
      year_(host.tag(tags::kIssuedYear)) {
  for (const std::string& item : items) items_.emplace_back(item, host.tag("chart." + item));
}

void Studies::add(Record record) {
  StudyRecord study;
  study.key = record.first(key_);
  study.doi = record.first(doi_);
  study.title = record.first(title_);
  const std::uint32_t family = record.indexOf(family_), literal = record.indexOf(literal_);
  const std::string_view author = family < literal ? record.first(family_) : record.first(literal_);
  study.label = std::string(author.empty() ? std::string_view(study.key) : author);
  if (const std::string_view year = record.first(year_); !year.empty()) study.label += " " + std::string(year);
  for (const auto& [item, tag] : items_)
    for (const std::uint32_t field : record.all(tag)) study.answers[item].emplace_back(record.value(field));
  for (const std::string& reference : {study.key, study.doi})
    if (!reference.empty()) byReference_.emplace(plainReference(reference), studies_.size());
  studies_.push_back(std::move(study));
}

void Studies::finish() {
  std::map<std::string, std::vector<StudyRecord*>> byLabel;
  for (StudyRecord& study : studies_) byLabel[study.label].push_back(&study);
  for (auto& [label, same] : byLabel)
    for (std::size_t i = 0; same.size() > 1 && i < same.size(); ++i)
      same[i]->label += i < 26 ? std::string(1, static_cast<char>('a' + i)) : "-" + std::to_string(i + 1);
}

std::optional<std::size_t> Studies::find(std::string_view reference) const {
  const auto found = byReference_.find(plainReference(reference));
  return found == byReference_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace winnow::synthesis
