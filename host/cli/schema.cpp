// winnow schema: the JSON Schema of review.yaml, for editors.
#include "config/Schema.hpp"

#include <boost/program_options.hpp>
#include "CommandLine.hpp"
#include "Session.hpp"
#include "io/Shown.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kSchemaHelp =
    "Writes the JSON Schema of review.yaml, with the options of every plugin found. Editors complete and check a\n"
    "configuration that begins with\n  # yaml-language-server: $schema=review.schema.json\n";

int schema(Context& context, const po::variables_map& values) {
  const std::string text = config::reviewSchema(declarations(context.catalogue()));
  if (values.count("output") != 0)
    context.outputs.write(values["output"].as<std::string>(), text);
  else
    context.console.data(io::shownJson(text));
  return Done;
}

}  // namespace

Command schemaCommand() {
  return {"schema",
          "[-o FILE]",
          "Write the JSON Schema of review.yaml for editors",
          kSchemaHelp,
          [](po::options_description& options) {
            options.add_options()("output,o", po::value<std::string>(), "file to write; otherwise printed");
          },
          {},
          schema};
}

}  // namespace winnow::cli
