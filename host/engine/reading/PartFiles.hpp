// The files that a divided stream is written to, one to each part.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "StreamWriter.hpp"
#include "io/Descriptor.hpp"
#include "io/Sha256.hpp"

namespace winnow::engine {

/// PREFIX-0.jsonl, PREFIX-1.jsonl, ... One thread.
class PartFiles {
 public:
  struct Written {
    std::string file, sha256;
  };

  /// Creates the files, over what is there; throws Error with the path.
  PartFiles(const std::string& prefix, std::size_t count);

  /// One to each part, valid as long as this is; they throw Error with the path, as for a full disk.
  std::vector<StreamWriter::Sink> sinks();
  /// No more bytes. Gives what was written, by part. What a power cut would lose is not waited for: an engine does a
  /// lost part again.
  std::vector<Written> close();

 private:
  struct File {
    std::string path, buffer;
    io::Descriptor descriptor;
    io::Sha256 hash;
  };
  static void flush(File& file);

  std::vector<std::unique_ptr<File>> files_;
};

}  // namespace winnow::engine
