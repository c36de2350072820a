#include "Cards.hpp"

#include <algorithm>

#include "picture/Text.hpp"

namespace winnow::prisma {

namespace {

constexpr const char* kNoBreak = "\u00A0";

std::string waveShares(const Count& count, const Wording& wording) {
  std::string out;
  for (std::size_t w = 0; w < count.waves.size() && w < wording.waves.size(); ++w)
    out += (w == 0 ? "" : ", ") + wording.waves[w] + ":" + kNoBreak + picture::grouped(count.waves[w]);
  return out;
}

// Writes one box.
class Writer {
 public:
  Writer(std::string id, std::string_view tooltip, const Wording& wording) : wording_(wording) {
    card_.id = std::move(id);
    card_.tooltip = tooltip;
  }
  Writer& stage(const std::string& text) { return add(Kind::Stage, text); }
  Writer& heading(const std::string& text, const Count& count) {
    add(Kind::Heading, text + " " + inBrackets({count.n, {}}), card_.id);
    return count.waves.empty() ? *this : add(Kind::Remark, waveShares(count, wording_));
  }
  Writer& line(Kind kind, const std::string& label, const Count& count) {
    if (wording_.hideZero && count.n == 0) return *this;
    return always(kind, label, count);
  }
  /// A stage or reason; in the compact arrangement one that excluded nothing is no news.
  Writer& exit(Kind kind, const std::string& label, const Count& count) {
    return wording_.isCompact() && count.n == 0 ? *this : line(kind, label, count);
  }

  Writer& remark(const std::string& text) { return add(Kind::Remark, text); }
  /// PRISMA 2020 asks for both numbers where automation was used; in the compact arrangement silence means readers.
  Writer& actors(const Box& box) {
    if (!box.by || box.total.n == 0 || (wording_.isCompact() && box.by->automation == 0)) return *this;
    return remark(byWhom(*box.by));
  }
  Writer& items(const Box& box) {
    for (const Item& item : box.items) line(Kind::Group, item.label, item.count);
    return *this;
  }
  Writer& exits(const Box& box) {
    for (const Item& item : box.items) exit(Kind::Group, item.label, item.count);
    return *this;
  }
  Card card() { return std::move(card_); }

 private:
  Writer& always(Kind kind, const std::string& label, const Count& count) {
    const Count shown = wording_.isCompact() ? Count{count.n, {}} : count;
    return add(kind, (label.empty() ? "(no label)" : label) + " " + inBrackets(shown), card_.id + "/" + label);
  }
  Writer& add(Kind kind, std::string text, const std::string& key = {}) {
    card_.paragraphs.push_back({kind, std::move(text), linkOf(key)});
    return *this;
  }
  std::string linkOf(const std::string& key) const {
    if (wording_.links == nullptr) return {};
    const auto found = wording_.links->find(key);
    return found == wording_.links->end() ? std::string() : found->second;
  }
  const Wording& wording_;
  Card card_;
};

Card identifiedFromDatabases(const Lane& lane, const Wording& wording) {
  Writer write("db-identified", "Records found by searching databases and registers, before duplicates were removed",
               wording);
  const Box& box = lane.identified;
  const auto isRegister = [&](std::size_t i) { return static_cast<bool>(lane.isRegister[i]); };
  const auto isDatabase = [&](std::size_t i) { return !lane.isRegister[i]; };
  bool hasRegisters = false;
  for (std::size_t i = 0; i < box.items.size(); ++i) hasRegisters = hasRegisters || isRegister(i);
  if (!hasRegisters) return write.heading("Records identified from databases", box.total).actors(box).items(box).card();
  write.heading("Records identified", box.total).actors(box);
  for (const bool registers : {false, true}) {
    write.line(Kind::Group, registers ? "Registers" : "Databases",
               registers ? sumIf(box, isRegister) : sumIf(box, isDatabase));
    for (std::size_t i = 0; i < box.items.size(); ++i)
      if (isRegister(i) == registers) write.line(Kind::Item, box.items[i].label, box.items[i].count);
  }
  return write.card();
}

Card removed(const Lane& lane, const std::string& prefix, const Wording& wording) {
  if (!lane.removed) return {};
  // PRISMA 2020 has this box for databases only.
  const bool isOptional = wording.hideZero || (wording.isCompact() && prefix != "db");
  if (isOptional && lane.removed->total.n == 0) return {};
  Writer write(prefix + "-removed", "Records taken out before anyone or anything judged their content", wording);
  write.heading("Records removed before screening", lane.removed->total).actors(*lane.removed);
  for (const Item& item : lane.removed->items) {
    if (prefix == "db")
      write.line(Kind::Group, removalLine(item.label), item.count);
    else
      write.exit(Kind::Group, removalLine(item.label), item.count);
    for (const Item& part : item.parts) write.exit(Kind::Item, part.label, part.count);
  }
  if (lane.keptByAutomation.n != 0)
    write.remark(picture::grouped(lane.keptByAutomation.n) + " that automation could not decide were kept");
  return write.card();
}

Card excludedRecords(const std::string& id, const Box& box, const Wording& wording) {
  if (wording.hideZero && box.total.n == 0) return {};
  Writer write(id, "Records excluded at this step, by reason", wording);
  return write.heading("Records excluded", box.total).actors(box).exits(box).card();
}

CardPair stagePair(const Stage& stage, std::size_t number, const Wording& wording) {
  const std::string id = "db-stage-" + std::to_string(number);
  Writer write(id, "Records judged at this stage", wording);
  write.stage("Stage " + std::to_string(number) + ": " + stage.label).heading("Records screened", stage.in);
  if (stage.undecided && stage.undecided->n != 0) write.line(Kind::Group, "Kept as undecided", *stage.undecided);
  if (stage.waiting && stage.waiting->n != 0) write.line(Kind::Group, "Waiting for a decision", *stage.waiting);
  return {write.card(), excludedRecords(id + "-excluded", stage.excluded, wording)};
}

/// What all stages excluded; by whom only if each stage that excluded says so.
Box excludedAtAll(const std::vector<Stage>& stages) {
  Box out{{}, stages.front().excluded.total, Actors{}};
  for (std::size_t i = 1; i < stages.size(); ++i) out.total = sumOf(out.total, stages[i].excluded.total);
  for (const Stage& stage : stages) {
    const Box& box = stage.excluded;
    if (box.total.n == 0) continue;
    if (!box.by || !out.by) {
      out.by.reset();
      continue;
    }
    out.by->human += box.by->human;
    out.by->automation += box.by->automation;
  }
  return out;
}

/// One pair of boxes for everything between removal and full text, as PRISMA 2020 has it: the stages, or the reasons of
/// the only one, are its lines.
CardPair compactScreening(const Lane& lane, const std::string& prefix, const Wording& wording) {
  Writer screened(prefix + "-screened", "Records left after removal, whose title and abstract were judged", wording);
  const Count start = lane.screened ? *lane.screened : lane.stages.empty() ? Count{} : lane.stages.front().in;
  screened.heading("Records screened", start);
  for (const Stage& stage : lane.stages)
    if (stage.waiting && stage.waiting->n != 0)
      screened.line(Kind::Group, stage.label + ": waiting for a decision", *stage.waiting);
  const Box none;
  const Box all = !lane.stages.empty() ? excludedAtAll(lane.stages) : lane.excluded.value_or(none);
  if (wording.hideZero && all.total.n == 0) return {screened.card(), {}};
  Writer excluded(prefix + "-excluded", "Records excluded before their reports were sought", wording);
  excluded.heading("Records excluded", all.total).actors(all).exits(all);
  if (lane.stages.size() == 1)
    excluded.exits(lane.stages.front().excluded);
  else
    for (const Stage& stage : lane.stages) excluded.exit(Kind::Group, stage.label, stage.excluded.total);
  return {screened.card(), excluded.card()};
}

/// Records from other methods pass the same stages as the others. PRISMA has no screening in their lane: one pair of
/// boxes for all stages, naming those at which something happened, keeps to its layout.
void addOtherScreening(const Lane& lane, const Wording& wording, std::vector<CardPair>& out) {
  if (std::none_of(lane.stages.begin(), lane.stages.end(), [](const Stage& stage) { return stage.happened(); })) return;
  if (wording.isCompact()) return out.push_back(compactScreening(lane, "other", wording));
  Writer screened("other-screened", "Records from other methods that passed the same stages", wording);
  screened.heading("Records screened", lane.stages.front().in);
  for (const Stage& stage : lane.stages) {
    if (stage.undecided && stage.undecided->n != 0)
      screened.line(Kind::Group, stage.label + ": kept as undecided", *stage.undecided);
    if (stage.waiting && stage.waiting->n != 0)
      screened.line(Kind::Group, stage.label + ": waiting for a decision", *stage.waiting);
  }
  const Box all = excludedAtAll(lane.stages);
  if (wording.hideZero && all.total.n == 0) return out.push_back({screened.card(), {}});
  Writer excluded("other-excluded", "Records excluded before their reports were sought, by stage and reason", wording);
  excluded.heading("Records excluded", all.total).actors(all);
  for (const Stage& stage : lane.stages) {
    if (stage.excluded.total.n == 0) continue;
    excluded.line(Kind::Group, stage.label, stage.excluded.total);
    for (const Item& item : stage.excluded.items) excluded.line(Kind::Item, item.label, item.count);
  }
  out.push_back({screened.card(), excluded.card()});
}

void addScreening(const Lane& lane, const Wording& wording, std::vector<CardPair>& out) {
  if (wording.isCompact()) return out.push_back(compactScreening(lane, "db", wording));
  // The first stage begins with the records screened; where the two differ (drawn although inconsistent), both show.
  const bool showsScreened = lane.stages.empty() || (lane.screened && lane.screened->n != lane.stages.front().in.n);
  if (showsScreened) {
    Writer write("db-screened", "Records left after removal, whose title and abstract were judged", wording);
    write.heading("Records screened", lane.screened.value_or(Count{}));
    out.push_back({write.card(), lane.excluded ? excludedRecords("db-excluded", *lane.excluded, wording) : Card{}});
  }
  for (std::size_t i = 0; i < lane.stages.size(); ++i) out.push_back(stagePair(lane.stages[i], i + 1, wording));
}

void addReports(const Lane& lane, const std::string& prefix, const Wording& wording, std::vector<CardPair>& out) {
  Writer sought(prefix + "-sought", "Reports whose full text was looked for", wording);
  sought.heading("Reports sought for retrieval", lane.sought);
  Writer missing(prefix + "-not-retrieved", "Reports whose full text could not be had", wording);
  if (!wording.hideZero || lane.notRetrieved.n != 0) missing.heading("Reports not retrieved", lane.notRetrieved);
  out.push_back({sought.card(), missing.card()});

  Writer assessed(prefix + "-assessed", "Reports whose full text was read against the criteria", wording);
  assessed.heading("Reports assessed for eligibility", lane.assessed);
  if (lane.waiting && lane.waiting->n != 0) assessed.line(Kind::Group, "Waiting for a decision", *lane.waiting);
  Writer excluded(prefix + "-excluded-reports", "Reports excluded at full text, by reason", wording);
  const Box& box = lane.excludedReports;
  if (!wording.hideZero || box.total.n != 0) excluded.heading("Reports excluded", box.total).actors(box).exits(box);
  out.push_back({assessed.card(), excluded.card()});
}

}  // namespace

std::string inBrackets(const Count& count) {
  std::string out = std::string("(n") + kNoBreak + "=" + kNoBreak + picture::grouped(count.n);
  for (std::size_t w = 0; w < count.waves.size(); ++w)
    out += std::string(w == 0 ? ":" : "\u00A0+") + kNoBreak + picture::grouped(count.waves[w]);
  return out + ")";
}

std::string removalLine(const std::string& label) {
  if (label == "duplicates") return "Duplicate records";
  if (label == "automation") return "Records marked as ineligible by automation tools";
  return label == "other" ? "Records removed for other reasons" : label;
}

std::string byWhom(const Actors& by) {
  return picture::grouped(by.human) + " by a reader, " + picture::grouped(by.automation) + " by automation";
}

std::vector<CardPair> databaseCards(const Lane& lane, const Wording& wording) {
  std::vector<CardPair> out;
  out.push_back({identifiedFromDatabases(lane, wording), removed(lane, "db", wording)});
  addScreening(lane, wording, out);
  addReports(lane, "db", wording, out);
  return out;
}

std::vector<CardPair> otherCards(const Lane& lane, const Wording& wording) {
  Writer write("other-identified", "Records found by other ways than searching databases and registers", wording);
  write.heading("Records identified from other methods", lane.identified.total).actors(lane.identified);
  std::vector<CardPair> out;
  out.push_back({write.items(lane.identified).card(), removed(lane, "other", wording)});
  addOtherScreening(lane, wording, out);
  addReports(lane, "other", wording, out);
  return out;
}

Card includedCard(const Flow& flow, const Wording& wording) {
  Count reports = flow.db ? flow.db->includedReports : flow.other->includedReports;
  if (flow.db && flow.other) reports = sumOf(reports, flow.other->includedReports);
  Writer write("included", "Studies of the review; a study may have several reports", wording);
  const bool isUpdate = flow.previous.has_value();
  if (flow.included) {
    write.heading(isUpdate ? "New studies included in review" : "Studies included in review",
                  {flow.included->studies, {}});
    write.heading(isUpdate ? "Reports of new included studies" : "Reports of included studies",
                  {flow.included->reports, {}});
  } else {
    write.heading("Reports included", {reports.n, {}});
  }
  if (flow.db && flow.other) {
    write.line(Kind::Group, "via databases and registers", {flow.db->includedReports.n, {}});
    write.line(Kind::Group, "via other methods", {flow.other->includedReports.n, {}});
  }
  if (!reports.waves.empty()) write.remark("reports by wave: " + waveShares(reports, wording));
  return write.card();
}

Card previousCard(const Included& previous) {
  const Wording plain;
  Writer write("previous", "What the version before this update included", plain);
  write.heading("Studies included in previous version of review", {previous.studies, {}});
  return write.heading("Reports of studies included in previous version of review", {previous.reports, {}}).card();
}

Card totalCard(const Included& total) {
  const Wording plain;
  Writer write("total", "The previous version and this update together", plain);
  write.heading("Total studies included in review", {total.studies, {}});
  return write.heading("Reports of total included studies", {total.reports, {}}).card();
}

}  // namespace winnow::prisma
