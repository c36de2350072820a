// The sections of the report. One thread; used once.
#pragma once

#include <string>
#include <vector>

#include "Report.hpp"
#include "funnel/FunnelTable.hpp"

namespace winnow::report {

using document::Document;
using facts::Facts;
using studies::FormItem;
using studies::Study;
using table::Grid;

class Writer {
 public:
  /// Borrows both for its life. `hasLists`: numbers may lead to the lists of their records.
  Writer(const Material& material, const Choices& choices, bool hasLists);
  Document write();

 private:
  // Report.cpp: the question, the search, what stands at the end.
  void question();
  void criteria();
  void identifying();
  void checklists();
  void software();

  // Selection.cpp
  void selecting();
  void flow();
  /// "In" and "Excluded" of each step lead to their records.
  void linkFunnel(Grid& grid, const exporters::Funnel& funnel) const;
  void unread();
  void exclusions();

  // Results.cpp
  void charting();
  void codebook();
  /// The items asked for, or those whose answers are counted.
  std::vector<const FormItem*> itemsOfTable() const;
  Grid characteristics() const;
  void collating();
  void barCharts();
  /// Items of the map: those asked for, or the form's first two lists. Empty: there is no map.
  std::vector<std::string> axes() const;
  void evidenceMap();

  /// What the authors must write.
  void open(const std::string& what);
  /// "Label: words"; nothing without words.
  void line(const char* label, const std::string& words);
  /// Numbered in the order of the report.
  void table(Grid grid, std::string id = {});
  void picture(picture::Scene scene, picture::Page page, const std::string& caption, const std::string& file,
               std::string id);
  /// "#list-3" of the list by that key; empty where there is none.
  std::string listLink(const std::string& key) const;

  const Material& m_;
  const Facts& f_;
  const Choices& choices_;
  bool hasLists_;
  std::vector<Study> studies_;
  Document out_;
  int tables_ = 0, figures_ = 0, bars_ = 0;
};

}  // namespace winnow::report
