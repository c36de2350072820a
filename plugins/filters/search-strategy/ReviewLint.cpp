// The check of a review's own strategy: errors that no repair answers, repairs beside what they replace.
#include <algorithm>
#include <map>

#include "Commands.hpp"
#include "search-strategy/strategy/lint/Lint.hpp"
#include "search-strategy/strategy/mesh/MeshDocument.hpp"
#include "search-strategy/strategy/text/CodePoints.hpp"

namespace winnow::search {

namespace {

using Repairs = std::map<std::uint32_t, std::string>;

Repairs repairsOf(const Settings& settings) {
  Repairs repairs;
  for (const auto& [line, values] : settings.map("repairs"))
    if (!values.empty() && line.size() < 8 && line.find_first_not_of("0123456789") == std::string_view::npos)
      repairs[static_cast<std::uint32_t>(std::stoul(std::string(line)))] = std::string(values[0]);
  return repairs;
}

std::string bodyOf(const Line& line) { return std::string(trimmed(encode(decode(line.text).substr(line.body - 1)))); }

/// The strategy with its repairs in place; physical lines stay where they are.
std::string repaired(const Strategy& strategy, const Repairs& repairs) {
  std::string out;
  std::uint32_t physical = 0;
  for (const Line& line : strategy.lines) {
    for (; physical + 1 < line.line; ++physical) out += "\n";
    const auto repair = repairs.find(line.number);
    const bool answered = repair != repairs.end() && repair->second != "open";
    out += answered ? std::to_string(line.number) + ". " + repair->second + "\n" : line.text + "\n";
    ++physical;
  }
  return out;
}

void tellRepairs(const Host& host, const Strategy& strategy, const Repairs& repairs) {
  for (const auto& [number, text] : repairs) {
    const Line* line = strategy.find(number, strategy.lines.size());
    const winnow_span at{0, line == nullptr ? 0 : line->line, line == nullptr ? 0 : line->body, 0, 0};
    if (line == nullptr)
      host.diagnose({WINNOW_WARNING,
                     "search.no-such-line",
                     "'repairs' names line " + std::to_string(number) + ", which the strategy does not have",
                     "the repair is not used",
                     {},
                     0});
    else if (text == "open")
      host.diagnose({WINNOW_WARNING, "search.open",
                     "line " + std::to_string(number) + " is open: '" + bodyOf(*line) + "'",
                     "it is unknown on every record until the authors say what it was", at, 0});
    else
      host.diagnose({WINNOW_WARNING, "search.repaired",
                     "line " + std::to_string(number) + " says '" + bodyOf(*line) + "' and is read as '" + text + "'",
                     "both stand in the search appendix", at, 0});
  }
}

/// The fields that the review names; a name that is none is reported.
std::vector<std::string> fieldsOf(const Host& host, const Settings& settings) {
  std::vector<std::string> fields;
  for (const std::string_view field : settings.list("fields"))
    if (lint::isFieldName(field))
      fields.emplace_back(field);
    else
      host.diagnose({WINNOW_WARNING,
                     "search.field",
                     "'fields' names '" + std::string(field) + "', which is no field; known are " + lint::fieldNames(),
                     "it is not compared with what the lines search",
                     {},
                     0});
  return fields;
}

/// What the review itself says is wrong with a line: told one by one, others are counted.
bool concernsReview(const Diagnostic& d) {
  const std::string code = d.code.substr(d.code.find('-') + 1);
  return code == "W24" || code == "W33" || code == "W34" || code == "W35";
}

void tellOfReview(const Host& host, const Diagnostic& d) {
  const std::string action = d.fix ? "could be: " + *d.fix : "'repairs' or 'search:' of the review answers it";
  host.diagnose({WINNOW_WARNING, d.code, d.message, action, {0, d.line, d.column, d.length, 0}, 0});
}

winnow_status check(const winnow_host* host, winnow_str name, winnow_str text, const winnow_setting* settings,
                    std::size_t count) {
  const Settings said(settings, count);
  const Repairs repairs = repairsOf(said);
  const Host told(host);
  const mesh::Tree loaded = mesh::readDocument(told.document("mesh"));
  const mesh::Tree* tree = loaded.orNull();
  const Parsed printedForm = parse(view(text), Platform::Ovid, tree);
  tellRepairs(told, printedForm.strategy, repairs);
  const Parsed parsed = parse(repaired(printedForm.strategy, repairs), Platform::Ovid, tree);
  std::size_t errors = 0, warnings = 0;
  for (const Diagnostic& d : lint::lint(parsed, Platform::Ovid, tree, fieldsOf(told, said))) {
    if (concernsReview(d)) {
      tellOfReview(told, d);
      continue;
    }
    const auto repair = repairs.find(d.number);
    const bool open = repair != repairs.end() && repair->second == "open";
    if (d.severity == Severity::Warning) ++warnings;
    if (d.severity != Severity::Error || open) continue;
    ++errors;
    told.diagnose(
        {WINNOW_ERROR,
         d.code,
         d.message,
         d.fix ? "could be: " + *d.fix + "; if so, add it to 'repairs'" : "add the right line to 'repairs', or 'open'",
         {0, d.line, d.column, d.length, 0},
         0});
  }
  if (warnings != 0)
    told.diagnose({WINNOW_INFO,
                   "search.doubtful",
                   std::to_string(warnings) + " warnings about the strategy",
                   "'winnow search lint " + std::string(view(name)) + "' shows them",
                   {},
                   0});
  return errors == 0 ? WINNOW_OK : WINNOW_FAILED;
}

winnow_status WINNOW_CALL checkGuarded(const winnow_host* host, winnow_str name, winnow_str text,
                                       const winnow_setting* settings, std::size_t count) {
  return detail::guarded(Host(host), "search.strategy", [&] { return check(host, name, text, settings, count); });
}

/// The thesaurus itself: a file without headings is an error, single lines that are none a warning.
winnow_status WINNOW_CALL checkMesh(const winnow_host* host, winnow_str name, winnow_str text, const winnow_setting*,
                                    std::size_t) {
  return detail::guarded(Host(host), "search.mesh", [&] {
    const mesh::Tree tree = mesh::Tree::load(view(text), view(name));
    const winnow_span at{0, std::max<std::uint32_t>(tree.firstSkipped(), 1), 1, 0, 0};
    if (tree.empty()) {
      Host(host).diagnose({WINNOW_ERROR, "search.mesh", "no line of this file holds a MeSH heading",
                           "'mesh' takes NLM's mtreesYYYY.bin (lines 'Heading;A01.236') or dYYYY.bin", at, 0});
      return WINNOW_FAILED;
    }
    if (tree.skipped() != 0)
      Host(host).diagnose({WINNOW_WARNING, "search.mesh-line",
                           std::to_string(tree.skipped()) + (tree.skipped() == 1 ? " line is" : " lines are") +
                               " no 'Heading;A01.236'; the first is here",
                           "the others are used", at, 0});
    return WINNOW_OK;
  });
}

constexpr winnow_lint kMeshLint{sizeof(winnow_lint), 0, str("search.mesh"), checkMesh, nullptr};

}  // namespace

const winnow_lint reviewLint{sizeof(winnow_lint), 0, str("search.strategy"), checkGuarded, &kMeshLint};

}  // namespace winnow::search
