#include "Studies.hpp"

#include <utility>

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

Studies::Studies(const Host& host, const std::vector<std::string>& items, std::map<std::string, std::string> names)
    : key_(host.tag(tags::kRecordKey)),
      doi_(host.tag(tags::kDoi)),
      title_(host.tag(tags::kTitle)),
      family_(host.tag("author.family")),
      literal_(host.tag("author.literal")),
      year_(host.tag(tags::kIssuedYear)),
      study_(host.tag(tags::kStudy)),
      otherReport_(host.tag(tags::kStudyReport)),
      names_(std::move(names)) {
  for (const std::string& item : items) items_.emplace_back(item, host.tag("chart." + item));
}

void Studies::add(Record record) {
  const std::string_view name = record.first(study_);
  const auto [known, isNew] =
      name.empty() ? std::pair(byName_.end(), true) : byName_.emplace(std::string(name), studies_.size());
  const std::size_t at = isNew ? studies_.size() : known->second;
  if (isNew) studies_.push_back(described(record));
  StudyRecord& study = studies_[at];
  for (const auto& [item, tag] : items_) {
    if (study.answers.contains(item)) continue;
    for (const std::uint32_t field : record.all(tag)) study.answers[item].emplace_back(record.value(field));
  }
  refer(record.first(key_), at);
  refer(record.first(doi_), at);
  for (const std::uint32_t field : record.all(otherReport_)) refer(record.value(field), at);
}

StudyRecord Studies::described(Record record) const {
  StudyRecord study;
  study.key = record.first(key_);
  study.title = record.first(title_);
  const std::uint32_t family = record.indexOf(family_), literal = record.indexOf(literal_);
  const std::string_view author = family < literal ? record.first(family_) : record.first(literal_);
  study.label = std::string(author.empty() ? std::string_view(study.key) : author);
  if (const std::string_view year = record.first(year_); !year.empty()) study.label += " " + std::string(year);
  return study;
}

void Studies::refer(std::string_view reference, std::size_t study) {
  if (!reference.empty()) byReference_.emplace(plainReference(reference), study);
}

void Studies::finish() {
  std::map<std::string, std::vector<StudyRecord*>> byLabel;
  for (StudyRecord& study : studies_) byLabel[study.label].push_back(&study);
  for (auto& [label, same] : byLabel)
    for (std::size_t i = 0; same.size() > 1 && i < same.size(); ++i)
      same[i]->label += i < 26 ? std::string(1, static_cast<char>('a' + i)) : "-" + std::to_string(i + 1);
}

std::optional<std::size_t> Studies::find(std::string_view reference) const {
  const auto now = names_.find(std::string(formats::trim(reference)));
  const auto found = byReference_.find(plainReference(now == names_.end() ? reference : now->second));
  return found == byReference_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace winnow::synthesis
