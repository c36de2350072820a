// The fields that the review says it searches, and those that its lines search.
#include <algorithm>
#include <map>
#include <set>

#include "../text/CodePoints.hpp"
#include "Rules.hpp"

namespace winnow::search::lint {

namespace {

/// A field as reviews name it. The first code is the one to write.
struct Name {
  std::string_view name, codes;
};
// Codes of Ovid's MEDLINE field guide; `sh hw fs` are what its heading lines search too.
constexpr Name kNames[] = {{"title", "ti ot"},         {"abstract", "ab"},    {"keywords", "kf kw"},
                           {"headings", "sh hw fs"},   {"full text", "tx"},   {"author", "au"},
                           {"journal", "jn jw"},       {"affiliation", "in"}, {"substances", "nm rn"},
                           {"publication type", "pt"}, {"language", "la lg"}, {"year", "yr dp"}};
constexpr std::string_view kHeadings = "headings", kKeywords = "keywords";

/// What a code searches, by name; several for .tw. and .mp. Empty: a field that no name stands for.
std::vector<std::string_view> namesOf(const std::string& code) {
  if (code == "tw") return {"title", "abstract"};
  if (code == "mp") return {"title", "abstract", kKeywords, kHeadings, "substances"};
  for (const Name& name : kNames)
    for (std::size_t i = 0; i + 2 <= name.codes.size(); i += 3)
      if (name.codes.substr(i, 2) == code) return {name.name};
  return {};
}

std::string_view codeOf(std::string_view name) {
  const auto* found = std::find_if(std::begin(kNames), std::end(kNames), [&](const Name& n) { return n.name == name; });
  return found->codes.substr(0, 2);
}

class Comparison {
 public:
  Comparison(const Scene& scene, const std::vector<std::string>& declared) : scene_(scene), declared_(declared) {}

  void compare() {
    for (const Line& line : scene_.strategy.lines)
      if (line.tree) look(line, *line.tree);
    const bool tellsKeywords = isDeclared(kKeywords) && searched_.count(kKeywords) == 0;
    for (const std::string& name : declared_)
      if (searched_.count(name) == 0) tellUnsearched(name);
    if (headings_ != 0 && !isDeclared(kHeadings) && !tellsKeywords)
      scene_.warn(
          "W35", *firstHeading_, firstHeading_->tree->span,
          headingLines() + " search headings, which the review does not name; if they count, it names 'headings' too");
  }

 private:
  bool isDeclared(std::string_view name) const {
    return std::find(declared_.begin(), declared_.end(), name) != declared_.end();
  }
  std::string headingLines() const { return std::to_string(headings_) + (headings_ == 1 ? " line" : " lines"); }

  void look(const Line& line, const Node& node) {
    if (node.kind == Kind::Heading) return heading(line);
    if (node.kind == Kind::Field) return fields(line, node, node.fields);
    if (isText(node)) return fields(line, node, {"mp"});
    for (const Node& arg : node.args) look(line, arg);
  }

  void heading(const Line& line) {
    searched_.insert(kHeadings);
    if (lastHeading_ == &line) return;
    lastHeading_ = &line;
    if (headings_++ == 0) firstHeading_ = &line;
  }

  void fields(const Line& line, const Node& node, const std::vector<std::string>& codes) {
    std::string beyond;
    for (const std::string& code : codes) {
      const auto names = namesOf(code);
      // What a line without fields searches by default, nobody has asked for.
      if (node.kind == Kind::Field) searched_.insert(names.begin(), names.end());
      const bool within = !names.empty() && std::all_of(names.begin(), names.end(),
                                                        [&](std::string_view name) { return isDeclared(name); });
      if (!within) beyond += (beyond.empty() ? "." : ", .") + code + ".";
    }
    if (node.kind == Kind::Field && firstField_ == nullptr) {
      firstField_ = &line;
      fieldNode_ = &node;
    }
    if (beyond.empty()) return;
    scene_.warn("W33", line, node.span,
                (node.kind == Kind::Field ? "searches " : "without a field searches ") + beyond +
                    ", but the review searches " + declaredText() + " only");
    offer(line, node, allowed(codes));
  }

  /// The codes that the review allows; all that it names where none is left.
  std::vector<std::string> allowed(const std::vector<std::string>& codes) const {
    std::vector<std::string> kept;
    for (const std::string& code : codes) {
      const auto names = namesOf(code);
      if (!names.empty() &&
          std::all_of(names.begin(), names.end(), [&](std::string_view name) { return isDeclared(name); }))
        kept.push_back(code);
    }
    if (!kept.empty()) return kept;
    for (const std::string& name : declared_)
      if (name != kHeadings) kept.emplace_back(codeOf(name));
    return kept;
  }

  void tellUnsearched(const std::string& name) {
    if (firstField_ == nullptr && headings_ == 0) return;
    const Line& line = firstField_ != nullptr ? *firstField_ : *firstHeading_;
    std::string message = "'" + name + "' are to be searched, but no line searches ." + std::string(codeOf(name)) + ".";
    if (name == kHeadings)
      message = "'headings' are to be searched, but no line names one";
    else if (name != kKeywords)
      message = "'" + name + "' is to be searched, but no line searches ." + std::string(codeOf(name)) + ".";
    if (name == kKeywords && headings_ != 0)
      message += "; " + headingLines() + (headings_ == 1 ? " searches headings" : " search headings");
    scene_.warn("W34", line, firstField_ != nullptr ? fieldNode_->span : line.tree->span, message);
    if (firstField_ == nullptr || name == kHeadings) return;
    std::vector<std::string> codes = fieldNode_->fields;
    codes.emplace_back(codeOf(name));
    offer(line, *fieldNode_, codes);
  }

  /// The line with other fields at one node, as a fix of what was reported last.
  void offer(const Line& line, const Node& node, const std::vector<std::string>& codes) {
    if (scene_.prefix != "OVID" || codes.empty()) return;
    Node changed = *line.tree;
    replace(changed, node, codes);
    scene_.offer(line, changed);
  }

  static bool replace(Node& in, const Node& at, const std::vector<std::string>& codes) {
    const bool same =
        in.kind == at.kind && in.span.column == at.span.column && in.span.length == at.span.length && in == at;
    if (same && in.kind == Kind::Field) {
      in.fields = codes;
      return true;
    }
    if (same) {
      in = inFields(std::move(in), codes);
      return true;
    }
    return std::any_of(in.args.begin(), in.args.end(), [&](Node& arg) { return replace(arg, at, codes); });
  }

  std::string declaredText() const {
    std::string text;
    for (const std::string& name : declared_) text += (text.empty() ? "" : ", ") + name;
    return text;
  }

  const Scene& scene_;
  const std::vector<std::string>& declared_;
  std::set<std::string_view> searched_;
  std::size_t headings_ = 0;
  const Line* firstHeading_ = nullptr;
  const Line* lastHeading_ = nullptr;
  const Line* firstField_ = nullptr;
  const Node* fieldNode_ = nullptr;
};

}  // namespace

std::string fieldNames() {
  std::string text;
  for (const Name& name : kNames) text += (text.empty() ? "" : ", ") + std::string(name.name);
  return text;
}

bool isFieldName(std::string_view name) {
  return std::any_of(std::begin(kNames), std::end(kNames), [&](const Name& n) { return n.name == name; });
}

void checkDeclared(const Scene& scene, const std::vector<std::string>& declared) {
  if (!declared.empty()) Comparison(scene, declared).compare();
}

}  // namespace winnow::search::lint
