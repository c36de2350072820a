#include "Exactness.hpp"

#include <algorithm>
#include <iterator>

namespace winnow::search {

namespace {

struct Message {
  std::string_view code, text;
};

constexpr Message kMessages[] = {
    {"T01", "words next to or near each other can only be searched with AND here"},
    {"T02", "the order of the words is lost"},
    {"T03", "sources disagree on how this platform counts the distance"},
    {"T04", "a chain of distances is split into pairs joined with AND"},
    {"T05", "the stem before the wildcard is shorter than the platform takes"},
    {"T06", "the wildcard is widened to any number of letters"},
    {"T07", "the platform's meaning of this wildcard is not verified"},
    {"T08", "the platform's field holds more than the original's"},
    {"T09", "the platform's field is another one"},
    {"T10", "the platform has no such headings or subheadings; they are searched as far as it can"},
    {"T11", "the platform's list of values is another one"},
    {"T12", "the headings below come from the loaded MeSH tree"},
    {"T13", "the platform's thesaurus is another one; check the heading"},
    {"T14", "the platform knows no major headings"},
    {"T15", "the platform has no such limit in a query; set it by hand"},
    {"T16", "the platform has nothing like it; left out"},
    {"T17", "the platform also finds other forms of a word, such as plurals"},
    {"T18", "a line that it refers to is not exact"},
    {"T19", "a line has an error and is not translated"},
    {"T20", "too long to be written in one line"}};

}  // namespace

std::string_view nameOf(Exactness e) {
  constexpr std::string_view names[] = {"exact", "superset", "subset", "unknown"};
  return names[static_cast<std::uint8_t>(e)];
}

void Loss::warn(TranslationWarning warning) {
  if (std::find(warnings.begin(), warnings.end(), warning) == warnings.end()) warnings.push_back(std::move(warning));
}

void Loss::add(const Loss& other) {
  exactness = exactness | other.exactness;
  for (const TranslationWarning& warning : other.warnings) warn(warning);
}

void Loss::add(Exactness e, std::string_view code, std::string_view message) {
  exactness = exactness | e;
  warn({std::string(code), std::string(message)});
}

std::string_view messageOf(std::string_view code) {
  const auto* found =
      std::find_if(std::begin(kMessages), std::end(kMessages), [&](const Message& m) { return m.code == code; });
  return found == std::end(kMessages) ? std::string_view{} : found->text;
}

}  // namespace winnow::search
