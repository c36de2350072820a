#include "Session.hpp"

#include <stdlib.h>

#include <winnow/plugin.hpp>

#include "Protection.hpp"
#include "config/ReviewLoader.hpp"
#include "engine/outputs/SearchDocument.hpp"
#include "io/Error.hpp"
#include "plugins/DialectTable.hpp"

namespace winnow::cli {

config::StageDeclarations declarations(const plugins::Catalogue& catalogue) {
  config::StageDeclarations list;
  for (const plugins::StageEntry& entry : catalogue.stages())
    list.push_back({entry.stage, std::string(view(entry.plugin->name)), std::string(view(entry.plugin->version)),
                    entry.file.string()});
  return list;
}

namespace {

/// A file that was put there to be used and is not: the review may come out otherwise than its author saw it. False if
/// one of them is a dialect table: without it another importer would read the files that it is for.
bool tellRefused(Context& context) {
  bool isUsable = true;
  for (const plugins::Folder& folder : context.catalogue().folders()) {
    if (!folder.why.empty() && folder.origin == std::string("--plugin-dir"))
      context.console.note("warning: plugins in '" + folder.path.string() + "' are not used: it " + folder.why + "\n");
    for (const plugins::Candidate& c : folder.candidates)
      if (c.plugin == nullptr) {
        const bool isTable = plugins::isTable(c.path);
        isUsable = isUsable && !isTable;
        context.console.note(std::string(isTable ? "error: the dialect table '" : "warning: the plugin '") +
                             c.path.string() + "' is not used: it " + c.why + "\n");
      }
  }
  return isUsable;
}

}  // namespace

std::optional<config::Review> openReview(Context& context, const std::string& path) {
  const bool isUsable = tellRefused(context);
  config::Loaded loaded = config::loadReview(path, path, declarations(context.catalogue()));
  if (!loaded.review.ledger.empty()) {  // otherwise the file could not even be parsed
    protectReview(context.outputs, loaded.review);
    checkOutputs(context.outputs, loaded.review, loaded.problems);
  }
  context.console.settle();
  const std::string problems = context.console.json() ? config::renderJsonLines(loaded.problems, path)
                                                      : config::render(loaded.problems, path, loaded.text);
  context.console.note(problems);
  if (loaded.problems.hasErrors() || !isUsable) return std::nullopt;
  context.isolate(loaded.review.isolation);
  return std::move(loaded.review);
}

ScratchFolder::ScratchFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "winnow-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr)
    throw Error("cannot make a temporary folder in '" + std::filesystem::temp_directory_path().string() + "'");
  path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Session::Session(Context& context, config::Review review, Where where) : context_(context), review_(std::move(review)) {
  context.console.hideInfo();
  std::filesystem::path file = review_.ledger;
  if (where == Where::Scratch) {
    scratch_ = std::make_unique<ScratchFolder>();
    file = scratch_->path() / "scratch.ledger";
    std::error_code ignored;
    if (std::filesystem::exists(review_.ledger, ignored))
      ledger::Ledger(review_.ledger, ledger::Access::ReadOnly, context.tags).copyTo(file);
  }
  ledger_ = std::make_unique<ledger::Ledger>(file, ledger::Access::ReadWrite, context.tags);
  workspace_ = std::make_unique<engine::Workspace>(
      engine::Workspace{review_, context.catalogue(), context.tags, *ledger_, context.outputs,
                        [this](const io::Diagnostic& d) { context_.console.tell(d); },
                        [this](std::string_view what, std::uint64_t done, std::uint64_t total) {
                          context_.console.progress(what, done, total);
                        },
                        engine::givenOf(review_)});
}

void Session::work(const std::string& until) { worked_.emplace(engine::workThrough(*workspace_, until)); }

}  // namespace winnow::cli
