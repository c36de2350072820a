// A filter over many records, judging only what it has not judged before.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/records/Views.hpp"
#include "engine/stages/Stages.hpp"
#include "engine/stages/Workspace.hpp"
#include "plugins/Instance.hpp"

namespace winnow::engine {

/// The machine's answers, parallel to the records asked about.
struct Judged {
  std::vector<std::uint8_t> actions;
  std::vector<std::uint32_t> reasons;  ///< index into `declared`, or WINNOW_NONE
  std::vector<plugins::Reason> declared;
  ledger::Id stage = 0;
  std::uint64_t fresh = 0;  ///< answers that were not in the ledger yet
};

/// Judges `in`. `view` is the hash of everything beside the record itself that the filter sees: merged members and the
/// host's extra fields.
Judged judge(const Workspace& work, const std::string& plugin, const plugins::SettingList& settings,
             const std::vector<RecordId>& in, const Records& records, Views& views, const ExtraFields& extra,
             const std::function<std::uint64_t(RecordId)>& view, const std::string& stepName);

/// What a plugin said about a record, with the record's place.
io::Diagnostic located(const winnow_diagnostic& diagnostic, const Records& records);

}  // namespace winnow::engine
