// The text of one JSON object as the nodes of a record.
#pragma once

#include <string>
#include <string_view>

#include "tree/Nodes.hpp"

namespace winnow::json {

/// Where a text is no JSON, and why.
struct Fault {
  std::size_t offset = 0;  ///< byte within the text
  std::string what;
};

/// Reads an object into `nodes`: members are nodes as deep as the selectors of its paths lead on; what none asks for is
/// one leaf with its JSON as it stands, so that a record has as many fields as the table has rules, however large it
/// is. Lists are transparent; `under` names a member whose own members are the record's. False: the text is no JSON
/// object, or nested deeper than 200; the nodes hold what came before the defect.
bool readObject(std::string_view text, std::string_view under, tree::Nodes& nodes, Fault& fault);

}  // namespace winnow::json
