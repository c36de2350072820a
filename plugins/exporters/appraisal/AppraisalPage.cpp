#include <algorithm>

#include <winnow/formats/text.hpp>

#include "Agreement.hpp"
#include "AppraisalTable.hpp"
#include "Table.hpp"
#include "Words.hpp"
#include "picture/Scene.hpp"
#include "table/Table.hpp"

namespace winnow::appraisal {

namespace {

using synthesis::AppraisalItem;
using synthesis::Light;
using table::Format;

std::string gateText(const synthesis::Gate& gate) {
  std::string out;
  for (const synthesis::Condition& c : gate.conditions)
    out += std::string(c.holds ? "- [x] " : "- [ ] ") + c.text + "\n";
  return out;
}

std::string list(const std::string& heading, const std::vector<std::string>& lines) {
  if (lines.empty()) return {};
  std::string out = "\n" + heading + "\n\n";
  for (const std::string& line : lines) out += "- " + line + "\n";
  return out;
}

std::vector<const AppraisalItem*> itemsWithOverall(const synthesis::AppraisalForm& form) {
  std::vector<const AppraisalItem*> items;
  for (const AppraisalItem& item : form.items) items.push_back(&item);
  items.push_back(&form.overall);
  return items;
}

std::string answersTable(const AppraisalTable& table) {
  table::Row heading{"study"};
  for (const AppraisalItem* item : itemsWithOverall(table.form)) heading.push_back(item->shortName);
  std::string out = table::header(heading, Format::markdown);
  for (const auto& [study, label] : table.studies) {
    table::Row row{label};
    const auto settled = table.appraised.settled.find(study);
    for (const AppraisalItem* item : itemsWithOverall(table.form)) {
      const bool isThere = settled != table.appraised.settled.end() && settled->second.contains(item->id);
      row.push_back(isThere ? settled->second.at(item->id).answer : "");
    }
    out += table::row(row, Format::markdown);
  }
  return out;
}

std::string reasonsText(const AppraisalTable& table) {
  std::vector<std::string> lines;
  for (const auto& [study, label] : table.studies) {
    const auto settled = table.appraised.settled.find(study);
    if (settled == table.appraised.settled.end()) continue;
    for (const AppraisalItem* item : itemsWithOverall(table.form)) {
      const auto found = settled->second.find(item->id);
      if (found != settled->second.end() && !found->second.reason.empty())
        lines.push_back(label + ", " + item->shortName + ": " + found->second.answer + ": " + found->second.reason);
    }
  }
  return list("Reasons:", lines);
}

/// First answers of both readers, item by item.
std::string agreementText(const AppraisalTable& table) {
  if (table.appraised.pairs.empty()) return {};
  std::string out = "\nAgreement of " + synthesis::joinedNames(table.by) + " before they spoke, by item:\n\n" +
                    table::header({"item", "studies", "agreed", "kappa", "AC1"}, Format::markdown);
  for (const AppraisalItem* item : itemsWithOverall(table.form)) {
    const auto pairs = table.appraised.pairs.find(item->id);
    if (pairs == table.appraised.pairs.end()) continue;
    std::vector<std::string> categories;
    for (const auto& answer : item->answers) categories.push_back(formats::lower(answer.first));
    const agreement::Agreement figures = agreement::agreementOf(agreement::tableOf(pairs->second, categories));
    const auto shown = [](const std::optional<double>& figure) {
      return figure ? meta::fixed(*figure, 2) : std::string("not defined");
    };
    out += table::row({item->shortName, std::to_string(figures.n),
                       figures.percentAgreement ? meta::fixed(100 * *figures.percentAgreement, 0) + " %" : "",
                       shown(figures.kappa), shown(figures.ac1)},
                      Format::markdown);
  }
  return out;
}

std::string adaptedText(const synthesis::AppraisalForm& form) {
  if (form.basedOn.empty()) return {};
  if (form.added.empty() && form.removed.empty()) return "\nThe form has the items of " + form.basedOn + ".\n";
  std::string out = "\nAdapted from " + form.basedOn + ":\n\n";
  for (const std::string& item : form.added) out += "- added: " + item + "\n";
  for (const std::string& item : form.removed) out += "- left out: " + item + "\n";
  return out;
}

std::string robvisWord(Light light) {
  switch (light) {
    case Light::Low:
      return "Low";
    case Light::Some:
      return "Some concerns";
    case Light::High:
      return "High";
    case Light::None:
      break;
  }
  return "No information";
}

}  // namespace

Light AppraisalTable::light(std::size_t study, const std::string& item) const {
  const auto settled = appraised.settled.find(study);
  if (settled == appraised.settled.end()) return Light::None;
  const auto found = settled->second.find(item);
  return found == settled->second.end() ? Light::None : found->second.light;
}

std::string appraisalPage(const AppraisalTable& table) {
  std::string out = "# " + table.form.title + "\n\n" + gateText(table.gate) + "\nForm " + table.form.id + ", version " +
                    table.form.version + "; there is no sum score.\n\n" + answersTable(table);
  out += list("Rows that cannot be used:", table.appraised.problems) + list("Not settled:", table.appraised.conflicts) +
         list("Not answered:", table.appraised.open);
  return out + agreementText(table) + reasonsText(table) + adaptedText(table.form);
}

std::string robvisCsv(const AppraisalTable& table) {
  table::Row heading{"Study"};
  for (std::size_t i = 1; i <= table.form.items.size(); ++i) heading.push_back("D" + std::to_string(i));
  heading.emplace_back("Overall");
  std::string out = table::header(heading, Format::rawCsv);
  for (const auto& [study, label] : table.studies) {
    table::Row row{label};
    for (const AppraisalItem* item : itemsWithOverall(table.form))
      row.push_back(robvisWord(table.light(study, item->id)));
    out += table::row(row, Format::rawCsv);
  }
  return out;
}

std::string appraisalSheet(const AppraisalTable& table, const synthesis::Studies& studies,
                           const std::string& reviewer) {
  std::string out = table::header(
      {"record", "reviewer", "study", "item", "question", "answers", "answer", "reason", "page"}, Format::csv);
  for (const auto& [study, label] : table.studies)
    for (const AppraisalItem* item : itemsWithOverall(table.form)) {
      std::string answers;
      for (const auto& answer : item->answers) answers += (answers.empty() ? "" : " / ") + answer.first;
      out += table::row({studies.all()[study].key, reviewer, label, item->id,
                         item->text + (item->hint.empty() ? "" : " " + item->hint), answers, "", "", ""},
                        Format::csv);
    }
  return out;
}

std::string notAppraised(const synthesis::Gate& gate, bool asPlot) {
  if (!asPlot) {
    std::string out = "# Appraisal\n\nNo appraisal was done, because no meta-analysis was performed:\n\n";
    for (const std::string& reason : gate.reasons()) out += "- " + reason + "\n";
    return out +
           "\nPRISMA-ScR, items 12 (critical appraisal of individual sources of evidence) and 16 (its results): not "
           "done, "
           "for this reason.\n";
  }
  picture::Scene scene;
  constexpr double kRoom = 560;
  scene.text({{{20, 34}, "Appraisal"}}, {15, picture::Weight::Bold, "#1d232b", picture::Anchor::Start, 0});
  double y = 60;
  std::vector<std::string> lines{"No appraisal was done, because no meta-analysis was performed."};
  for (const std::string& reason : gate.reasons()) lines.push_back("- " + reason);
  for (const std::string& line : lines)
    for (const std::string& part :
         picture::wrapText(picture::cleanText(line), kRoom, kRoom, 12, picture::Weight::Regular)) {
      scene.text({{{20, y}, part}}, {12, picture::Weight::Regular, "#1d232b", picture::Anchor::Start, 0});
      y += 18;
    }
  return scene.svg(kRoom + 40, y + 4, "Appraisal", lines.front());
}

}  // namespace winnow::appraisal
