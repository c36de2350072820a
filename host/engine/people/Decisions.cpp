#include "Decisions.hpp"

#include <algorithm>
#include <set>
#include <sstream>
#include <tuple>

namespace winnow::engine {

namespace {

constexpr std::string_view kRecordBy = "record by ";

/// The word a person wrote, in the four that count; empty: unknown.
std::string decisionWord(std::string_view text) {
  static const std::map<std::string, std::string, std::less<>> kWords{{"include", "include"},
                                                                      {"included", "include"},
                                                                      {"keep", "include"},
                                                                      {"yes", "include"},
                                                                      {"in", "include"},
                                                                      {"exclude", "exclude"},
                                                                      {"excluded", "exclude"},
                                                                      {"remove", "exclude"},
                                                                      {"no", "exclude"},
                                                                      {"out", "exclude"},
                                                                      {"maybe", "maybe"},
                                                                      {"undecided", "maybe"},
                                                                      {"unclear", "maybe"},
                                                                      {"not retrieved", "not retrieved"},
                                                                      {"not-retrieved", "not retrieved"},
                                                                      {"confirm", "confirm"}};
  const auto found = kWords.find(plainName(text));
  return found == kWords.end() ? std::string() : found->second;
}

std::vector<std::string> splitNames(std::string_view text) {
  std::vector<std::string> names;
  std::string name;
  for (const char c : std::string(text) + ";") {
    if (c != ';' && c != ',' && c != '&') {
      name += c;
      continue;
    }
    const std::size_t begin = name.find_first_not_of(' ');
    if (begin != std::string::npos) names.push_back(name.substr(begin, name.find_last_not_of(' ') + 1 - begin));
    name.clear();
  }
  return names;
}

/// Reads the rows of one step.
class StepReader {
 public:
  StepReader(const Workspace& work, const config::Step& step, const Records& records, const Clusters& clusters,
             const References& references)
      : work_(work), step_(step), records_(records), clusters_(clusters), references_(references) {}

  StepDecisions read() {
    const std::vector<SheetRow> rows = readSheets(work_, step_.decisions, step_.decisionNames);
    for (const SheetRow& row : rows) readAlias(row);
    for (const SheetRow& row : rows) readVote(row);
    for (const SheetRow& row : readSheets(work_, step_.resolutions, step_.resolutionNames)) readResolution(row);
    for (auto& [record, votes] : said_.votes)
      std::stable_sort(votes.begin(), votes.end(),
                       [&](const Decision& a, const Decision& b) { return rank(a.reviewer) < rank(b.reviewer); });
    return std::move(said_);
  }

 private:
  bool isMap() const { return step_.verb == config::Verb::Map; }

  std::size_t rank(std::string_view reviewer) const {
    const auto& list = work_.review.reviewers;
    return static_cast<std::size_t>(
        std::find_if(list.begin(), list.end(), [&](const auto& r) { return r.id == reviewer; }) - list.begin());
  }
  /// The reviewer behind a name of another program (known_as); other names as they are.
  std::string reviewerCalled(std::string_view name) const {
    const auto known = work_.review.knownAs.find(std::string(name));
    return known == work_.review.knownAs.end() ? std::string(name) : known->second;
  }
  bool isReviewer(std::string_view name) const { return rank(name) < work_.review.reviewers.size(); }

  std::string reviewerNames() const {
    std::string names;
    for (const auto& r : work_.review.reviewers) names += (names.empty() ? "" : ", ") + r.id;
    return names;
  }

  void problem(const SheetRow& row, std::string code, std::string message, std::string action) const {
    tellRow(work_, io::Severity::Warning, row, std::move(code), std::move(message), std::move(action));
  }

  std::set<RecordId> representatives(std::string_view name) const {
    std::set<RecordId> found;
    for (const RecordId id : references_.find(name)) found.insert(clusters_.representative(id));
    return found;
  }

  /// Every record that a row names: by its "record", or, where that is unknown, as another row called it, or by the
  /// columns "record by doi", "record by pmid", "record by title".
  std::set<RecordId> recordsOf(const SheetRow& row) const {
    const std::string_view name = row.cell("record");
    std::set<RecordId> found = representatives(name);
    if (const auto alias = aliases_.find(name); found.empty() && alias != aliases_.end()) found.insert(alias->second);
    for (auto cell = row.cells.lower_bound(kRecordBy);
         found.empty() && cell != row.cells.end() && cell->first.rfind(kRecordBy, 0) == 0; ++cell)
      found = representatives(cell->second);
    return found;
  }

  /// A row may tell by which other name a record goes ("alias"): rows of another file may use it.
  void readAlias(const SheetRow& row) {
    const std::string_view alias = row.cell("alias");
    if (alias.empty()) return;
    if (const std::set<RecordId> found = recordsOf(row); found.size() == 1) aliases_.emplace(alias, *found.begin());
  }

  /// The representative a row is about; nothing if it names none or several.
  std::optional<RecordId> recordOf(const SheetRow& row) {
    const std::string_view name = row.cell("record");
    const std::set<RecordId> found = recordsOf(row);
    if (found.size() == 1) return *found.begin();
    ++said_.unresolved;
    if (found.empty()) {
      problem(row, "decisions.unknown-record", "no record is named '" + std::string(name) + "'",
              "the row was left out; name it by its key, doi:..., pmid:... or title:...");
    } else {
      std::string keys;
      for (const RecordId id : found) keys += (keys.empty() ? "" : ", ") + records_.key(id);
      problem(row, "decisions.ambiguous-record",
              "'" + std::string(name) + "' names " + std::to_string(found.size()) + " records: " + keys,
              "the row was left out; name it by its key");
    }
    return std::nullopt;
  }

  std::optional<std::size_t> waveOf(const SheetRow& row) {
    const std::string name(row.cell("wave"));
    for (std::size_t w = 0; w < work_.review.waves.size(); ++w)
      if (work_.review.waves[w].name == name) return w;
    problem(row, "decisions.unknown-wave", "'*' needs the wave it is about, and '" + name + "' is none",
            "the row was left out");
    return std::nullopt;
  }

  void readVote(const SheetRow& row) {
    if (row.cells.empty()) return;
    const std::string_view written = row.cell(isMap() && row.cells.contains("category") ? "category" : "decision");
    if (written.empty()) return;  // a sheet that is not filled in yet
    ++said_.rows;
    const std::string reviewer = reviewerCalled(row.cell("reviewer"));
    if (!isReviewer(reviewer))
      return problem(row, "decisions.unknown-reviewer",
                     "'" + reviewer + "' is no reviewer of this review (" + reviewerNames() + ")",
                     "the row was left out; if this is one of them in another program, say so with known_as");
    if (row.cell("decision") == "taken back") return;
    const std::string word = decisionWord(written);
    Decision decision{0,
                      reviewer,
                      isMap() && word != "confirm" ? std::string(written) : word,
                      std::string(row.cell("reason")),
                      std::string(row.cell("note")),
                      row.file,
                      row.line};
    if (decision.value.empty())
      return problem(row, "decisions.unknown-word", "'" + std::string(written) + "' is no decision",
                     "the row was left out; write include, exclude, maybe, not retrieved or (for '*') confirm");
    if (row.cell("record") == "*") return readBatch(row, decision);
    const std::optional<RecordId> record = recordOf(row);
    if (!record) return;
    decision.record = *record;
    addVote(row, std::move(decision));
  }

  void readBatch(const SheetRow& row, const Decision& decision) {
    if (const auto wave = waveOf(row)) said_.confirmed[*wave] = decision;
  }

  void addVote(const SheetRow& row, Decision decision) {
    std::vector<Decision>& votes = said_.votes[decision.record];
    const auto before =
        std::find_if(votes.begin(), votes.end(), [&](const Decision& d) { return d.reviewer == decision.reviewer; });
    if (before == votes.end()) {
      votes.push_back(std::move(decision));
      return;
    }
    if (!row.cell("time").empty()) {  // a log: people change their minds, and each word is remembered
      decision.earlier = std::move(before->earlier);
      before->earlier.clear();
      decision.earlier.push_back(std::move(*before));
    } else if (before->value != decision.value)
      problem(row, "decisions.twice",
              decision.reviewer + " decided '" + before->value + "' in " + before->file + ":" +
                  std::to_string(before->line) + " and '" + decision.value + "' here",
              "the later one counts");
    *before = std::move(decision);
  }

  void readResolution(const SheetRow& row) {
    const std::string_view written = row.cell("decision");
    if (written.empty()) return;
    ++said_.rows;
    Resolution resolution{0,
                          splitNames(row.cell("by")),
                          decisionWord(written),
                          std::string(row.cell("reason")),
                          std::string(row.cell("note")),
                          row.file,
                          row.line};
    for (const std::string& name : resolution.by)
      if (!isReviewer(name))
        return problem(row, "decisions.unknown-reviewer",
                       "'" + name + "' is no reviewer of this review (" + reviewerNames() + ")",
                       "the row was left out");
    if (resolution.value.empty() || resolution.value == "confirm")
      return problem(row, "decisions.unknown-word", "'" + std::string(written) + "' is no decision",
                     "the row was left out");
    if (const auto record = recordOf(row)) {
      resolution.record = *record;
      said_.resolutions[*record] = std::move(resolution);
    }
  }

  const Workspace& work_;
  const config::Step& step_;
  const Records& records_;
  const Clusters& clusters_;
  const References& references_;
  std::map<std::string, RecordId, std::less<>> aliases_;
  StepDecisions said_;
};

/// What an event says about what: later events of the same subject replace earlier ones.
using Subject = std::tuple<std::string, RecordId, std::string, std::string>;  // kind, record, subject, actor
using Content = std::tuple<std::string, std::string, std::string>;            // value, reason, note

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : "; ") + name;
  return text;
}

std::map<Subject, ledger::EventRow> wanted(const Workspace& work, const config::Step& step, const StepDecisions& said) {
  std::map<Subject, ledger::EventRow> list;
  const auto add = [&](ledger::EventRow event) {
    event.step = step.id;
    Subject subject{event.kind, event.record, event.subject, event.actor};
    list[std::move(subject)] = std::move(event);
  };
  for (const auto& [record, votes] : said.votes)
    for (const Decision& d : votes)
      add({0, 0, "decision", {}, record, {}, d.reviewer, d.value, d.reason, d.note, d.file, d.line});
  for (const auto& [record, r] : said.resolutions)
    add({0, 0, "resolution", {}, record, {}, joined(r.by), r.value, r.reason, r.note, r.file, r.line});
  for (const auto& [wave, d] : said.confirmed)
    add({0, 0, "batch", {}, 0, work.review.waves[wave].name, d.reviewer, d.value, d.reason, d.note, d.file, d.line});
  return list;
}

/// What people said before the word that counts, once: when the ledger has nothing of that person and record yet.
void rememberEarlier(const Workspace& work, const config::Step& step, const StepDecisions& said,
                     const std::map<Subject, Content>& known) {
  for (const auto& [record, votes] : said.votes)
    for (const Decision& vote : votes) {
      if (known.contains({"decision", record, {}, vote.reviewer})) continue;
      for (const Decision& d : vote.earlier)
        work.ledger.addEvent(
            {0, 0, "decision", step.id, record, {}, d.reviewer, d.value, d.reason, d.note, d.file, d.line});
    }
}

}  // namespace

StepDecisions readDecisions(const Workspace& work, const config::Step& step, const Records& records,
                            const Clusters& clusters, const References& references) {
  return StepReader(work, step, records, clusters, references).read();
}

std::vector<std::pair<RecordId, std::pair<RecordId, bool>>> readPairDecisions(const Workspace& work,
                                                                              const config::Step& step,
                                                                              const References& references) {
  std::vector<std::pair<RecordId, std::pair<RecordId, bool>>> list;
  for (const SheetRow& row : readSheets(work, step.decisions, step.decisionNames)) {
    const std::string word = plainName(row.cell("decision"));
    if (word.empty()) continue;
    const auto left = references.find(row.cell("record")), right = references.find(row.cell("other"));
    if (left.size() != 1 || right.size() != 1 || (word != "same" && word != "distinct")) {
      tellRow(work, io::Severity::Warning, row, "duplicates.unknown-pair",
              "a row needs one record, one other and the decision 'same' or 'distinct', here '" +
                  std::string(row.cell("record")) + "', '" + std::string(row.cell("other")) + "' and '" + word + "'",
              "the row was left out; name records by their keys");
      continue;
    }
    const RecordId a = std::min(left.front(), right.front()), b = std::max(left.front(), right.front());
    const auto earlier = std::find_if(list.begin(), list.end(),
                                      [&](const auto& said) { return said.first == a && said.second.first == b; });
    if (earlier != list.end()) list.erase(earlier);  // the last word about a pair counts
    list.push_back({a, {b, word == "same"}});
  }
  return list;
}

void rememberDecisions(const Workspace& work, const config::Step& step, const StepDecisions& said) {
  std::map<Subject, Content> known;
  std::map<Subject, ledger::Id> last;
  for (const char* kind : {"decision", "resolution", "batch"})
    for (const ledger::EventRow& e : work.ledger.events(kind, step.id)) {
      known[{e.kind, e.record, e.subject, e.actor}] = {e.value, e.reason, e.note};
      last[{e.kind, e.record, e.subject, e.actor}] = e.id;
    }
  // A withdrawal names the kind it takes back in `value`; what came after it counts again.
  for (const ledger::EventRow& e : work.ledger.events("withdrawn", step.id)) {
    const Subject subject{e.value, e.record, e.subject, e.actor};
    if (const auto found = last.find(subject); found != last.end() && found->second < e.id) known.erase(subject);
  }
  rememberEarlier(work, step, said, known);
  const auto now = wanted(work, step, said);
  for (const auto& [subject, event] : now) {
    const auto found = known.find(subject);
    if (found == known.end() || found->second != Content{event.value, event.reason, event.note})
      work.ledger.addEvent(event);
  }
  for (const auto& [subject, content] : known) {
    if (now.contains(subject)) continue;
    const auto& [kind, record, what, actor] = subject;
    work.ledger.addEvent(
        {0, 0, "withdrawn", step.id, record, what, actor, kind, {}, "no file says so any more", {}, 0});
  }
}

}  // namespace winnow::engine
