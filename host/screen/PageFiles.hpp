// Which file the page writes a reader's decisions to.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "config/Review.hpp"
#include "engine/people/PageFile.hpp"
#include "io/OutputPolicy.hpp"

namespace winnow::screen {

/// A file, or why there is none.
struct PagePlace {
  std::filesystem::path file;  ///< absolute; empty: none
  std::string why;             ///< a sentence for the owner of the review
};

/// STEP-READER.csv in the folder of the step's decisions, or STEP-READER-page.csv where a sheet of a person has that
/// name already, or one of a form that has changed since. It must be read by the step's `decisions` and by nothing else
/// of the review. `columns`: of the file.
PagePlace decisionPlace(const config::Review& review, const config::Step& step, const std::string& reader,
                        const std::vector<std::string>& columns, const io::OutputPolicy& policy);

/// resolutions-STEP.csv or what the step's `resolutions` reads, for joint decisions.
PagePlace resolutionPlace(const config::Review& review, const config::Step& step, const io::OutputPolicy& policy);

}  // namespace winnow::screen
