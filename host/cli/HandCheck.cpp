#include "HandCheck.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <vector>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "io/AtomicFile.hpp"

namespace winnow::cli {

namespace {

/// What people compare, in the order in which they look.
struct Shown {
  const char* name;
  std::vector<std::string_view> tags;
};
const std::vector<Shown>& shownFields() {
  static const std::vector<Shown> fields = {{"title", {tags::kTitle}},
                                            {"authors", {tags::kAuthorFamily, tags::kAuthorLiteral}},
                                            {"year", {tags::kIssuedYear}},
                                            {"journal", {tags::kContainerTitle}},
                                            {"volume", {tags::kVolume}},
                                            {"issue", {tags::kIssue}},
                                            {"pages", {tags::kPage, tags::kArticleNumber}},
                                            {"doi", {tags::kDoi}},
                                            {"pmid", {tags::kPmid}},
                                            {"type", {tags::kType}},
                                            {"abstract", {tags::kAbstract}}};
  return fields;
}

/// One record as texts, parallel to shownFields().
using Texts = std::vector<std::string>;

Texts textsOf(Session& session, engine::RecordId id) {
  ledger::RecordBlock block;
  session.ledger().read({id}, false, block, [](engine::RecordId) { return 1u; });
  Texts texts;
  for (const Shown& shown : shownFields()) {
    std::string& text = texts.emplace_back();
    for (std::size_t f = block.begins[0]; f < block.begins[1]; ++f)
      for (const std::string_view tag : shown.tags)
        if (block.fields[f].tag == session.workspace().tags.number(tag)) text.append(text.empty() ? "" : "; ").append(view(block.fields[f].value));
  }
  return texts;
}

std::string cell(const std::string& text) {
  // A spreadsheet takes a leading = + - @ for a formula.
  const std::string safe = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos ? "'" + text : text;
  if (safe.find_first_of(",\"\r\n") == std::string::npos) return safe;
  std::string out = "\"";
  for (const char c : safe) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n') out += c;
  }
  return out;
}

std::vector<std::string> wordsOf(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

/// The text with the words marked that the other does not have.
std::string marked(const std::string& text, const std::string& other) {
  const std::vector<std::string> others = wordsOf(other);
  const std::set<std::string> known(others.begin(), others.end());
  std::string out;
  for (const std::string& word : wordsOf(text)) {
    const bool isOwn = !other.empty() && !known.contains(word);
    out += (out.empty() ? "" : " ") + (isOwn ? "<mark>" + escaped(word) + "</mark>" : escaped(word));
  }
  return out;
}

struct Pair {
  const ledger::PairRow* row;
  std::string code, label;
};

/// Pairs that nobody decided and that no other way joined.
std::vector<Pair> openPairs(Session& session, const engine::StepResult& step) {
  std::set<std::pair<engine::RecordId, engine::RecordId>> decided;
  for (const auto& [a, said] : engine::readPairDecisions(session.workspace(), *step.step, session.evaluation().references()))
    decided.insert({std::min(a, said.first), std::max(a, said.first)});
  const engine::Clusters& clusters = session.evaluation().clusters();
  const auto reasons = session.ledger().reasons(step.stage);
  std::vector<Pair> pairs;
  for (const ledger::PairRow& p : step.pairs) {
    const bool isOpen = p.maybe && clusters.representative(p.a) != clusters.representative(p.b) && !decided.contains({std::min(p.a, p.b), std::max(p.a, p.b)});
    if (isOpen) pairs.push_back({&p, reasons.at(p.rule).code, reasons.at(p.rule).label});
  }
  std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& x, const Pair& y) { return x.row->score > y.row->score; });
  return pairs;
}

std::string differences(const Texts& a, const Texts& b) {
  std::string names;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] != b[i]) names += (names.empty() ? "" : "; ") + std::string(shownFields()[i].name);
  return names;
}

void writeCsv(io::AtomicFile& file, Session& session, const std::vector<Pair>& pairs, const std::function<std::string(engine::RecordId)>& nameOf) {
  std::string header = "record,other,reviewer,decision,note,why,rule,differs in";
  for (const Shown& shown : shownFields()) header += std::string(",") + shown.name + ",other " + shown.name;
  file.write("\xEF\xBB\xBF" + header + "\r\n");
  for (const Pair& p : pairs) {
    const Texts a = textsOf(session, p.row->a), b = textsOf(session, p.row->b);
    std::string line = cell(nameOf(p.row->a)) + "," + cell(nameOf(p.row->b)) + ",,,," + cell(p.label) + "," + cell(p.code) + "," + cell(differences(a, b));
    for (std::size_t i = 0; i < a.size(); ++i) line += "," + cell(a[i]) + "," + cell(b[i]);
    file.write(line + "\r\n");
  }
}

constexpr const char* kPageHead =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Pairs to check by hand</title>\n<style>\n"
    "body{font:16px/1.45 system-ui,sans-serif;margin:1.5rem auto;max-width:72rem;padding:0 1rem;color:#1d232b}\n"
    "section{border:1px solid #c6ced6;border-radius:6px;margin:1.2rem 0;padding:.6rem 1rem}\nh2{font-size:1.05rem;margin:.2rem 0 .5rem}\n"
    "table{border-collapse:collapse;width:100%;table-layout:fixed}th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-top:1px solid #e4e9ed;overflow-wrap:anywhere}\n"
    "th[scope=row]{width:6.5rem;font-weight:600;color:#4a5560}tr.same td{color:#4a5560}mark{background:#ffe08a;color:inherit}code{font-size:.85em}\n"
    "</style>\n</head>\n<body>\n";

void writeHtml(io::AtomicFile& file, Session& session, const std::vector<Pair>& pairs, const std::function<std::string(engine::RecordId)>& nameOf) {
  file.write(kPageHead);
  file.write("<h1>Pairs to check by hand: " + std::to_string(pairs.size()) +
             "</h1>\n<p>Words that only one record has are marked. Write <code>same</code> or <code>distinct</code> into the column "
             "<code>decision</code> of the CSV form of this list, and save it where the step's <code>decisions</code> are read from.</p>\n");
  std::size_t number = 0;
  for (const Pair& p : pairs) {
    const Texts a = textsOf(session, p.row->a), b = textsOf(session, p.row->b);
    const std::string place = std::to_string(++number);
    std::string text = "<section id=\"pair-" + place + "\">\n<h2>" + place + ". " + escaped(p.label) + "</h2>\n<table>\n<tr><th scope=\"col\"></th>";
    for (const engine::RecordId id : {p.row->a, p.row->b}) text += "<th scope=\"col\"><code>" + escaped(nameOf(id)) + "</code></th>";
    text += "</tr>\n";
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (a[i].empty() && b[i].empty()) continue;
      text += std::string("<tr") + (a[i] == b[i] ? " class=\"same\"" : "") + "><th scope=\"row\">" + shownFields()[i].name + "</th><td>" + marked(a[i], b[i]) + "</td><td>" +
              marked(b[i], a[i]) + "</td></tr>\n";
    }
    file.write(text + "</table>\n<p>" + escaped(p.row->note) + "</p>\n</section>\n");
  }
  file.write("</body>\n</html>\n");
}

}  // namespace

std::size_t writeHandCheck(Session& session, const engine::StepResult& step, const std::function<std::string(engine::RecordId)>& nameOf,
                           const std::filesystem::path& target) {
  const std::vector<Pair> pairs = openPairs(session, step);
  io::AtomicFile file(target);
  if (target.extension() == ".html") writeHtml(file, session, pairs, nameOf);
  else writeCsv(file, session, pairs, nameOf);
  file.commit();
  return pairs.size();
}

}  // namespace winnow::cli
