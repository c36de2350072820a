// The JSON forms of trees and diagnostics; docs/search-strategies.md is their contract.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "search-strategy/strategy/Ast.hpp"
#include "search-strategy/strategy/Diagnostic.hpp"

namespace winnow::search {

nlohmann::ordered_json toJson(const Node& node);
nlohmann::ordered_json toJson(const Diagnostic& diagnostic);
nlohmann::ordered_json toJson(const std::vector<Diagnostic>& diagnostics);

/// The three answers of a match, in the order of Truth.
inline constexpr const char* kTruths[] = {"false", "unknown", "true"};

/// As text for a program: invalid UTF-8 cannot occur in it.
std::string printed(const nlohmann::ordered_json& json);

}  // namespace winnow::search
