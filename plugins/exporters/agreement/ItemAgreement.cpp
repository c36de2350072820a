#include "ItemAgreement.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include <nlohmann/json.hpp>

#include "Table.hpp"

namespace winnow::agreement {

namespace {

using Json = nlohmann::ordered_json;
using Values = std::set<std::string>;

constexpr const char* kNoAnswer = "(no answer)";

std::string folded(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool isBlank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (isBlank && (out.empty() || out.back() == ' ')) continue;
    out += isBlank ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

bool isClosed(const std::string& type) { return type == "one-of" || type == "any-of" || type == "yes-no"; }

/// The answers as they are compared: of a closed list without the words behind the choice ("others: a diary study").
Values comparable(const Json& answers, bool isOfList) {
  Values values;
  for (const Json& answer : answers) {
    const std::string text = answer.get<std::string>();
    values.insert(folded(isOfList ? text.substr(0, text.find_first_of(":;,")) : text));
  }
  return values;
}

std::string labelOf(const Values& values) { return values.empty() ? kNoAnswer : *values.begin(); }

std::optional<double> numberIn(const Values& values) {
  if (values.size() != 1) return std::nullopt;
  const std::string& text = *values.begin();
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// One answer a record: a table of the values that were given.
Agreement agreementOfOne(const std::vector<std::pair<Values, Values>>& pairs) {
  std::vector<std::pair<std::string, std::string>> labels;
  std::set<std::string> used;
  for (const auto& [a, b] : pairs) {
    labels.emplace_back(labelOf(a), labelOf(b));
    used.insert({labelOf(a), labelOf(b)});
  }
  std::vector<std::string> categories(used.begin(), used.end());
  if (categories.size() == 1) categories.emplace_back("(any other)");  // a table has two categories at least
  return agreementOf(tableOf(labels, categories));
}

/// Several answers a record: for each value, who gave it and who did not.
void addValues(const Json& item, const std::vector<std::pair<Values, Values>>& pairs, ItemAgreement& out) {
  std::vector<std::pair<std::string, std::string>> names;  // as compared, as written
  for (const Json& value : item.value("values", Json::array()))
    names.emplace_back(folded(value.get<std::string>()), value.get<std::string>());
  for (const auto& [value, name] : names) {
    std::vector<std::pair<std::string, std::string>> labels;
    for (const auto& [a, b] : pairs)
      labels.emplace_back(a.count(value) != 0 ? "given" : "not given", b.count(value) != 0 ? "given" : "not given");
    out.lists.emplace_back(name, agreementOf(tableOf(labels, {"given", "not given"})));
  }
}

void addNumbers(const std::vector<std::pair<Values, Values>>& pairs, ItemAgreement& out) {
  std::vector<std::vector<double>> ratings;
  for (const auto& [a, b] : pairs)
    if (const auto first = numberIn(a), second = numberIn(b); first && second) ratings.push_back({*first, *second});
  out.numbers = ratings.size();
  out.number = numberAgreementOf(ratings);
}

ItemAgreement itemAgreementOf(const Json& item) {
  ItemAgreement out;
  out.id = item.at("id").get<std::string>();
  out.label = item.at("label").get<std::string>();
  out.type = item.at("type").get<std::string>();
  out.isPrefilled = !item.value("from", "").empty();
  std::vector<std::pair<Values, Values>> pairs;
  for (const Json& pair : item.at("pairs"))
    pairs.emplace_back(comparable(pair.at("first"), isClosed(out.type)),
                       comparable(pair.at("second"), isClosed(out.type)));
  out.n = pairs.size();
  out.equal = static_cast<std::uint64_t>(
      std::count_if(pairs.begin(), pairs.end(), [](const auto& pair) { return pair.first == pair.second; }));
  if (pairs.empty()) return out;
  out.share = static_cast<double>(out.equal) / static_cast<double>(out.n);
  out.wilson = wilsonInterval(out.equal, out.n);
  if (out.type == "any-of")
    addValues(item, pairs, out);
  else if (isClosed(out.type))
    out.lists.emplace_back(out.label, agreementOfOne(pairs));
  if (out.type == "number" || out.type == "decimal") addNumbers(pairs, out);
  return out;
}

std::string chanceCorrected(const ItemAgreement& item) {
  std::string text;
  for (const auto& [name, agreement] : item.lists)
    text += (text.empty() ? "" : "; ") + std::string(item.lists.size() == 1 ? "" : name + ": ") + "kappa " +
            shown(agreement.kappa) + shown(agreement.kappaWald) + ", AC1 " + shown(agreement.ac1);
  if (item.type == "number" || item.type == "decimal")
    text += "ICC " + shown(item.number.icc) + shown(item.number.interval) + " (" + std::to_string(item.numbers) +
            " pairs of numbers)";
  return text.empty() ? "not defined for free answers" : text;
}

/// A cell of a Markdown table.
std::string cell(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
  return text;
}

std::string headingOf(const ItemAgreement& item) { return item.id.empty() ? item.label : item.id + ". " + item.label; }

/// The share of equal answers, and what is corrected for chance, in words.
std::pair<std::string, std::string> figuresOf(const ItemAgreement& item) {
  if (item.isPrefilled) return {"prefilled", ""};
  if (item.n == 0) return {"nobody answered", ""};
  return {shown(item.share, 100, " %") + shown(item.wilson, 100, " %"), chanceCorrected(item)};
}

}  // namespace

std::vector<ItemAgreement> itemAgreementsOf(const Json& form) {
  std::vector<ItemAgreement> items;
  for (const Json& item : form.at("items")) items.push_back(itemAgreementOf(item));
  return items;
}

std::string toJson(const ItemAgreement& item) {
  std::string out = "{\"id\": " + Json(item.id).dump() + ", \"label\": " + Json(item.label).dump() + ", \"type\": \"" +
                    item.type + "\", \"prefilled\": " + (item.isPrefilled ? "true" : "false") +
                    ", \"n\": " + std::to_string(item.n) + ", \"equal\": " + std::to_string(item.equal) +
                    ", \"percent_agreement\": " + number(item.share) + ", \"pa_wilson\": " + interval(item.wilson);
  if (!item.lists.empty()) {
    out += ", \"lists\": {";
    for (std::size_t i = 0; i < item.lists.size(); ++i)
      out += (i == 0 ? "" : ", ") + Json(item.lists[i].first).dump() + ": " + toJson(item.lists[i].second);
    out += "}";
  }
  if (item.type == "number" || item.type == "decimal")
    out += ", \"number_pairs\": " + std::to_string(item.numbers) + ", \"icc_a1\": " + number(item.number.icc) +
           ", \"icc_a1_ci\": " + interval(item.number.interval);
  return out + "}";
}

std::string toRow(const ItemAgreement& item) {
  const auto [equal, corrected] = figuresOf(item);
  return "| " + cell(headingOf(item)) + " | " + std::to_string(item.n) + " | " + equal + " | " + cell(corrected) +
         (corrected.empty() ? "|\n" : " |\n");
}

table::Grid gridOfItems(const Json& charting) {
  table::Grid grid;
  grid.caption = "Agreement of the readers on each charted item, before any joint answer";
  grid.columns = {{"Form", 1, false},     {"Readers", 1, false},           {"Item", 2, false},
                  {"Records", 0.7, true}, {"Equal (95 % CI)", 1.3, false}, {"Corrected for chance", 2.5, false}};
  grid.notes = {
      "Equal: without case and blanks, with Wilson's interval. Records that both charted and at least one answered."};
  if (charting.is_object())
    for (const Json& form : charting.at("forms")) {
      const Json& readers = form.at("readers");
      const std::string both = readers.at(0).get<std::string>() + ", " + readers.at(1).get<std::string>();
      for (const ItemAgreement& item : itemAgreementsOf(form)) {
        const auto [equal, corrected] = figuresOf(item);
        grid.rows.push_back({{form.at("form").get<std::string>()},
                             {both},
                             {headingOf(item)},
                             {std::to_string(item.n)},
                             {equal},
                             {corrected}});
      }
    }
  if (grid.rows.empty()) grid.notes.push_back("No form was charted by two readers.");
  return grid;
}

}  // namespace winnow::agreement
