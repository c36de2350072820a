// Where `winnow stage` writes to: standard output, or the files of parts.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/program_options/variables_map.hpp>

#include "Console.hpp"
#include "engine/reading/PartFiles.hpp"

namespace winnow::cli {

/// The streams of one verb. Borrows the console.
class StageOutputs {
 public:
  /// Reads --to, --parts and --wants; throws UsageError where they do not go together or the verb writes one stream.
  StageOutputs(Console& console, const boost::program_options::variables_map& values, const std::string& verb,
               bool isDivided);

  engine::StreamWriter& lines(const engine::StreamHeader& header) { return add(to_, header); }
  /// Which part wants which record; null where nobody asks.
  engine::StreamWriter* wants(const engine::StreamHeader& header) {
    return wants_.empty() ? nullptr : &add(wants_, header);
  }
  /// After all ended: lists the files with their hashes.
  void close();

 private:
  struct Open {
    std::unique_ptr<engine::PartFiles> files;  ///< null: standard output
    std::unique_ptr<engine::StreamWriter> writer;
  };
  engine::StreamWriter& add(const std::string& prefix, const engine::StreamHeader& header);

  Console& console_;
  std::string to_, wants_;
  std::uint64_t parts_ = 1;
  std::vector<Open> open_;
};

}  // namespace winnow::cli
