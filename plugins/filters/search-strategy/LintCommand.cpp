// winnow search lint: what is wrong or doubtful about a strategy, with place, caret and fix.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "Commands.hpp"
#include "Json.hpp"
#include "search-strategy/strategy/lint/Lint.hpp"

namespace winnow::search {

namespace {

using Json = nlohmann::ordered_json;

std::size_t count(const std::vector<Diagnostic>& all, Severity severity) {
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [&](const Diagnostic& d) { return d.severity == severity; }));
}

std::string asJson(std::string_view file, const std::vector<Diagnostic>& all, const mesh::Tree& tree) {
  Json out{{"file", file},
           {"diagnostics", toJson(all)},
           {"summary", {{"errors", count(all, Severity::Error)}, {"warnings", count(all, Severity::Warning)}}}};
  if (!tree.empty()) out["mesh"] = {{"year", tree.year()}, {"headings", tree.size()}};
  return printed(out);
}

std::string asText(std::string_view file, const Parsed& parsed, const std::vector<Diagnostic>& all,
                   const mesh::Tree& tree) {
  std::string out;
  for (const Diagnostic& d : all)
    if (d.severity != Severity::Info) out += messageText(file, parsed.strategy, d);
  out += std::to_string(parsed.strategy.lines.size()) + " lines, " + std::to_string(count(all, Severity::Error)) +
         " errors, " + std::to_string(count(all, Severity::Warning)) + " warnings";
  out += tree.empty() ? "; headings were not checked (--mesh)"
                      : "; headings checked against MeSH " +
                            (tree.year().empty() ? std::string("of an unknown year") : tree.year());
  return out + "\n";
}

std::vector<std::string> fieldsOf(const Settings& settings) {
  std::vector<std::string> fields;
  for (const std::string_view field : settings.list("fields")) {
    if (!lint::isFieldName(field))
      throw Usage{"no field is called '" + std::string(field) + "'; --fields takes " + lint::fieldNames()};
    fields.emplace_back(field);
  }
  return fields;
}

std::int32_t WINNOW_CALL runLint(const winnow_host* host, const winnow_invocation* invocation) {
  return guarded(host, invocation, [](const Call& call) {
    const Platform platform = call.platform();
    const mesh::Tree tree = call.tree();
    const std::vector<std::string> fields = fieldsOf(call.settings);
    const Parsed parsed = parse(call.strategyText(), platform, tree.orNull());
    const std::vector<Diagnostic> all =
        lint::lint(parsed, platform, tree.orNull(), fields, lint::WordList(call.fileOf("words")));
    call.print(call.json() ? asJson(call.argument(0), all, tree) : asText(call.argument(0), parsed, all, tree));
    return exitCode(all);
  });
}

constexpr winnow_option kDeclaredFields =
    option(WINNOW_LIST, "fields", "",
           "The fields that the review searches (title, abstract, keywords, headings, "
           "...); lines that search others are reported.");
constexpr winnow_option kWords = option(WINNOW_STRING, "words", "",
                                        "File of words as people write them, one a line, counts behind them or not: "
                                        "words of the strategy that it lacks and nearly has are reported.");
constexpr const winnow_option* kLintOptions[] = {&options::kFrom, &options::kMesh, &kDeclaredFields, &kWords};

}  // namespace

const winnow_command lintCommand{
    sizeof(winnow_command),
    0,
    str("search lint"),
    str("Tell what is wrong or doubtful about a search strategy\nEvery finding has a stable code "
        "(docs/search-strategies.md), its line and column and, where it "
        "is safe, a fix. Nothing is changed.\n  $ winnow search lint strategy.ovid --mesh mtrees2019.bin"),
    str("STRATEGY"),
    kLintOptions,
    std::size(kLintOptions),
    runLint};

}  // namespace winnow::search
