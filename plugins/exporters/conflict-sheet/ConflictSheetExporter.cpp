// exporters.conflict-sheet: the sheet on which readers who differ decide together. It shows what each of them said, so
// it is written only of records that all have read. Filled in, it is a file of joint decisions. Rules: README.md.
#include <string>
#include <vector>

#include "bibliography/Work.hpp"
#include "table/Table.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;
using bibliography::Person;
using bibliography::Vocabulary;
using bibliography::Work;

/// What one reader said about a record.
struct Vote {
  std::string decision, reason, note;
};

class ConflictSheetExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.conflict-sheet", version = "1.0.0",
                                    help = "The sheet on which readers who differ decide together.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_LIST, "readers", "", "Whose votes are shown, in this order.", {}, {}, {}, WINNOW_OPTION_REQUIRED)};

  ConflictSheetExporter(Host host, const Settings& settings)
      : Exporter(host),
        vocabulary_(host),
        reviewer_(host.tag(tags::kVoteReviewer)),
        decision_(host.tag(tags::kVoteDecision)),
        reason_(host.tag(tags::kVoteReason)),
        note_(host.tag(tags::kVoteNote)) {
    for (const std::string_view reader : settings.list("readers")) readers_.emplace_back(reader);
    for (const std::string& reader : readers_) by_ += (by_.empty() ? "" : "; ") + reader;
  }

  winnow_status write(Sink sink) override {
    winnow_status written = sink.write(table::header(columns(), table::Format::csv));
    const winnow_status read = sink.forEach([&](Record record) {
      if (written == WINNOW_OK) written = sink.write(table::row(cells(record), table::Format::csv));
    });
    return read != WINNOW_OK ? read : written;
  }

 private:
  table::Row columns() const {
    table::Row row{"record", "by", "decision", "reason", "note"};
    for (const std::string& reader : readers_)
      for (const char* what : {" decision", " reason", " note"}) row.push_back(reader + what);
    for (const char* shown : {"title", "authors", "year", "abstract", "doi", "pmid", "number"}) row.emplace_back(shown);
    return row;
  }

  table::Row cells(Record record) const {
    const Work work(vocabulary_, record);
    table::Row row{std::string(work.first(tags::kRecordKey)), by_, "", "", ""};
    for (const std::string& reader : readers_) {
      Vote vote = voteOf(record, reader);
      for (std::string* cell : {&vote.decision, &vote.reason, &vote.note}) row.push_back(std::move(*cell));
    }
    std::string authors;
    for (const Person& person : work.people("author")) authors += (authors.empty() ? "" : "; ") + person.display();
    row.emplace_back(work.first(tags::kTitle));
    row.push_back(std::move(authors));
    for (const tags::Name tag : {tags::kIssuedYear, tags::kAbstract, tags::kDoi, tags::kPmid, tags::kAccession})
      row.emplace_back(work.first(tag));
    return row;
  }

  /// The fields of the group that names the reader.
  Vote voteOf(Record record, std::string_view reader) const {
    Vote vote;
    for (std::size_t i = 0; i < record.size(); ++i) {
      if (record[i].tag != reviewer_ || record.value(i) != reader) continue;
      for (std::size_t k = 0; k < record.size(); ++k) {
        if (record[k].group != record[i].group) continue;
        if (record[k].tag == decision_) vote.decision = record.value(k);
        if (record[k].tag == reason_) vote.reason = record.value(k);
        if (record[k].tag == note_) vote.note = record.value(k);
      }
    }
    return vote;
  }

  Vocabulary vocabulary_;
  std::uint32_t reviewer_, decision_, reason_, note_;
  std::vector<std::string> readers_;
  std::string by_;
};

}  // namespace

WINNOW_PLUGIN("winnow", "exporters-conflict-sheet", "1.0.0", "Apache-2.0", ConflictSheetExporter)
