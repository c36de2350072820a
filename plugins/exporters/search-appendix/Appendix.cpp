#include "Appendix.hpp"

#include <algorithm>
#include <optional>

#include "search-strategy/strategy/Parser.hpp"
#include "search-strategy/strategy/lint/Lint.hpp"
#include "search-strategy/strategy/text/CodePoints.hpp"
#include "search-strategy/strategy/translate/DialectReader.hpp"
#include "search-strategy/strategy/translate/Translator.hpp"

namespace winnow::appendix {

namespace {

/// The table of a platform by any of its names; nothing for one that has none.
std::optional<search::Dialect> dialectNamed(const std::string& platform) {
  const std::string name = search::lower(platform);
  for (const search::BuiltInTable& table : search::builtInTables()) {
    search::Dialect dialect = search::readDialect(table.yaml, table.platform);
    const auto is = [&](const std::string& other) { return search::lower(other) == name; };
    if (is(dialect.platform) || is(dialect.title) || std::any_of(dialect.names.begin(), dialect.names.end(), is))
      return dialect;
  }
  return std::nullopt;
}

bool isOvid(const std::string& platform) { return search::lower(platform).find("ovid") != std::string::npos; }

const Repair* repairOf(const Search& search, const std::string& number) {
  const auto found =
      std::find_if(search.repairs.begin(), search.repairs.end(), [&](const Repair& r) { return r.line == number; });
  return found == search.repairs.end() ? nullptr : &*found;
}

/// The strategy with its repairs, line by line under its own numbers. An open line is left empty of sense, not of
/// place.
std::string repairedText(const Search& search, const search::Strategy& printed) {
  std::string text;
  for (const search::Line& line : printed.lines) {
    const Repair* repair = repairOf(search, std::to_string(line.number));
    if (repair == nullptr || repair->text == "open")
      text += line.text + "\n";
    else
      text += std::to_string(line.number) + ". " + repair->text + "\n";
  }
  return text;
}

std::string problemOf(const std::vector<search::Diagnostic>& diagnostics, std::uint32_t line) {
  for (const search::Diagnostic& d : diagnostics)
    if (d.line == line && d.severity == search::Severity::Error) return d.code + ": " + d.message;
  return {};
}

std::vector<std::string> absentHeadings(const std::vector<search::Diagnostic>& diagnostics, std::uint32_t line) {
  std::vector<std::string> found;
  for (const search::Diagnostic& d : diagnostics)
    if (d.line == line && d.code == "OVID-W24") found.push_back(d.code + ": " + d.message);
  return found;
}

PlatformStrategy translated(const search::Strategy& strategy, const search::Dialect& dialect,
                            const search::mesh::Tree* tree) {
  PlatformStrategy platform{dialect.title, {}, {}};
  for (const search::LineTranslation& line : search::translate(strategy, dialect, tree).lines) {
    std::string remarks;
    for (const search::TranslationWarning& w : line.loss.warnings)
      remarks += (remarks.empty() ? "" : "; ") + w.code + " " + w.message;
    platform.lines.push_back({std::to_string(line.source->number), line.source->text, line.text,
                              std::string(line.exactness()), std::move(remarks)});
    ++platform.of[std::string(line.exactness())];
  }
  return platform;
}

std::string summary(const PlatformStrategy& platform) {
  std::string text;
  for (const char* exactness : {"exact", "superset", "subset", "unknown", "none"})
    if (const auto found = platform.of.find(exactness); found != platform.of.end())
      text += (text.empty() ? "" : ", ") + std::to_string(found->second) + " " + exactness;
  return text;
}

}  // namespace

Appendix appendixOf(Search given, const search::mesh::Tree& loaded) {
  Appendix appendix;
  appendix.search = std::move(given);
  const Search& search = appendix.search;
  const search::mesh::Tree* tree = loaded.orNull();
  if (tree != nullptr)
    appendix.mesh = "MeSH" + (tree->year().empty() ? "" : " " + tree->year()) + " (" + tree->file() + ")";
  const search::Parsed printed = search::parse(search.text, search::Platform::Ovid, tree);
  const search::Parsed repaired = search::parse(repairedText(search, printed.strategy), search::Platform::Ovid, tree);
  const std::vector<search::Diagnostic> found = search::lint::lint(repaired, search::Platform::Ovid, tree);
  for (std::size_t i = 0; i < printed.strategy.lines.size(); ++i) {
    const search::Line& line = printed.strategy.lines[i];
    const Repair* repair = repairOf(search, std::to_string(line.number));
    const std::uint32_t place = i < repaired.strategy.lines.size() ? repaired.strategy.lines[i].line : 0;
    appendix.strategy.push_back({std::to_string(line.number), line.text, repair == nullptr ? "" : repair->text,
                                 problemOf(repaired.diagnostics, place), absentHeadings(found, place)});
  }
  for (const Repair& repair : search.repairs)
    if (std::none_of(appendix.strategy.begin(), appendix.strategy.end(),
                     [&](const StrategyLine& l) { return l.number == repair.line; }))
      appendix.unknownRepairs.push_back(repair.line);
  for (const Source& source : search.sources) {
    if (source.kind == "other method")
      appendix.how.push_back("no database");
    else if (!source.query.empty())
      appendix.how.push_back("the query stated");
    else if (search.text.empty())
      appendix.how.push_back("not stated");
    else if (isOvid(source.platform))
      appendix.how.push_back("as printed, with the repairs");
    else if (const auto dialect = dialectNamed(source.platform); !dialect)
      appendix.how.push_back("not stated; no table for this platform");
    else {
      const auto same = [&](const PlatformStrategy& p) { return p.title == dialect->title; };
      if (std::none_of(appendix.platforms.begin(), appendix.platforms.end(), same))
        appendix.platforms.push_back(translated(repaired.strategy, *dialect, tree));
      appendix.how.push_back("not stated; translated by Winnow: " +
                             summary(*std::find_if(appendix.platforms.begin(), appendix.platforms.end(), same)));
    }
  }
  return appendix;
}

}  // namespace winnow::appendix
