#include "Commands.hpp"

#include <algorithm>

#include <winnow/formats/text.hpp>

#include "search-strategy/strategy/mesh/MeshDocument.hpp"
#include "search-strategy/strategy/text/CodePoints.hpp"

namespace winnow::search {

namespace {

/// The first field tag that PubMed has and Ovid has not; its help, "Search field tags", lists them. Ovid's own brackets
/// ("[mp=title, abstract]") hold other words.
std::string_view pubMedTag(std::string_view text) {
  static constexpr std::string_view kTags[] = {"tiab", "title/abstract", "mesh", "mesh terms", "mh",         "majr",
                                               "ti",   "title",          "tw",   "text word",  "all fields", "pt"};
  for (std::size_t open = text.find('['); open != std::string_view::npos; open = text.find('[', open + 1)) {
    const std::size_t close = text.find(']', open);
    if (close == std::string_view::npos) break;
    const std::string_view inside = text.substr(open + 1, close - open - 1);
    const std::string_view name = inside.substr(0, inside.find(':'));  // [mesh:noexp]
    for (const std::string_view tag : kTags)
      if (formats::lower(name) == tag) return text.substr(open, close + 1 - open);
  }
  return {};
}

}  // namespace

std::string_view Call::strategyText() const {
  if (argumentCount() != 1) throw Usage{"one strategy is needed: a file, or - for standard input"};
  winnow_str text{};
  if (invocation_->read(invocation_, 0, &text) != WINNOW_OK) throw Unread{};
  if (const std::string_view tag = pubMedTag(view(text)); platform() == Platform::Ovid && !tag.empty())
    throw Usage{"'" + std::string(tag) + "' is PubMed's language; say --from pubmed"};
  return view(text);
}

std::string_view Call::fileOf(std::string_view option) const {
  const std::string_view path = settings.text(option);
  winnow_str text{};
  if (!path.empty() && invocation_->read_path(invocation_, str(path), &text) != WINNOW_OK) throw Unread{};
  return view(text);
}

Platform Call::platform() const {
  const std::string_view name = settings.text("from");
  if (const auto platform = platformNamed(name)) return *platform;
  throw Usage{"strategies of '" + std::string(name) + "' cannot be read; --from takes ovid or pubmed"};
}

mesh::Tree Call::tree() const {
  const std::string_view path = settings.text("mesh");
  mesh::Tree tree = mesh::Tree::load(fileOf("mesh"), path);
  if (!path.empty() && tree.empty()) throw Usage{mesh::noHeading(tree)};
  return tree;
}

std::string messageText(std::string_view file, const Strategy& strategy, const Diagnostic& d) {
  constexpr const char* kWords[] = {"error", "warning", "info"};
  std::string out = std::string(file) + ":" + std::to_string(d.line) + ":" + std::to_string(d.column) + ": " +
                    kWords[static_cast<int>(d.severity)] + " " + d.code + ": " + d.message + "\n";
  const auto line =
      std::find_if(strategy.lines.begin(), strategy.lines.end(), [&](const Line& l) { return l.line == d.line; });
  if (line == strategy.lines.end() || d.severity == Severity::Info) return out;
  // A long line shows what stands round the place.
  constexpr std::uint32_t kBefore = 60, kAll = 110;
  const std::u32string points = decode(line->text);
  const std::size_t at = d.column - 1;
  const std::size_t begin = at > kBefore && points.size() > kAll ? at - kBefore : 0;
  const std::string shown = encode(points.substr(std::min(begin, points.size()), kAll));
  const std::size_t room = kAll - std::min<std::size_t>(kAll, at - begin);
  out += "  " + std::string(begin > 0 ? "..." : "") + shown + (begin + kAll < points.size() ? "..." : "") + "\n  " +
         std::string(begin > 0 ? 3 : 0, ' ');
  for (std::size_t i = begin; i < at; ++i) out += i < points.size() && points[i] == U'\t' ? '\t' : ' ';
  out += "^" +
         std::string(std::min<std::size_t>(std::max<std::uint32_t>(d.length, 1), std::max<std::size_t>(room, 1)) - 1,
                     '~') +
         "\n";
  if (d.fix) out += "  fix: " + *d.fix + "\n";
  return out;
}

std::int32_t exitCode(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::Error; })
             ? 1
             : 0;
}

namespace {

const winnow_command* WINNOW_CALL at(std::size_t index) {
  static const winnow_command* const kAll[] = {&lintCommand, &parseCommand, &matchCommand, &explainCommand,
                                               &translateCommand};
  return index < std::size(kAll) ? kAll[index] : nullptr;
}
constexpr winnow_commands kCommands{sizeof(winnow_commands), 0, at};

}  // namespace

const void* extension(const char* id) noexcept {
  if (std::string_view(id) == WINNOW_EXT_COMMAND) return &kCommands;
  return std::string_view(id) == WINNOW_EXT_LINT ? &reviewLint : nullptr;
}

}  // namespace winnow::search
