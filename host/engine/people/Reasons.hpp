// The reasons that a person may give for an exclusion, and what they may be called.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/stages/Workspace.hpp"

namespace winnow::engine {

/// The criteria of the review and the reasons of one step. Immutable.
class Reasons {
 public:
  Reasons(const config::Review& review, const config::Step& step);

  bool isEmpty() const noexcept { return list_.empty(); }
  /// The id of the reason that words name: by id, by text, as another program calls it (reasons_known_as), or as the
  /// part before a colon; without regard to case. Nothing if they name none.
  std::optional<std::string> idOf(std::string_view words) const;
  /// "; did you mean 'participants'?" or the list of all ids; `others` are reasons that may be given besides.
  std::string hint(std::string_view words, const std::vector<std::string>& others = {}) const;

 private:
  std::vector<std::pair<std::string, std::string>> list_;     ///< id and text, both plain
  std::vector<std::string> ids_;                              ///< as written, parallel
  std::vector<std::pair<std::string, std::string>> knownAs_;  ///< plain words of another program -> id
};

}  // namespace winnow::engine
