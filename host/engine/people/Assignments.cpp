#include "Assignments.hpp"

#include <algorithm>

#include <winnow/tags.hpp>

#include "RowProblems.hpp"
#include "engine/records/Views.hpp"
#include "io/AtomicFile.hpp"
#include "io/Csv.hpp"

namespace winnow::engine {

namespace {

constexpr const char* kHeader =
    "step,wave,reviewer,draw,seed,share,of,drawn,record,reads,merged with,title,year,authors,"
    "doi,pmid,number\r\n";

bool isThere(const std::filesystem::path& file) {
  std::error_code ignored;
  return std::filesystem::exists(file, ignored);
}

std::set<RecordId> worksOf(const PeopleInput& input, std::string_view name) {
  std::set<RecordId> works;
  for (const RecordId id : input.references.find(name)) works.insert(input.clusters.representative(id));
  return works;
}

/// What tells a work from others when its key does not, for the sake of exports made again.
struct Titles {
  std::string title, year, authors, doi, pmid, number;
};

Titles titlesOf(Views& views, RecordId id) {
  Titles titles;
  const std::pair<std::string_view, std::string*> wanted[] = {{tags::kTitle, &titles.title},
                                                              {tags::kIssuedYear, &titles.year},
                                                              {tags::kAuthorFamily, &titles.authors},
                                                              {tags::kAuthorLiteral, &titles.authors},
                                                              {tags::kDoi, &titles.doi},
                                                              {tags::kPmid, &titles.pmid},
                                                              {tags::kAccession, &titles.number}};
  for (const MergedValue& value : views.origins(id))
    for (const auto& [tag, text] : wanted)
      if (value.tag == tag && text->empty()) *text = value.value;
  return titles;
}

}  // namespace

std::size_t Draw::taken() const {
  return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [](const Row& r) { return r.reads; }));
}

Assignments::Assignments(const PeopleInput& input, const std::string& step) {
  const std::filesystem::path& file = input.work.review.assignments;
  if (!isThere(file)) return;
  RowProblems problems(input.work);
  for (const SheetRow& row : readSheets(input.work, {file}, {file.filename().string()})) {
    if (row.cell("step") != step || row.cell("record").empty()) continue;
    const std::string reviewer(row.cell("reviewer"));
    std::size_t& draws = draws_[{std::string(row.cell("wave")), reviewer}];
    draws = std::max(draws, static_cast<std::size_t>(std::strtoul(std::string(row.cell("draw")).c_str(), nullptr, 10)));
    std::set<RecordId> works = worksOf(input, row.cell("record"));
    std::string_view others = row.cell("merged with");
    while (!others.empty()) {
      const std::size_t end = std::min(others.find(' '), others.size());
      works.merge(worksOf(input, others.substr(0, end)));
      others.remove_prefix(std::min(end + 1, others.size()));
    }
    if (works.empty())
      for (const RecordId id : input.references.describedBy(descriptionOf(row)).records)
        works.insert(input.clusters.representative(id));
    if (works.empty())
      problems.add(io::Severity::Info, row, "assignments.unknown-record",
                   "no record is named '" + std::string(row.cell("record")) + "'", "the row stays without effect");
    const bool reads = row.cell("reads") == "yes";
    for (const RecordId work : works) {
      const auto [known, isNew] = reads_.try_emplace({reviewer, work}, reads);
      if (isNew || known->second == reads) continue;
      known->second = true;
      problems.add(io::Severity::Info, row, "assignments.merged",
                   input.records.key(work) + " was merged of a record that " + reviewer +
                       " reads and one that was not "
                       "drawn",
                   reviewer + " reads it");
    }
  }
  problems.report();
}

std::optional<bool> Assignments::reads(const std::string& reviewer, RecordId representative) const {
  const auto found = reads_.find({reviewer, representative});
  return found == reads_.end() ? std::nullopt : std::optional<bool>(found->second);
}

std::size_t Assignments::draws(const std::string& wave, const std::string& reviewer) const {
  const auto found = draws_.find({wave, reviewer});
  return found == draws_.end() ? 0 : found->second;
}

void appendDraws(const PeopleInput& input, const std::vector<Draw>& draws) {
  if (draws.empty()) return;
  const std::filesystem::path& file = input.work.review.assignments;
  std::string text = isThere(file) ? io::readFile(file) : "\xEF\xBB\xBF" + std::string(kHeader);
  if (!text.empty() && text.back() != '\n') text += "\r\n";
  Views views(input.work.review, input.work.ledger, input.records, input.clusters, input.work.tags);
  for (const Draw& draw : draws)
    for (const Draw::Row& row : draw.rows) {
      std::string merged;
      for (const RecordId member : input.clusters.members(row.record))
        if (member != row.record) merged += (merged.empty() ? "" : " ") + input.records.key(member);
      const Titles titles = titlesOf(views, row.record);
      text += io::csvRow({draw.step, draw.wave, draw.reviewer, std::to_string(draw.number), draw.seed, draw.share,
                          std::to_string(draw.rows.size()), std::to_string(draw.taken()), input.records.key(row.record),
                          row.reads ? "yes" : "no", merged, titles.title, titles.year, titles.authors, titles.doi,
                          titles.pmid, titles.number});
    }
  const auto target = input.work.outputs.open(file, io::NamedBy::Configuration, io::FileRole::Assignments);
  target->write(text);
  target->commit();
}

}  // namespace winnow::engine
