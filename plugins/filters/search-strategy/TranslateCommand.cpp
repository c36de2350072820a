// winnow search translate: a strategy for another platform, every line with what it is worth.
#include <nlohmann/json.hpp>

#include "Commands.hpp"
#include "Json.hpp"
#include "search-strategy/strategy/translate/DialectReader.hpp"
#include "search-strategy/strategy/translate/Translator.hpp"

namespace winnow::search {

namespace {

using Json = nlohmann::ordered_json;

constexpr winnow_option kTo =
    option(WINNOW_STRING, "to", "",
           "The platform to write for: cochrane, ebsco, embase, pubmed, scopus, wos, or the name of --platform-table.");
constexpr winnow_option kTable =
    option(WINNOW_STRING, "platform_table", "",
           "A table of a platform of your own (YAML); docs/search-translation.md shows how.");
constexpr winnow_option kMode =
    option(WINNOW_CHOICE, "mode", "lines", "Keep the lines and their references, or write the final set as one query.",
           "lines|single");
constexpr winnow_option kFinal =
    option(WINNOW_INTEGER, "final", "", "Number of the set that the one query means; without it the highest.", {}, "1");
constexpr const winnow_option* kTranslateOptions[] = {&kTo, &kTable, &kMode, &kFinal, &options::kFrom, &options::kMesh};

std::string platformNames() {
  std::string names;
  for (const BuiltInTable& table : builtInTables()) names += (names.empty() ? "" : ", ") + std::string(table.platform);
  return names;
}

Dialect dialectOf(const Call& call) {
  const std::string_view to = call.settings.text("to"), own = call.fileOf("platform_table");
  try {
    if (own.empty()) {
      const std::string_view table = builtInTable(to);
      if (!table.empty()) return readDialect(table, std::string(to) + ".yaml");
      throw Usage{to.empty() ? "--to is missing; it takes " + platformNames()
                             : "there is no platform '" + std::string(to) + "'; --to takes " + platformNames()};
    }
    Dialect dialect = readDialect(own, call.settings.text("platform_table"));
    if (!to.empty() && to != dialect.platform)
      throw Usage{"the table is of the platform '" + dialect.platform + "', not '" + std::string(to) + "'"};
    return dialect;
  } catch (const TableError& error) {
    throw Usage{error.what()};
  }
}

Json warningsOf(const Loss& loss) {
  Json list = Json::array();
  for (const TranslationWarning& warning : loss.warnings)
    list.push_back({{"code", warning.code}, {"message", warning.message}});
  return list;
}

std::string asJson(const Translation& translation, const Dialect& dialect, std::string_view mode,
                   const std::vector<Diagnostic>& diagnostics) {
  Json out{{"to", dialect.platform}, {"mode", mode}, {"lines", Json::array()}};
  for (const LineTranslation& line : translation.lines)
    out["lines"].push_back({{"line", line.source->line},
                            {"number", line.source->number},
                            {"source", line.source->text},
                            {"text", line.text},
                            {"exactness", line.exactness()},
                            {"warnings", warningsOf(line.loss)}});
  const LineTranslation& single = translation.single;
  out["single"] = {{"number", single.source == nullptr ? Json() : Json(single.source->number)},
                   {"text", single.text},
                   {"exactness", single.exactness()},
                   {"warnings", warningsOf(single.loss)}};
  out["diagnostics"] = toJson(diagnostics);
  return printed(out);
}

std::string remarks(const LineTranslation& line) {
  if (line.exactness() == "exact") return {};
  std::string out = "    [" + std::string(line.exactness()) + "]\n";
  for (const TranslationWarning& warning : line.loss.warnings)
    out += "    " + warning.code + ": " + warning.message + "\n";
  return out;
}

std::string asText(const Translation& translation, bool single) {
  if (single) return translation.single.text + "\n" + remarks(translation.single);
  std::string out;
  for (const LineTranslation& line : translation.lines)
    out += std::to_string(line.source->number) + ". " + (line.text.empty() ? "-" : line.text) + "\n" + remarks(line);
  return out;
}

std::int32_t WINNOW_CALL runTranslate(const winnow_host* host, const winnow_invocation* invocation) {
  return guarded(host, invocation, [](const Call& call) {
    const Dialect dialect = dialectOf(call);
    const mesh::Tree tree = call.tree();
    const Parsed parsed = parse(call.strategyText(), call.platform(), tree.orNull());
    const auto final = static_cast<std::uint32_t>(call.settings.integer("final"));
    const Translation translation = translate(parsed.strategy, dialect, tree.orNull(), final);
    if (final != 0 && translation.single.source == nullptr)
      throw Usage{"the strategy has no set " + std::to_string(final)};
    const std::string_view mode = call.settings.text("mode");
    call.print(call.json() ? asJson(translation, dialect, mode, parsed.diagnostics)
                           : asText(translation, mode == "single"));
    if (!call.json())
      for (const Diagnostic& d : parsed.diagnostics)
        if (d.severity == Severity::Error)
          call.host.diagnose(
              {WINNOW_ERROR, d.code, d.message, "the line is not translated", {0, d.line, d.column, 0, 0}, 0});
    return exitCode(parsed.diagnostics);
  });
}

}  // namespace

const winnow_command translateCommand{sizeof(winnow_command),
                                      0,
                                      str("search translate"),
                                      str("Write a search strategy for another platform\nEvery line says whether it "
                                          "finds the same (nothing said), more (superset), less (subset), or whether "
                                          "that is unknown, and why.\nLines that the platform cannot search are '-'.\n "
                                          " $ winnow search translate strategy.ovid --to scopus --mesh mtrees2019.bin"),
                                      str("STRATEGY"),
                                      kTranslateOptions,
                                      std::size(kTranslateOptions),
                                      runTranslate};

}  // namespace winnow::search
