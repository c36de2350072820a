#include "Decisions.hpp"

#include <algorithm>

#include "DecisionMemory.hpp"
#include "Eligibility.hpp"
#include "Reasons.hpp"
#include "RowProblems.hpp"
#include "RowTime.hpp"
#include "Settling.hpp"
#include "config/Nearest.hpp"
#include "io/Listed.hpp"

namespace winnow::engine {

namespace {

constexpr std::string_view kRecordBy = "record by ";
constexpr const char* kConfirm = "confirm";

std::string placeText(const std::string& file, std::uint32_t line) { return file + ":" + std::to_string(line); }

/// Reads the rows of one step.
class StepReader {
 public:
  StepReader(const PeopleInput& input, const config::Step& step)
      : workspace_(input.work), input_(input), step_(step), reasons_(input.work.review, step), problems_(input.work) {}

  StepDecisions read() {
    Sheets sheets = readSheetFiles(workspace_, step_.decisions, step_.decisionNames, step_.decisionSays);
    reportWithoutDecisions(sheets);
    std::vector<SheetRow>& rows = sheets.rows;
    if (step_.verb == config::Verb::Screen) decideByCriteria(workspace_.review, rows, problems_);
    for (const SheetRow& row : rows) readAlias(row);
    for (const SheetRow& row : rows) readVote(row);
    for (const SheetRow& row : readSheets(workspace_, step_.resolutions, step_.resolutionNames)) readResolution(row);
    settleWords();
    addRemembered();
    for (auto& [record, votes] : result_.votes)
      std::stable_sort(votes.begin(), votes.end(),
                       [&](const Decision& a, const Decision& b) { return rank(a.reviewer) < rank(b.reviewer); });
    reportVotesOfOthers();
    problems_.report();
    return std::move(result_);
  }

 private:
  // ---- names

  bool isMap() const { return step_.verb == config::Verb::Map; }
  bool isFullText() const { return step_.verb == config::Verb::Screen && step_.read == config::Reading::FullText; }
  bool reads(const std::string& reviewer) const {
    return std::any_of(step_.readers.begin(), step_.readers.end(),
                       [&](const config::Reader& r) { return r.reviewer == reviewer; });
  }
  std::size_t rank(std::string_view reviewer) const {
    const auto& list = workspace_.review.reviewers;
    return static_cast<std::size_t>(
        std::find_if(list.begin(), list.end(), [&](const auto& r) { return r.id == reviewer; }) - list.begin());
  }
  bool isReviewer(std::string_view name) const { return rank(name) < workspace_.review.reviewers.size(); }
  /// The reviewer behind a name of another program (known_as); other names as they are.
  std::string reviewerCalled(std::string_view name) const {
    const auto known = workspace_.review.knownAs.find(std::string(name));
    return known == workspace_.review.knownAs.end() ? std::string(name) : known->second;
  }
  std::string reviewerNames() const {
    std::string names;
    for (const auto& r : workspace_.review.reviewers) names += (names.empty() ? "" : ", ") + r.id;
    return names;
  }

  // ---- which record

  RecordId representativeOf(RecordId record) const { return input_.clusters.representative(record); }
  std::set<RecordId> worksOf(const std::vector<RecordId>& records) const {
    std::set<RecordId> works;
    for (const RecordId id : records) works.insert(representativeOf(id));
    return works;
  }

  /// The records that a row names: by its "record", or, where that is unknown, as another row called it, or by the
  /// columns "record by doi", "record by pmid", "record by title".
  std::vector<RecordId> recordsOf(const SheetRow& row) const {
    const std::string_view name = row.cell("record");
    std::vector<RecordId> found = input_.references.find(name);
    if (const auto alias = aliases_.find(name); found.empty() && alias != aliases_.end())
      found.push_back(alias->second);
    for (auto cell = row.cells.lower_bound(kRecordBy);
         found.empty() && cell != row.cells.end() && cell->first.rfind(kRecordBy, 0) == 0; ++cell)
      found = input_.references.find(cell->second);
    return found;
  }

  /// A row may tell by which other name a record goes ("alias"): rows of another file may use it.
  void readAlias(const SheetRow& row) {
    const std::string_view alias = row.cell("alias");
    if (alias.empty()) return;
    if (const std::vector<RecordId> found = recordsOf(row); worksOf(found).size() == 1)
      aliases_.emplace(alias, found.front());
  }

  /// The record a row is about; nothing if it names none or several works. `carriedBy` tells what it was found by when
  /// its key names nothing any more.
  std::optional<RecordId> recordOf(const SheetRow& row, std::string& carriedBy) {
    const std::string_view name = row.cell("record");
    std::vector<RecordId> found = recordsOf(row);
    if (found.empty()) {
      Described described = input_.references.describedBy(descriptionOf(row));
      found = std::move(described.records);
      carriedBy = described.by;
    }
    const std::set<RecordId> works = worksOf(found);
    if (works.size() == 1) {
      result_.carried += carriedBy.empty() ? 0 : 1;
      result_.hasOldKeys = result_.hasOldKeys || (name.find(':') != std::string_view::npos &&
                                                  name.substr(0, 2) != "r:" && input_.references.isKey(name));
      return found.front();
    }
    ++result_.unresolved;
    if (works.empty())
      problems_.warn(row, "decisions.unknown-record", "no record is named '" + std::string(name) + "'",
                     "the row was left out; name it by its key, doi:..., pmid:... or title:...", "record");
    else
      problems_.warn(row, "decisions.ambiguous-record",
                     "'" + std::string(name) + "' " +
                         (carriedBy.empty() ? "names " : "fits, by its " + carriedBy + ", ") +
                         std::to_string(works.size()) + " records: " + keysOf(works),
                     "the row was left out; name it by its key", "record");
    return std::nullopt;
  }

  std::string keysOf(const std::set<RecordId>& records) const {
    std::set<std::string> sorted;  // numbers of records follow the order in which files were read
    for (const RecordId id : records) sorted.insert(input_.records.key(id));
    std::string keys;
    for (const std::string& key : sorted) keys += (keys.empty() ? "" : ", ") + key;
    return keys;
  }

  std::optional<std::size_t> waveOf(const SheetRow& row) {
    const std::string name(row.cell("wave"));
    for (std::size_t w = 0; w < workspace_.review.waves.size(); ++w)
      if (workspace_.review.waves[w].name == name) return w;
    problems_.warn(row, "decisions.unknown-wave", "'*' needs the wave it is about, and '" + name + "' is none",
                   "the row was left out", "wave");
    return std::nullopt;
  }

  // ---- rows

  /// A table that has no column for what is asked says nothing, however many rows it has.
  void reportWithoutDecisions(const Sheets& sheets) {
    const std::string column = isMap() ? "category" : "decision";
    for (const auto& head : sheets.heads) {
      const bool hasCriteria = std::any_of(workspace_.review.criteria.begin(), workspace_.review.criteria.end(),
                                           [&](const auto& c) { return head->has(plainName(criterionColumn(c))); });
      if (head->has(column) || (!isMap() && hasCriteria) || isFilled(sheets, *head, column)) continue;
      problems_.warn({head->file, head->line, {}}, "decisions.no-column",
                     "the sheet has no column '" + column + "'" + butNearly(column, head->columns),
                     "its rows were left out; take the headings of the sheet that winnow wrote for the step");
    }
  }
  static std::string butNearly(const std::string& column, const std::vector<std::string>& columns) {
    const std::string nearest = config::nearest(column, columns);
    return nearest.empty() ? nearest : ", but '" + nearest + "'";
  }
  /// The configuration says what every row of the file decides.
  static bool isFilled(const Sheets& sheets, const SheetHead& head, const std::string& column) {
    return std::any_of(sheets.rows.begin(), sheets.rows.end(),
                       [&](const SheetRow& row) { return row.head.get() == &head && !row.cell(column).empty(); });
  }

  std::map<std::string, std::string> criteriaOf(const SheetRow& row) const {
    std::map<std::string, std::string> answers;
    for (const config::Criterion& c : workspace_.review.criteria)
      if (const std::string_view answer = row.cell(plainName(criterionColumn(c))); !answer.empty())
        answers.emplace(c.id, answer);
    return answers;
  }

  /// Keeps what a row says without deciding, if it says anything.
  void keepDraft(const SheetRow& row, std::string value) {
    Decision draft{0,
                   reviewerCalled(row.cell("reviewer")),
                   std::move(value),
                   std::string(row.cell("reason")),
                   std::string(row.cell("note")),
                   row.file,
                   row.line,
                   std::nullopt,
                   {}};
    draft.criteria = criteriaOf(row);
    if (draft.value.empty() && draft.reason.empty() && draft.note.empty() && draft.criteria.empty()) return;
    const std::set<RecordId> works = worksOf(recordsOf(row));
    if (works.size() != 1) return;
    draft.record = *works.begin();
    result_.drafts.insert_or_assign({draft.record, draft.reviewer}, std::move(draft));
  }

  void readVote(const SheetRow& row) {
    if (row.cells.empty()) return;
    const bool isCategory = isMap() && row.cells.contains("category");
    const std::string_view written =
        row.cell("decision") == kTakenBack ? kTakenBack : row.cell(isCategory ? "category" : "decision");
    if (written.empty()) return keepDraft(row, {});  // not filled in yet
    ++result_.rows;
    const std::string reviewer = reviewerCalled(row.cell("reviewer"));
    if (!isReviewer(reviewer))
      return problems_.warn(
          row, "decisions.unknown-reviewer",
          reviewer.empty() ? "the row does not say whose decision it is (" + reviewerNames() + ")"
                           : "'" + reviewer + "' is no reviewer of this review (" + reviewerNames() + ")",
          reviewer.empty() ? "the row was left out; fill in 'reviewer', or name the reader beside the file: {files: "
                             "..., reviewer: ...}"
                           : "the row was left out; if this is one of them in another program, say so with known_as",
          "reviewer");
    const std::string word = decisionWord(written);
    const bool isOwnWord = word == kConfirm || word == kTakenBack;
    Decision decision{0,
                      reviewer,
                      isMap() && !isOwnWord ? std::string(written) : word,
                      std::string(row.cell("reason")),
                      std::string(row.cell("note")),
                      row.file,
                      row.line,
                      timeOf(row),
                      {},
                      {}};
    decision.row = row.number;
    decision.head = row.head;
    decision.criteria = criteriaOf(row);
    const char* const column = isCategory ? "category" : "decision";
    if (decision.value.empty()) {
      keepDraft(row, std::string(written));
      return problems_.warn(row, "decisions.unknown-word", "'" + std::string(written) + "' is no decision",
                            "the row was left out; write include, exclude, maybe, not retrieved, taken back or (for "
                            "'*') confirm",
                            column);
    }
    if (row.cell("record") == "*") return readBatch(row, std::move(decision));
    if (decision.value == kConfirm && !isMap() && step_.plugin.empty())
      return problems_.warn(row, "decisions.nothing-to-confirm", "nothing is proposed here that could be confirmed",
                            "the row was left out; write include or exclude", column);
    if (decision.value == "not retrieved" && !isFullText())
      return problems_.warn(row, "decisions.not-a-full-text",
                            "only a full text can be 'not retrieved', and '" + step_.label + "' reads none",
                            "the row was left out; the record waits", column);
    const std::optional<RecordId> record = recordOf(row, decision.carriedBy);
    if (!record) return;
    decision.record = *record;
    decision.meaning = meaningOf(decision.value, decision.reason);
    words_[{representativeOf(*record), reviewer}].push_back(std::move(decision));
  }

  /// What a decision says, however its reason is worded. Where no reasons are known a reason is a remark.
  std::string meaningOf(const std::string& value, const std::string& reason) const {
    if (value != "exclude") return value;
    if (const auto id = reasons_.idOf(reason)) return value + "\n" + *id;
    const bool isMachines = step_.verb == config::Verb::Remove && !step_.plugin.empty();
    const bool isRemark =
        !isMachines && (step_.verb == config::Verb::Remove ? step_.reasons.empty() : reasons_.isEmpty());
    return isRemark ? value : value + "\n" + plainName(reason);
  }

  /// '*' confirms what the step's filter proposed for a wave, and says nothing else.
  void readBatch(const SheetRow& row, Decision decision) {
    if (decision.value != kConfirm && decision.value != kTakenBack)
      return problems_.warn(row, "decisions.batch-word",
                            "'*' can only 'confirm' what was proposed for a wave, not '" + decision.value + "'",
                            "the row was left out; decide record by record", "decision");
    if (step_.verb == config::Verb::Screen || (step_.plugin.empty() && !isMap()))
      return problems_.warn(row, "decisions.nothing-to-confirm",
                            "no filter proposes anything in '" + step_.label + "', so '*' has nothing to confirm",
                            "the row was left out; decide record by record", "record");
    if (step_.readers.empty() || step_.readers.front().reviewer != decision.reviewer)
      return problems_.warn(row, "decisions.not-the-reader",
                            "'" + decision.reviewer + "' does not decide in '" + step_.label + "', " +
                                (step_.readers.empty() ? "nobody" : step_.readers.front().reviewer) + " does",
                            "the row was left out");
    const auto wave = waveOf(row);
    if (!wave) return;
    if (decision.value == kTakenBack) {
      result_.confirmed.erase(*wave);
      takenBackWaves_.insert(*wave);
    } else {
      takenBackWaves_.erase(*wave);
      result_.confirmed[*wave] = std::move(decision);
    }
  }

  std::optional<std::int64_t> timeOf(const SheetRow& row) {
    const std::string_view written = row.cell("time");
    if (written.empty()) return std::nullopt;
    const auto time = secondsOf(written);
    if (!time)
      problems_.warn(row, "decisions.unknown-time", "'" + std::string(written) + "' is no time",
                     "the row counts by its place in the file; write 2026-11-28 10:15", "time");
    return time;
  }

  void readResolution(const SheetRow& row) {
    const std::string_view written = row.cell("decision");
    if (written.empty()) return;
    ++result_.rows;
    Resolution resolution{0,
                          splitNames(row.cell("by")),
                          decisionWord(written),
                          std::string(row.cell("reason")),
                          std::string(row.cell("note")),
                          row.file,
                          row.line,
                          timeOf(row),
                          false,
                          false,
                          row.number,
                          row.head};
    std::set<std::string> names;
    for (std::string& name : resolution.by) {
      name = reviewerCalled(name);
      names.insert(name);
      if (!isReviewer(name))
        return problems_.warn(row, "decisions.unknown-reviewer",
                              "'" + name + "' is no reviewer of this review (" + reviewerNames() + ")",
                              "the row was left out", "by");
    }
    if (resolution.value.empty() || resolution.value == kConfirm)
      return problems_.warn(row, "decisions.unknown-word", "'" + std::string(written) + "' is no decision",
                            "the row was left out", "decision");
    if (names.size() < 2 && resolution.value != kTakenBack)
      return problems_.warn(
          row, "decisions.resolved-alone",
          "a joint decision names two readers at least in 'by', not '" + std::string(row.cell("by")) + "'",
          "the row was left out; write the names with ';' between them", "by");
    if (resolution.value == "not retrieved" && !isFullText())
      return problems_.warn(row, "decisions.not-a-full-text",
                            "only a full text can be 'not retrieved', and '" + step_.label + "' reads none",
                            "the row was left out; the record waits", "decision");
    std::string carriedBy;
    if (const auto record = recordOf(row, carriedBy)) {
      resolution.record = *record;
      addResolution(row, std::move(resolution));
    }
  }

  void addResolution(const SheetRow& row, Resolution resolution) {
    const auto [place, isNew] = result_.resolutions.try_emplace(representativeOf(resolution.record), resolution);
    if (isNew) return;
    Resolution& before = place->second;
    const bool bothTimed = before.time && resolution.time && *before.time != *resolution.time;
    if (meaningOf(before.value, before.reason) != meaningOf(resolution.value, resolution.reason) && !bothTimed) {
      if (before.file != resolution.file) {
        problems_.warn(row, "decisions.two-resolutions",
                       inWords(before.value, before.reason) + " in " + placeText(before.file, before.line) + " and " +
                           inWords(resolution.value, resolution.reason) +
                           " here are both said to be the joint decision",
                       "neither counts; leave one of them, or state the time of each in a column 'time'");
        before.isContradicted = true;
        return;
      }
      problems_.warn(row, "decisions.twice",
                     "the joint decision was " + inWords(before.value, before.reason) + " in " +
                         placeText(before.file, before.line) + " and is " +
                         inWords(resolution.value, resolution.reason) + " here",
                     "the later one counts");
    }
    if (!bothTimed || *resolution.time > *before.time) before = std::move(resolution);
  }

  // ---- which of several words

  void settleWords() {
    for (auto& [subject, words] : words_) {
      Settled settled = settle(std::move(words));
      Decision last = std::move(settled.words.back());
      settled.words.pop_back();
      if (!settled.isSettled) {
        reportUnsettled(last, settled.words);
        settled.words.push_back(std::move(last));
        result_.unsettled.emplace(subject, std::move(settled.words));
        continue;
      }
      for (const Decision& d : settled.words) reportTwice(d, last);
      last.earlier = std::move(settled.words);
      if (last.value == kTakenBack)
        result_.takenBack.emplace(subject, std::move(last));
      else
        result_.votes[subject.first].push_back(std::move(last));
    }
  }

  static std::string inWords(const std::string& value, const std::string& reason) {
    return "'" + value + "'" + (reason.empty() ? "" : " for '" + reason + "'");
  }

  void reportUnsettled(const Decision& last, const std::vector<Decision>& others) {
    const auto other =
        std::find_if(others.rbegin(), others.rend(), [&](const Decision& d) { return d.meaning != last.meaning; });
    if (other == others.rend()) return;
    problems_.warn(
        placeOf(last), "decisions.contradiction",
        last.reviewer + " decided " + inWords(other->value, other->reason) + " in " +
            placeText(other->file, other->line) + " and " + inWords(last.value, last.reason) +
            " here, and nothing tells which is later",
        "the record waits; delete the row that does not count, or state the time of each in a column 'time'");
  }

  void reportTwice(const Decision& earlier, const Decision& last) {
    if (last.time || earlier.meaning == last.meaning || last.value == kTakenBack) return;
    problems_.warn(placeOf(last), "decisions.twice",
                   last.reviewer + " decided " + inWords(earlier.value, earlier.reason) + " in " +
                       placeText(earlier.file, earlier.line) + " and " + inWords(last.value, last.reason) + " here",
                   "the later row counts");
  }

  // ---- what no file says any more

  bool isSaid(RecordId work, const std::string& reviewer) const { return words_.contains({work, reviewer}); }

  void addRemembered() {
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> gone;  // (file, actor) -> what was said
    for (const auto& [subject, event] : rememberedWords(input_, step_)) {
      const auto& [kind, work, about, actor] = subject;
      if (kind == "decision") {
        if (isSaid(work, actor)) continue;
        const std::vector<RecordId> named = input_.references.find(event.record);
        result_.votes[work].push_back(
            {named.front(), actor, event.value, event.reason, event.note, event.file, event.line, {}, {}, {}, true});
      } else if (kind == "resolution") {
        const auto now = result_.resolutions.find(work);
        if (now != result_.resolutions.end() && !now->second.isRemembered) continue;
        const std::vector<RecordId> named = input_.references.find(event.record);
        result_.resolutions[work] = {named.front(), splitNames(actor), event.value, event.reason, event.note,
                                     event.file,    event.line,        {},          true};
      } else if (const auto wave = waveCalled(about);
                 wave && !result_.confirmed.contains(*wave) && !takenBackWaves_.contains(*wave)) {
        result_.confirmed[*wave] = {0,          actor, event.value, event.reason, event.note, event.file,
                                    event.line, {},    {},          {},           true};
      } else {
        continue;
      }
      gone[{event.file, actor}].push_back("'" + event.value + "' for " +
                                          (event.record.empty() ? "wave " + about : event.record));
    }
    for (const auto& [of, words] : gone) reportGone(of.first, of.second, words);
  }

  std::optional<std::size_t> waveCalled(const std::string& name) const {
    for (std::size_t w = 0; w < workspace_.review.waves.size(); ++w)
      if (workspace_.review.waves[w].name == name) return w;
    return std::nullopt;
  }

  void reportGone(const std::string& file, const std::string& actor, const std::vector<std::string>& words) {
    constexpr std::size_t kShown = 3;
    problems_.warn(
        {file, 0, {}}, "decisions.gone",
        "in '" + step_.label + "' no file says any more what " + actor + " decided: " + io::listed(words, kShown),
        std::to_string(words.size()) + (words.size() == 1 ? " decision goes" : " decisions go") +
            " on counting; take them back with the decision 'taken back', or all of them with: winnow "
            "withdraw " +
            file);
  }

  /// Votes by people who do not read the step count for nothing: said, not dropped in silence.
  void reportVotesOfOthers() {
    std::map<std::string, std::vector<const Decision*>> others;
    for (const auto& [record, votes] : result_.votes)
      for (const Decision& d : votes)
        if (!reads(d.reviewer)) others[d.reviewer].push_back(&d);
    for (const auto& [reviewer, votes] : others)
      problems_.warn(placeOf(*votes.front()), "decisions.not-a-reader",
                     std::to_string(votes.size()) + (votes.size() == 1 ? " decision" : " decisions") + " of " +
                         reviewer + " in '" + step_.label + "' do not count: " + reviewer + " does not read this step",
                     "add " + reviewer + " to the step's 'by', or take the rows away");
  }

  const Workspace& workspace_;
  const PeopleInput& input_;
  const config::Step& step_;
  const Reasons reasons_;
  RowProblems problems_;
  std::map<std::string, RecordId, std::less<>> aliases_;
  std::map<std::pair<RecordId, std::string>, std::vector<Decision>> words_;  ///< by work and reviewer
  std::set<std::size_t> takenBackWaves_;
  StepDecisions result_;
};

}  // namespace

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
                                                                      {"confirm", kConfirm},
                                                                      {"taken back", kTakenBack}};
  const auto found = kWords.find(plainName(text));
  return found == kWords.end() ? std::string() : found->second;
}

const Decision* StepDecisions::written(RecordId representative, const std::string& reviewer) const {
  if (const Decision* said = word(representative, reviewer)) return said;
  const auto draft = drafts.find({representative, reviewer});
  return draft == drafts.end() ? nullptr : &draft->second;
}

const Decision* StepDecisions::word(RecordId representative, const std::string& reviewer) const {
  const auto found = votes.find(representative);
  if (found == votes.end()) return nullptr;
  for (const Decision& d : found->second)
    if (d.reviewer == reviewer) return &d;
  return nullptr;
}

const Resolution* StepDecisions::resolution(RecordId representative) const {
  const auto found = resolutions.find(representative);
  const bool counts = found != resolutions.end() && found->second.value != kTakenBack && !found->second.isContradicted;
  return counts ? &found->second : nullptr;
}

StepDecisions readDecisions(const PeopleInput& input, const config::Step& step) {
  return StepReader(input, step).read();
}

}  // namespace winnow::engine
