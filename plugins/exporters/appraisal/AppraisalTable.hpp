// The settled appraisal of the pooled studies, as everything that is written from it needs it.
#pragma once

#include <string>
#include <vector>

#include "synthesis/Appraisal.hpp"
#include "synthesis/GatedAnalysis.hpp"

namespace winnow::appraisal {

struct AppraisalTable {
  synthesis::AppraisalForm form;
  synthesis::Appraised appraised;
  std::vector<std::pair<std::size_t, std::string>> studies;  ///< index and label, in the order of the records
  std::vector<std::string> by;
  synthesis::Gate gate;
  /// The settled light of an item of a study; None if it is open or was not asked.
  synthesis::Light light(std::size_t study, const std::string& item) const;
};

/// Markdown: the gate, the table, what is open, the readers' agreement by item, how the form was adapted.
std::string appraisalPage(const AppraisalTable& table);
/// Study, D1..Dn, Overall: the layout of the R package robvis, generic template.
std::string robvisCsv(const AppraisalTable& table);
/// The sheet to fill in: a row a study and item. `reviewer` signs it.
std::string appraisalSheet(const AppraisalTable& table, const synthesis::Studies& studies, const std::string& reviewer);
/// One symbol a study and item. Every `rows` studies the heading stands again, so that a page can end there.
std::string trafficLight(const AppraisalTable& table, std::size_t rows);
/// Shares of the lights by item. Studies count alike, and the caption says so.
std::string summaryPlot(const AppraisalTable& table);
/// That nothing is appraised and why, as Markdown or as a picture.
std::string notAppraised(const synthesis::Gate& gate, bool asPlot);

}  // namespace winnow::appraisal
