#include "Workspace.hpp"

#include "io/Error.hpp"

namespace winnow::engine {

const plugins::StageEntry& Workspace::stage(const std::string& id) const {
  const plugins::StageEntry* entry = catalogue.find(id);
  if (entry == nullptr)
    throw UsageError("there is no plugin '" + id + "'; 'winnow plugins --why' shows where Winnow looked");
  return *entry;
}

}  // namespace winnow::engine
