#include "Appraisal.hpp"

#include <algorithm>
#include <stdexcept>

#include <winnow/formats/csv.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::synthesis {

namespace {

using formats::CsvTable;

/// Reads the rows of all files.
class AnswerReader {
 public:
  AnswerReader(const AppraisalForm& form, const Appraisal& asked, const Studies& studies,
               const std::set<std::size_t>& wanted, Appraised& out)
      : form_(form), asked_(asked), studies_(studies), wanted_(wanted), out_(out) {}

  std::vector<AppraisalAnswer> read() {
    for (const TextFile& file : asked_.answers) {
      try {
        readFile(file);
      } catch (const std::invalid_argument& error) {
        out_.problems.push_back(file.name + ", " + error.what());
      }
    }
    return std::move(answers_);
  }

 private:
  void readFile(const TextFile& file) {
    const CsvTable table(file.text);
    if (table.heading().empty()) return;
    for (const char* needed : {"record", "reviewer", "item", "answer"}) table.required(needed);
    for (std::size_t row = 0; row < table.rows(); ++row) {
      try {
        readRow(file.name, table, row);
      } catch (const std::invalid_argument& error) {
        out_.problems.push_back(file.name + ", " + error.what());
      }
    }
  }

  static std::string cell(const CsvTable& table, std::size_t row, const char* column) {
    const auto at = table.column(column);
    return at ? std::string(formats::trim(table.cell(row, *at))) : std::string();
  }

  void readRow(const std::string& file, const CsvTable& table, std::size_t row) {
    AppraisalAnswer answer;
    answer.answer = cell(table, row, "answer");
    if (answer.answer.empty()) return;  // a row of the sheet that nobody has filled in
    const auto refuse = [&](const char* column, const std::string& what) {
      throw table.error(row, table.required(column), what);
    };
    const auto study = studies_.find(cell(table, row, "record"));
    if (!study) refuse("record", "'" + cell(table, row, "record") + "' is no included record");
    if (!wanted_.contains(*study))
      refuse("record", studies_.all()[*study].label + " is not in the meta-analysis and is not appraised");
    answer.study = *study;
    answer.item = cell(table, row, "item");
    const AppraisalItem* item = form_.find(answer.item);
    if (item == nullptr) refuse("item", "the form has no item '" + answer.item + "'");
    if (!item->lightOf(answer.answer))
      refuse("answer", "'" + answer.answer + "' is no answer of '" + answer.item + "'");
    const std::string reviewers = cell(table, row, "reviewer");
    for (const std::string_view name : formats::split(reviewers, ";")) {
      answer.reviewers.emplace_back(name);
      if (std::find(asked_.by.begin(), asked_.by.end(), name) == asked_.by.end())
        refuse("reviewer", "'" + std::string(name) + "' does not appraise (" + joinedNames(asked_.by) + ")");
    }
    if (answer.reviewers.empty()) refuse("reviewer", "nobody has signed the row");
    answer.reason = cell(table, row, "reason");
    answer.page = cell(table, row, "page");
    answer.place = file + ", row " + std::to_string(table.numberOf(row));
    answers_.push_back(std::move(answer));
  }

  const AppraisalForm& form_;
  const Appraisal& asked_;
  const Studies& studies_;
  const std::set<std::size_t>& wanted_;
  Appraised& out_;
  std::vector<AppraisalAnswer> answers_;
};

using ByReviewer = std::map<std::string, const AppraisalAnswer*>;

/// Settles one item of one study. `name`: of study and item, for messages.
void settle(const AppraisalItem& item, const std::vector<const AppraisalAnswer*>& rows, const Appraisal& asked,
            const std::string& name, std::size_t study, Appraised& out) {
  const AppraisalAnswer* joint = nullptr;
  ByReviewer single;
  for (const AppraisalAnswer* row : rows) {
    if (row->reviewers.size() > 1) {
      joint = row;
      continue;
    }
    const auto [first, isNew] = single.emplace(row->reviewers.front(), row);
    if (!isNew && !formats::equalsIgnoringCase(first->second->answer, row->answer))
      out.conflicts.push_back(name + ": " + row->reviewers.front() + " has answered twice, differently [" +
                              first->second->place + "; " + row->place + "]");
  }
  if (asked.by.size() == 2 && single.contains(asked.by[0]) && single.contains(asked.by[1]))
    out.pairs[item.id].emplace_back(formats::lower(single[asked.by[0]]->answer),
                                    formats::lower(single[asked.by[1]]->answer));
  const AppraisalAnswer* counts = joint;
  if (counts == nullptr) {
    std::vector<std::string> missing;
    for (const std::string& reader : asked.by)
      if (!single.contains(reader)) missing.push_back(reader);
    if (!missing.empty() || single.empty()) {
      out.open.push_back(name + " (" + joinedNames(missing) + ")");
      return;
    }
    counts = single.begin()->second;
    for (const auto& [reader, row] : single) {
      if (formats::equalsIgnoringCase(row->answer, counts->answer)) continue;
      out.conflicts.push_back(name + ": " + counts->reviewers.front() + " says " + counts->answer + ", " + reader +
                              " says " + row->answer + "; a row that both sign settles it");
      return;
    }
  }
  out.settled[study][item.id] = {counts->answer, counts->reason, *item.lightOf(counts->answer)};
}

}  // namespace

std::optional<Light> Appraised::overall(std::size_t study) const {
  const auto found = settled.find(study);
  if (found == settled.end() || !found->second.contains(std::string(kOverall))) return std::nullopt;
  return found->second.at(std::string(kOverall)).light;
}

Appraised readAppraisal(const AppraisalForm& form, const Appraisal& asked, const Studies& studies,
                        const std::set<std::size_t>& wanted) {
  Appraised out;
  const std::vector<AppraisalAnswer> answers = AnswerReader(form, asked, studies, wanted, out).read();
  std::map<std::pair<std::size_t, std::string>, std::vector<const AppraisalAnswer*>> byItem;
  for (const AppraisalAnswer& answer : answers) byItem[{answer.study, answer.item}].push_back(&answer);
  for (const std::size_t study : wanted) {
    bool isStopped = false;
    std::vector<const AppraisalItem*> items;
    for (const AppraisalItem& item : form.items) items.push_back(&item);
    items.push_back(&form.overall);
    for (const AppraisalItem* item : items) {
      if (isStopped && item != &form.overall) continue;
      const std::string name = studies.all()[study].label + ", " + item->shortName;
      settle(*item, byItem[{study, item->id}], asked, name, study, out);
      const auto& settled = out.settled[study];
      const auto found = settled.find(item->id);
      isStopped = isStopped || (item->stopsIfNo && found != settled.end() && found->second.light == Light::High);
    }
  }
  return out;
}

AppraisalForm formOf(const Appraisal& asked) {
  try {
    if (asked.formText) return readAppraisalForm(*asked.formText);
    if (const auto shipped = shippedForm(asked.formName)) return readAppraisalForm(*shipped);
  } catch (const std::invalid_argument& error) {
    throw std::runtime_error(asked.formName + ", " + error.what());
  }
  throw std::runtime_error("there is no form '" + asked.formName + "'; shipped are " + joinedNames(shippedForms()) +
                           "; a form of your own is named by its path");
}

std::map<std::size_t, std::string> risksOf(const Synthesis& synthesis, const Studies& studies,
                                           const std::set<std::size_t>& pooled) {
  std::map<std::size_t, std::string> risks;
  if (!synthesis.appraisal) return risks;
  const Appraised appraised = readAppraisal(formOf(*synthesis.appraisal), *synthesis.appraisal, studies, pooled);
  for (const std::size_t study : pooled) {
    const auto overall = appraised.overall(study);
    risks[study] = overall ? std::string(wordOf(*overall)) : std::string();
  }
  return risks;
}

std::string_view wordOf(Light light) {
  switch (light) {
    case Light::Low:
      return "low";
    case Light::Some:
      return "some concerns";
    case Light::High:
      return "high";
    case Light::None:
      break;
  }
  return "no information";
}

}  // namespace winnow::synthesis
