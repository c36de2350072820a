// What a step needs to know of the review and of the steps before it.
#pragma once

#include <vector>

#include "StepResult.hpp"
#include "engine/records/ViewHashes.hpp"
#include "engine/records/Views.hpp"
#include "engine/stages/Workspace.hpp"

namespace winnow::engine {

/// Borrowed parts of an evaluation in progress. One thread.
struct StepContext {
  const Workspace& work;
  const Records& records;
  Clusters& clusters;
  const References& references;
  Views& views;
  const ViewHashes& hashes;
  Annotations& annotations;
  const std::vector<StepResult>& earlier;

  PeopleInput people() const { return {work, records, clusters, references}; }
  /// True if a record of the wave waits in an earlier step.
  bool isOpenBefore(std::size_t wave) const;
};

// One function a verb. Each fills what is its own of `result`, whose `step`, `in` and `outcomes` are set.

/// remove, using a matcher: which records are the same work. Replaces the clusters.
void removeDuplicates(StepContext& context, StepResult& result);
/// remove, using a filter: it proposes or decides, people's word on top.
void removeByMachine(StepContext& context, StepResult& result);
/// remove without filter: the step's reader decides alone.
void removeByPeople(StepContext& context, StepResult& result);
/// screen: readers vote, a filter says what their votes mean.
void screen(StepContext& context, StepResult& result);
/// map: every record gets a category; some categories leave.
void map(StepContext& context, StepResult& result);
/// The same where a record may have several categories: it leaves if all of them do.
void mapSeveral(StepContext& context, StepResult& result);

}  // namespace winnow::engine
