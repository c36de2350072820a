// MeSH subheadings, which some platforms take by code and others by name.
#pragma once

#include <string>
#include <string_view>

namespace winnow::search {

/// The pattern with {x} (as written), {name} and {CODE} of a subheading given by code or name. What is no subheading
/// stands for itself.
std::string filledSubheading(std::string_view pattern, const std::string& subheading);

}  // namespace winnow::search
