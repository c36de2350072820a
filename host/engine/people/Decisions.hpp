// What people said about records, step by step: read from their files, settled where a person said several things, and
// remembered by the ledger where a file does not say it any more.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "Sheets.hpp"
#include "engine/records/Clusters.hpp"
#include "engine/records/References.hpp"

namespace winnow::engine {

/// "taken back": the word that ends what a person said before.
inline constexpr const char* kTakenBack = "taken back";

/// One person's word on one record in one step.
struct Decision {
  RecordId record = 0;  ///< that the row names; its work is the record's representative
  std::string reviewer;
  std::string value;  ///< "include", "exclude", "maybe", "not retrieved", "taken back"; in map steps the category
  std::string reason, note;
  std::string file;
  std::uint32_t line = 0;
  std::optional<std::int64_t> time;  ///< seconds since 1970, if the row states one
  std::string meaning{};             ///< value and reason, however the reason is worded: equal for words that agree
  std::string carriedBy{};           ///< what the record was found by although its key names nothing any more: "DOI"
  bool isRemembered = false;         ///< no file says it any more; the ledger does
  std::vector<Decision> earlier{};   ///< what the same person said before, in its order
  std::uint32_t row = 0;             ///< of the sheet, as a spreadsheet counts
  std::shared_ptr<const SheetHead> head{};
  std::map<std::string, std::string> criteria{};  ///< answers to single criteria as written, by id
};

/// The joint word of readers who differed.
struct Resolution {
  RecordId record = 0;
  std::vector<std::string> by;
  std::string value, reason, note, file;
  std::uint32_t line = 0;
  std::optional<std::int64_t> time;
  bool isRemembered = false;
  bool isContradicted = false;  ///< another file says otherwise, and nothing tells which is later
  std::uint32_t row = 0;        ///< of the sheet, as a spreadsheet counts
  std::shared_ptr<const SheetHead> head{};
};

/// Where a word stands, for messages.
inline SheetRow placeOf(const Decision& d) { return {d.file, d.line, {}, d.row, d.head}; }
inline SheetRow placeOf(const Resolution& r) { return {r.file, r.line, {}, r.row, r.head}; }

/// Everything people said in one step. Records are representatives.
struct StepDecisions {
  std::map<RecordId, std::vector<Decision>> votes;  ///< one a reviewer, in the order of the review's reviewers
  std::map<RecordId, Resolution> resolutions;       ///< also those taken back: see resolution()
  std::map<std::pair<RecordId, std::string>, Decision> takenBack;  ///< by work and reviewer: words that end a vote
  std::map<std::size_t, Decision> confirmed;                       ///< by wave: all records without a row of their own
  /// By work and reviewer: several words of a person, of which nothing tells which is later.
  std::map<std::pair<RecordId, std::string>, std::vector<Decision>> unsettled;
  /// What stands in rows that decide nothing (yet): notes, answers to some criteria, a word that is no decision. Kept
  /// so that the next sheet shows it again.
  std::map<std::pair<RecordId, std::string>, Decision> drafts;
  std::size_t rows = 0, unresolved = 0;  ///< rows read; rows that name no record of the review
  std::size_t carried = 0;               ///< rows whose record was found by what else they say of it
  bool hasOldKeys = false;               ///< rows name records by keys of version 0.1

  /// What a reviewer said about a work; null: nothing, or nothing that is settled.
  const Decision* word(RecordId representative, const std::string& reviewer) const;
  /// What a reviewer last wrote about a work, a word or a draft; null: nothing.
  const Decision* written(RecordId representative, const std::string& reviewer) const;
  /// The joint word on a work; null: none.
  const Resolution* resolution(RecordId representative) const;
};

/// The word that a person wrote, as it counts: "include" for "Included"; empty: it is none.
std::string decisionWord(std::string_view text);

/// What the reading of decisions needs to know.
struct PeopleInput {
  const Workspace& work;
  const Records& records;
  const Clusters& clusters;
  const References& references;
};

/// Reads the decision and resolution files of a step and adds what the ledger remembers. Rows that cannot be used are
/// reported with their place (decisions.*) and left out; words that no file says any more are reported and count.
StepDecisions readDecisions(const PeopleInput& input, const config::Step& step);

/// Appends to the ledger what is new or changed since the last run. Inside a transaction.
void rememberDecisions(const PeopleInput& input, const config::Step& step, const StepDecisions& decisions);

/// Takes back everything that the ledger remembers from a file that does not say it any more. Inside a transaction.
/// Returns how many words there were.
std::size_t withdrawRemembered(const PeopleInput& input, const config::Step& step, const StepDecisions& decisions,
                               const std::string& file);

}  // namespace winnow::engine
