#include "PartFiles.hpp"

#include <errno.h>
#include <fcntl.h>

#include <cstring>

#include "io/Error.hpp"
#include "io/ReadWrite.hpp"

namespace winnow::engine {

namespace {

constexpr std::size_t kBuffered = 1 << 16;

}  // namespace

PartFiles::PartFiles(const std::string& prefix, std::size_t count) {
  for (std::size_t part = 0; part < count; ++part) {
    auto file = std::make_unique<File>();
    file->path = prefix + "-" + std::to_string(part) + ".jsonl";
    file->descriptor = io::Descriptor(::open(file->path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (file->descriptor.get() < 0) throw Error("cannot write '" + file->path + "': " + std::strerror(errno));
    files_.push_back(std::move(file));
  }
}

std::vector<StreamWriter::Sink> PartFiles::sinks() {
  std::vector<StreamWriter::Sink> sinks;
  for (const std::unique_ptr<File>& file : files_)
    sinks.emplace_back([to = file.get()](std::string_view text) {
      to->buffer += text;
      if (to->buffer.size() >= kBuffered) flush(*to);
    });
  return sinks;
}

void PartFiles::flush(File& file) {
  file.hash.add(file.buffer);
  if (const int error = io::writeAll(file.descriptor.get(), file.buffer); error != 0)
    throw Error("cannot write '" + file.path + "': " + std::strerror(error));
  file.buffer.clear();
}

std::vector<PartFiles::Written> PartFiles::close() {
  std::vector<Written> written;
  for (const std::unique_ptr<File>& file : files_) {
    flush(*file);
    written.push_back({file->path, io::hex(file->hash.finish())});
  }
  return written;
}

}  // namespace winnow::engine
