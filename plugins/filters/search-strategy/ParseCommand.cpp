// winnow search parse: every line as a tree and as canonical text.
#include <nlohmann/json.hpp>

#include "Commands.hpp"
#include "Json.hpp"
#include "search-strategy/strategy/text/CodePoints.hpp"

namespace winnow::search {

namespace {

using Json = nlohmann::ordered_json;

std::string asJson(const Parsed& parsed, std::string_view platform) {
  Json out{{"platform", platform}, {"lines", Json::array()}};
  for (const Line& line : parsed.strategy.lines) {
    Json one{{"line", line.line},
             {"number", line.number},
             {"text", line.text},
             {"ok", line.tree.has_value()},
             {"ast", nullptr}};
    if (line.tree) {
      one["ast"] = toJson(*line.tree);
      one["printed"] = printOvid(*line.tree);
    }
    out["lines"].push_back(std::move(one));
  }
  out["diagnostics"] = toJson(parsed.diagnostics);
  return printed(out);
}

/// Every line as its tree and its place say: the bytes that were read.
std::string asRead(std::string_view text, const Parsed& parsed, Platform platform, const mesh::Tree* tree) {
  std::map<std::size_t, std::string> queries;
  for (std::size_t i = 0; platform == Platform::Ovid && i < parsed.strategy.lines.size(); ++i)
    if (const Line& line = parsed.strategy.lines[i]; line.tree && isUtf8(text.substr(line.begin, line.size)))
      queries[i] = reprint(line, *line.tree, tree);
  return restore(text, parsed.strategy, queries);
}

/// The strategy in canonical form; a line that cannot be read stays as it is.
std::string asText(const Parsed& parsed) {
  std::string out;
  for (const Line& line : parsed.strategy.lines)
    out += line.tree ? std::to_string(line.number) + ". " + printOvid(*line.tree) + "\n" : line.text + "\n";
  return out;
}

std::int32_t WINNOW_CALL runParse(const winnow_host* host, const winnow_invocation* invocation) {
  return guarded(host, invocation, [](const Call& call) {
    const Platform platform = call.platform();
    const mesh::Tree tree = call.tree();
    const std::string_view text = call.strategyText();
    const Parsed parsed = parse(text, platform, tree.orNull());
    const bool original = call.settings.text("form") == "original";
    call.print(call.json() ? asJson(parsed, call.settings.text("from"))
               : original  ? asRead(text, parsed, platform, tree.orNull())
                           : asText(parsed));
    if (!call.json())
      for (const Diagnostic& d : parsed.diagnostics)
        if (d.severity == Severity::Error)
          call.host.diagnose(
              {WINNOW_ERROR, d.code, d.message, "the line stays as it is", {0, d.line, d.column, 0, 0}, 0});
    return exitCode(parsed.diagnostics);
  });
}

constexpr winnow_option kForm =
    option(WINNOW_CHOICE, "form", "canonical",
           "How text is printed: in one form, or as it was read, printed from the trees and their places.",
           "canonical|original");
constexpr const winnow_option* kParseOptions[] = {&options::kFrom, &options::kMesh, &kForm};

}  // namespace

const winnow_command parseCommand{
    sizeof(winnow_command),
    0,
    str("search parse"),
    str("Read a search strategy and print its trees or its canonical text\nEvery non-empty line is one numbered set. "
        "Without --json the strategy is printed in one form: lower-case operators, closed suffixes, needed brackets "
        "only.\n"
        "  $ winnow search parse strategy.ovid"),
    str("STRATEGY"),
    kParseOptions,
    std::size(kParseOptions),
    runParse};

}  // namespace winnow::search
