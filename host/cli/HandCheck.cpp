#include "HandCheck.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "HandCheckPage.hpp"
#include "engine/people/PairDecisions.hpp"
#include "io/AtomicFile.hpp"
#include "io/Csv.hpp"

namespace winnow::cli {

namespace {

/// What people compare, in the order in which they look.
struct Shown {
  const char* name;
  std::vector<std::string_view> tags;
};
const std::vector<Shown>& shownFields() {
  static const std::vector<Shown> fields = {
      {"title", {tags::kTitle}},
      {"authors", {tags::kAuthorFamily, tags::kAuthorLiteral, tags::kAuthorGiven}},
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
        if (block.fields[f].tag == session.workspace().tags.number(tag)) {
          const bool isGiven = tag == tags::kAuthorGiven;
          text.append(text.empty() ? "" : isGiven ? ", " : "; ").append(view(block.fields[f].value));
        }
  }
  return texts;
}

std::string placeOf(Session& session, engine::RecordId id) {
  const engine::Home home = session.evaluation().records().home(id);
  const engine::ActiveFile& file = session.evaluation().records().files()[home.file];
  const std::string& source = session.review().sources[file.source].name;
  return (source == file.row.name ? "" : source + ", ") + file.row.name + ", record " + std::to_string(home.ordinal);
}

using io::csvCell;

struct Pair {
  const ledger::Pair* row;
  std::string code, label, note;
};

/// Pairs that nobody decided and that no other way joined.
std::vector<Pair> openPairs(Session& session, const engine::StepResult& step) {
  std::set<std::pair<engine::RecordId, engine::RecordId>> decided;
  for (const engine::PairDecision& said :
       engine::readPairDecisions(session.workspace(), *step.step, session.evaluation().references()))
    decided.insert({said.a, said.b});
  const engine::Clusters& clusters = session.evaluation().clusters();
  const auto reasons = session.ledger().reasons(step.stage);
  std::vector<Pair> pairs;
  for (const ledger::Pair& p : step.merging->pairs) {
    const bool isOpen = p.maybe && clusters.representative(p.a) != clusters.representative(p.b) &&
                        !decided.contains({std::min(p.a, p.b), std::max(p.a, p.b)});
    if (isOpen)
      pairs.push_back(
          {&p, reasons.at(p.rule).code, reasons.at(p.rule).label, session.ledger().pairNote(step.merging->pairing, p)});
  }
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const Pair& x, const Pair& y) { return x.row->score > y.row->score; });
  return pairs;
}

std::string differences(const Texts& a, const Texts& b) {
  std::string names;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] != b[i]) names += (names.empty() ? "" : "; ") + std::string(shownFields()[i].name);
  return names;
}

void writeCsv(io::AtomicFile& file, Session& session, const std::vector<Pair>& pairs,
              const std::function<std::string(engine::RecordId)>& nameOf) {
  std::string header = "record,other,reviewer,decision,note,why,rule,differs in";
  for (const Shown& shown : shownFields()) header += std::string(",") + shown.name + ",other " + shown.name;
  file.write("\xEF\xBB\xBF" + header + "\r\n");
  for (const Pair& p : pairs) {
    const Texts a = textsOf(session, p.row->a), b = textsOf(session, p.row->b);
    std::string line = csvCell(nameOf(p.row->a)) + "," + csvCell(nameOf(p.row->b)) + ",,,," + csvCell(p.label) + "," +
                       csvCell(p.code) + "," + csvCell(differences(a, b));
    for (std::size_t i = 0; i < a.size(); ++i) line += "," + csvCell(a[i]) + "," + csvCell(b[i]);
    file.write(line + "\r\n");
  }
}

void writeHtml(io::AtomicFile& file, Session& session, const std::vector<Pair>& pairs,
               const std::function<std::string(engine::RecordId)>& nameOf) {
  file.write(pageHead(pairs.size()));
  std::size_t number = 0;
  for (const Pair& p : pairs) {
    PagePair shown{
        p.label, p.note, nameOf(p.row->a), nameOf(p.row->b), placeOf(session, p.row->a), placeOf(session, p.row->b),
        {}};
    const Texts a = textsOf(session, p.row->a), b = textsOf(session, p.row->b);
    for (std::size_t i = 0; i < a.size(); ++i) shown.rows.push_back({shownFields()[i].name, a[i], b[i]});
    file.write(pageSection(shown, ++number, pairs.size()));
  }
  file.write(pageEnd());
}

}  // namespace

bool isPage(const std::filesystem::path& target) { return target.extension() == ".html"; }

std::size_t writeHandCheck(Session& session, const engine::StepResult& step,
                           const std::function<std::string(engine::RecordId)>& nameOf, bool asPage,
                           io::AtomicFile& file) {
  const std::vector<Pair> pairs = openPairs(session, step);
  if (asPage)
    writeHtml(file, session, pairs, nameOf);
  else
    writeCsv(file, session, pairs, nameOf);
  file.commit();
  return pairs.size();
}

}  // namespace winnow::cli
