#include "Studies.hpp"

#include <algorithm>

#include "Citation.hpp"
#include "bibliography/Text.hpp"

namespace winnow::studies {

const std::vector<std::string>& Study::answer(const std::string& item) const {
  static const std::vector<std::string> kNone;
  const auto found = answers.find(item);
  return found == answers.end() ? kNone : found->second;
}

StudyReader::StudyReader(const Host& host, const std::vector<FormItem>& form) : vocabulary_(host) {
  for (const FormItem& item : form) items_.emplace_back(item.id, host.tag("chart." + item.id));
}

Study StudyReader::read(Record record) const {
  const bibliography::Work work(vocabulary_, record);
  const auto first = [&](tags::Name tag) { return bibliography::oneLine(work.first(tag)); };
  Study study;
  study.key = first(tags::kRecordKey);
  study.citation = shortCitation(work);
  study.reference = reference(work);
  study.title = first(tags::kTitle);
  study.year = first(tags::kIssuedYear);
  study.doi = first(tags::kDoi);
  study.link = linkOf(work);
  study.wave = first(tags::kRecordWave);
  study.group = first(tags::kStudy);
  study.fate = first(tags::kFate);
  study.step = first(tags::kFateStep);
  study.reason = first(tags::kFateReason);
  for (const std::string_view source : work.all(tags::kRecordSource)) study.sources.emplace_back(source);
  for (const auto& [item, tag] : items_)
    for (const std::uint32_t field : record.all(tag)) study.answers[item].emplace_back(record.value(field));
  return study;
}

void tellApart(std::vector<Study>& studies) {
  std::map<std::string, std::vector<Study*>> same;
  for (Study& study : studies) same[study.citation].push_back(&study);
  for (auto& [citation, list] : same) {
    if (list.size() < 2) continue;
    for (std::size_t i = 0; i < list.size(); ++i) {
      std::string letters;
      for (std::size_t n = i + 1; n > 0; n = (n - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('a' + (n - 1) % 26));
      list[i]->citation += (list[i]->year.empty() ? " " : "") + letters;
    }
  }
}

std::vector<std::size_t> joinReports(std::vector<Study>& studies) {
  std::vector<Study> joined;
  std::vector<std::size_t> places;
  std::map<std::string, std::size_t> known;
  for (Study& report : studies) {
    const auto [found, isNew] =
        report.group.empty() ? std::pair(known.end(), true) : known.try_emplace(report.group, joined.size());
    places.push_back(isNew ? joined.size() : found->second);
    if (isNew) {
      joined.push_back(std::move(report));
      continue;
    }
    Study& study = joined[found->second];
    study.citation += "; " + report.citation;
    study.reference += " " + report.reference;
    for (std::string& source : report.sources)
      if (std::find(study.sources.begin(), study.sources.end(), source) == study.sources.end())
        study.sources.push_back(std::move(source));
    study.answers.merge(report.answers);
  }
  studies = std::move(joined);
  return places;
}

std::vector<Study> readAll(const Sink& sink, const StudyReader& reader, winnow_status& status) {
  std::vector<Study> studies;
  status = sink.forEach([&](Record record) { studies.push_back(reader.read(record)); });
  tellApart(studies);
  joinReports(studies);
  return studies;
}

}  // namespace winnow::studies
