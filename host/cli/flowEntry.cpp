// Binds `winnow flow` to the exporter plugins that draw.
#include <sstream>

#include "CommandLine.hpp"
#include "Session.hpp"
#include "engine/outputs/Outputs.hpp"
#include "engine/reading/ReadFile.hpp"
#include "engine/stages/Stages.hpp"
#include "flow.hpp"
#include "io/AtomicFile.hpp"
#include "io/Error.hpp"

namespace winnow::cli {

namespace {

std::string draw(Context& context, std::string_view exporterId, const std::map<std::string, std::string>& options,
                 std::string_view flow) {
  const plugins::StageEntry* entry = context.catalogue().find(exporterId);
  if (entry == nullptr)
    throw Error("there is no exporter '" + std::string(exporterId) +
                "'; 'winnow plugins --why' shows where Winnow looked");
  plugins::SettingList settings = engine::defaultSettings(*entry->stage);
  for (const auto& [name, value] : options) {
    std::erase_if(settings, [&, &key = name](const auto& s) { return s.first == key; });
    settings.emplace_back(name, value);
  }
  const ScratchFolder scratch;
  const std::filesystem::path target = scratch.path() / "drawing";
  io::AtomicFile file(target);
  engine::drawDocument(
      *entry, settings, {{"flow", std::string(flow)}}, context.tags,
      [&](const io::Diagnostic& d) { context.console.tell(d); }, file);
  return io::readFile(target);
}

}  // namespace

Command flowCommandEntry() {
  return {"flow",
          "FLOW.json --check | --to prisma-svg|prisma-pdf|prisma-png|prisma-docx|prisma-csv|prisma-md -o FILE",
          "Check the numbers of a flow diagram, draw it",
          "",
          {},
          {},
          {},
          [](Context& context, const std::vector<std::string>& words) {
            std::vector<std::string> arguments = words;
            if (context.console.json()) arguments.emplace_back("--json");
            std::ostringstream out, err;
            const auto drawing = [&](auto id, const auto& options, auto json) {
              return draw(context, id, options, json);
            };
            const int code = flowCommand(arguments, out, err, drawing, context.outputs);
            context.console.print(out.str());
            context.console.note(err.str());
            return code;
          }};
}

}  // namespace winnow::cli
