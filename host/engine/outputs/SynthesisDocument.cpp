#include "SynthesisDocument.hpp"

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

}  // namespace

nlohmann::ordered_json synthesisOf(const config::Review& review, std::size_t waiting) {
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
  return out;
}

}  // namespace winnow::engine
