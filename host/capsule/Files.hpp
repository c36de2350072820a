// The files of a review: what it is computed from, and what is computed.
#pragma once

#include <string>
#include <vector>

#include "config/Review.hpp"

namespace winnow::capsule {

enum class Role {
  Configuration,
  Export,    ///< of a database; may be text that must not be shared
  Search,    ///< the strategy, the thesaurus
  Decision,  ///< what people said, and who was drawn to read what
  Output,
  Lock
};

struct FileEntry {
  std::string path;  ///< relative to the review's folder, with "/"
  Role role = Role::Configuration;
  std::string source, wave;  ///< of exports: where they came from
  std::string plugin;        ///< of outputs: the exporter
  std::string step;          ///< of decisions: the step's id
};

/// What a review is computed from, in the order of the configuration, each file once. Throws winnow::Error when one
/// lies outside of the review's folder.
std::vector<FileEntry> inputsOf(const config::Review& review);
/// What a run writes: exports and the lock.
std::vector<FileEntry> outputsOf(const config::Review& review);

}  // namespace winnow::capsule
