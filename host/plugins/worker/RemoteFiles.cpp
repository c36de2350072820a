// Importers and exporters in a worker.
#include "RemoteInstance.hpp"

namespace winnow::plugins::worker {

namespace {

constexpr std::uint64_t kMostOutput = 2ull << 30;
constexpr std::size_t kDeclarationBytes = 24;  ///< u64 and four u32

std::vector<winnow_declaration> declarationsOf(Decoder from) {
  std::vector<winnow_declaration> list(from.count(kDeclarationBytes));
  for (winnow_declaration& d : list) {
    d.at.byte = from.u64();
    d.at.line = from.u32();
    d.at.column = from.u32();
    d.at.length = from.u32();
    d.kind = from.u32();
  }
  return list;
}

}  // namespace

winnow_status RemoteInstance::probe(winnow_str head, winnow_str name, winnow_probe* out) {
  try {
    begin(Frame::Probe).text(head).text(name);
    winnow_status status = WINNOW_FAILED;
    exchange([&](const Message& m) {
      if (m.type != Frame::Probed) return false;
      Decoder from(m.payload);
      status = from.number<winnow_status>();
      out->confidence = from.u32();
      dialect_ = from.text();
      out->dialect = str(dialect_);
      return true;
    });
    return status;
  } catch (const Failed& failed) {  // others may still know the file
    tell(WINNOW_WARNING, "failed while it looked at the file: " + failed.what, "it was not asked again about this file",
         0);
    out->confidence = 0;
    return WINNOW_OK;
  }
}

winnow_status RemoteInstance::read(const winnow_source& source) {
  std::uint64_t emitted = 0;
  try {
    begin(Frame::Read).text(source.name).number(source.size);
    winnow_status status = WINNOW_OK;
    winnow_status refused = WINNOW_OK;
    converse([&](const Message& m) {
      if (m.type == Frame::Next) {
        winnow_str chunk{};
        const winnow_status given = source.next(&source, &chunk);
        if (given != WINNOW_OK) chunk = {};
        begin(Frame::Chunk).number(given).text(chunk);
        sendRequest();
        return given == WINNOW_OK ? Step::Progress : Step::Wait;
      }
      if (m.type == Frame::Emit) {
        Decoder from(m.payload);
        const winnow_batch batch = worker_->reader.read(from, services_.tags());
        refused = source.emit(&source, &batch);
        emitted += batch.count;
        allowed_ += batch.count * kDiagnosticsARecord;
        if (refused != WINNOW_OK) return Step::Finished;
        return batch.count > 0 ? Step::Progress : Step::Wait;
      }
      if (m.type == Frame::Bytes) {
        const std::vector<winnow_declaration> list = declarationsOf(Decoder(m.payload));
        refused = source.declare(&source, list.data(), list.size());
        return refused == WINNOW_OK ? Step::Wait : Step::Finished;
      }
      if (m.type != Frame::Done) return Step::Unknown;
      status = Decoder(m.payload).number<winnow_status>();
      return Step::Finished;
    });
    if (refused != WINNOW_OK) drop();  // it is in the middle of a call
    return refused != WINNOW_OK ? refused : status;
  } catch (const Failed& failed) {
    drop();
    tell(WINNOW_ERROR, "failed at record " + std::to_string(emitted + 1) + ": " + failed.what,
         std::to_string(emitted) + " records before it were read", emitted + 1);
    return WINNOW_FAILED;
  }
}

winnow_status RemoteInstance::write(const winnow_sink& sink) {
  std::uint64_t given = 0;
  return blamed("write()", [&] {
    try {
      begin(Frame::Write);
      winnow_status status = WINNOW_OK, refused = WINNOW_OK;
      std::uint64_t bytes = 0;
      converse([&](const Message& m) {
        if (m.type == Frame::NextRecords) {
          const winnow_batch* batch = nullptr;
          const winnow_status next = sink.next(&sink, &batch);
          Encoder& to = begin(Frame::Records).number(next);
          if (next == WINNOW_OK) {
            worker_->writer.write(to, *batch, services_.tags());
            given += batch->count;
            allowed_ += batch->count * kDiagnosticsARecord;
          }
          sendRequest();
          return next == WINNOW_OK ? Step::Progress : Step::Wait;
        }
        if (m.type == Frame::Output) {
          const winnow_str text = Decoder(m.payload).str();
          if ((bytes += text.size) > kMostOutput)
            worker_->fail("it wrote more than " + std::to_string(kMostOutput >> 20) + " MB");
          refused = sink.write(&sink, text);
          return refused == WINNOW_OK ? Step::Wait : Step::Finished;
        }
        if (m.type != Frame::Done) return Step::Unknown;
        status = Decoder(m.payload).number<winnow_status>();
        return Step::Finished;
      });
      if (refused != WINNOW_OK) drop();
      return refused != WINNOW_OK ? refused : status;
    } catch (Failed& failed) {
      failed.what += ", after " + std::to_string(given) + " records were handed over";
      throw;
    }
  });
}

}  // namespace winnow::plugins::worker
