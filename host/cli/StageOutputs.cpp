#include "StageOutputs.hpp"

#include <utility>

#include "CommandLine.hpp"
#include "io/Error.hpp"

namespace winnow::cli {

namespace {

constexpr std::uint64_t kMostParts = 1000;  // each is an open file

}  // namespace

StageOutputs::StageOutputs(Console& console, const boost::program_options::variables_map& values,
                           const std::string& verb, bool isDivided)
    : console_(console), to_(valueOf(values, "to")), wants_(valueOf(values, "wants")) {
  if (values.count("parts") != 0) parts_ = values["parts"].as<std::uint64_t>();
  if (to_.empty() && (values.count("parts") != 0 || !wants_.empty()))
    throw UsageError("--parts and --wants go with --to PREFIX, which names the files of the parts");
  if (parts_ == 0 || parts_ > kMostParts)
    throw UsageError("--parts is a number from 1 to " + std::to_string(kMostParts));
  if (parts_ > 1 && !isDivided) throw UsageError("--do " + verb + " writes one stream; leave --parts away");
  if (!wants_.empty() && verb != "meet" && verb != "group") throw UsageError("--wants is for --do meet and group");
}

engine::StreamWriter& StageOutputs::add(const std::string& prefix, const engine::StreamHeader& header) {
  Open open;
  if (prefix.empty()) {
    open.writer =
        std::make_unique<engine::StreamWriter>([this](std::string_view text) { console_.data(text); }, header);
  } else {
    open.files = std::make_unique<engine::PartFiles>(prefix, parts_);
    open.writer = std::make_unique<engine::StreamWriter>(open.files->sinks(), header);
  }
  open_.push_back(std::move(open));
  return *open_.back().writer;
}

void StageOutputs::close() {
  for (const Open& open : open_) {
    if (!open.files) continue;
    const std::vector<engine::PartFiles::Written> all = open.files->close();
    for (std::size_t part = 0; part < all.size(); ++part) {
      std::string json = "{\"part\":" + std::to_string(part) + ",\"file\":";
      engine::appendJson(json, all[part].file);
      console_.data(json + ",\"sha256\":\"" + all[part].sha256 +
                    "\",\"lines\":" + std::to_string(open.writer->count(part)) + "}\n");
    }
  }
}

}  // namespace winnow::cli
