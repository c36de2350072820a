// winnow search explain: why one record is found, line by line, with the words that hit.
#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

#include "Json.hpp"
#include "Matching.hpp"

namespace winnow::search {

namespace {

using Json = nlohmann::ordered_json;
using match::Truth;

constexpr const char* kFieldNames[] = {"title", "abstract", "original title", "keyword", "heading", "subheading",
                                       "type",  "language", "author",         "journal", "issn",    "affiliation",
                                       "doi",   "id",       "substance",      "year",    "other"};
constexpr winnow_option kRecord =
    option(WINNOW_STRING, "record", "", "Id of the record, as 'winnow search match --json' lists it.", {}, {}, {},
           WINNOW_OPTION_REQUIRED);

Json evidenceJson(const match::Document& document, const std::vector<match::Evidence>& all, std::size_t index) {
  Json list = Json::array();
  for (const match::Evidence& e : all) {
    if (e.line != index) continue;
    const match::Value& value = document.values[e.value];
    list.push_back({{"field", kFieldNames[static_cast<std::size_t>(value.field)]},
                    {"begin", e.begin},
                    {"size", e.size},
                    {"text", value.text.substr(e.begin, e.size)}});
  }
  return list;
}

std::string asText(const Json& lines, const Strategy& strategy) {
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string value = lines[i]["value"];
    if (value == "false") continue;
    out += std::to_string(strategy.lines[i].number) + ". " + value + ": " +
           (strategy.lines[i].tree ? printOvid(*strategy.lines[i].tree) : strategy.lines[i].text) + "\n";
    for (const Json& e : lines[i]["evidence"])
      out += "     " + e["field"].get<std::string>() + ": " + e["text"].get<std::string>() + "\n";
  }
  return out.empty() ? "no line finds this record\n" : out;
}

std::int32_t explain(const Call& call) {
  const Platform platform = call.platform();
  const mesh::Tree tree = call.tree();
  const Parsed parsed = parse(call.strategyText(), platform, tree.orNull());
  match::Evaluator evaluator(parsed.strategy, tree.orNull(), headingsNamed(call.settings.text("headings")));
  RecordReader reader(call.host);
  match::Document document;
  const std::string wanted(call.settings.text("record"));
  std::optional<Json> lines;
  forRecords(call, reader, [&](const std::string& id, Record record) {
    if (lines || id != wanted) return;
    reader.read(record, document);
    const std::vector<Truth> values = evaluator.evaluate(document);
    lines = Json::array();
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto found = values[i] == Truth::True ? evaluator.evidence(document, i) : std::vector<match::Evidence>{};
      lines->push_back({{"line", parsed.strategy.lines[i].line},
                        {"number", parsed.strategy.lines[i].number},
                        {"value", kTruths[static_cast<std::size_t>(values[i])]},
                        {"evidence", evidenceJson(document, found, i)}});
    }
  });
  if (!lines) throw Usage{"no record has the id '" + wanted + "'"};
  call.print(call.json() ? printed({{"record", wanted}, {"lines", *lines}, {"diagnostics", toJson(parsed.diagnostics)}})
                         : asText(*lines, parsed.strategy));
  return exitCode(parsed.diagnostics);
}

std::int32_t WINNOW_CALL runExplain(const winnow_host* host, const winnow_invocation* invocation) {
  return guarded(host, invocation, explain);
}

constexpr const winnow_option* kExplainOptions[] = {&options::kRecords, &kRecord, &options::kMesh, &options::kFrom,
                                                    &options::kHeadings};

}  // namespace

const winnow_command explainCommand{sizeof(winnow_command),
                                    0,
                                    str("search explain"),
                                    str("Tell which lines find one record, and by which words\n  $ winnow search "
                                        "explain strategy.ovid --records export.nbib --record 31234567"),
                                    str("STRATEGY"),
                                    kExplainOptions,
                                    std::size(kExplainOptions),
                                    runExplain};

}  // namespace winnow::search
