// exporters.rayyan: records with their readers' decisions for Rayyan, as RIS or CSV. Rules: README.md.
#include <string>

#include "../ris/RisLines.hpp"
#include "RayyanNotes.hpp"
#include "bibliography/LossReport.hpp"
#include "bibliography/Slots.hpp"
#include "bibliography/Text.hpp"
#include "table/Table.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;
using bibliography::Person;
using bibliography::Work;

/// The columns of Rayyan's own CSV, in its order.
constexpr std::string_view kColumns[] = {"key",      "title",     "year",     "month",    "day",     "journal",
                                         "issn",     "volume",    "issue",    "pages",    "authors", "url",
                                         "language", "publisher", "location", "abstract", "notes",   "doi",
                                         "keywords", "pubmed_id", "pmc_id"};

class RayyanExporter final : public Exporter {
 public:
  static constexpr std::string_view id = "exporters.rayyan", version = "1.0.0",
                                    help = "Records with their readers' decisions for Rayyan.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "format", "ris", "The file Rayyan imports.", "ris|csv")};

  RayyanExporter(Host host, const Settings& settings)
      : Exporter(host),
        vocabulary_(host),
        line_(bibliography::commonSlots()),
        isTable_(settings.text("format") == "csv") {}

  winnow_status write(Sink sink) override {
    bibliography::LossReport losses(isTable_ ? "Rayyan's CSV" : "Rayyan's RIS");
    winnow_status written =
        isTable_ ? sink.write(table::header({std::begin(kColumns), std::end(kColumns)}, table::Format::rawCsv))
                 : winnow_status{WINNOW_OK};
    std::string_view before;
    const winnow_status read = sink.forEach([&](Record record) {
      if (written != WINNOW_OK) return;
      const Work work(vocabulary_, record);
      losses.begin(work.unknownCount());
      if (isTable_) losses.check(work, [&](tags::Name tag, std::size_t n) { return tableHolds(work, tag, n); });
      written = sink.write(isTable_ ? tableRow(work) : std::string(before) + risRecord(work));
      before = "\n";
    });
    if (read != WINNOW_OK || written != WINNOW_OK) return read != WINNOW_OK ? read : written;
    losses.send(host());
    return WINNOW_OK;
  }

 private:
  /// Our RIS, with the notes before its last two lines.
  std::string risRecord(const Work& work) const {
    std::string text(exporters::RisLines("\n").write(work, line_.of(work), {}));
    const std::string notes = exporters::rayyanNotes(work);
    if (!notes.empty()) text.insert(text.rfind("\nC8  - ") + 1, "N1  - " + notes + "\n");
    return text;
  }

  static std::string peopleCell(const Work& work) {
    std::string cell;
    for (const Person& person : work.people("author")) cell += (cell.empty() ? "" : " and ") + person.display();
    return cell;
  }
  static std::string notesCell(const Work& work) {
    std::string notes = work.joined(tags::kNote, " | ");
    const std::string own = exporters::rayyanNotes(work);
    return notes + (notes.empty() || own.empty() ? "" : " | ") + own;
  }
  static std::string keyOf(const Work& work) {
    for (const tags::Name tag : {tags::kRecordKey, tags::kWinnowId, tags::kLocalId})
      if (work.has(tag)) return std::string(work.first(tag));
    return {};
  }
  std::string tableRow(const Work& work) const {
    const auto one = [&](tags::Name tag) { return std::string(work.first(tag)); };
    table::Row cells = {keyOf(work),
                        one(tags::kTitle),
                        one(tags::kIssuedYear),
                        one(tags::kIssuedMonth),
                        one(tags::kIssuedDay),
                        one(tags::kContainerTitle),
                        one(tags::kIssn),
                        one(tags::kVolume),
                        one(tags::kIssue),
                        one(tags::kPage),
                        peopleCell(work),
                        one(tags::kUrl),
                        one(tags::kLanguage),
                        one(tags::kPublisher),
                        one(tags::kPublisherPlace),
                        work.joined(tags::kAbstract, " "),
                        notesCell(work),
                        one(tags::kDoi),
                        work.joined(tags::kKeyword, "; "),
                        one(tags::kPmid),
                        one(tags::kPmcid)};
    for (std::string& cell : cells) cell = bibliography::oneLine(cell);
    return table::row(cells, table::Format::rawCsv);
  }

  static bool tableHolds(const Work& work, tags::Name tag, std::size_t n) {
    for (const tags::Name any : {tags::kAuthorFamily, tags::kAuthorGiven, tags::kAuthorSuffix, tags::kAuthorLiteral,
                                 tags::kAbstract, tags::kKeyword, tags::kNote})
      if (tag == any) return true;
    if (tag == tags::kLanguageRaw) return work.has(tags::kLanguage);
    if (tag == tags::kIssuedRaw) return work.has(tags::kIssuedYear);
    if (tag == tags::kLocalId) return n == 0 && !work.has(tags::kRecordKey) && !work.has(tags::kWinnowId);
    if (tag == tags::kType) return work.first(tag) == "article-journal";
    for (const tags::Name once :
         {tags::kTitle, tags::kIssuedYear, tags::kIssuedMonth, tags::kIssuedDay, tags::kContainerTitle, tags::kIssn,
          tags::kVolume, tags::kIssue, tags::kPage, tags::kUrl, tags::kLanguage, tags::kPublisher,
          tags::kPublisherPlace, tags::kDoi, tags::kPmid, tags::kPmcid, tags::kWinnowId})
      if (tag == once) return n == 0;
    return false;
  }

  bibliography::Vocabulary vocabulary_;
  bibliography::WinnowLine line_;
  bool isTable_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-rayyan", "1.0.0", "Apache-2.0"), RayyanExporter)
