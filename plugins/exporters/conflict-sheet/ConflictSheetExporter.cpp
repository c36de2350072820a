// exporters.conflict-sheet: the sheet on which readers who differ decide together. It shows what each of them said, so
// it is written only of records that all have read. Filled in, it is a file of joint decisions. Rules: README.md.
#include <string>
#include <vector>

#include "bibliography/Work.hpp"
#include "sheet/Sheet.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;
using bibliography::Person;
using bibliography::Vocabulary;
using bibliography::Work;
using sheet::Use;

/// What one reader said about a record.
struct Vote {
  std::string decision, reason, note;
};

class ConflictSheetExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.conflict-sheet", version = "2.0.0",
                                    help = "The sheet on which readers who differ decide together.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_LIST, "readers", "", "Whose votes are shown, in this order.", {}, {}, {}, WINNOW_OPTION_REQUIRED),
      sheet::kFormat, sheet::kSeparator};

  ConflictSheetExporter(Host host, const Settings& settings)
      : Exporter(host),
        vocabulary_(host),
        reviewer_(host.tag(tags::kVoteReviewer)),
        decision_(host.tag(tags::kVoteDecision)),
        reason_(host.tag(tags::kVoteReason)),
        note_(host.tag(tags::kVoteNote)),
        file_(settings, "conflicts", 0) {
    for (const std::string_view reader : settings.list("readers")) readers_.emplace_back(reader);
    for (const std::string& reader : readers_) by_ += (by_.empty() ? "" : "; ") + reader;
  }

  winnow_status write(Sink sink) override {
    const sheet::About about = sheet::readAbout(host().document("review"), host().document("sheet"));
    winnow_status written = file_.begin(sink, columns(about), about);
    const winnow_status read = sink.forEach([&](Record record) {
      if (written == WINNOW_OK) written = file_.row(sink, cells(record));
    });
    if (read != WINNOW_OK || written != WINNOW_OK) return read != WINNOW_OK ? read : written;
    return file_.end(sink);
  }

 private:
  std::vector<sheet::Column> columns(const sheet::About& about) const {
    std::vector<std::string> reasons;
    for (const sheet::Named& reason : about.reasons) reasons.push_back(reason.id);
    std::vector<std::string> decisions = about.decisions;
    if (decisions.empty()) decisions = {"include", "exclude", "maybe"};
    std::vector<sheet::Column> columns{{"decision", Use::Answer, 12, std::move(decisions), true},
                                       {"reason", Use::Answer, 20, std::move(reasons), true},
                                       {"note", Use::Answer, 24, {}, false}};
    for (const std::string& reader : readers_)
      for (const char* what : {" decision", " reason", " note"})
        columns.push_back({reader + what, Use::Shown, 14, {}, false});
    for (const auto& [heading, width] :
         {std::pair{"title", 50.0}, std::pair{"authors", 24.0}, std::pair{"year", 6.0}, std::pair{"abstract", 90.0}})
      columns.push_back({heading, Use::Shown, width, {}, false});
    columns.push_back({"doi", Use::Link, 28, {}, false});
    for (const char* heading : {"pmid", "number", "by", "record"})
      columns.push_back({heading, Use::Shown, 14, {}, false});
    return columns;
  }

  table::Row cells(Record record) const {
    const Work work(vocabulary_, record);
    table::Row row{"", "", ""};
    for (const std::string& reader : readers_) {
      Vote vote = voteOf(record, reader);
      for (std::string* cell : {&vote.decision, &vote.reason, &vote.note}) row.push_back(std::move(*cell));
    }
    std::string authors;
    for (const Person& person : work.people("author")) authors += (authors.empty() ? "" : "; ") + person.display();
    row.emplace_back(work.first(tags::kTitle));
    row.push_back(std::move(authors));
    row.emplace_back(work.first(tags::kIssuedYear));
    row.push_back(work.joined(tags::kAbstract, " "));
    row.push_back(sheet::doiLink(work.first(tags::kDoi)));
    row.emplace_back(work.first(tags::kPmid));
    row.push_back(work.joined(tags::kAccession, "; "));
    row.push_back(by_);
    row.emplace_back(work.first(tags::kRecordKey));
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
  sheet::SheetFile file_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-conflict-sheet", "2.0.0", "Apache-2.0"),
              ConflictSheetExporter)
