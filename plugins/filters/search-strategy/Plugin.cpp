#include "Commands.hpp"
#include "SearchStrategyFilter.hpp"

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "filters-search-strategy", "1.0.0", "Apache-2.0")
                  .extension(winnow::search::extension),
              winnow::search::SearchStrategyFilter)
