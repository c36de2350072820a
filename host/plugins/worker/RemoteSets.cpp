// Matchers, samplers, annotators and rankers in a worker.
#include <algorithm>

#include "RemoteInstance.hpp"

namespace winnow::plugins::worker {

namespace {

constexpr std::uint64_t kKeysARecord = 10000;

}  // namespace

bool isGiven(const winnow_batch& batch, std::uint64_t record) {
  return std::any_of(batch.records, batch.records + batch.count,
                     [&](const winnow_record& r) { return r.id == record; });
}

winnow_status RemoteInstance::keys(const winnow_batch& batch, const winnow_out& out) {
  return named("keys()", batch, [&](const winnow_batch& part) {
    beginBatch(Frame::Keys, part);
    std::uint64_t seen = 0;
    return collect(Frame::KeyList, [&](Decoder& from) {
      readKeys(from);
      if ((seen += keys_.size()) > part.count * kKeysARecord)
        worker_->fail("it gave more than " + std::to_string(part.count * kKeysARecord) + " keys for " +
                      std::to_string(part.count) + " records");
      for (const winnow_key& key : keys_)
        if (!isGiven(part, key.record)) worker_->fail("it gave a key for a record that it was not given");
      out.keys(&out, keys_.data(), keys_.size());
    });
  });
}

void RemoteInstance::readKeys(Decoder& from) {
  keys_.clear();
  for (std::uint32_t n = from.count(16); n > 0; --n) {
    const std::uint64_t record = from.u64();
    const std::uint32_t space = from.u32();
    keys_.push_back({record, space, 0, from.str()});
  }
}

winnow_status RemoteInstance::survey(const winnow_batch& block, const winnow_out& out) {
  return named("survey()", block, [&](const winnow_batch& part) {
    beginBatch(Frame::Survey, part);
    std::uint64_t seen = 0;
    return collect(Frame::KeyList, [&](Decoder& from) {
      readKeys(from);
      if ((seen += keys_.size()) > part.count * kKeysARecord)
        worker_->fail("it gave more than " + std::to_string(part.count * kKeysARecord) + " facts about " +
                      std::to_string(part.count) + " records");
      out.keys(&out, keys_.data(), keys_.size());
    });
  });
}

winnow_status RemoteInstance::learn(const winnow_key* facts, std::size_t count) {
  return blamed("learn()", [&] {
    Encoder& to = begin(Frame::Learn).number(static_cast<std::uint32_t>(count));
    for (std::size_t i = 0; i < count; ++i) to.number(facts[i].record).number(facts[i].space).text(facts[i].value);
    return collect(Frame::KeyList, [&](Decoder&) { worker_->fail("it answers learn() with keys"); });
  });
}

winnow_status RemoteInstance::match(const winnow_batch& block, const winnow_out& out) {
  return named("match()", block, [&](const winnow_batch& part) {
    beginBatch(Frame::Match, part);
    return pairs(part.count, out);
  });
}

winnow_status RemoteInstance::settle(const winnow_batch& component, const winnow_pair* list, std::size_t count,
                                     const winnow_out& out) {
  return named("settle()", component, [&](const winnow_batch& part) {
    beginBatch(Frame::Settle, part);
    Encoder& to = worker_->request;
    to.number(static_cast<std::uint32_t>(count));
    for (std::size_t i = 0; i < count; ++i)
      to.number(list[i].left)
          .number(list[i].right)
          .number(list[i].rule)
          .number(list[i].maybe)
          .number(list[i].score)
          .text(list[i].note);
    return pairs(std::max<std::size_t>(part.count, count), out);
  });
}

winnow_status RemoteInstance::take(std::uint32_t space, std::uint64_t count, std::uint64_t* taken) {
  return blamed("take()", [&] {
    begin(Frame::Take).number(space).number(count);
    winnow_status status = WINNOW_FAILED;
    converse([&](const Message& m) {
      Decoder from(m.payload);
      if (m.type != Frame::Taken && m.type != Frame::Done) return Step::Unknown;
      status = from.number<winnow_status>();
      if (m.type == Frame::Taken) *taken = from.u64();
      return Step::Finished;
    });
    return status;
  });
}

winnow_status RemoteInstance::annotate(const winnow_batch& batch, const winnow_out& out) {
  return named("annotate()", batch, [&](const winnow_batch& part) {
    beginBatch(Frame::Annotate, part);
    std::uint64_t seen = 0;
    return collect(Frame::Annotations, [&](Decoder& from) {
      worker_->reader.readNames(from, services_.tags());
      std::vector<winnow_annotation> list;
      for (std::uint32_t n = from.count(36); n > 0; --n) {
        winnow_annotation a{};
        a.record = from.u64();
        a.tag = worker_->reader.local(from.u32());
        a.origin = from.u32();
        a.begin = from.u32();
        a.size = from.u32();
        a.rule = worker_->reader.local(from.u32());
        a.value = from.str();
        list.push_back(a);
      }
      if ((seen += list.size()) > part.count * kKeysARecord)
        worker_->fail("it floods: " + std::to_string(seen) + " fields");
      out.annotations(&out, list.data(), list.size());
    });
  });
}

winnow_status RemoteInstance::take(const winnow_batch& batch) {
  return named("take()", batch, [&](const winnow_batch& part) {
    beginBatch(Frame::TakeRecords, part);
    ranked_ += part.count;
    return collect(Frame::Scores, [&](Decoder&) { worker_->fail("it answers take() with scores"); });
  });
}

winnow_status RemoteInstance::learn(const winnow_label* labels, std::size_t count) {
  return blamed("learn()", [&] {
    Encoder& to = begin(Frame::LearnLabels).number(static_cast<std::uint32_t>(count));
    for (std::size_t i = 0; i < count; ++i) to.number(labels[i].record).number(labels[i].relevant);
    return collect(Frame::Scores, [&](Decoder&) { worker_->fail("it answers learn() with scores"); });
  });
}

winnow_status RemoteInstance::rank(const winnow_out& out) {
  return blamed("rank()", [&] {
    begin(Frame::Rank);
    std::uint64_t seen = 0;
    return collect(Frame::Scores, [&](Decoder& from) {
      std::vector<winnow_score> list;
      for (std::uint32_t n = from.count(20); n > 0; --n) {
        const std::uint64_t record = from.u64();
        const auto score = from.number<double>();
        list.push_back({record, score, from.u32(), 0});
      }
      if ((seen += list.size()) > ranked_) worker_->fail("it gave more scores than it has records");
      out.scores(&out, list.data(), list.size());
    });
  });
}

winnow_status RemoteInstance::pairs(std::size_t count, const winnow_out& out) {
  std::uint64_t seen = 0;
  return collect(Frame::Pairs, [&](Decoder& from) {
    pairs_.clear();
    for (std::uint32_t n = from.count(36); n > 0; --n) {
      winnow_pair p{};
      p.left = from.u64();
      p.right = from.u64();
      p.rule = from.u32();
      p.maybe = from.u32();
      p.score = from.number<double>();
      p.note = from.str();
      pairs_.push_back(p);
    }
    if ((seen += pairs_.size()) > 4 * count * count + 16)
      worker_->fail("it floods: " + std::to_string(seen) + " pairs of " + std::to_string(count) + " records");
    out.pairs(&out, pairs_.data(), pairs_.size());
  });
}

winnow_status RemoteInstance::named(const char* call, const winnow_batch& batch,
                                    const std::function<winnow_status(const winnow_batch&)>& work) {
  try {
    return work(batch);
  } catch (const Failed& failed) {
    drop();
    tell(WINNOW_ERROR, std::string("failed in ") + call + ": " + failed.what,
         "it worked on this record and " + std::to_string(batch.count - std::min<std::size_t>(batch.count, 1)) +
             " others",
         batch.count > 0 ? batch.records[0].id : 0);
    throw Error(name() + " failed in " + call + ": " + failed.what + "; the first of its records is named above");
  }
}

}  // namespace winnow::plugins::worker
