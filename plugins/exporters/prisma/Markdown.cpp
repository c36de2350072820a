#include "Cards.hpp"
#include "Tables.hpp"
#include "picture/Text.hpp"

namespace winnow::prisma {

namespace {

// Signs that mean something within a Markdown line or in the HTML that may stand in it.
std::string escapeMarkdown(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (std::string_view("\\`*_[]|~$#!").find(c) != std::string_view::npos)
      out.append("\\").append(1, c);
    else
      out += c;
  }
  return out;
}

// One table: a flow's steps, a number, and a column for each wave.
class Table {
 public:
  Table(std::vector<std::string> waves, bool hideZero) : waves_(std::move(waves)), hideZero_(hideZero) {
    text_ = "| Step | n |";
    for (const std::string& wave : waves_) text_ += " " + escapeMarkdown(wave) + " |";
    text_ += "\n|:--|--:|";
    for (std::size_t w = 0; w < waves_.size(); ++w) text_ += "--:|";
    text_ += "\n";
  }
  void heading(const std::string& text) {
    text_ += "| **" + text + "** | |";
    for (std::size_t w = 0; w < waves_.size(); ++w) text_ += " |";
    text_ += "\n";
  }
  void row(const std::string& label, const Count& count) {
    if (hideZero_ && count.n == 0) return;
    text_ += "| " + escapeMarkdown(label.empty() ? "(no label)" : label) + " | " + std::to_string(count.n) + " |";
    for (std::size_t w = 0; w < waves_.size(); ++w)
      text_ += w < count.waves.size() ? " " + std::to_string(count.waves[w]) + " |" : " |";
    text_ += "\n";
  }
  void box(const std::string& label, const Box& box, bool isRemoval = false) {
    row(label, box.total);
    if (box.by && box.total.n != 0) {
      row("– by a reader", {box.by->human, {}});
      row("– by automation", {box.by->automation, {}});
    }
    for (const Item& item : box.items) {
      row("– " + (isRemoval ? removalLine(item.label) : item.label), item.count);
      for (const Item& part : item.parts) row("– – " + part.label, part.count);
    }
  }
  const std::string& text() const { return text_; }

 private:
  std::vector<std::string> waves_;
  bool hideZero_;
  std::string text_;
};

void identified(Table& table, const Lane& lane) {
  const Box& box = lane.identified;
  table.row("Records identified", box.total);
  for (std::size_t i = 0; i < box.items.size(); ++i)
    table.row("– " + box.items[i].label + (lane.isRegister[i] ? " (register)" : ""), box.items[i].count);
  if (lane.removed) table.box("Records removed before screening", *lane.removed, true);
  if (lane.keptByAutomation.n != 0)
    table.row("Records that automation could not decide and kept", lane.keptByAutomation);
}

void reports(Table& table, const Lane& lane) {
  table.row("Reports sought for retrieval", lane.sought);
  table.row("Reports not retrieved", lane.notRetrieved);
  table.row("Reports assessed for eligibility", lane.assessed);
  table.box("Reports excluded", lane.excludedReports);
  if (lane.waiting) table.row("Reports waiting for a decision", *lane.waiting);
  table.row("Reports included", lane.includedReports);
}

void stages(Table& table, const Lane& lane) {
  for (const Stage& stage : lane.stages) {
    table.row("Records screened at stage " + stage.label, stage.in);
    table.box("Records excluded at stage " + stage.label, stage.excluded);
    if (stage.undecided) table.row("Records kept as undecided at stage " + stage.label, *stage.undecided);
    if (stage.waiting) table.row("Records waiting for a decision at stage " + stage.label, *stage.waiting);
  }
}

void lanes(Table& table, const Flow& flow) {
  if (flow.db) {
    table.heading("Databases and registers");
    identified(table, *flow.db);
    if (flow.db->screened) table.row("Records screened", *flow.db->screened);
    if (flow.db->excluded) table.box("Records excluded", *flow.db->excluded);
    stages(table, *flow.db);
    reports(table, *flow.db);
  }
  if (!flow.other) return;
  table.heading("Other methods");
  identified(table, *flow.other);
  stages(table, *flow.other);
  reports(table, *flow.other);
}

void ends(Table& table, const std::optional<Included>& box, const char* heading) {
  if (!box) return;
  table.heading(heading);
  table.row("Studies", {box->studies, {}});
  table.row("Reports", {box->reports, {}});
}

}  // namespace

std::string writeMarkdown(const Flow& flow, const Appearance& appearance) {
  std::vector<std::string> waves;
  if (flow.waves.size() >= 2)
    for (const Flow& wave : flow.waves) waves.push_back(wave.wave);
  Table table(waves, appearance.hideZero);
  ends(table, flow.previous, "Previous version of the review");
  lanes(table, flow);
  ends(table, flow.included, flow.previous ? "New in this version" : "Included");
  ends(table, flow.total, "Total");
  std::string out = "# " + escapeMarkdown(appearance.title.empty() ? "PRISMA 2020 flow" : appearance.title) + "\n\n";
  if (!appearance.banner.empty()) out += "**" + escapeMarkdown(appearance.banner) + "**\n\n";
  out += escapeMarkdown(describe(flow)) + "\n\n" + table.text();
  if (!appearance.note.empty()) out += "\n" + escapeMarkdown(appearance.note) + "\n";
  for (const Flow& wave : flow.waves) {
    if (!appearance.perWave) break;
    Table part({}, appearance.hideZero);
    lanes(part, wave);
    out += "\n## Wave " + escapeMarkdown(wave.wave) + "\n\n" + part.text();
  }
  return out;
}

}  // namespace winnow::prisma
