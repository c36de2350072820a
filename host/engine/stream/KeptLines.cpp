#include "KeptLines.hpp"

#include <cstring>

#include "io/Hash.hpp"
#include "io/ReadWrite.hpp"
#include "io/Waiting.hpp"

namespace winnow::engine {

KeptLines::At KeptLines::keep(const StreamLine& line) {
  const bool isCopied = line.byte == StreamLine::kNotInAFile;
  if (files_.empty() || files_.back().name != line.file || files_.back().isCopied != isCopied)
    files_.push_back({line.file, isCopied, {}});
  At at;
  at.byte = isCopied ? copies_.append(line.text.data(), line.text.size()) : line.byte;
  at.number = line.line;
  at.hash = io::hash64(line.text);
  at.file = static_cast<std::uint32_t>(files_.size() - 1);
  at.size = static_cast<std::uint32_t>(line.text.size());
  return at;
}

void KeptLines::read(const At& at, StreamLine& line) {
  const File& file = files_[at.file];
  line.file = file.name;
  line.line = at.number;
  line.text.resize(at.size);
  if (file.isCopied) return copies_.read(at.byte, line.text.data(), at.size);
  const io::Got got = io::readAt(opened(at.file).get(), at.byte, line.text.data(), at.size);
  if (got.error != 0) throw Error("cannot read '" + file.name + "': " + std::strerror(got.error));
  if (got.size != at.size || io::hash64(line.text) != at.hash)
    throw Error("'" + file.name + "' changed while it was read: line " + std::to_string(at.number) +
                " is another one now; give files that stay as they are until this has ended");
}

const io::Descriptor& KeptLines::opened(std::uint32_t number) {
  File& file = files_[number];
  if (file.opened) return file.opened;
  if (open_.size() == mostOpen_) {
    files_[open_.front()].opened.reset();
    open_.pop_front();
  }
  file.opened = io::openForReading(file.name);
  open_.push_back(number);
  return file.opened;
}

}  // namespace winnow::engine
