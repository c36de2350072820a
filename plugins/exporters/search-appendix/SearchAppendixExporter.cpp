// exporters.search-appendix: the search as an appendix of the report. Rules: README.md.
#include <stdexcept>
#include <string>

#include "Appendix.hpp"
#include "search-strategy/strategy/mesh/MeshDocument.hpp"
#include "table/Table.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;
using appendix::Appendix;
using appendix::PlatformLine;
using appendix::PlatformStrategy;
using appendix::Source;
using appendix::StrategyLine;

std::string count(std::optional<std::uint64_t> n) { return n ? std::to_string(*n) : std::string("not stated"); }

/// What the imported records say of the count that the database showed.
std::string difference(const Source& source) {
  const std::optional<std::uint64_t> expected = source.taken ? source.taken : source.reported;
  if (!expected) return {};
  if (*expected == source.imported) return "equal";
  return *expected > source.imported ? std::to_string(*expected - source.imported) + " fewer imported"
                                     : std::to_string(source.imported - *expected) + " more imported";
}

class Writer {
 public:
  explicit Writer(table::Format format) : format_(format) {}
  std::string text;

  void heading(const std::string& words) { text += (text.empty() ? "" : "\n") + words + "\n\n"; }
  void head(const table::Row& row) { text += table::header(row, format_); }
  void row(const table::Row& row) { text += table::row(row, format_); }

 private:
  table::Format format_;
};

std::string markdown(const Appendix& a) {
  Writer w(table::Format::markdown);
  w.heading("# Search strategies");
  w.text +=
      "For PRISMA-S and PRISMA-ScR item 8: every database with its hits, the strategy as printed, what was corrected "
      "in "
      "it, and how it reads elsewhere.\n";
  w.heading("## Where was searched");
  w.head({"source", "kind", "platform", "wave", "searched", "hits reported", "exported", "imported", "difference",
          "strategy"});
  for (std::size_t i = 0; i < a.search.sources.size(); ++i) {
    const Source& s = a.search.sources[i];
    w.row({s.name, s.kind, s.platform, s.wave, s.searched, count(s.reported), count(s.taken),
           std::to_string(s.imported), difference(s), a.how[i]});
  }
  for (const Source& s : a.search.sources)
    if (!s.query.empty()) w.text += "\n" + s.name + " (" + s.wave + "), as sent:\n\n    " + s.query + "\n";
  if (a.strategy.empty()) return w.text + "\nThe review names no strategy.\n";
  w.heading("## The strategy as printed (" + a.search.file + ")");
  w.head({"line", "as printed", "repaired", "error that is left"});
  for (const StrategyLine& l : a.strategy) w.row({l.number, l.printed, l.repaired, l.problem});
  if (!a.mesh.empty()) w.text += "\nHeadings were checked against " + a.mesh + ".\n";
  for (const StrategyLine& l : a.strategy)
    for (const std::string& heading : l.headings) w.text += "\nLine " + l.number + ": " + heading + ".\n";
  for (const std::string& number : a.unknownRepairs)
    w.text += "\nThe repair of line " + number + " belongs to no line.\n";
  for (const PlatformStrategy& p : a.platforms) {
    w.heading("## " + p.title + ", translated");
    w.text +=
        "Not what was run, unless the review says so. `exact` finds the same, `superset` more, `subset` less; `none` "
        "cannot be searched there.\n\n";
    w.head({"line", "text", "exactness", "remarks"});
    for (const PlatformLine& l : p.lines) w.row({l.number, l.text, l.exactness, l.remarks});
  }
  return w.text;
}

std::string remarksOf(const StrategyLine& line) {
  std::string text = line.problem;
  for (const std::string& heading : line.headings) text += (text.empty() ? "" : "; ") + heading;
  return text;
}

std::string csv(const Appendix& a) {
  Writer w(table::Format::csv);
  w.head({"part", "source", "platform", "wave", "searched", "line", "text", "repaired", "status", "remarks",
          "hits_reported", "exported", "imported"});
  const auto known = [](std::optional<std::uint64_t> n) { return n ? std::to_string(*n) : std::string(); };
  for (std::size_t i = 0; i < a.search.sources.size(); ++i) {
    const Source& s = a.search.sources[i];
    w.row({s.kind, s.name, s.platform, s.wave, s.searched, "", s.query, "", a.how[i], difference(s), known(s.reported),
           known(s.taken), std::to_string(s.imported)});
  }
  for (const StrategyLine& l : a.strategy)
    w.row({"strategy", "", "Ovid", "", "", l.number, l.printed, l.repaired, l.problem.empty() ? "read" : "error",
           remarksOf(l), "", "", ""});
  for (const PlatformStrategy& p : a.platforms)
    for (const PlatformLine& l : p.lines)
      w.row({"translation", "", p.title, "", "", l.number, l.text, "", l.exactness, l.remarks, "", "", ""});
  return w.text;
}

/// Writes how the review searched.
class SearchAppendixExporter final : public Exporter {
 public:
  static constexpr std::string_view
      id = "exporters.search-appendix",
      version = "1.0.0",
      help = "The search as an appendix: databases with their hits, the strategy, its repairs and translations.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "format", "markdown", "How the appendix is written.", "markdown|csv")};

  SearchAppendixExporter(Host host, const Settings& settings)
      : Exporter(host), isCsv_(settings.text("format") == "csv") {}

  winnow_status write(Sink sink) override {
    const std::string_view document = host().document("search");
    if (document.empty()) {
      host().diagnose({WINNOW_ERROR,
                       "search-appendix.no-search",
                       "this run has no document \"search\"",
                       "no appendix was written",
                       {},
                       0});
      return WINNOW_FAILED;
    }
    try {
      const Appendix made =
          appendix::appendixOf(appendix::readSearch(document), search::mesh::readDocument(host().document("mesh")));
      return sink.write(isCsv_ ? csv(made) : markdown(made));
    } catch (const std::runtime_error& error) {
      host().diagnose({WINNOW_ERROR, "search-appendix.search", error.what(), "no appendix was written", {}, 0});
      return WINNOW_FAILED;
    }
  }

 private:
  bool isCsv_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-search-appendix", "1.0.0", "Apache-2.0"),
              SearchAppendixExporter)
