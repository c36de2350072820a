#include <winnow/formats/text.hpp>
#include <winnow/formats/volatile.hpp>

#include <algorithm>
#include <iterator>
#include <string>

namespace winnow::formats {

namespace {

/// Letters alone, small: "Times Cited, WoS Core" is "timescitedwoscore".
std::string letters(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'a' && c <= 'z') out += c;
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

bool isVolatileName(std::string_view name) {
  static constexpr std::string_view kParts[] = {
      "citedby",       "timescited",      "citationcount", "citationscount", "countsbyyear",  "citingworks",
      "citingpatents", "recentcitations", "usagecount",    "exportdate",     "dateofexport",  "dateexported",
      "accessdate",    "dateaccessed",    "querydate",     "lastupdate",     "updateddate",   "dateupdated",
      "datemodified",  "modifieddate",    "lastmodified",  "daterevised",    "datecompleted", "dateadded",
      "timestamp",     "altmetric",       "citesper",      "gsrank",         "relevancescore"};
  static constexpr std::string_view kWhole[] = {"accessed", "urldate", "cites", "fcr", "rcr", "fwci", "localurl"};
  const std::string word = letters(name);
  if (word.find("earlyaccess") != std::string::npos) return false;  // when the article appeared
  return std::any_of(std::begin(kParts), std::end(kParts),
                     [&](std::string_view part) { return word.find(part) != std::string::npos; }) ||
         std::find(std::begin(kWhole), std::end(kWhole), word) != std::end(kWhole);
}

bool isVolatileRemark(std::string_view note) {
  static constexpr std::string_view kBegins[] = {
      "Export Date", "Date exported", "Exported on",  "Cited By",    "Times Cited", "Total Times",   "Access Date",
      "Accessed",    "Query date",    "Last updated", "Last update", "Usage Count", "Date of export"};
  note = trim(note);
  return std::any_of(std::begin(kBegins), std::end(kBegins),
                     [&](std::string_view begin) { return startsWithIgnoringCase(note, begin); });
}

}  // namespace winnow::formats
