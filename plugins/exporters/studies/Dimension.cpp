#include "Dimension.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <stdexcept>

namespace winnow::studies {

namespace {

constexpr std::size_t kMostTextValues = 40;
constexpr int kLongestRunOfYears = 120;

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first));
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return text;
}

/// The values of one answer: of a list the part before a colon ("others: diaries"), of yes/no its first word, of a text
/// what stands between semicolons.
std::vector<std::string> valuesOf(const FormItem& item, const std::string& answer) {
  if (item.type == FormItem::Type::yesNo) return {lower(trimmed(answer.substr(0, answer.find_first_of(":;,"))))};
  if (item.type == FormItem::Type::oneOf || item.type == FormItem::Type::anyOf) {
    for (const std::string& value : item.values)
      if (value == answer) return {value};
    return {trimmed(answer.substr(0, answer.find(':')))};
  }
  std::vector<std::string> values;
  for (std::size_t begin = 0; begin <= answer.size();) {
    const std::size_t end = std::min(answer.find(';', begin), answer.size());
    if (std::string value = trimmed(std::string_view(answer).substr(begin, end - begin)); !value.empty())
      values.push_back(std::move(value));
    begin = end + 1;
  }
  return values;
}

/// Sorts studies into values that may grow.
class Sorter {
 public:
  Sorter(std::string name, std::vector<std::string> known, std::size_t studies) {
    out_.name = std::move(name);
    out_.values = std::move(known);
    out_.of.resize(studies);
    for (std::size_t i = 0; i < out_.values.size(); ++i) index_.emplace(out_.values[i], i);
  }
  void add(std::size_t study, const std::string& value) {
    if (value.empty()) return;
    const auto [found, isNew] = index_.try_emplace(value, out_.values.size());
    if (isNew) out_.values.push_back(value);
    auto& of = out_.of[study];
    const auto at = static_cast<std::uint32_t>(found->second);
    if (const auto place = std::lower_bound(of.begin(), of.end(), at); place == of.end() || *place != at)
      of.insert(place, at);
  }
  Dimension take() {
    if (std::any_of(out_.of.begin(), out_.of.end(), [](const auto& of) { return of.empty(); })) {
      const auto last = static_cast<std::uint32_t>(out_.values.size());
      out_.values.emplace_back(kNotCharted);
      for (auto& of : out_.of)
        if (of.empty()) of = {last};
    }
    return std::move(out_);
  }

 private:
  Dimension out_;
  std::map<std::string, std::size_t> index_;
};

/// Values in another order; `order[new] = old`.
void reorder(Dimension& dimension, const std::vector<std::size_t>& order) {
  std::vector<std::string> values;
  std::vector<std::uint32_t> place(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    values.push_back(dimension.values[order[i]]);
    place[order[i]] = static_cast<std::uint32_t>(i);
  }
  dimension.values = std::move(values);
  for (auto& of : dimension.of) {
    for (std::uint32_t& value : of) value = place[value];
    std::sort(of.begin(), of.end());
  }
}

/// The most frequent first, equal ones by name; what was not charted stays last.
void sortByCount(Dimension& dimension) {
  std::vector<std::size_t> counts(dimension.values.size()), order(dimension.values.size());
  for (const auto& of : dimension.of)
    for (const std::uint32_t value : of) ++counts[value];
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const bool lastA = dimension.values[a] == kNotCharted, lastB = dimension.values[b] == kNotCharted;
    if (lastA != lastB) return lastB;
    return counts[a] != counts[b] ? counts[a] > counts[b] : dimension.values[a] < dimension.values[b];
  });
  reorder(dimension, order);
}

/// Years ascending; years without a study between the first and the last are values, too, for their absence is news.
Dimension years(const std::vector<Study>& studies) {
  std::map<int, std::vector<std::size_t>> byYear;
  for (std::size_t i = 0; i < studies.size(); ++i) {
    int year = 0;
    const std::string& text = studies[i].year;
    if (std::from_chars(text.data(), text.data() + text.size(), year).ec == std::errc() && year > 0)
      byYear[year].push_back(i);
  }
  std::vector<std::string> values;
  if (!byYear.empty()) {
    const int first = byYear.begin()->first, last = byYear.rbegin()->first;
    if (last - first <= kLongestRunOfYears)
      for (int year = first; year <= last; ++year) values.push_back(std::to_string(year));
    else
      for (const auto& [year, list] : byYear) values.push_back(std::to_string(year));
  }
  Sorter sorter("Year of publication", std::move(values), studies.size());
  for (const auto& [year, list] : byYear)
    for (const std::size_t study : list) sorter.add(study, std::to_string(year));
  return sorter.take();
}

Dimension waves(const std::vector<Study>& studies) {
  Sorter sorter("Wave of the search", {}, studies.size());
  for (std::size_t i = 0; i < studies.size(); ++i) sorter.add(i, studies[i].wave);
  return sorter.take();
}

Dimension sources(const std::vector<Study>& studies) {
  Sorter sorter("Source", {}, studies.size());
  for (std::size_t i = 0; i < studies.size(); ++i)
    for (const std::string& source : studies[i].sources) sorter.add(i, source);
  Dimension out = sorter.take();
  sortByCount(out);
  return out;
}

Dimension ofItem(const FormItem& item, const std::vector<Study>& studies) {
  std::vector<std::string> known = item.values;
  if (item.type == FormItem::Type::yesNo) known = {"yes", "no", "unclear"};
  Sorter sorter(item.label, std::move(known), studies.size());
  for (std::size_t i = 0; i < studies.size(); ++i)
    for (const std::string& answer : studies[i].answer(item.id))
      for (const std::string& value : valuesOf(item, answer)) sorter.add(i, value);
  Dimension out = sorter.take();
  if (!item.isCategorical()) sortByCount(out);
  return out;
}

}  // namespace

std::size_t Dimension::count(std::size_t value) const {
  return static_cast<std::size_t>(std::count_if(of.begin(), of.end(), [&](const auto& list) {
    return std::binary_search(list.begin(), list.end(), static_cast<std::uint32_t>(value));
  }));
}

std::size_t Dimension::mentions() const {
  std::size_t sum = 0;
  for (const auto& list : of) sum += list.size();
  return sum;
}

Dimension dimensionOf(const std::vector<FormItem>& form, const std::vector<Study>& studies, std::string_view name) {
  if (const FormItem* item = findItem(form, name)) {
    if (item->from == FormItem::From::year) return years(studies);
    return ofItem(*item, studies);
  }
  const std::string word = lower(trimmed(name));
  if (word == "year") return years(studies);
  if (word == "wave") return waves(studies);
  if (word == "source") return sources(studies);
  std::string known;
  for (const FormItem& item : form)
    if (item.isCategorical()) known += "'" + item.label + "', ";
  throw std::runtime_error("the charting form has no item '" + std::string(name) + "'; studies can be sorted by " +
                           known + "any other item of the form, year, wave, source");
}

std::vector<Dimension> allDimensions(const std::vector<FormItem>& form, const std::vector<Study>& studies) {
  std::vector<Dimension> list;
  for (const FormItem& item : form) {
    if (item.from != FormItem::From::nothing || item.type == FormItem::Type::number) continue;
    Dimension one = ofItem(item, studies);
    const bool isEmpty = one.values.size() == 1 && one.values[0] == kNotCharted;
    if (item.isCategorical() || (!isEmpty && one.values.size() <= kMostTextValues)) list.push_back(std::move(one));
  }
  list.push_back(years(studies));
  if (Dimension wave = waves(studies); wave.values.size() > 1) list.push_back(std::move(wave));
  list.push_back(sources(studies));
  return list;
}

std::vector<std::vector<std::vector<std::uint32_t>>> crossed(const Dimension& rows, const Dimension& columns) {
  std::vector<std::vector<std::vector<std::uint32_t>>> cells(
      rows.values.size(), std::vector<std::vector<std::uint32_t>>(columns.values.size()));
  for (std::size_t study = 0; study < rows.of.size(); ++study)
    for (const std::uint32_t row : rows.of[study])
      for (const std::uint32_t column : columns.of[study])
        cells[row][column].push_back(static_cast<std::uint32_t>(study));
  return cells;
}

}  // namespace winnow::studies
