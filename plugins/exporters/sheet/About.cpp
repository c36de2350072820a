#include "sheet/About.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace winnow::sheet {
namespace {

using Json = nlohmann::ordered_json;

Json parsed(std::string_view text, const char* name) {
  if (text.empty()) return Json::object();
  Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) throw std::runtime_error(std::string("document \"") + name + "\" is no JSON object");
  return json;
}

std::string textIn(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

const Json& listIn(const Json& json, const char* key) {
  static const Json none = Json::array();
  const auto found = json.find(key);
  return found != json.end() && found->is_array() ? *found : none;
}

std::vector<std::string> textsIn(const Json& json, const char* key) {
  std::vector<std::string> texts;
  for (const Json& one : listIn(json, key))
    if (one.is_string()) texts.push_back(one.get<std::string>());
  return texts;
}

Named namedIn(const Json& json) {
  Named named{textIn(json, "id"), textIn(json, "text"), {}};
  if (const std::string id = textIn(json, "if"); !id.empty()) named.condition = "only where " + id + " holds";
  if (const std::string id = textIn(json, "unless"); !id.empty())
    named.condition = "only where " + id + " does not hold";
  return named;
}

void addCriteria(About& about, const Json& review, const char* kind, const char* heading) {
  Section section{heading, {}};
  for (const Json& c : listIn(review, "criteria"))
    if (textIn(c, "kind") == kind) section.lines.push_back(namedIn(c));
  if (!section.lines.empty()) about.sections.push_back(std::move(section));
}

void addReview(About& about, const Json& review) {
  Section head{"Review", {}};
  for (const auto& [key, label] : {std::pair{"title", "title"}, std::pair{"question", "question"}})
    if (std::string text = textIn(review, key); !text.empty()) head.lines.push_back({label, std::move(text), {}});
  if (!head.lines.empty()) about.sections.push_back(std::move(head));
  Section words{"Definitions", {}};
  if (const auto found = review.find("definitions"); found != review.end() && found->is_object())
    for (const auto& [word, text] : found->items())
      if (text.is_string()) words.lines.push_back({word, text.get<std::string>(), {}});
  if (!words.lines.empty()) about.sections.push_back(std::move(words));
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

void addTask(About& about, const Json& sheet) {
  Section task{"What is asked", {}};
  const auto add = [&](const char* id, std::string text) {
    if (!text.empty()) task.lines.push_back({id, std::move(text), {}});
  };
  add("step", textIn(sheet, "label"));
  add("read", textIn(sheet, "read"));
  add("decision", joined(about.decisions));
  if (!about.decisions.empty())
    add("reason", sheet.value("reason_required", false) ? "an exclusion names one of the ids below"
                                                        : "may be named for an exclusion: one of the ids below");
  add("category",
      joined(about.categories) + (about.isSeveral ? "; several are possible, with ';' between them" : std::string()));
  if (!about.criteria.empty())
    add("criteria", "yes, no or unclear in the column of each; where the decision is left empty, it follows from them");
  if (!task.lines.empty()) about.sections.push_back(std::move(task));
}

}  // namespace

About readAbout(std::string_view reviewText, std::string_view sheetText) {
  const Json review = parsed(reviewText, "review"), sheet = parsed(sheetText, "sheet");
  About about;
  about.decisions = textsIn(sheet, "decisions");
  about.categories = textsIn(sheet, "categories");
  about.confirmed = textsIn(sheet, "confirmed");
  about.isSeveral = sheet.value("several", false);
  about.hasProposals = sheet.value("proposals", true);
  for (const Json& reason : listIn(sheet, "reasons")) about.reasons.push_back(namedIn(reason));
  if (sheet.value("criteria_columns", false))
    for (const Json& c : listIn(review, "criteria")) about.criteria.push_back(namedIn(c));
  addReview(about, review);
  addTask(about, sheet);
  addCriteria(about, review, "in", "Criteria: all of these");
  addCriteria(about, review, "one-of", "Criteria: at least one of these");
  addCriteria(about, review, "out", "Criteria: none of these");
  Section others{"Other reasons", {}};
  for (const Named& reason : about.reasons) {
    bool isCriterion = false;
    for (const Section& section : about.sections)
      for (const Named& line : section.lines) isCriterion = isCriterion || line.id == reason.id;
    if (!isCriterion) others.lines.push_back(reason);
  }
  if (!others.lines.empty()) about.sections.push_back(std::move(others));
  return about;
}

std::string textOf(const About& about) {
  std::string text = "\xEF\xBB\xBF" + std::string(kAboutMark) + "\r\n";
  for (const Section& section : about.sections) {
    text += "\r\n" + section.heading + "\r\n";
    for (const Named& line : section.lines)
      text += "  " + line.id + (line.text.empty() ? "" : ": " + line.text) +
              (line.condition.empty() ? "" : " (" + line.condition + ")") + "\r\n";
  }
  return text;
}

}  // namespace winnow::sheet
