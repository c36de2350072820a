// All that the documents of a review say, typed: what statements, checklists and the report are written from. No number
// is made here but sums of numbers that the documents state.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>
#include <winnow/plugin.hpp>

#include "Criteria.hpp"
#include "agreement/Votes.hpp"
#include "search-appendix/Search.hpp"
#include "studies/Form.hpp"

namespace winnow::facts {

struct Reviewer {
  std::string id, role;
};

struct About {
  std::string title, question, framework, reporting, dates, registration, softwareName, softwareVersion;
  std::vector<std::pair<std::string, std::string>> definitions;
  std::vector<Reviewer> reviewers;
  std::map<std::string, std::string> statements;  ///< protocol, amendments, appraisal, funding, interests, availability
  std::string decision, decidedOn, decisionReason;  ///< of a synthesis: "pool", "do not pool", or nothing
  std::vector<std::string> decidedBy, analyses;     ///< "recovery after six months (SMD)"
  std::string appraisalForm;                        ///< of the pooled studies; empty: none
  std::vector<std::string> appraisedBy;

  /// The words that the review states under that key; empty: none.
  std::string said(const std::string& key) const;
  /// People decided to pool. Whether an analysis could be pooled the exporter of the meta-analysis says.
  bool isToBePooled() const { return decision == "pool"; }
};

/// Who had to read how much of a step, and who has.
struct Reader {
  std::string id, share;
  std::int64_t assigned = 0, read = 0;
};

struct Category {
  std::string name;
  std::int64_t n = 0;
};

struct Step {
  std::string id, label, verb, plugin, version, mode, read, onUndecided, seed;
  std::int64_t in = 0, excluded = 0, undecided = 0, waiting = 0, human = 0, automation = 0;
  std::int64_t removed = 0, maybe = 0, decidedPairs = 0;  ///< of a duplicates step
  bool isDuplicates = false, hasProposals = false;
  std::int64_t proposedExclude = 0, proposedUndecided = 0, proposedCategory = 0, confirmed = 0, overturned = 0,
               added = 0;
  std::int64_t conflicts = 0, resolved = 0;
  bool isOrdered = false;             ///< readers got the records in an order made for reading
  std::string ranker, rankerVersion;  ///< that made it; empty: chance alone
  std::int64_t randomFrom = 0;        ///< from a reader's so manieth record on by chance; 0: never
  std::vector<std::pair<std::string, std::string>> recall;  ///< reader, and the sentence about recall
  std::vector<Reader> readers;
  std::vector<Category> categories;
  std::vector<std::pair<std::string, std::string>> settings;

  bool isAutomatic() const { return mode == "automatic"; }
  bool isFullText() const { return read == "full text" && verb == "screen"; }
  bool isOnReports = false;  ///< the first that reads full texts, or a later one: it counts reports
  /// The filter's name as people write it: "language" of "filters.language".
  std::string tool() const;
};

struct Chart {
  std::string label, form, version;
  std::int64_t in = 0;
  std::vector<std::pair<std::string, std::int64_t>> charted;  ///< by reader
};

/// One arm of the flow diagram.
struct Arm {
  std::int64_t identified = 0, duplicates = 0, screened = 0, excluded = 0, sought = 0, notRetrieved = 0, assessed = 0,
               excludedReports = 0, includedReports = 0;
  std::vector<std::pair<std::string, std::int64_t>> reasons;  ///< of reports excluded, in words
};

struct Facts {
  About about;
  Criteria criteria;
  appendix::Search search;
  std::vector<std::string> searchFields;
  std::vector<std::string> waves;  ///< in order of time
  std::vector<Step> steps;
  std::vector<Chart> charts;
  std::vector<agreement::StepVotes> votes;
  std::vector<studies::FormItem> form;  ///< empty: there is none
  Arm databases, others;
  bool hasOthers = false;
  std::int64_t studies = 0, reports = 0, waiting = 0;

  std::int64_t identified() const { return databases.identified + others.identified; }
  /// Sources of a kind ("database", "register", "other method"), each name once.
  std::vector<const appendix::Source*> sourcesOf(const std::string& kind) const;
  /// The date of the last search, ISO; empty if none is stated.
  std::string lastSearch() const;
};

/// Reads the documents review, search, steps, flow, votes and form. Throws std::runtime_error that names the document
/// which is missing or not as its format says.
Facts readFacts(const Host& host);

}  // namespace winnow::facts
