// One name as a rule says that names are written.
#pragma once

#include <string_view>

#include <winnow/formats/names.hpp>

#include "Table.hpp"

namespace winnow::tagged {

/// The parts of a name. Where given names stand first, an institution is known by its words and stays one name.
formats::PersonName personName(std::string_view text, Names written);

}  // namespace winnow::tagged
