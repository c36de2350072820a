#include "Commands.hpp"
#include "SearchStrategyFilter.hpp"

WINNOW_PLUGIN_EXTENDED("winnow", "filters-search-strategy", "1.0.0", "Apache-2.0", winnow::search::extension,
                       winnow::search::SearchStrategyFilter)
