// winnow search match: the strategy on the records it brought, line by line.
#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "Json.hpp"
#include "Matching.hpp"
#include "search-strategy/strategy/match/Tally.hpp"
#include "search-strategy/strategy/text/CodePoints.hpp"

namespace winnow::search {

namespace {

using Json = nlohmann::ordered_json;
using match::Policy;
using match::Tally;
using match::Truth;

constexpr std::size_t kShown[] = {2, 0, 1};  // true, false, unknown

constexpr winnow_option kIds =
    option(WINNOW_LIST, "ids", "all", "Which ids --json lists a line: all, none, or some of true, false, unknown.",
           "all|none|true|false|unknown");
constexpr winnow_option kPolicy = option(
    WINNOW_CHOICE, "policy", "include",
    "What becomes of records whose result is unknown: if it cannot be decided, include.", "include|exclude|review");
constexpr winnow_option kKnown =
    option(WINNOW_STRING, "known", "", "File of ids, one a line, of records that the strategy should find.");

/// Ids that should be found, and what became of them.
struct KnownItems {
  std::set<std::string> wanted, found, undecided;
  void look(const std::string& id, Truth value) {
    if (wanted.count(id) == 0) return;
    if (value == Truth::True) found.insert(id);
    if (value == Truth::Unknown) undecided.insert(id);
  }
  std::vector<std::string> missed() const {
    std::vector<std::string> list;
    for (const std::string& id : wanted)
      if (found.count(id) == 0 && undecided.count(id) == 0) list.push_back(id);
    return list;
  }
};

std::array<bool, 3> keptIds(const Settings& settings) {
  std::array<bool, 3> keep{};
  for (const std::string_view name : settings.list("ids"))
    for (std::size_t t = 0; t < 3; ++t) keep[t] = keep[t] || name == "all" || name == kTruths[t];
  return keep;
}

struct Report {
  const Parsed& parsed;
  const Tally& tally;
  const KnownItems& known;
  const mesh::Tree& tree;
  std::size_t final;
  std::string policy;
  std::uint64_t undecidedByDate;
};

Json lineJson(const Line& line, const match::LineTally& tally, const std::array<bool, 3>& keep) {
  Json one{{"line", line.line}, {"number", line.number}};
  Json ids = Json::object();
  for (const std::size_t t : kShown) {
    one[kTruths[t]] = tally.counts[t];
    if (keep[t]) ids[kTruths[t]] = tally.ids[t];
  }
  if (tally.inOr) one["unique"] = tally.unique;
  one["ids"] = std::move(ids);
  return one;
}

std::string asJson(const Report& r, const std::array<bool, 3>& keep) {
  Json out{{"records", r.tally.records()}, {"lines", Json::array()}};
  for (std::size_t i = 0; i < r.tally.lines().size(); ++i)
    out["lines"].push_back(lineJson(r.parsed.strategy.lines[i], r.tally.lines()[i], keep));
  out["final"] = nullptr;
  if (r.final < r.parsed.strategy.lines.size())
    out["final"] = {{"number", r.parsed.strategy.lines[r.final].number},
                    {"policy", r.policy},
                    {"included", r.tally.included()},
                    {"unknown", r.tally.undecided()},
                    {"unknown_by_entry_date", r.undecidedByDate},
                    {"headings_only", r.tally.headingsOnly()}};
  out["unexplained"] = {{"records", r.tally.unexplained()},
                        {"ids", keep[2] ? Json(r.tally.unexplainedIds()) : Json::array()}};
  if (!r.known.wanted.empty())
    out["known"] = {{"given", r.known.wanted.size()},
                    {"found", r.known.found.size()},
                    {"unknown", r.known.undecided.size()},
                    {"missed", r.known.missed()}};
  if (!r.tree.empty()) out["mesh"] = {{"year", r.tree.year()}, {"headings", r.tree.size()}};
  out["diagnostics"] = toJson(r.parsed.diagnostics);
  return printed(out);
}

std::string right(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(digits.size() < 9 ? 9 - digits.size() : 0, ' ') + digits;
}

std::string asText(const Report& r) {
  std::string out = " line      true   unknown    unique  query\n";
  for (std::size_t i = 0; i < r.tally.lines().size(); ++i) {
    const Line& line = r.parsed.strategy.lines[i];
    const match::LineTally& t = r.tally.lines()[i];
    const std::string number = std::to_string(line.number);
    out += std::string(number.size() < 5 ? 5 - number.size() : 0, ' ') + number + " " + right(t.counts[2]) + " " +
           right(t.counts[1]) + " " + (t.inOr ? right(t.unique) : "        .") + "  ";
    const std::u32string body = decode(line.text).substr(line.body - 1);
    out += encode(body.substr(0, 70)) + (body.size() > 70 ? "..." : "") +
           (line.tree ? "" : "   (cannot be read: unknown)");
    if (line.tree && t.counts[2] == 0 && t.counts[1] == 0) out += "   (dead: finds nothing)";
    out += "\n";
  }
  if (r.final >= r.parsed.strategy.lines.size()) return out;
  out += std::to_string(r.tally.records()) + " records; set " +
         std::to_string(r.parsed.strategy.lines[r.final].number) + " finds " +
         std::to_string(r.tally.lines()[r.final].counts[2]) + ", " + std::to_string(r.tally.undecided()) +
         " cannot be decided (policy: " + r.policy + "), " + std::to_string(r.tally.included()) + " included\n";
  if (r.undecidedByDate != 0)
    out += std::to_string(r.undecidedByDate) + " records are undecided by a limit of entry dates alone\n";
  if (r.tally.headingsOnly() != 0)
    out += std::to_string(r.tally.headingsOnly()) + " records of the result are found by headings alone\n";
  if (r.tally.unexplained() != 0) {
    out += std::to_string(r.tally.unexplained()) + " records are explained by no line of words:";
    for (std::size_t i = 0; i < std::min(Tally::kShown, r.tally.unexplainedIds().size()); ++i)
      out += " " + r.tally.unexplainedIds()[i];
    out += r.tally.unexplained() > Tally::kShown ? " ...\n" : "\n";
  }
  if (!r.tree.empty())
    out += "headings exploded with MeSH " + (r.tree.year().empty() ? "of an unknown year" : r.tree.year()) + "\n";
  if (!r.known.wanted.empty()) {
    out += "known items: " + std::to_string(r.known.found.size()) + " of " + std::to_string(r.known.wanted.size()) +
           " found, " + std::to_string(r.known.undecided.size()) + " undecided\n";
    for (const std::string& id : r.known.missed()) out += "  missed: " + id + "\n";
  }
  return out;
}

/// True if the only thing that keeps the result from being decided is an entry date of the final line.
bool isByDate(const Strategy& strategy, const match::Evaluator& evaluator, std::size_t final,
              const std::vector<Truth>& values) {
  if (final >= values.size() || values[final] != Truth::Unknown || !evaluator.hasLimitOfEntryDate(final)) return false;
  const Node& tree = *strategy.lines[final].tree;
  const Line* base =
      tree.kind == Kind::Limit && tree.args[0].kind == Kind::Ref ? strategy.find(tree.args[0].n, final) : nullptr;
  return base != nullptr && values[static_cast<std::size_t>(base - strategy.lines.data())] == Truth::True;
}

std::int32_t matchAll(const Call& call) {
  const Platform platform = call.platform();
  const mesh::Tree tree = call.tree();
  const Parsed parsed = parse(call.strategyText(), platform, tree.orNull());
  const std::string policy(call.settings.text("policy"));
  const std::size_t final = finalOf(call.settings, parsed.strategy);
  const std::array<bool, 3> keep = call.json() ? keptIds(call.settings) : std::array<bool, 3>{};
  Tally tally(parsed.strategy, final,
              policy == "exclude"  ? Policy::Exclude
              : policy == "review" ? Policy::Review
                                   : Policy::Include,
              keep);
  match::Evaluator evaluator(parsed.strategy, tree.orNull(), headingsNamed(call.settings.text("headings")));
  KnownItems known;
  std::string_view list = call.fileOf("known");
  while (!list.empty()) {
    const std::size_t end = std::min(list.find('\n'), list.size());
    if (const std::string_view id = trimmed(list.substr(0, end)); !id.empty()) known.wanted.emplace(id);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  RecordReader reader(call.host);
  match::Document document;
  std::uint64_t byDate = 0;
  forRecords(call, reader, [&](const std::string& id, Record record) {
    reader.read(record, document);
    const std::vector<Truth>& values = evaluator.evaluate(document);
    tally.add(id, values);
    byDate += isByDate(parsed.strategy, evaluator, final, values) ? 1 : 0;
    if (final < values.size()) known.look(id, values[final]);
  });
  const Report report{parsed, tally, known, tree, final, policy, byDate};
  call.print(call.json() ? asJson(report, keep) : asText(report));
  return exitCode(parsed.diagnostics);
}

std::int32_t WINNOW_CALL runMatch(const winnow_host* host, const winnow_invocation* invocation) {
  return guarded(host, invocation, matchAll);
}

constexpr const winnow_option* kMatchOptions[] = {&options::kRecords, &options::kMesh,  &options::kFrom,     &kIds,
                                                  &kPolicy,           &options::kFinal, &options::kHeadings, &kKnown};

}  // namespace

const winnow_command matchCommand{
    sizeof(winnow_command),
    0,
    str("search match"),
    str("Run a search strategy on records: per line found, not found, or not decidable\nA record without the field "
        "that a line searches is unknown, "
        "never \"not found\". Tells dead lines, what each line alone contributes, and which known items are missed.\n"
        "  $ winnow search match strategy.ovid --records export.nbib --mesh mtrees2019.bin"),
    str("STRATEGY"),
    kMatchOptions,
    std::size(kMatchOptions),
    runMatch};

}  // namespace winnow::search
