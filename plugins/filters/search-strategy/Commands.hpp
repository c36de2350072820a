// What the commands `winnow search ...` share: the strategy's text, the thesaurus, the form of messages.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/ext/lint.h>
#include <winnow/plugin.hpp>

#include "search-strategy/strategy/Parser.hpp"
#include "search-strategy/strategy/mesh/Tree.hpp"

namespace winnow::search {

/// Wrong usage: the command ends with 2.
struct Usage {
  std::string message;
};
/// What could not be read; the host has reported why: the command ends with 1.
struct Unread {};

/// The options that all commands have.
namespace options {
inline constexpr winnow_option kMesh = option(
    WINNOW_STRING, "mesh", "", "MeSH tree to explode and check headings with: NLM's mtreesYYYY.bin or dYYYY.bin.");
inline constexpr winnow_option kFrom =
    option(WINNOW_STRING, "from", "ovid", "The platform whose language the strategy is in: ovid or pubmed.");
}  // namespace options

/// What one call works on.
class Call {
 public:
  Call(const winnow_host* owner, const winnow_invocation* invocation)
      : host(owner), settings(invocation->settings, invocation->setting_count), invocation_(invocation) {}

  Host host;
  Settings settings;

  bool json() const { return invocation_->json != 0; }
  std::size_t argumentCount() const { return invocation_->argument_count; }
  std::string_view argument(std::size_t i) const { return view(invocation_->arguments[i]); }
  const winnow_invocation* raw() const { return invocation_; }
  void print(std::string_view text) const { invocation_->print(invocation_, str(text)); }

  /// The one argument: the strategy's text. Throws Usage, Unread.
  std::string_view strategyText() const;
  /// The file of an option, empty if it is not given. Throws Unread.
  std::string_view fileOf(std::string_view option) const;
  /// --from. Throws Usage.
  Platform platform() const;
  /// --mesh; an empty tree without. Throws Unread, Usage (a file without headings).
  mesh::Tree tree() const;

 private:
  const winnow_invocation* invocation_;
};

/// "strategy.ovid:48:18: error OVID-E04: ...", the line, a caret, the fix.
std::string messageText(std::string_view file, const Strategy& strategy, const Diagnostic& diagnostic);
/// 1 if one of them is an error.
std::int32_t exitCode(const std::vector<Diagnostic>& diagnostics);

/// Runs a command's body; Usage, Unread and exceptions become its exit code.
template <class Body>
std::int32_t guarded(const winnow_host* host, const winnow_invocation* invocation, Body&& body) noexcept {
  try {
    return body(Call(host, invocation));
  } catch (const Usage& usage) {
    Host(host).diagnose({WINNOW_ERROR, "search.usage", usage.message, "--help shows how", {}, 0});
    return 2;
  } catch (const Unread&) {
    return 1;
  } catch (const std::exception& error) {
    Host(host).diagnose({WINNOW_ERROR, "search.refused", error.what(), "nothing was printed", {}, 0});
    return 1;
  }
}

extern const winnow_command parseCommand, lintCommand, matchCommand, explainCommand, translateCommand;

extern const winnow_lint reviewLint;

/// What this plugin adds beyond stages, for PluginMetadata::extension: commands, the check of a review's strategy.
const void* extension(const char* id) noexcept;

}  // namespace winnow::search
