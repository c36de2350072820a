// winnow pack, and winnow verify of what it packed.
#include "Capsules.hpp"

#include <fstream>

#include <boost/program_options.hpp>

#include "Protection.hpp"
#include "Session.hpp"
#include "capsule/Pack.hpp"
#include "capsule/Verify.hpp"
#include "config/ReviewLoader.hpp"
#include "io/Error.hpp"

namespace winnow::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kCapsuleHelp =
    "Computes the review from nothing, compares with the files that lie beside it, and packs configuration, exports,\n"
    "strategy, decisions, lock and every output into one archive: an RO-Crate 1.3 whose metadata say what is what, "
    "who\n"
    "did it and with which plugins. The same review gives the same bytes.\n"
    "Exports of databases often must not be shared: --without-exports packs their hashes instead.\n"
    "  $ winnow pack review.yaml -o review.crate.zip --license https://creativecommons.org/licenses/by/4.0/\n";

/// Reads a configuration quietly: its warnings are those of 'winnow check'.
capsule::Program programOf(Context& context) {
  return {context.catalogue(), context.tags, [&context](const std::filesystem::path& file, io::OutputPolicy& outputs) {
            config::Loaded loaded = config::loadReview(file.string(), file.string(), declarations(context.catalogue()));
            if (!loaded.review.ledger.empty()) {  // otherwise the file could not even be parsed
              protectReview(outputs, loaded.review);
              checkOutputs(outputs, loaded.review, loaded.problems);
            }
            if (loaded.problems.hasErrors())
              throw Error("the configuration has errors:\n" +
                          config::render(loaded.problems, file.filename().string(), loaded.text));
            context.isolate(loaded.review.isolation);
            return std::move(loaded.review);
          }};
}

std::string plural(std::size_t n, const char* one, const char* many) {
  return grouped(n) + " " + (n == 1 ? one : many);
}

int pack(Context& context, const po::variables_map& values) {
  auto review = openReview(context, values["review"].as<std::string>());
  if (!review) return WrongUsage;
  const auto text = [&](const char* name) {
    return values.count(name) != 0 ? values[name].as<std::string>() : std::string();
  };
  const std::string target = values.count("output") != 0 ? text("output") : review->file.stem().string() + ".crate.zip";
  const auto archive = context.outputs.open(target, io::NamedBy::CommandLine);
  const ScratchFolder scratch;
  const capsule::PackReport report = capsule::pack(
      programOf(context), *review,
      {values.count("without-exports") == 0, text("date"), text("license"), WINNOW_VERSION}, scratch.path(), *archive);
  archive->commit();
  context.console.line("packed  " + target + "  " + plural(report.inputs, "input", "inputs") + ", " +
                       plural(report.outputs, "output", "outputs") + ", " +
                       grouped(std::filesystem::file_size(target)) + " bytes");
  if (report.notPacked != 0)
    context.console.line("        " + plural(report.notPacked, "export", "exports") +
                         " by hash alone; verify needs --exports FOLDER");
  if (report.isOpen) context.console.line("        the review still waits for people: its numbers are provisional");
  return Done;
}

}  // namespace

bool isCapsule(const std::filesystem::path& file) {
  char begin[4] = {};
  std::ifstream(file, std::ios::binary).read(begin, sizeof begin);
  return std::string_view(begin, sizeof begin) == std::string_view("PK\x03\x04", 4);
}

int verifyCapsule(Context& context, const std::filesystem::path& file,
                  const std::optional<std::filesystem::path>& exports) {
  const ScratchFolder scratch;
  const capsule::VerifyReport report = capsule::verify(programOf(context), file, exports, scratch.path());
  context.console.line("archive  " + plural(report.members, "file", "files") + ", every byte as it was packed");
  for (const std::string& path : report.missing)
    context.console.line("missing  " + path + " is in the capsule by its hash alone");
  if (!report.isReplayed) {
    context.console.error("nothing was computed again; name the folder with the exports: --exports FOLDER");
    return WorkFailed;
  }
  for (const std::string& words : report.plugins) context.console.line("plugin   " + words);
  context.console.line("replay   " + plural(report.equal, "output", "outputs") + " equal byte for byte");
  for (const std::string& path : report.differing) context.console.line("differs  " + path);
  if (report.isVerified()) {
    context.console.line("verified");
    return Done;
  }
  context.console.error(plural(report.differing.size(), "output differs", "outputs differ") +
                        " from what the capsule holds");
  return WorkFailed;
}

Command packCommand() {
  return {"pack",
          "[OPTIONS] review.yaml",
          "Pack a review into one archive that anyone can compute again",
          kCapsuleHelp,
          [](po::options_description& options) {
            options.add_options()("review", po::value<std::string>()->default_value("review.yaml"),
                                  "the configuration")("output,o", po::value<std::string>(),
                                                       "the archive; NAME.crate.zip unless given")(
                "without-exports", "exports of databases by their hash alone")("license", po::value<std::string>(),
                                                                               "of the capsule: an address, or words")(
                "date", po::value<std::string>(), "when it is published, YYYY-MM-DD; the last search unless given");
          },
          {"review"},
          pack};
}

}  // namespace winnow::cli
