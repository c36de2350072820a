#include "KeptLines.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "io/Hash.hpp"
#include "io/Waiting.hpp"

namespace winnow::engine {

KeptLines::Place KeptLines::keep(const StreamLine& line) {
  const bool isCopied = line.byte == StreamLine::kNotInAFile;
  if (files_.empty() || files_.back().name != line.file || files_.back().isCopied != isCopied)
    files_.push_back({line.file, isCopied, {}});
  return {isCopied ? copies_.append(line.text.data(), line.text.size()) : line.byte, line.line,
          static_cast<std::uint32_t>(files_.size() - 1), static_cast<std::uint32_t>(line.text.size()),
          io::hash64(line.text)};
}

void KeptLines::read(const Place& place, StreamLine& line) {
  File& file = files_[place.file];
  line.file = file.name;
  line.line = place.line;
  line.text.resize(place.size);
  if (file.isCopied)
    copies_.read(place.byte, line.text.data(), place.size);
  else
    readInPlace(file, place, line.text);
  if (io::hash64(line.text) != place.hash)
    line.refuse("stage.changed", "this line is not what it was when it was read first",
                "give files that stay as they are");
}

/// What the file no longer holds is missing in `text`.
void KeptLines::readInPlace(File& file, const Place& place, std::string& text) {
  if (!file.opened) {
    if (open_.size() == mostOpen_) {
      files_[open_.front()].opened.reset();
      open_.pop_front();
    }
    file.opened = io::openForReading(file.name);
    open_.push_back(place.file);
  }
  std::size_t done = 0;
  while (done < text.size()) {
    const ::ssize_t got =
        ::pread(file.opened.get(), text.data() + done, text.size() - done, static_cast<::off_t>(place.byte + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw Error("cannot read '" + file.name + "': " + std::strerror(errno));
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  text.resize(done);
}

}  // namespace winnow::engine
