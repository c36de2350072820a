#include "Table.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <map>
#include <set>
#include <stdexcept>

namespace winnow::agreement {

namespace {

using Rows = std::vector<std::vector<std::string>>;

/// RFC 4180, small: cells of every line that is not blank.
Rows parseCsv(std::string_view csv) {
  Rows rows;
  std::vector<std::string> row;
  std::string cell;
  bool quoted = false, any = false;
  const auto endCell = [&] {
    row.push_back(std::move(cell));
    cell.clear();
  };
  const auto endRow = [&] {
    endCell();
    if (any) rows.push_back(std::move(row));
    row.clear();
    any = false;
  };
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (quoted) {
      if (c == '"' && i + 1 < csv.size() && csv[i + 1] == '"')
        cell += csv[++i];
      else if (c == '"')
        quoted = false;
      else
        cell += c;
    } else if (c == '"') {
      quoted = any = true;
    } else if (c == ',') {
      any = true;
      endCell();
    } else if (c == '\n') {
      endRow();
    } else if (c != '\r') {
      any = any || c != ' ';
      cell += c;
    }
  }
  endRow();
  return rows;
}

[[noreturn]] void refuse(std::size_t row, std::size_t column, const std::string& what) {
  throw std::invalid_argument("row " + std::to_string(row + 1) + ", column " + std::to_string(column + 1) + ": " +
                              what);
}

Table countsTable(const Rows& rows) {
  Table table;
  table.categories.assign(rows[0].begin() + 1, rows[0].end());
  const std::size_t q = table.categories.size();
  if (q < 2) refuse(0, 1, "two categories or more are needed");
  if (rows.size() != q + 1)
    refuse(rows.size() - 1, 0, "one row a category is needed, " + std::to_string(q) + " in all");
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].size() != q + 1) refuse(i, rows[i].size() - 1, std::to_string(q) + " counts are needed");
    if (rows[i][0] != table.categories[i - 1])
      refuse(i, 0,
             "'" + rows[i][0] + "' stands where '" + table.categories[i - 1] +
                 "' must: rows have the order of the columns");
    table.counts.emplace_back();
    for (std::size_t j = 1; j <= q; ++j) {
      std::uint64_t count = 0;
      const std::string& text = rows[i][j];
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
      if (error != std::errc() || end != text.data() + text.size()) refuse(i, j, "'" + text + "' is no count");
      table.counts.back().push_back(count);
    }
  }
  return table;
}

Table labelsTable(const Rows& rows, const std::vector<std::string>& categories) {
  if (rows[0].size() != 3) refuse(0, rows[0].size() - 1, "the columns are record_id, rater_a, rater_b");
  std::set<std::string> seen;
  std::vector<std::pair<std::string, std::string>> pairs;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].size() != 3) refuse(i, rows[i].size() - 1, "three cells are needed");
    if (!seen.insert(rows[i][0]).second) refuse(i, 0, "the record '" + rows[i][0] + "' stands twice");
    for (const std::size_t j : {std::size_t{1}, std::size_t{2}})
      if (!categories.empty() && !rows[i][j].empty() &&
          std::find(categories.begin(), categories.end(), rows[i][j]) == categories.end())
        refuse(i, j, "'" + rows[i][j] + "' is none of the categories");
    if (!rows[i][1].empty() && !rows[i][2].empty()) pairs.emplace_back(rows[i][1], rows[i][2]);
  }
  return tableOf(pairs, categories);
}

}  // namespace

std::string number(const Figure& figure) {
  if (!figure) return "null";
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.17g", *figure);
  return buffer;
}
std::string interval(const Interval& value) {
  return value ? "[" + number(value->first) + ", " + number(value->second) + "]" : std::string("[null, null]");
}

std::string shown(const Figure& figure, double scale, const char* unit) {
  if (!figure) return "not defined";
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, scale == 100 ? "%.1f%s" : "%.3f%s", *figure * scale, unit);
  return buffer;
}
std::string shown(const Interval& value, double scale, const char* unit) {
  return value
             ? " [" + shown(Figure(value->first), scale, unit) + ", " + shown(Figure(value->second), scale, unit) + "]"
             : std::string();
}

Table tableOf(const std::vector<std::pair<std::string, std::string>>& pairs,
              const std::vector<std::string>& categories) {
  Table table;
  table.categories = categories;
  if (categories.empty()) {
    std::set<std::string> used;
    for (const auto& [a, b] : pairs) used.insert({a, b});
    for (const char* usual : {"include", "maybe", "exclude"})
      if (used.erase(usual) != 0) table.categories.emplace_back(usual);
    table.categories.insert(table.categories.end(), used.begin(), used.end());
    for (const char* usual : {"include", "exclude"})  // all of one category is still a table of two
      if (table.categories.size() < 2 &&
          std::find(table.categories.begin(), table.categories.end(), usual) == table.categories.end())
        table.categories.emplace_back(usual);
  }
  table.counts.assign(table.categories.size(), std::vector<std::uint64_t>(table.categories.size()));
  const auto index = [&](const std::string& label) {
    return static_cast<std::size_t>(std::find(table.categories.begin(), table.categories.end(), label) -
                                    table.categories.begin());
  };
  for (const auto& [a, b] : pairs) {
    if (index(a) >= table.categories.size() || index(b) >= table.categories.size())
      throw std::invalid_argument("'" + a + "', '" + b + "': a label that is no category");
    ++table.counts[index(a)][index(b)];
  }
  return table;
}

Table readTable(std::string_view csv, const std::vector<std::string>& categories) {
  if (csv.substr(0, 3) == "\xEF\xBB\xBF") csv.remove_prefix(3);
  const Rows rows = parseCsv(csv);
  if (rows.empty()) throw std::invalid_argument("row 1, column 1: the table is empty");
  if (rows[0][0] == "counts") return countsTable(rows);
  if (rows[0][0] == "record_id") return labelsTable(rows, categories);
  refuse(0, 0, "'" + rows[0][0] + "' is neither 'counts' nor 'record_id'");
}

std::string toJson(const Agreement& a) {
  std::string out = "{\"n\": " + std::to_string(a.n);
  const auto add = [&](const char* key, const std::string& value) {
    out += std::string(", \"") + key + "\": " + value;
  };
  add("percent_agreement", number(a.percentAgreement));
  add("pa_wilson", interval(a.wilson));
  add("pa_clopper_pearson", interval(a.clopperPearson));
  add("pe", number(a.expected));
  add("kappa", number(a.kappa));
  add("kappa_se", number(a.kappaSe));
  add("kappa_se0", number(a.kappaSe0));
  add("kappa_ci_wald", interval(a.kappaWald));
  add("kappa_max", number(a.kappaMax));
  add("bennett_s", number(a.bennettS));
  add("bp_se", number(a.bennettSe));
  add("scott_pi", number(a.scottPi));
  add("krippendorff_alpha_nominal", number(a.krippendorffAlpha));
  add("gwet_ac1", number(a.ac1));
  add("gwet_ac1_pe", number(a.ac1Expected));
  add("gwet_ac1_se", number(a.ac1Se));
  add("gwet_ac1_ci_t", interval(a.ac1T));
  add("kappa_weighted_linear", number(a.weightedLinear));
  add("kappa_weighted_quadratic", number(a.weightedQuadratic));
  if (a.isTwoByTwo) {
    add("pabak", number(a.pabak));
    add("prevalence_index", number(a.prevalence));
    add("bias_index", number(a.bias));
    add("positive_agreement", number(a.positive));
    add("negative_agreement", number(a.negative));
    add("mcnemar_chi2_nocc", number(a.mcnemar));
    add("mcnemar_exact_p", number(a.mcnemarExact));
  }
  add("kappa_status", a.kappa ? "\"ok\"" : "\"undefined\"");
  return out + "}\n";
}

std::string toText(const Table& table, const Agreement& a, std::string_view first, std::string_view second) {
  std::string out = "| " + std::string(first) + " \\ " + std::string(second) + " |";
  for (const std::string& category : table.categories) out += " " + category + " |";
  out += "\n|---|";
  for (std::size_t i = 0; i < table.categories.size(); ++i) out += "---|";
  for (std::size_t i = 0; i < table.categories.size(); ++i) {
    out += "\n| " + table.categories[i] + " |";
    for (const std::uint64_t count : table.counts[i]) out += " " + std::to_string(count) + " |";
  }
  out += "\n\n- records read by both: " + std::to_string(a.n) + "\n";
  if (a.n == 0) return out + "- no figure is defined\n";
  out += "- percent agreement: " + shown(a.percentAgreement, 100, " %") + shown(a.wilson, 100, " %") + " (Wilson)\n";
  out += "- Cohen's kappa: " + shown(a.kappa) + shown(a.kappaWald) +
         (a.kappa ? "" : ": both used one and the same category") + "\n";
  out += a.isTwoByTwo ? "- PABAK: " + shown(a.pabak) + "\n" : "- Bennett's S: " + shown(a.bennettS) + "\n";
  out += "- Gwet's AC1: " + shown(a.ac1) + shown(a.ac1T) + "\n";
  if (a.n < 200) out += "- fewer than 200 records: the intervals are wide; report them, not the figure alone\n";
  return out;
}

}  // namespace winnow::agreement
