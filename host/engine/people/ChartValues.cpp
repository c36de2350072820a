#include "ChartValues.hpp"

#include <algorithm>
#include <string_view>

#include "RowTime.hpp"
#include "engine/records/References.hpp"

namespace winnow::engine {

namespace {

constexpr const char* kNotReported = "NR";

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string_view::npos ? std::string()
                                         : std::string(text.substr(first, text.find_last_not_of(' ') + 1 - first));
}

bool isNotReported(const std::string& value) {
  const std::string plain = plainName(value);
  return plain == "nr" || plain == "not reported";
}

/// A value of the form's list, as the form writes it; "others: something" keeps its text. Empty: not in the list.
std::string inVocabulary(const config::FormItem& item, const std::string& value) {
  const std::string plain = plainName(value.substr(0, value.find(':')));
  for (const std::string& allowed : item.values)
    if (plainName(allowed) == plain)
      return value.find(':') == std::string::npos ? allowed : allowed + value.substr(value.find(':'));
  return {};
}

bool isWholeNumber(const std::string& value) {
  return !value.empty() && value.size() < 10 &&
         std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The value without the item's unit.
std::string withoutUnit(const config::FormItem& item, const std::string& value) {
  const std::string plain = plainName(value), unit = plainName(item.unit);
  if (unit.empty() || plain.size() <= unit.size() || plain.compare(plain.size() - unit.size(), unit.size(), unit) != 0)
    return trimmed(value);
  return trimmed(std::string_view(value).substr(0, value.size() - item.unit.size()));
}

/// "71,5" as "71.5"; empty if it is no decimal number.
std::string decimalOf(std::string value) {
  std::replace(value.begin(), value.end(), ',', '.');
  const std::size_t begin = value.empty() || value[0] != '-' ? 0 : 1;
  std::size_t digits = 0, points = 0;
  for (std::size_t i = begin; i < value.size(); ++i) {
    if (value[i] == '.' && i > begin && i + 1 < value.size())
      ++points;
    else if (value[i] >= '0' && value[i] <= '9')
      ++digits;
    else
      return {};
  }
  return digits == 0 || points > 1 ? std::string() : value;
}

/// "18 to 65" and "18\u201365" as "18-65"; empty if it is no range.
std::string rangeOf(std::string value) {
  for (const std::string_view dash : {"\xE2\x80\x93", "\xE2\x80\x94", " to ", "..."})
    if (const std::size_t at = value.find(dash); at != std::string::npos) value.replace(at, dash.size(), "-");
  const std::size_t dash = value.find('-', 1);
  if (dash == std::string::npos) return {};
  const std::string low = decimalOf(trimmed(value.substr(0, dash))), high = decimalOf(trimmed(value.substr(dash + 1)));
  if (low.empty() || high.empty() || std::stod(low) > std::stod(high)) return {};
  return low + "-" + high;
}

bool isDate(const std::string& value) {
  if (value.size() == 4) return isWholeNumber(value);
  return secondsOf(value.size() == 7 ? value + "-01" : value).has_value();
}

bool isLink(const std::string& value) {
  const std::string plain = plainName(value);
  return plain.find(' ') == std::string::npos &&
         (plain.rfind("http://", 0) == 0 || plain.rfind("https://", 0) == 0 || plain.rfind("doi:", 0) == 0);
}

/// A quotation says where it stands: "... (p. 12)", "... (pp. 3-4)", "... (abstract)".
bool namesItsPage(const std::string& value) {
  const std::size_t open = value.rfind('(');
  if (open == std::string::npos || value.back() != ')') return false;
  const std::string place = plainName(value.substr(open + 1, value.size() - open - 2));
  for (const std::string_view word : {"p. ", "pp. ", "p ", "page ", "pages ", "s. ", "table ", "figure "})
    if (place.rfind(word, 0) == 0 && place.size() > word.size()) return true;
  return place == "abstract" || isWholeNumber(place);
}

/// The values of a cell.
std::vector<std::string> valuesOf(const config::FormItem& item, const std::string& cell) {
  if (item.type != config::ItemType::AnyOf) return {cell};
  std::vector<std::string> values;
  std::size_t begin = 0;
  while (begin <= cell.size()) {
    const std::size_t end = std::min(cell.find(';', begin), cell.size());
    if (std::string value = trimmed(std::string_view(cell).substr(begin, end - begin)); !value.empty())
      values.push_back(std::move(value));
    begin = end + 1;
  }
  return values;
}

std::string rewritten(std::string& value, std::string better, const char* fault) {
  if (better.empty()) return fault;
  value = std::move(better);
  return {};
}

}  // namespace

std::string faultOf(const config::FormItem& item, std::string& value) {
  using config::ItemType;
  const bool isNumeric = item.type == ItemType::Number || item.type == ItemType::Decimal ||
                         item.type == ItemType::Range || item.type == ItemType::Date || item.from == "year";
  if (isNumeric && isNotReported(value)) {
    value = kNotReported;
    return {};
  }
  switch (item.type) {
    case ItemType::OneOf:
    case ItemType::AnyOf:
      return rewritten(value, inVocabulary(item, value), ("is none of " + inQuotes(item.values)).c_str());
    case ItemType::YesNo: {
      const std::string word = plainName(value.substr(0, value.find_first_of(":;,")));
      return word == "yes" || word == "no" || word == "unclear" ? "" : "is none of 'yes', 'no', 'unclear'";
    }
    case ItemType::Number:
      return isWholeNumber(value) ? "" : "is no whole number and not NR (not reported)";
    case ItemType::Decimal:
      return rewritten(value, decimalOf(withoutUnit(item, value)), "is no number and not NR (not reported)");
    case ItemType::Range:
      return rewritten(value, rangeOf(withoutUnit(item, value)), "is no range such as 18-65 and not NR (not reported)");
    case ItemType::Date:
      return isDate(value) ? "" : "is no date such as 2026-11-28, 2026-11 or 2026 and not NR (not reported)";
    case ItemType::Link:
      return isLink(value) ? "" : "is no address that begins with https://, http:// or doi:";
    case ItemType::Quotation:
      return namesItsPage(value) ? "" : "does not say where it stands; end it with the page: (p. 12)";
    case ItemType::Text:
      break;
  }
  if (item.from == "year" && !isWholeNumber(value)) return "is no whole number and not NR (not reported)";
  return {};
}

CellAnswer answerIn(const config::FormItem& item, const std::string& cell) {
  CellAnswer answer{valuesOf(item, cell), {}, {}};
  for (std::string& value : answer.values) {
    std::string written = value;
    if (std::string why = faultOf(item, value); !why.empty()) return {{}, std::move(written), std::move(why)};
  }
  return answer;
}

bool isAsked(const config::FormItem& item, const Answers& answers) {
  if (!item.condition) return true;
  const auto asked = answers.find(item.condition->item);
  if (asked == answers.end()) return false;
  const auto& wanted = item.condition->values;
  return std::any_of(asked->second.begin(), asked->second.end(), [&](const std::string& given) {
    return std::any_of(wanted.begin(), wanted.end(),
                       [&](const std::string& w) { return plainName(w) == plainName(given); });
  });
}

std::string inQuotes(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += (text.empty() ? "'" : ", '") + value + "'";
  return text;
}

}  // namespace winnow::engine
