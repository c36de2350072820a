#include "Records.hpp"

#include <algorithm>

#include "picture/Text.hpp"

namespace winnow::report {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kNotRetrieved = "not retrieved";

std::int64_t numberOf(const Json& value) {
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_array()) return static_cast<std::int64_t>(value.size());
  return value.is_object() && value.contains("n") ? numberOf(value["n"]) : 0;
}

std::int64_t sumOf(const Json& box) {
  std::int64_t sum = 0;
  for (const auto& [label, value] : box.items()) sum += numberOf(value);
  return sum;
}

/// The lists of one arm of the diagram.
class ArmLists {
 public:
  ArmLists(Lists& out, const Json& lane, std::string prefix, std::string laneName, const std::vector<Entry>& entries,
           const facts::Criteria& criteria)
      : out_(out),
        lane_(lane),
        prefix_(std::move(prefix)),
        laneName_(std::move(laneName)),
        entries_(entries),
        criteria_(criteria) {
    if (lane.contains("stages"))
      for (const Json& stage : lane["stages"]) stages_.push_back(stage.value("label", stage.value("id", "")));
    for (std::uint32_t i = 0; i < entries.size(); ++i)
      if (isWork(entries[i])) works_.push_back(i);
  }

  void add() {
    identified();
    stages();
    reports();
  }

 private:
  /// The record that stands for a work of this arm, with the work's fate. Its duplicates are counted elsewhere.
  bool isWork(const Entry& e) const { return e.study.fate != "duplicate" && e.lane == laneName_; }
  /// Index of the stage at which a work ended; their number if it came to the full texts.
  std::size_t stageOf(const Entry& e) const {
    if (e.study.fate == "included") return stages_.size();
    return static_cast<std::size_t>(std::find(stages_.begin(), stages_.end(), e.study.step) - stages_.begin());
  }
  template <class Takes>
  std::vector<std::uint32_t> worksThat(Takes&& takes) const {
    std::vector<std::uint32_t> list;
    for (const std::uint32_t i : works_)
      if (takes(entries_[i])) list.push_back(i);
    return list;
  }

  void put(const std::string& card, const std::string& line, std::string label, std::int64_t n,
           std::vector<std::uint32_t> records) {
    const std::string key = line.empty() ? card : card + "/" + picture::cleanText(line);
    if (n != static_cast<std::int64_t>(records.size())) {
      out_.differing.push_back(label + ": the flow counts " + std::to_string(n) + ", the records are " +
                               std::to_string(records.size()));
      return;
    }
    if (records.empty() || out_.find(key) != nullptr) return;
    out_.lists.push_back({"list-" + std::to_string(out_.lists.size() + 1), std::move(label), key, std::move(records)});
  }

  void identified() {
    const std::string card = prefix_ + "-identified", arm = prefix_ == "db"
                                                                ? "Records identified from databases and registers"
                                                                : "Records identified from other methods";
    std::vector<std::uint32_t> all, duplicates;
    for (const auto& [source, n] : lane_["identified"].items()) {
      std::vector<std::uint32_t> records;
      for (std::uint32_t i = 0; i < entries_.size(); ++i)
        for (const auto& [seen, wave] : entries_[i].seen)
          if (seen == source) records.push_back(i);
      all.insert(all.end(), records.begin(), records.end());
      put(card, source, "Records identified: " + source, numberOf(n), std::move(records));
    }
    // Seen again in a later file, or another record of a work that is counted once.
    for (std::uint32_t i = 0; i < entries_.size(); ++i) {
      bool isFirst = true;
      for (const auto& [seen, wave] : entries_[i].seen) {
        const bool isCounted = isFirst && !entries_[i].counted.empty();
        isFirst = false;
        if (!isCounted && lane_["identified"].contains(seen)) duplicates.push_back(i);
      }
    }
    put(card, "", arm, sumOf(lane_["identified"]), std::move(all));
    if (!lane_.contains("removed") || !lane_["removed"].contains("duplicates")) return;
    put(prefix_ + "-removed", "Duplicate records", "Duplicate records removed",
        numberOf(lane_["removed"]["duplicates"]), std::move(duplicates));
  }

  void stages() {
    if (lane_.contains("screened"))
      put(prefix_ + "-screened", "", "Records screened", numberOf(lane_["screened"]), works_);
    std::vector<std::uint32_t> excluded;
    std::int64_t sum = 0;
    for (std::size_t s = 0; s < stages_.size(); ++s) {
      const Json& stage = lane_["stages"][s];
      const std::string stageCard = prefix_ + "-stage-" + std::to_string(s + 1), name = stages_[s];
      const auto here = [&](const char* fate) {
        return worksThat([&](const Entry& e) { return stageOf(e) == s && e.study.fate == fate; });
      };
      put(stageCard, "", name + ": records screened", numberOf(stage["in"]),
          worksThat([&](const Entry& e) { return stageOf(e) >= s; }));
      std::vector<std::uint32_t> gone = here("excluded");
      excluded.insert(excluded.end(), gone.begin(), gone.end());
      const std::int64_t n = sumOf(stage["excluded"]);
      sum += n;
      for (const auto& [reason, count] : stage["excluded"].items())
        put(stageCard + "-excluded", criteria_.reasonText(reason), name + ", excluded: " + criteria_.reasonText(reason),
            numberOf(count), worksThat([&, &reason = reason](const Entry& e) {
              return stageOf(e) == s && e.study.fate == "excluded" && e.study.reason == reason;
            }));
      put(prefix_ + "-excluded", name, name + ": records excluded", n, gone);
      // The automatic steps at the beginning stand among the removals.
      put(prefix_ + "-removed", name, name + ": records excluded", n, gone);
      put(stageCard + "-excluded", "", name + ": records excluded", n, std::move(gone));
      if (stage.contains("undecided"))
        put(stageCard, "Kept as undecided", name + ": kept as undecided", numberOf(stage["undecided"]),
            worksThat([&](const Entry& e) {
              return std::find(e.undecided.begin(), e.undecided.end(), name) != e.undecided.end();
            }));
      if (stage.contains("waiting"))
        put(stageCard, "Waiting for a decision", name + ": waiting for a decision", numberOf(stage["waiting"]),
            here("waiting"));
    }
    put(prefix_ + "-excluded", "", "Records excluded", sum, std::move(excluded));
  }

  void reports() {
    const auto isReport = [&](const Entry& e) { return stageOf(e) == stages_.size(); };
    const auto isLost = [&](const Entry& e) {
      return isReport(e) && e.study.fate == "excluded" && e.study.reason == kNotRetrieved;
    };
    const auto isExcluded = [&](const Entry& e) {
      return isReport(e) && e.study.fate == "excluded" && e.study.reason != kNotRetrieved;
    };
    put(prefix_ + "-sought", "", "Reports sought for retrieval", numberOf(lane_["sought"]), worksThat(isReport));
    put(prefix_ + "-not-retrieved", "", "Reports not retrieved", numberOf(lane_["not_retrieved"]), worksThat(isLost));
    put(prefix_ + "-assessed", "", "Reports assessed for eligibility", numberOf(lane_["assessed"]),
        worksThat([&](const Entry& e) { return isReport(e) && !isLost(e); }));
    const std::string card = prefix_ + "-excluded-reports";
    put(card, "", "Reports excluded", sumOf(lane_["excluded_reports"]), worksThat(isExcluded));
    for (const auto& [reason, count] : lane_["excluded_reports"].items())
      put(card, criteria_.reasonText(reason), "Reports excluded: " + criteria_.reasonText(reason), numberOf(count),
          worksThat([&, &reason = reason](const Entry& e) { return isExcluded(e) && e.study.reason == reason; }));
    if (lane_.contains("waiting"))
      put(prefix_ + "-assessed", "Waiting for a decision", "Reports waiting for a decision", numberOf(lane_["waiting"]),
          worksThat([&](const Entry& e) { return isReport(e) && e.study.fate == "waiting"; }));
    put("included", prefix_ == "db" ? "via databases and registers" : "via other methods", "Reports included",
        numberOf(lane_["included_reports"]), worksThat([](const Entry& e) { return e.study.fate == "included"; }));
  }

  Lists& out_;
  const Json& lane_;
  std::string prefix_, laneName_;
  const std::vector<Entry>& entries_;
  const facts::Criteria& criteria_;
  std::vector<std::string> stages_;
  std::vector<std::uint32_t> works_;
};

}  // namespace

EntryReader::EntryReader(const Host& host, const std::vector<studies::FormItem>& form)
    : studies_(host, form),
      lane_(host.tag(tags::kFateLane)),
      counted_(host.tag(tags::kFateCounted)),
      undecided_(host.tag(tags::kFateUndecided)),
      by_(host.tag(tags::kFateBy)),
      seenSource_(host.tag(tags::kSeenSource)),
      seenWave_(host.tag(tags::kSeenWave)) {}

Entry EntryReader::read(Record record) const {
  Entry entry;
  entry.study = studies_.read(record);
  entry.lane = record.first(lane_);
  entry.counted = record.first(counted_);
  entry.by = record.first(by_);
  for (const std::uint32_t field : record.all(undecided_)) entry.undecided.emplace_back(record.value(field));
  const std::vector<std::uint32_t> sources = record.all(seenSource_), waves = record.all(seenWave_);
  for (std::size_t i = 0; i < sources.size() && i < waves.size(); ++i)
    entry.seen.emplace_back(record.value(sources[i]), record.value(waves[i]));
  return entry;
}

const RecordList* Lists::find(const std::string& key) const {
  const auto found = std::find_if(lists.begin(), lists.end(), [&](const RecordList& list) { return list.key == key; });
  return found == lists.end() ? nullptr : &*found;
}

Lists listsOf(const Json& flow, const std::vector<Entry>& entries, const facts::Criteria& criteria) {
  Lists out;
  if (flow.contains("db")) ArmLists(out, flow["db"], "db", "databases", entries, criteria).add();
  if (flow.contains("other")) ArmLists(out, flow["other"], "other", "other methods", entries, criteria).add();
  std::vector<std::uint32_t> included, unread;
  for (std::uint32_t i = 0; i < entries.size(); ++i) {
    if (entries[i].study.fate == "included") included.push_back(i);
    if (entries[i].study.fate == "excluded" && entries[i].by == "automation") unread.push_back(i);
  }
  if (!included.empty())
    out.lists.push_back(
        {"list-" + std::to_string(out.lists.size() + 1), "Reports of included studies", "included", included});
  if (!unread.empty())
    out.lists.push_back({"list-" + std::to_string(out.lists.size() + 1),
                         "Records that left without being read by a person", "unread", unread});
  return out;
}

std::string fateOf(const Entry& entry, const facts::Criteria& criteria) {
  const studies::Study& s = entry.study;
  if (s.fate == "duplicate") return s.reason.empty() ? "duplicate" : s.reason;
  if (s.fate == "included" || s.fate.empty()) return s.fate;
  std::string text = s.fate + (s.fate == "waiting" ? " for a decision at " : " at ") + s.step;
  if (!s.reason.empty()) text += ": " + criteria.reasonText(s.reason);
  return entry.by.empty() ? text : text + " (by " + (entry.by == "reader" ? "a reader)" : "automation)");
}

}  // namespace winnow::report
