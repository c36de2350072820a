// exporters.asreview: records for ASReview LAB, with one reader's decisions as labels. Rules: README.md.
#include <string>

#include "bibliography/LossReport.hpp"
#include "bibliography/Text.hpp"
#include "bibliography/Work.hpp"
#include "table/Table.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;
using bibliography::Person;
using bibliography::Vocabulary;
using bibliography::Work;

struct Column {
  std::string_view heading;
  tags::Name tag;
};
/// Columns that ASReview knows by name, and those that it hands through.
constexpr Column kColumns[] = {{"title", tags::kTitle},
                               {"abstract", tags::kAbstract},
                               {"keywords", tags::kKeyword},
                               {"year", tags::kIssuedYear},
                               {"doi", tags::kDoi},
                               {"url", tags::kUrl},
                               {"journal", tags::kContainerTitle},
                               {"pubmed_id", tags::kPmid},
                               {"accession_number", tags::kAccession}};

class AsreviewExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.asreview", version = "1.0.0",
                                    help = "Records for ASReview LAB, with one reader's decisions as labels.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_STRING, "reviewer", "", "Whose decisions are the labels; nobody's unless given.")};

  AsreviewExporter(Host host, const Settings& settings)
      : Exporter(host), vocabulary_(host), reviewer_(settings.text("reviewer")) {}

  winnow_status write(Sink sink) override {
    bibliography::LossReport losses("the columns for ASReview");
    table::Row headings{"winnow_id"};
    for (const Column& column : kColumns) headings.emplace_back(column.heading);
    headings.emplace_back("authors");
    if (!reviewer_.empty()) headings.emplace_back("included");
    winnow_status written = sink.write(table::header(headings, table::Format::rawCsv));
    const winnow_status read = sink.forEach([&](Record record) {
      if (written != WINNOW_OK) return;
      const Work work(vocabulary_, record);
      losses.begin(work.unknownCount());
      losses.check(work, [](tags::Name tag, std::size_t n) { return holds(tag, n); });
      written = sink.write(table::row(cells(work), table::Format::rawCsv));
    });
    if (read != WINNOW_OK || written != WINNOW_OK) return read != WINNOW_OK ? read : written;
    losses.send(host());
    return WINNOW_OK;
  }

 private:
  table::Row cells(const Work& work) const {
    table::Row row{std::string(work.first(work.has(tags::kRecordKey) ? tags::kRecordKey : tags::kWinnowId))};
    for (const Column& column : kColumns) row.push_back(bibliography::oneLine(work.joined(column.tag, "; ")));
    std::string authors;
    for (const Person& person : work.people("author")) authors += (authors.empty() ? "" : "; ") + person.display();
    row.push_back(bibliography::oneLine(authors));
    if (!reviewer_.empty()) row.emplace_back(label(work));
    return row;
  }

  /// 1 relevant, 0 irrelevant; nothing for "maybe" and what is not decided.
  std::string_view label(const Work& work) const {
    std::uint16_t group = 0;
    for (const Work::Value& value : work.values())
      if (value.tag == tags::kVoteReviewer && value.text == reviewer_) group = value.group;
    for (const Work::Value& value : work.values()) {
      if (group == 0 || value.group != group || value.tag != tags::kVoteDecision) continue;
      return value.text == "include" ? "1" : value.text == "exclude" ? "0" : "";
    }
    return {};
  }

  static bool holds(tags::Name tag, std::size_t) {
    for (const Column& column : kColumns)
      if (column.tag == tag) return true;
    for (const tags::Name name :
         {tags::kAuthorFamily, tags::kAuthorGiven, tags::kAuthorSuffix, tags::kAuthorLiteral, tags::kWinnowId})
      if (name == tag) return true;
    return false;
  }

  Vocabulary vocabulary_;
  std::string reviewer_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-asreview", "1.0.0", "Apache-2.0"), AsreviewExporter)
