#include "flow.hpp"

#include <array>
#include <boost/program_options.hpp>
#include <exception>
#include <nlohmann/json.hpp>
#include <ostream>

#include "config/Nearest.hpp"
#include "engine/flow/FlowLaws.hpp"
#include "io/AtomicFile.hpp"
#include "io/Cancel.hpp"
#include "io/Error.hpp"

namespace winnow::cli {

namespace {

namespace po = boost::program_options;
using engine::FlowViolation;
using Options = std::map<std::string, std::string>;

constexpr int kDone = 0, kBroken = 1, kUsage = 2;
constexpr const char* kUsageLine =
    "usage: winnow flow LEDGER.json (--check [--json] | --to "
    "prisma-svg|prisma-pdf|prisma-png|prisma-docx|prisma-csv|prisma-md -o "
    "FILE)\n";

/// What `--to` names: an exporter and the option `format` that makes it write that kind of file.
struct Target {
  const char* name;
  const char* exporter;
  const char* format;
};
constexpr std::array kTargets = {
    Target{"prisma-svg", "exporters.prisma", "svg"}, Target{"prisma-pdf", "exporters.prisma", "pdf"},
    Target{"prisma-png", "exporters.prisma", "png"}, Target{"prisma-csv", "exporters.prisma", "csv"},
    Target{"prisma-md", "exporters.prisma", "markdown"}};

struct Request {
  std::string ledger, to, output, title, note, layout;
  bool check = false, json = false, allowInconsistent = false, perWave = false, hideZero = false, help = false;
};

po::options_description describe(Request& request) {
  po::options_description visible("options");
  visible.add_options()                                                             //
      ("check", po::bool_switch(&request.check), "check the laws, draw nothing")    //
      ("json", po::bool_switch(&request.json), "answer as JSON: {ok, violations}")  //
      ("to", po::value(&request.to),
       "draw: prisma-svg, prisma-pdf, prisma-png, prisma-docx, prisma-csv or prisma-md")                          //
      ("layout", po::value(&request.layout), "compact (the boxes of PRISMA 2020) or stages (two boxes a stage)")  //
      ("output,o", po::value(&request.output), "the file to write; '-' is standard output")                       //
      ("title", po::value(&request.title), "title above the diagram")                                             //
      ("note", po::value(&request.note), "note below the diagram")                                                //
      ("per-wave", po::bool_switch(&request.perWave), "also one diagram for each wave")                           //
      ("hide-zero", po::bool_switch(&request.hideZero), "leave out lines and boxes whose number is 0")            //
      ("allow-inconsistent", po::bool_switch(&request.allowInconsistent),
       "draw although laws are broken, with a banner")  //
      ("help,h", po::bool_switch(&request.help), "this text");
  return visible;
}

void parse(const std::vector<std::string>& arguments, Request& request, const po::options_description& visible) {
  po::options_description all;
  all.add(visible).add_options()("ledger", po::value(&request.ledger));
  po::positional_options_description positional;
  positional.add("ledger", 1);
  const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  po::variables_map values;
  po::store(po::command_line_parser(arguments).options(all).positional(positional).style(style).run(), values);
  po::notify(values);
}

void require(const Request& request) {
  if (request.ledger.empty()) throw UsageError("the flow document is missing");
  if (request.check == !request.to.empty()) throw UsageError("say either --check or --to");
  if (!request.to.empty() && request.output.empty()) throw UsageError("--to needs -o FILE");
}

const Target& targetNamed(const std::string& name) {
  std::vector<std::string> names;
  for (const Target& target : kTargets) {
    if (target.name == name) return target;
    names.emplace_back(target.name);
  }
  throw UsageError("there is no '" + name + "' to draw to" + config::didYouMeanOf(name, names));
}

std::string asJson(const std::vector<FlowViolation>& violations) {
  nlohmann::ordered_json answer = {{"ok", violations.empty()}, {"violations", nlohmann::ordered_json::array()}};
  for (const FlowViolation& v : violations)
    answer["violations"].push_back(
        {{"law", v.law}, {"where", v.where}, {"message", v.message}, {"records", v.records}});
  return answer.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

void tell(const Request& request, const std::vector<FlowViolation>& violations, std::ostream& out, std::ostream& err) {
  if (request.json) {
    out << asJson(violations);
    return;
  }
  const char* severity = request.allowInconsistent && !engine::isSchemaFault(violations) ? "warning" : "error";
  for (const FlowViolation& v : violations)
    err << request.ledger << ": " << severity << " [" << v.law << "] " << (v.where.empty() ? "" : v.where + ": ")
        << v.message << "\n";
  if (violations.empty() && request.check) out << "flow balanced\n";
}

/// One line that names the broken laws, for the banner.
std::string bannerFor(const std::vector<FlowViolation>& violations) {
  std::string text = "Inconsistent numbers: ";
  for (std::size_t i = 0; i < violations.size(); ++i)
    text +=
        (i == 0 ? "" : "; ") + violations[i].law + " in " + violations[i].where + " (" + violations[i].message + ")";
  return text;
}

int draw(const Request& request, const std::string& text, const std::vector<FlowViolation>& violations,
         const FlowDrawing& drawing, io::OutputPolicy& outputs) {
  const Target& target = targetNamed(request.to);
  Options options = {{"format", target.format}};
  if (!request.title.empty()) options["title"] = request.title;
  if (!request.note.empty()) options["note"] = request.note;
  if (!request.layout.empty()) options["layout"] = request.layout;
  if (request.perWave) options["per_wave"] = "true";
  if (request.hideZero) options["hide_zero"] = "true";
  if (!violations.empty()) options["banner"] = bannerFor(violations);
  const std::string bytes = drawing(target.exporter, options, text);
  outputs.write(request.output, bytes);
  return kDone;
}

int drawRequested(const Request& request, std::ostream& out, std::ostream& err, const FlowDrawing& drawing,
                  io::OutputPolicy& outputs) {
  require(request);
  if (!request.to.empty()) targetNamed(request.to);
  outputs.protect(request.ledger, io::FileRole::Input);
  std::string text;
  try {
    text = io::readFile(request.ledger);
  } catch (const Error& error) {
    if (io::cancelRequested()) throw;
    err << "winnow flow: error: " << error.what() << "\n";
    return kUsage;
  }
  nlohmann::ordered_json flow;
  std::vector<FlowViolation> violations = engine::parseFlow(text, flow);
  if (violations.empty()) violations = engine::checkFlow(flow);
  tell(request, violations, out, err);
  if (engine::isSchemaFault(violations)) return kUsage;
  if (request.check) return violations.empty() ? kDone : kBroken;
  if (!violations.empty() && !request.allowInconsistent) return kBroken;
  return draw(request, text, violations, drawing, outputs);
}

}  // namespace

int flowCommand(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err,
                const FlowDrawing& draw, io::OutputPolicy& outputs) {
  Request request;
  const po::options_description visible = describe(request);
  try {
    parse(arguments, request, visible);
    if (request.help) {
      out << kUsageLine << visible;
      return kDone;
    }
    return drawRequested(request, out, err, draw, outputs);
  } catch (const po::error& error) {
    err << "winnow flow: error: " << error.what() << "\n" << kUsageLine;
    return kUsage;
  } catch (const UsageError& error) {
    err << "winnow flow: error: " << error.what() << "\n" << kUsageLine;
    return kUsage;
  } catch (const std::bad_alloc&) {
    throw;  // the program has words for it
  } catch (const std::exception& error) {
    err << "winnow flow: error: " << error.what() << "\n";
    return kBroken;
  }
}

}  // namespace winnow::cli
