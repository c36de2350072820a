#pragma once

#include <vector>

#include "bibliography/WinnowLine.hpp"

namespace winnow::bibliography {

/// The places that RIS and EndNote XML have in common, each with the values that come back from it unchanged. Without
/// `type`, month and day, which differ.
std::vector<Slot> commonSlots();

/// True for the types whose container stands in "T2" or `secondary-title` whatever reads it.
bool hasContainerSlot(std::string_view cslType);
/// True for the types whose container is a journal, magazine or newspaper.
bool isPeriodical(std::string_view cslType);

}  // namespace winnow::bibliography
