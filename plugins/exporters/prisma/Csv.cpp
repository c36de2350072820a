#include <algorithm>
#include <optional>
#include <string_view>

#include "Tables.hpp"

namespace winnow::prisma {

namespace {

constexpr const char* kNone = "NA";

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// The template's three boxes for other methods; what fits none joins the organisations.
enum class OtherRow { Websites, Organisations, Citations, Unknown };
OtherRow rowOf(const std::string& label) {
  const std::string text = lower(label);
  if (contains(text, "website") || contains(text, "web site") || contains(text, "web search"))
    return OtherRow::Websites;
  if (contains(text, "organi")) return OtherRow::Organisations;
  if (contains(text, "citation") || contains(text, "reference list") || contains(text, "snowball"))
    return OtherRow::Citations;
  return OtherRow::Unknown;
}

std::string quoteCell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out.append(c == '"' ? 2 : 1, c);
  return out + "\"";
}

std::string number(const std::optional<Count>& count) { return count ? std::to_string(count->n) : kNone; }
std::string number(std::int64_t n) { return std::to_string(n); }

struct Row {
  std::string data, node, box, description, boxText, n;
};

class CsvWriter {
 public:
  CsvWriter(const Flow& flow, const Appearance& appearance, std::vector<Remark>& remarks)
      : flow_(flow), appearance_(appearance), remarks_(remarks) {}

  std::string write() {
    headings();
    identification();
    screening();
    reports();
    end();
    std::string out = "data,node,box,description,boxtext,tooltips,url,n\n";
    for (const Row& row : rows_) {
      const std::string url = row.data == kNone ? row.box + ".html" : row.node == kNone ? kNone : row.data + ".html";
      for (const std::string* cell : {&row.data, &row.node, &row.box, &row.description, &row.boxText, &row.description})
        out += quoteCell(*cell) + ",";
      out += url + "," + quoteCell(row.n) + "\n";
    }
    changedLabels();
    if (const std::int64_t waiting = waitingIn(flow_); waiting != 0)
      remarks_.push_back({"prisma.csv-no-row",
                          "the PRISMA2020 template has no row for records that wait for a decision",
                          "left out: " + number(waiting)});
    return out;
  }

 private:
  void add(std::string data, std::string node, std::string box, std::string description, std::string boxText,
           std::string n) {
    rows_.push_back(
        {std::move(data), std::move(node), std::move(box), std::move(description), std::move(boxText), std::move(n)});
  }
  std::optional<Count> screened() const { return flow_.db ? flow_.db->screened : std::nullopt; }

  void headings() {
    add(kNone, "node4", "prevstud", "Grey title box: previous studies" + warning(), "Previous studies", kNone);
    const auto& previous = flow_.previous;
    add("previous_studies", "node5", "box1", "Studies included in previous version of review",
        "Studies included in previous version of review", previous ? number(previous->studies) : kNone);
    add("previous_reports", kNone, "box1", "Reports of studies included in previous version of review",
        "Reports of studies included in previous version of review", previous ? number(previous->reports) : kNone);
    add(kNone, "node6", "newstud", "Title box: identification of new studies via databases and registers",
        "Identification of new studies via databases and registers", kNone);
  }
  std::string warning() const { return appearance_.banner.empty() ? "" : ". " + appearance_.banner; }

  void identification() {
    const Box none;
    const Box& box = flow_.db ? flow_.db->identified : none;
    const auto isRegister = [&](std::size_t i) { return static_cast<bool>(flow_.db->isRegister[i]); };
    const auto isDatabase = [&](std::size_t i) { return !flow_.db->isRegister[i]; };
    add("database_results", "node7", "box2", "Records identified from: Databases", "Databases",
        number(sumIf(box, isDatabase)));
    add("database_specific_results", kNone, "box2", "Records identified from: specific databases", "Specific databases",
        pairs(box, isDatabase));
    add("register_results", kNone, "box2", "Records identified from: Registers", "Registers",
        number(sumIf(box, isRegister)));
    add("register_specific_results", kNone, "box2", "Records identified from: specific registers", "Specific registers",
        hasRegisters(box) ? pairs(box, isRegister) : kNone);
    otherMethods();
    const Box& removed = flow_.db && flow_.db->removed ? *flow_.db->removed : none;
    const auto named = [&](const char* name) {
      return sumIf(removed, [&](std::size_t i) { return removed.items[i].label == name; });
    };
    const Count duplicates = named("duplicates"), automation = named("automation");
    add("duplicates", "node8", "box3", "Duplicate records", "Duplicate records", number(duplicates));
    add("excluded_automatic", kNone, "box3", "Records marked as ineligible by automation tools",
        "Records marked as ineligible by automation tools", number(automation));
    add("excluded_other", kNone, "box3", "Records removed for other reasons",
        "Records removed for other reasons" + inParentheses(ownRemovals(removed), "excluded_other"),
        number(removed.total.n - duplicates.n - automation.n));
  }

  bool hasRegisters(const Box& box) const {
    for (std::size_t i = 0; i < box.items.size(); ++i)
      if (flow_.db->isRegister[i]) return true;
    return false;
  }

  void otherMethods() {
    add(kNone, "node16", "othstud", "Grey title box: identification of new studies via other methods",
        "Identification of new studies via other methods", kNone);
    const Box none;
    const Box& box = flow_.other ? flow_.other->identified : none;
    const auto sum = [&](OtherRow row) {
      const Count count = sumIf(box, [&](std::size_t i) { return rowOf(box.items[i].label) == row; });
      return flow_.other ? count.n : 0;
    };
    std::vector<std::string> added;
    for (const Item& item : box.items)
      if (rowOf(item.label) == OtherRow::Unknown) added.push_back(item.label);
    const auto cell = [&](std::int64_t n) { return flow_.other ? number(n) : kNone; };
    add("website_results", "node17", "box11", "Records identified from: Websites", "Websites",
        cell(sum(OtherRow::Websites)));
    add("organisation_results", kNone, "box11", "Records identified from: Organisations",
        "Organisations" + inParentheses(added, "organisation_results"),
        cell(sum(OtherRow::Organisations) + sum(OtherRow::Unknown)));
    add("citations_results", kNone, "box11", "Records identified from: Citation searching", "Citation searching",
        cell(sum(OtherRow::Citations)));
    if (flow_.other && flow_.other->removed && flow_.other->removed->total.n != 0)
      remarks_.push_back({"prisma.csv-no-row",
                          "the PRISMA2020 template has no row for records of other methods that were removed",
                          "left out: " + number(flow_.other->removed->total.n)});
    std::int64_t excluded = 0;
    if (flow_.other)
      for (const Stage& stage : flow_.other->stages) excluded += stage.excluded.total.n;
    if (excluded != 0)
      remarks_.push_back({"prisma.csv-no-row",
                          "the PRISMA2020 template has no row for records of other methods that were excluded before "
                          "their reports were sought",
                          "left out: " + number(excluded)});
  }

  void screening() {
    std::int64_t excluded = 0;
    std::vector<std::string> stages;
    if (flow_.db && flow_.db->excluded) excluded = flow_.db->excluded->total.n;
    if (flow_.db)
      for (const Stage& stage : flow_.db->stages) {
        excluded += stage.excluded.total.n;
        stages.push_back(stage.label + ": " + std::to_string(stage.excluded.total.n));
      }
    if (stages.size() == 1) stages.clear();
    add("records_screened", "node9", "box4", "Records screened (databases and registers)", "Records screened",
        number(screened()));
    add("records_excluded", "node10", "box5", "Records excluded (databases and registers)",
        "Records excluded" + inParentheses(stages, "records_excluded"), number(excluded));
  }

  void reports() {
    const auto laneNumber = [](const std::optional<Lane>& lane, Count Lane::*member) {
      return lane ? number(((*lane).*member).n) : std::string(kNone);
    };
    const auto reasons = [&](const std::optional<Lane>& lane) {
      return lane ? pairs(lane->excludedReports, [](std::size_t) { return true; }) : std::string(kNone);
    };
    add("dbr_sought_reports", "node11", "box6", "Reports sought for retrieval (databases and registers)",
        "Reports sought for retrieval", laneNumber(flow_.db, &Lane::sought));
    add("dbr_notretrieved_reports", "node12", "box7", "Reports not retrieved (databases and registers)",
        "Reports not retrieved", laneNumber(flow_.db, &Lane::notRetrieved));
    add("other_sought_reports", "node18", "box12", "Reports sought for retrieval (other)",
        "Reports sought for retrieval", laneNumber(flow_.other, &Lane::sought));
    add("other_notretrieved_reports", "node19", "box13", "Reports not retrieved (other)", "Reports not retrieved",
        laneNumber(flow_.other, &Lane::notRetrieved));
    add("dbr_assessed", "node13", "box8", "Reports assessed for eligibility (databases and registers)",
        "Reports assessed for eligibility", laneNumber(flow_.db, &Lane::assessed));
    add("dbr_excluded", "node14", "box9", "Reports excluded (databases and registers)", "Reports excluded",
        reasons(flow_.db));
    add("other_assessed", "node20", "box14", "Reports assessed for eligibility (other)",
        "Reports assessed for eligibility", laneNumber(flow_.other, &Lane::assessed));
    add("other_excluded", "node21", "box15", "Reports excluded (other)", "Reports excluded", reasons(flow_.other));
  }

  void end() {
    const Included included = flow_.included.value_or(Included{});
    const Included total = flow_.total.value_or(included);
    add("new_studies", "node15", "box10", "New studies included in review", "New studies included in review",
        number(included.studies));
    add("new_reports", kNone, "box10", "Reports of new included studies", "Reports of new included studies",
        number(included.reports));
    add("total_studies", "node22", "box16", "Total studies included in review", "Total studies included in review",
        number(total.studies));
    add("total_reports", kNone, "box16", "Reports of total included studies", "Reports of total included studies",
        number(total.reports));
    add("identification", "node1", "identification", "Blue identification box", "Identification", kNone);
    add("screening", "node2", "screening", "Blue screening box", "Screening", kNone);
    add("included", "node3", "included", "Blue included box", "Included", kNone);
    add("total_studies_ma", "node23", "box17", "Total studies included in meta-analysis",
        "Total studies included in meta-analysis", kNone);
    add("total_reports_ma", kNone, "box17", "Reports of total studies included in meta-analysis",
        "Reports of total studies included in meta-analysis", kNone);
  }

  /// "name, n; name, n". The application splits at both signs, so that a label cannot hold them; a first sign that a
  /// spreadsheet would take for a formula is guarded.
  template <class Takes>
  std::string pairs(const Box& box, Takes&& takes) {
    std::string out;
    for (std::size_t i = 0; i < box.items.size(); ++i) {
      if (!takes(i)) continue;
      std::string label = box.items[i].label.empty() ? "(no label)" : box.items[i].label;
      std::replace(label.begin(), label.end(), ',', ' ');
      std::replace(label.begin(), label.end(), ';', '/');
      if (out.empty() && std::string_view("=+-@").find(label[0]) != std::string_view::npos) label.insert(0, "'");
      if (label != box.items[i].label) changed_.push_back(box.items[i].label);
      out += (out.empty() ? "" : "; ") + label + ", " + number(box.items[i].count.n);
    }
    return out;
  }

  static std::vector<std::string> ownRemovals(const Box& removed) {
    std::vector<std::string> own;
    for (const Item& item : removed.items)
      if (item.label != "duplicates" && item.label != "automation" && item.label != "other")
        own.push_back(item.label + ": " + number(item.count.n));
    return own;
  }

  /// " (a, b)" for what the template has no row for, with a remark.
  std::string inParentheses(const std::vector<std::string>& parts, const std::string& row) {
    if (parts.empty()) return {};
    std::string list;
    for (const std::string& part : parts) list += (list.empty() ? "" : "; ") + part;
    remarks_.push_back({"prisma.csv-no-row", "the PRISMA2020 template has no row for '" + list + "'",
                        "counted in '" + row + "' and named in its box text"});
    return " (including " + list + ")";
  }

  void changedLabels() {
    for (const std::string& label : changed_)
      remarks_.push_back({"prisma.csv-label", "the PRISMA2020 application cannot read the label '" + label + "'",
                          "written with ',' as a space and ';' as '/'; the exact label is in the flow document"});
  }

  const Flow& flow_;
  const Appearance& appearance_;
  std::vector<Remark>& remarks_;
  std::vector<Row> rows_;
  std::vector<std::string> changed_;
};

}  // namespace

std::string writeCsv(const Flow& flow, const Appearance& appearance, std::vector<Remark>& remarks) {
  return CsvWriter(flow, appearance, remarks).write();
}

}  // namespace winnow::prisma
