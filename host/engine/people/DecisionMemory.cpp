#include "DecisionMemory.hpp"

#include <algorithm>

namespace winnow::engine {

namespace {

constexpr const char* kWithdrawn = "withdrawn";
constexpr const char* kKinds[] = {"decision", "resolution", "batch"};

/// The work that an event is about; 0: none that is in the review.
RecordId workOf(const PeopleInput& input, const std::string& key) {
  const std::vector<RecordId> found = input.references.find(key);
  return found.empty() ? 0 : input.clusters.representative(found.front());
}

bool sameContent(const ledger::EventRow& a, const ledger::EventRow& b) {
  return a.value == b.value && a.reason == b.reason && a.note == b.note;
}

}  // namespace

std::vector<std::string> splitNames(std::string_view text) {
  std::vector<std::string> names;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(";,&"), text.size());
    const std::string_view name = text.substr(0, end);
    const std::size_t begin = name.find_first_not_of(' ');
    if (begin != std::string_view::npos) names.emplace_back(name.substr(begin, name.find_last_not_of(' ') + 1 - begin));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return names;
}

std::string joinedNames(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : "; ") + name;
  return text;
}

std::map<Subject, ledger::EventRow> rememberedWords(const PeopleInput& input, const config::Step& step) {
  std::map<Subject, ledger::EventRow> words;
  std::vector<ledger::EventRow> events;
  for (const char* kind : kKinds)
    for (ledger::EventRow& e : input.work.ledger.events(kind, step.id)) events.push_back(std::move(e));
  for (ledger::EventRow& e : input.work.ledger.events(kWithdrawn, step.id)) events.push_back(std::move(e));
  std::sort(events.begin(), events.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  for (ledger::EventRow& e : events) {
    const RecordId work = e.record.empty() ? 0 : workOf(input, e.record);
    if (!e.record.empty() && work == 0) continue;
    const std::string& kind = e.kind == kWithdrawn ? e.value : e.kind;  // a withdrawal names the kind it takes back
    const Subject subject{kind, work, e.subject, e.actor};
    if (e.kind == kWithdrawn || e.value == kTakenBack)
      words.erase(subject);
    else
      words[subject] = std::move(e);
  }
  return words;
}

std::map<Subject, ledger::EventRow> presentWords(const PeopleInput& input, const config::Step& step,
                                                 const StepDecisions& said) {
  std::map<Subject, ledger::EventRow> words;
  const auto add = [&](RecordId work, RecordId record, ledger::EventRow event) {
    event.step = step.id;
    if (record != 0) event.record = input.records.key(record);
    words[{event.kind, work, event.subject, event.actor}] = std::move(event);
  };
  for (const auto& [work, votes] : said.votes)
    for (const Decision& d : votes)
      if (!d.isRemembered)
        add(work, d.record, {0, 0, "decision", {}, {}, {}, d.reviewer, d.value, d.reason, d.note, d.file, d.line});
  for (const auto& [subject, d] : said.takenBack)
    add(subject.first, d.record, {0, 0, "decision", {}, {}, {}, d.reviewer, d.value, d.reason, d.note, d.file, d.line});
  for (const auto& [work, r] : said.resolutions)
    if (!r.isRemembered && !r.isContradicted)
      add(work, r.record,
          {0, 0, "resolution", {}, {}, {}, joinedNames(r.by), r.value, r.reason, r.note, r.file, r.line});
  for (const auto& [wave, d] : said.confirmed)
    if (!d.isRemembered)
      add(0, 0,
          {0,
           0,
           "batch",
           {},
           {},
           input.work.review.waves[wave].name,
           d.reviewer,
           d.value,
           d.reason,
           d.note,
           d.file,
           d.line});
  return words;
}

std::size_t copyMemory(const PeopleInput& from, const config::Step& step, const StepDecisions& said,
                       ledger::Ledger& to) {
  const auto present = presentWords(from, step, said);
  std::size_t gone = 0;
  for (auto& [subject, event] : rememberedWords(from, step)) {
    gone += present.contains(subject) ? 0 : 1;
    if (!event.record.empty()) event.record = from.records.key(from.references.find(event.record).front());
    to.addEvent(event);
  }
  return gone;
}

void rememberDecisions(const PeopleInput& input, const config::Step& step, const StepDecisions& said) {
  const auto known = rememberedWords(input, step);
  for (const auto& [work, votes] : said.votes)
    for (const Decision& vote : votes) {
      if (known.contains({"decision", work, {}, vote.reviewer})) continue;
      for (const Decision& d : vote.earlier)
        input.work.ledger.addEvent({0,
                                    0,
                                    "decision",
                                    step.id,
                                    input.records.key(d.record),
                                    {},
                                    d.reviewer,
                                    d.value,
                                    d.reason,
                                    d.note,
                                    d.file,
                                    d.line});
    }
  for (const auto& [subject, event] : presentWords(input, step, said)) {
    const auto found = known.find(subject);
    if (found == known.end() ? event.value != kTakenBack : !sameContent(found->second, event))
      input.work.ledger.addEvent(event);
  }
}

std::size_t withdrawRemembered(const PeopleInput& input, const config::Step& step, const StepDecisions& said,
                               const std::string& file) {
  const auto present = presentWords(input, step, said);
  std::size_t count = 0;
  for (const auto& [subject, event] : rememberedWords(input, step)) {
    if (event.file != file || present.contains(subject)) continue;
    ++count;
    input.work.ledger.addEvent({0,
                                0,
                                kWithdrawn,
                                step.id,
                                event.record,
                                event.subject,
                                event.actor,
                                event.kind,
                                {},
                                "taken back with the whole of " + file,
                                event.file,
                                event.line});
  }
  return count;
}

}  // namespace winnow::engine
