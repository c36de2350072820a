// Filters in a worker.
#include "RemoteInstance.hpp"

#include "io/Listed.hpp"

namespace winnow::plugins::worker {

namespace {

constexpr std::size_t kMostFailures = 8;  // records of one step that may fail before the step is given up

}  // namespace

winnow_status RemoteInstance::process(const winnow_batch& batch, const winnow_out& out) {
  try {
    ask(batch);
  } catch (const Failed& failed) {
    oneByOne(batch, failed);
  }
  out.verdicts(&out, verdicts_.data(), verdicts_.size());
  return status_;
}

void RemoteInstance::ask(const winnow_batch& batch) {
  verdicts_.clear();
  notes_.clear();
  evidence_.clear();
  beginBatch(Frame::Process, batch);
  std::vector<winnow_verdict> list;
  status_ = collect(Frame::Verdicts, [&](Decoder& from) {
    for (std::uint32_t n = from.count(32); n > 0; --n) {
      winnow_verdict v{};
      v.record = from.u64();
      v.action = from.u32();
      v.reason = from.u32();
      v.score = from.number<double>();
      const std::string_view note = from.text();
      if (!note.empty()) v.note = str(notes_.emplace_back(note));
      readEvidence(from, v);
      list.push_back(v);
    }
    if (list.size() > 2 * batch.count + 16)
      worker_->fail("it floods: " + io::counted(list.size(), "verdict") + " about " +
                    io::counted(batch.count, "record"));
  });
  // An exception is a failure like a crash: where a run goes on after those, it goes on after this.
  if (status_ == WINNOW_FAILED && stage_.workers->policy().onFailure == OnFailure::Undecided)
    throw Failed{"it gave up" + (services_.lastError().empty() ? std::string() : ": " + services_.lastError())};
  if (status_ == WINNOW_OK) check(batch, list);
  verdicts_.swap(list);
}

void RemoteInstance::readEvidence(Decoder& from, winnow_verdict& v) {
  const std::uint32_t count = from.count(16);
  if (count > WINNOW_MOST_EVIDENCE)
    throw Broken("gave " + std::to_string(count) + " pieces of evidence about a record");
  if (count == 0) return;
  std::vector<winnow_evidence>& list = evidence_.emplace_back();
  for (std::uint32_t i = 0; i < count; ++i) {
    winnow_evidence e{};
    e.field = from.u32();
    e.begin = from.u32();
    e.size = from.u32();
    const std::string_view label = from.text();
    if (!label.empty()) e.label = str(notes_.emplace_back(label));
    list.push_back(e);
  }
  v.evidence = list.data();
  v.evidence_count = list.size();
}

void RemoteInstance::check(const winnow_batch& batch, const std::vector<winnow_verdict>& list) {
  if (list.size() != batch.count)
    worker_->fail("it gave " + io::counted(list.size(), "verdict") + " about " + io::counted(batch.count, "record"));
  for (std::size_t i = 0; i < list.size(); ++i) {
    const winnow_verdict& v = list[i];
    const bool inOrder = batch.records[i].id == v.record;
    if (!inOrder && !isGiven(batch, v.record)) worker_->fail("it judged a record that it was not given");
    if (v.action < WINNOW_KEEP || v.action > WINNOW_WAIT)
      worker_->fail("it gave the unknown verdict " + std::to_string(v.action));
    const bool declared =
        v.reason == WINNOW_NONE ? v.action == WINNOW_KEEP : v.reason < stage_.reasons.size() + own_.size();
    if (!declared) worker_->fail("it gave a reason that it never declared");
  }
}

void RemoteInstance::oneByOne(const winnow_batch& batch, const Failed& first) {
  drop();
  std::vector<winnow_verdict> all;
  std::deque<std::string> notes;
  std::deque<std::vector<winnow_evidence>> evidence;
  bool found = false;
  for (std::size_t i = 0; i < batch.count; ++i) {
    const winnow_batch one{sizeof one, 0, batch.records + i, 1};
    try {
      ask(one);
      for (winnow_verdict v : verdicts_) {  // its views die with the next question
        if (v.note.size != 0) v.note = str(notes.emplace_back(view(v.note)));
        if (v.evidence_count != 0) {
          std::vector<winnow_evidence>& list = evidence.emplace_back(v.evidence, v.evidence + v.evidence_count);
          for (winnow_evidence& e : list)
            if (e.label.size != 0) e.label = str(notes.emplace_back(view(e.label)));
          v.evidence = list.data();
        }
        all.push_back(v);
      }
    } catch (const Failed& failed) {
      drop();
      found = true;
      failedOn(batch.records[i].id, failed);
      winnow_verdict v{};
      v.record = batch.records[i].id;
      v.action = WINNOW_UNSURE;
      v.reason = static_cast<std::uint32_t>(stage_.reasons.size() + own_.size());
      all.push_back(v);
    }
  }
  if (!found)
    tell(WINNOW_WARNING, "failed on " + std::to_string(batch.count) + " records together: " + first.what,
         "each was judged alone", 0);
  verdicts_.swap(all);
  notes_.swap(notes);
  evidence_.swap(evidence);
  status_ = WINNOW_OK;
}

void RemoteInstance::failedOn(std::uint64_t record, const Failed& failed) {
  const bool stops = stage_.workers->policy().onFailure == OnFailure::Stop || ++failures_ > kMostFailures;
  tell(WINNOW_ERROR, "failed on this record: " + failed.what,
       stops ? "the run stops; nothing is lost" : "the record stays undecided", record);
  if (stops) throw Error(name() + " failed on a record: " + failed.what + "; the record is named above");
}

}  // namespace winnow::plugins::worker
