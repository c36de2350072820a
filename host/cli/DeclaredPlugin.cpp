#include "DeclaredPlugin.hpp"

#include "io/Error.hpp"
#include "plugins/Catalogue.hpp"
#include "plugins/DialectTable.hpp"
#include "plugins/Package.hpp"
#include "plugins/worker/Remote.hpp"

namespace winnow::cli {

namespace fs = std::filesystem;

void requireMet(const fs::path& package) {
  if (const std::string why = plugins::unmetBy(package); !why.empty())
    throw Error("'" + package.filename().string() + "' cannot be used here: it " + why);
}

void requirePluginFile(const fs::path& file) {
  if (const std::string why = plugins::whyNoPlugin(file); !why.empty())
    throw UsageError("'" + fileNamed(file.string()).filename().string() + "' " + why);
}

DeclaredPlugin declaredPlugin(const Context& context, const fs::path& given) {
  const fs::path file = fs::absolute(given);
  std::error_code ignored;
  if (plugins::isPackage(file)) {
    requireMet(file);
    return declaredPlugin(context, plugins::mainOf(file));
  }
  if (!fs::is_regular_file(file, ignored)) throw UsageError("there is no file '" + given.string() + "'");
  requirePluginFile(file);
  const auto content = plugins::hold(file);
  const bool isTable = plugins::isTable(file);  // data: the installed importer reads it
  const auto tier = plugins::isProgram(file) ? plugins::worker::Tier::Program : plugins::worker::Tier::Library;
  const auto loaded =
      isTable ? plugins::openPlugin(file) : plugins::worker::remotePlugin(content, tier, context.workers);
  if (const auto* refusal = std::get_if<plugins::Refusal>(&loaded))
    throw Error("'" + given.string() + (isTable ? "' " : "' is no plugin: it ") + refusal->reason);
  return {content, *std::get<const winnow_plugin*>(loaded)};
}

}  // namespace winnow::cli
