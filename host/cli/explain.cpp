// winnow explain: from the byte in the export to the fate, every verdict with its evidence.
#include <algorithm>
#include <map>
#include <set>

#include <boost/program_options.hpp>
#include <nlohmann/json.hpp>
#include <winnow/formats/text.hpp>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "CommandLine.hpp"
#include "Session.hpp"
#include "engine/people/Charting.hpp"
#include "io/Error.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kExplainHelp =
    "A record is named by its key or the beginning of it, by doi:..., pmid:..., title:... or the id of its export.\n"
    "  $ winnow explain doi:10.5555/psw.example.001 --review configs/peer-support-workers/review.yaml\n"
    "  $ winnow explain --all > audit.txt      # every work of the review, in the order of its sources\n";

const char* actionWord(std::uint32_t action) {
  static constexpr const char* kWords[] = {"", "keep", "exclude", "undecided", "category", "wait"};
  return action < std::size(kWords) ? kWords[action] : "?";
}

const char* fateWord(engine::Fate fate) {
  static constexpr const char* kWords[] = {"kept", "undecided, kept", "excluded", "not retrieved", "waiting"};
  return kWords[static_cast<int>(fate)];
}

/// "TI" of "raw:TI"; a tag that names no raw field as it is.
std::string withoutRaw(std::string_view tag) {
  constexpr std::string_view kRaw = "raw:";
  return std::string(tag.substr(0, kRaw.size()) == kRaw ? tag.substr(kRaw.size()) : tag);
}

/// The story of one merged record.
class Story {
 public:
  Story(Session& session, Console& console, bool raw)
      : session_(session),
        evaluation_(session.evaluation()),
        views_(session.review(), session.ledger(), evaluation_.records(), evaluation_.clusters(),
               session.workspace().tags),
        console_(console),
        raw_(raw) {}

  void tell(engine::RecordId asked) {
    const engine::RecordId lead = evaluation_.clusters().representative(asked);
    const std::vector<engine::RecordId> members = evaluation_.clusters().members(lead);
    json_ = {{"record", key(asked)}, {"representative", key(lead)}, {"members", nlohmann::ordered_json::array()}};
    const std::vector<engine::MergedValue> values = views_.origins(lead);
    tellSummary(lead, values);
    for (const engine::RecordId id : members) tellMember(id, id == asked);
    tellPairs(members);
    if (members.size() > 1) tellMerged(lead, values);
    tellAnnotations(lead);
    if (lead != asked) console_.line("\n" + key(asked) + " is a duplicate; what follows was decided for " + key(lead));
    tellSteps(lead);
    tellAnswers(lead);
  }
  /// The same as data, for programs.
  const nlohmann::ordered_json& json() const noexcept { return json_; }

 private:
  static std::string shown(std::string_view value) {
    return std::string(formats::beginning(value, kShownValue)) + (value.size() > kShownValue ? "..." : "");
  }
  std::string key(engine::RecordId id) const { return evaluation_.records().key(id); }

  /// What most people ask for, before the story: the title and the fate.
  void tellSummary(engine::RecordId lead, const std::vector<engine::MergedValue>& values) {
    const auto title = std::find_if(values.begin(), values.end(), [](const auto& v) { return v.tag == tags::kTitle; });
    if (title != values.end()) console_.line(title->value);
    const engine::End end = evaluation_.end(lead);
    if (!end) return console_.line("included\n");
    const engine::StepResult& step = evaluation_.steps()[end.step];
    const engine::Outcome& o = evaluation_.outcome(end);
    console_.line(std::string(fateWord(o.fate)) + " at " + step.step->label +
                  (o.reason == engine::Outcome::kNone ? "" : ": " + step.reasons[o.reason]) + "\n");
  }

  void tellMember(engine::RecordId id, bool whole) {
    const engine::Records& records = evaluation_.records();
    const engine::Home home = records.home(id);
    const engine::ActiveFile& file = records.files()[home.file];
    console_.line((whole ? "record " : "merged with ") + key(id));
    console_.line("  " + file.row.name + ":" + std::to_string(home.line) + ", record " + std::to_string(home.ordinal) +
                  ", bytes " + std::to_string(home.byte) + " to " + std::to_string(home.byte + home.size) + ", " +
                  session_.review().sources[file.source].name + ", wave " + session_.review().waves[file.wave].name);
    console_.line("  read by " + file.row.importer + " " + file.row.importerVersion +
                  (file.row.dialect.empty() ? "" : " as " + file.row.dialect));
    nlohmann::ordered_json seen = nlohmann::ordered_json::array();
    for (const std::uint32_t f : records.filesOf(id)) seen.push_back(records.files()[f].row.name);
    if (seen.size() > 1)
      console_.line("  also seen in " + std::to_string(seen.size() - 1) +
                    " other place(s): " + seen.back().get<std::string>());
    const std::vector<engine::RecordId> versions = records.otherVersions(id);
    if (!versions.empty())
      console_.line("  " + std::to_string(versions.size()) +
                    " other version(s) of it in later places; the one above is current");
    json_["members"].push_back({{"key", key(id)},
                                {"file", file.row.name},
                                {"record", home.ordinal},
                                {"line", home.line},
                                {"byte", home.byte},
                                {"size", home.size},
                                {"source", session_.review().sources[file.source].name},
                                {"wave", session_.review().waves[file.wave].name},
                                {"files", seen},
                                {"other_versions", versions.size()}});
    if (whole) tellFields(id);
  }

  void tellFields(engine::RecordId id) {
    ledger::RecordBlock block;
    session_.ledger().read({id}, true, block, [&](engine::RecordId r) { return evaluation_.records().home(r).line; });
    const plugins::TagTable& tags = session_.workspace().tags;
    json_["fields"] = nlohmann::ordered_json::array();
    console_.line("  fields, with the line and tag they came from and the rule that made them:");
    for (const winnow_field& f : block.fields) {
      if ((f.flags & WINNOW_FIELD_DERIVED) == 0) continue;
      std::string from;
      if (f.origin != WINNOW_NONE && f.origin < block.fields.size()) {
        const winnow_field& origin = block.fields[f.origin];
        from = (origin.line != 0 ? "line " + std::to_string(origin.line) + " " : std::string()) +
               withoutRaw(tags.name(origin.tag));
      }
      if (f.rule != 0) from += (from.empty() ? "" : ", ") + std::string(tags.name(f.rule));
      console_.line("    " + padded(tags.name(f.tag), 24) + shown(view(f.value)) +
                    (from.empty() ? "" : "   [" + from + "]"));
      json_["fields"].push_back({{"tag", tags.name(f.tag)}, {"value", view(f.value)}, {"from", from}});
    }
    if (raw_) console_.line("  as exported:\n" + std::string(block.raw(0)));
  }

  /// Every value that stands for the merged record, with the record it was taken from.
  void tellMerged(engine::RecordId lead, const std::vector<engine::MergedValue>& values) {
    json_["merged"] = nlohmann::ordered_json::array();
    console_.line("  values of the merged record, in brackets the record that gave what " + key(lead) +
                  " does not have as well:");
    for (const engine::MergedValue& v : values) {
      const engine::Home home = evaluation_.records().home(v.from);
      const engine::ActiveFile& file = evaluation_.records().files()[home.file];
      console_.line("    " + padded(v.tag, 24) + shown(v.value) +
                    (v.why.empty() ? "" : "   [" + key(v.from) + ", " + std::string(v.why) + "]"));
      json_["merged"].push_back({{"tag", v.tag},
                                 {"value", v.value},
                                 {"from", key(v.from)},
                                 {"source", session_.review().sources[file.source].name},
                                 {"file", file.row.name},
                                 {"record", home.ordinal},
                                 {"why", v.why}});
    }
  }

  /// What annotators read in the record.
  void tellAnnotations(engine::RecordId lead) {
    const std::vector<engine::AnnotatedField>* given = evaluation_.annotations().of(lead);
    if (given == nullptr) return;
    json_["annotations"] = nlohmann::ordered_json::array();
    console_.line("  fields that annotators gave, with the words that they were read from:");
    for (const engine::AnnotatedField& field : *given) {
      console_.line("    " + padded(field.tag, 24) + shown(field.value) + "   [" + field.by +
                    (field.rule.empty() ? "" : ", " + field.rule) + "]" +
                    (field.evidence.empty() ? "" : " " + shown(field.evidence)));
      json_["annotations"].push_back({{"tag", field.tag},
                                      {"value", field.value},
                                      {"by", field.by},
                                      {"rule", field.rule},
                                      {"evidence", field.evidence}});
    }
  }

  void tellPairs(const std::vector<engine::RecordId>& members) {
    json_["pairs"] = nlohmann::ordered_json::array();
    for (const engine::StepResult& step : evaluation_.steps()) {
      if (!step.merging) continue;
      const auto rules = session_.ledger().reasons(step.stage);
      for (const ledger::Pair& p : step.merging->pairs) {
        const auto isMember = [&](engine::RecordId id) {
          return std::find(members.begin(), members.end(), id) != members.end();
        };
        if (!isMember(p.a) && !isMember(p.b)) continue;
        const std::string note = session_.ledger().pairNote(step.merging->pairing, p);
        const char* outcome = p.maybe ? "to check by hand" : p.stands ? "same work" : "cut";
        console_.line(std::string("  ") + outcome + ": " + key(p.a) + " and " + key(p.b) + ", rule " +
                      rules.at(p.rule).code + (note.empty() ? "" : " (" + note + ")"));
        json_["pairs"].push_back({{"a", key(p.a)},
                                  {"b", key(p.b)},
                                  {"outcome", outcome},
                                  {"rule", rules.at(p.rule).code},
                                  {"score", p.score},
                                  {"note", note}});
      }
    }
  }

  void tellSteps(engine::RecordId lead) {
    json_["steps"] = nlohmann::ordered_json::array();
    for (const engine::StepResult& step : evaluation_.steps()) {
      const auto place = step.find(lead);
      if (!place || step.merging) continue;
      const engine::Outcome& o = step.outcomes[*place];
      nlohmann::ordered_json one{{"step", step.step->id},
                                 {"fate", fateWord(o.fate)},
                                 {"by", o.by == engine::Actor::Person ? "person" : "machine"}};
      std::string line = padded(step.step->label, 36) + fateWord(o.fate);
      if (o.reason != engine::Outcome::kNone) {
        line += ": " + step.reasons[o.reason];
        one["reason"] = step.reasons[o.reason];
      }
      if (o.category != engine::Outcome::kNone) {
        std::string names;
        for (const std::uint32_t c : step.mapping->of(*place, o))
          names += (names.empty() ? "" : "; ") + step.mapping->categories[c];
        line += ", category " + names;
        one["category"] = names;
      }
      console_.line("\n" + line);
      tellMachine(step, *place, one);
      one["people"] = nlohmann::ordered_json::array();
      tellPeople(step, lead, {}, one);
      for (const engine::RecordId member : evaluation_.clusters().members(lead))
        if (member != lead && step.find(member)) tellPeople(step, member, "about " + key(member) + ", alone then", one);
      json_["steps"].push_back(std::move(one));
    }
    const engine::End end = evaluation_.end(lead);
    const std::string fate = !end                                                     ? "included"
                             : evaluation_.outcome(end).fate == engine::Fate::Waiting ? "waiting"
                                                                                      : "excluded";
    console_.line("\n" + padded("fate", 36) + fate);
    json_["fate"] = fate;
  }

  void tellMachine(const engine::StepResult& step, std::size_t place, nlohmann::ordered_json& one) {
    if (const std::optional<ledger::VerdictRow> last = step.answer(session_.ledger(), place))
      one["machine"] = tellVerdict(step, step.stage, *last);
    if (!step.mapping) return;
    for (const engine::Question& question : step.mapping->questions) {
      const auto answer = session_.ledger().verdict(question.stage, step.in[place], question.views[place]);
      if (answer && answer->action == WINNOW_CATEGORY)
        one["machine"].push_back(tellVerdict(step, question.stage, *answer));
    }
  }

  nlohmann::ordered_json tellVerdict(const engine::StepResult& step, ledger::Id stage, const ledger::VerdictRow& row) {
    const auto reasons = session_.ledger().reasons(stage);
    const std::string code = row.reason == WINNOW_NONE ? std::string() : reasons.at(row.reason).code;
    std::string text = "  " + step.step->plugin + " " + step.step->pluginVersion + ": " + actionWord(row.action);
    if (!code.empty()) text += ", " + code;
    if (!row.evidence.empty()) text += ", because of " + row.evidence;
    if (!row.note.empty()) text += " (" + row.note + ")";
    console_.line(text);
    return {{"plugin", step.step->plugin},       {"version", step.step->pluginVersion},
            {"verdict", actionWord(row.action)}, {"reason", code},
            {"evidence", row.evidence},          {"note", row.note}};
  }

  static std::string noteOf(const engine::Decision& d) {
    std::string note = d.note;
    if (!d.carriedBy.empty()) addNote(note, "carried over by " + d.carriedBy);
    if (d.isRemembered) addNote(note, kRemembered);
    return note;
  }
  static std::string noteOf(const engine::Resolution& r) {
    std::string note = r.note;
    if (r.isRemembered) addNote(note, kRemembered);
    return note;
  }
  static void addNote(std::string& note, const std::string& text) { note += (note.empty() ? "" : "; ") + text; }

  /// What people said of a record in a step. `about`: of one that was merged after the step, which record it was; else
  /// empty.
  void tellPeople(const engine::StepResult& step, engine::RecordId lead, const std::string& about,
                  nlohmann::ordered_json& one) {
    const auto say = [&](const std::string& who, const std::string& value, const std::string& reason, std::string note,
                         const std::string& file, std::uint32_t line) {
      if (!about.empty()) addNote(note, about);
      console_.line("  " + who + ": " + value + (reason.empty() ? "" : ", " + reason) +
                    (note.empty() ? "" : " (" + note + ")") + "   [" + file + ":" + std::to_string(line) + "]");
      one["people"].push_back(
          {{"who", who}, {"decision", value}, {"reason", reason}, {"note", note}, {"file", file}, {"line", line}});
    };
    if (const auto said = step.said.votes.find(lead); said != step.said.votes.end())
      for (const engine::Decision& d : said->second) {
        for (const engine::Decision& before : d.earlier)
          say(before.reviewer + " earlier", before.value, before.reason, before.note, before.file, before.line);
        say(d.reviewer, d.value, d.reason, noteOf(d), d.file, d.line);
      }
    for (const auto& [subject, words] : step.said.unsettled)
      if (subject.first == lead)
        for (const engine::Decision& d : words)
          say(d.reviewer + " at odds with themselves", d.value, d.reason, noteOf(d), d.file, d.line);
    if (const engine::Resolution* joint = step.said.resolution(lead)) {
      std::string who;
      for (const std::string& name : joint->by) who += (who.empty() ? "" : " and ") + name;
      say(who + " together", joint->value, joint->reason, noteOf(*joint), joint->file, joint->line);
    }
    if (const auto batch = step.said.confirmed.find(evaluation_.records().wave(lead));
        batch != step.said.confirmed.end() && about.empty())
      say(batch->second.reviewer, "confirmed the wave as proposed", "", noteOf(batch->second), batch->second.file,
          batch->second.line);
  }

  void tellAnswers(engine::RecordId lead) {
    for (const engine::ChartResult& chart : evaluation_.charts()) {
      const auto charted = chart.answers.find(lead);
      if (charted == chart.answers.end()) continue;
      console_.line("\n" + chart.step->label);
      const engine::Answers answers = chart.finalAnswers(lead);
      for (const config::FormItem& item : chart.form->items) {
        const std::string heading = engine::columnHeading(item);
        if (const auto found = answers.find(item.id); found != answers.end()) {
          console_.line("  " + padded(heading, 40) + joined(found->second));
          json_["charting"][heading] = found->second;
        }
        if (charted->second.size() > 1) tellReaders(charted->second, item, heading);
      }
    }
  }

  /// What each of several readers charted; those who say what counts are not repeated to people.
  void tellReaders(const std::map<std::string, engine::Answers>& charted, const config::FormItem& item,
                   const std::string& heading) {
    for (const auto& [reader, own] : charted) {
      const auto given = own.find(item.id);
      if (given == own.end()) continue;
      json_["charting_by"][reader][heading] = given->second;
      if (!json_["charting"].contains(heading) || json_["charting"][heading] != given->second)
        console_.line("  " + padded(heading, 40) + reader + ": " + joined(given->second));
    }
  }

  static std::string joined(const std::vector<std::string>& values) {
    std::string text;
    for (const std::string& value : values) text += (text.empty() ? "" : "; ") + value;
    return text;
  }

  static constexpr const char* kRemembered = "no file says so any more, and it counts";
  static constexpr std::size_t kShownValue = 100;
  Session& session_;
  const engine::Evaluation& evaluation_;
  engine::Views views_;
  Console& console_;
  bool raw_;
  nlohmann::ordered_json json_;
};

/// The one work of a name. Throws Error when there is none or several.
engine::RecordId recordOf(const Session& session, const std::string& name) {
  const auto found = session.evaluation().references().find(name);
  if (found.empty())
    throw Error("no record is named '" + name +
                "'; use its key or the beginning of it, doi:..., pmid:... or title:...");
  std::set<engine::RecordId> works;
  for (const engine::RecordId id : found) works.insert(session.evaluation().clusters().representative(id));
  if (works.size() > 1) {
    std::string keys;
    for (const engine::RecordId id : works) keys += "\n  " + session.evaluation().records().key(id);
    throw Error("'" + name + "' names " + std::to_string(works.size()) + " works:" + keys);
  }
  return found.front();
}

/// Every work, one after the other; as data a list of them.
void explainAll(Session& session, Console& console, bool raw) {
  const std::vector<engine::RecordId>& works = session.evaluation().clusters().representatives();
  for (std::size_t i = 0; i < works.size(); ++i) {
    if (i != 0) console.line("");
    Story story(session, console, raw);
    story.tell(works[i]);
    if (console.json()) console.print((i == 0 ? "[" : ",\n") + story.json().dump(1));
  }
  if (console.json()) console.print(works.empty() ? "[]\n" : "]\n");
}

int explain(Context& context, const po::variables_map& values) {
  const bool all = values.count("all") != 0, raw = values.count("raw") != 0;
  if (all == (values.count("record") != 0))
    throw UsageError("which record? name one, or write --all; 'winnow explain --help' shows how records are named");
  auto review = openReview(context, values["review"].as<std::string>());
  if (!review) return WrongUsage;
  Session session(context, std::move(*review), Session::Where::Scratch);
  session.work();
  if (all) {
    explainAll(session, context.console, raw);
    return Done;
  }
  Story story(session, context.console, raw);
  story.tell(recordOf(session, values["record"].as<std::string>()));
  if (context.console.json()) context.console.printJson(story.json());
  return Done;
}

}  // namespace

Command explainCommand() {
  return {"explain",
          "RECORD [--review review.yaml]",
          "Tell why a record is in or out, from its bytes to its fate",
          kExplainHelp,
          [](po::options_description& options) {
            options.add_options()("record", po::value<std::string>(), "the record")(
                "review", po::value<std::string>()->default_value("review.yaml"), "the configuration")(
                "raw", "show the bytes as exported")("all", "every work of the review");
          },
          {"record"},
          explain};
}

}  // namespace winnow::cli
