// The built page, and what a browser may run of it.
#pragma once

#include <string>
#include <string_view>

namespace winnow::screen {

/// The page as it was built (host/screen/page/built/screen.html): one file, with its script and style inside.
std::string_view builtPage();

/// The Content-Security-Policy of a page: scripts and styles by the SHA-256 of those that stand in it, and nothing from
/// anywhere else. `connect`: what it may talk to, "'self'" or "'none'".
std::string policyOf(std::string_view page, std::string_view connect);

}  // namespace winnow::screen
