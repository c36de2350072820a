#include "SynthesisDocument.hpp"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "io/InputStream.hpp"

namespace winnow::engine {

namespace {

using Json = nlohmann::ordered_json;

Json filesOf(const std::vector<std::filesystem::path>& files, const std::vector<std::string>& names) {
  Json list = Json::array();
  for (std::size_t i = 0; i < files.size(); ++i) list.push_back({{"file", names[i]}, {"text", io::readText(files[i])}});
  return list;
}

Json analysisOf(const config::Analysis& a) {
  return {{"name", a.name},
          {"measure", a.measure},
          {"method", a.method},
          {"test", a.test},
          {"outcome", a.outcome},
          {"time", a.time},
          {"unit", a.unit},
          {"units", a.units},
          {"only", a.only},
          {"studies", a.studies},
          {"heterogeneity", a.heterogeneity},
          {"better", a.better},
          {"several", a.several},
          {"rho", a.rho},
          {"subgroup", a.subgroup},
          {"groups", a.groups}};
}

Json appraisalOf(const config::Review& review, const config::Appraisal& appraisal) {
  Json form{{"name", appraisal.form}};
  if (appraisal.isFile) form["text"] = io::readText(review.folder / appraisal.form);
  return {
      {"form", std::move(form)}, {"by", appraisal.by}, {"answers", filesOf(appraisal.answers, appraisal.answerNames)}};
}

/// Calls each(cell) for the cells of a table in a text, whatever separates them.
template <class Each>
void forEachCell(std::string_view text, Each&& each) {
  constexpr std::string_view kSeparators = ",;\t\r\n\"";
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(kSeparators), text.size());
    if (end > 0) each(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

/// Keys that stand in the files and that no record has any more: as decision files, these outlive the day on which a
/// record got a number of its database, or was merged.
void nameAgain(const Evaluation& evaluation, const Json& files, Json& names) {
  for (const Json& file : files)
    forEachCell(file["text"].get_ref<const std::string&>(), [&](std::string_view cell) {
      if (!References::isKey(cell) || names.contains(std::string(cell))) return;
      std::set<RecordId> works;
      for (const RecordId id : evaluation.references().find(cell))
        works.insert(evaluation.studies().firstOf(evaluation.clusters().representative(id)));
      if (works.size() != 1) return;
      const std::string key = evaluation.records().key(*works.begin());
      if (key != cell) names[std::string(cell)] = key;
    });
}

}  // namespace

nlohmann::ordered_json synthesisOf(const config::Review& review, const Evaluation& evaluation, std::size_t waiting) {
  Json out{{"format", "winnow-synthesis/1"}, {"waiting", waiting}};
  if (!review.synthesis) return out;
  const config::Synthesis& s = *review.synthesis;
  Json analyses = Json::array();
  for (const config::Analysis& a : s.analyses) analyses.push_back(analysisOf(a));
  out["decision"] = s.decision.empty() ? Json() : Json(s.decision);
  out["by"] = s.by;
  out["date"] = s.date;
  out["reason"] = s.reason;
  out["effects"] = filesOf(s.effects, s.effectNames);
  out["analyses"] = std::move(analyses);
  out["appraisal"] = s.appraisal ? appraisalOf(review, *s.appraisal) : Json();
  out["names"] = Json::object();
  nameAgain(evaluation, out["effects"], out["names"]);
  if (s.appraisal) nameAgain(evaluation, out["appraisal"]["answers"], out["names"]);
  return out;
}

}  // namespace winnow::engine
