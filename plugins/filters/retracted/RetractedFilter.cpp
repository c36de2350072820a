// filters.retracted: papers that were retracted, by a list and by what the record says itself. See README.md.
#include <stdexcept>
#include <string>
#include <vector>

#include <winnow/formats/text.hpp>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "Retractions.hpp"

namespace {

using namespace winnow;
using retracted::Retraction;
using retracted::Retractions;

/// What publishers put before the title of a retracted paper, folded.
constexpr std::string_view kMarks[] = {"retracted", "retracted article", "retracted chapter",    "retracted paper",
                                       "withdrawn", "article retracted", "retracted publication"};

class RetractedFilter final : public Filter {
 public:
  static constexpr std::string_view id = "filters.retracted", version = "1.0.0";
  static constexpr std::string_view help =
      "Drops retracted papers: those of a list (Retraction Watch's CSV) and those that are marked as retracted.";
  static constexpr std::uint32_t flags = WINNOW_STATELESS | WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr std::string_view reads[] = {tags::kDoi, tags::kPmid, tags::kTitle, tags::kPublicationTypeRaw};
  static constexpr winnow_option options[] = {
      fileOption("list", "CSV of retractions beside the review: DOI, PMID, title."),
      option(WINNOW_LIST, "natures", "Retraction", "Rows of the list that count, by RetractionNature.",
             "Retraction|Expression of concern|Correction")};
  enum Reason : std::uint32_t { Listed, Marked, SameTitle, Notice, Reinstated };
  static constexpr winnow_reason reasons[] = {dropReason("retracted.listed", "retracted"),
                                              dropReason("retracted.marked", "marked as retracted"),
                                              unsureReason("retracted.same-title", "a retracted paper has this title"),
                                              unsureReason("retracted.notice", "the notice of a retraction"),
                                              unsureReason("retracted.reinstated", "retracted and reinstated")};

  RetractedFilter(Host host, const Settings& settings)
      : Filter(host),
        doi_(host.tag(tags::kDoi)),
        pmid_(host.tag(tags::kPmid)),
        title_(host.tag(tags::kTitle)),
        words_(host.tag(tags::kPublicationTypeRaw)) {
    if (!settings.has("list")) return;
    try {
      list_ = Retractions(settings.text("list"), settings.list("natures"));
    } catch (const std::invalid_argument& error) {
      throw Refusal("list", std::string("the file is no list of retractions: ") + error.what());
    }
  }

  Verdict judge(Record record) override {
    for (const std::uint32_t i : record.all(doi_))
      if (const Retraction* found = list_.ofDoi(record.value(i))) return listed(record, i, *found);
    for (const std::uint32_t i : record.all(pmid_))
      if (const Retraction* found = list_.ofPmid(record.value(i))) return listed(record, i, *found);
    for (const std::uint32_t i : record.all(words_))
      if (formats::foldForMatching(record.value(i)) == "retracted publication")
        return Verdict::drop(Marked).because(i, 0, record.value(i).size());
    const std::uint32_t title = record.indexOf(title_);
    if (title != WINNOW_NONE)
      if (const std::size_t mark = markIn(record.value(title)); mark != 0)
        return Verdict::drop(Marked).because(title, 0, mark);
    if (const Retraction* found = list_.byNotice(record.first(doi_), record.first(pmid_)))
      return Verdict::unsure(Notice).note("row " + std::to_string(found->row) + " of the list");
    if (title == WINNOW_NONE) return Verdict::keep();
    if (const Retraction* found = list_.ofTitle(formats::foldForMatching(record.value(title))))
      return Verdict::unsure(SameTitle)
          .because(title, 0, record.value(title).size())
          .note("row " + std::to_string(found->row) + " of the list");
    return Verdict::keep();
  }

 private:
  Verdict listed(Record record, std::uint32_t field, const Retraction& found) const {
    std::string note = "row " + std::to_string(found.row) + " of the list";
    for (const std::string* words : {&found.nature, &found.date})
      if (!words->empty()) note += ", " + *words;
    const bool isReinstated = list_.isReinstated(record.first(doi_), record.first(pmid_));
    Verdict verdict = isReinstated ? Verdict::unsure(Reinstated) : Verdict::drop(Listed);
    return std::move(verdict).because(field, 0, record.value(field).size()).note(std::move(note));
  }

  /// Bytes of the mark before the title: "RETRACTED: ", "Retracted article: "; 0: none.
  static std::size_t markIn(std::string_view title) {
    const std::string_view before = title.substr(0, title.find_first_of(":]"));
    if (before.size() == title.size()) return 0;
    const std::string folded = formats::foldForMatching(before);
    for (const std::string_view mark : kMarks)
      if (folded == mark) return before.size();
    return 0;
  }

  std::uint32_t doi_, pmid_, title_, words_;
  Retractions list_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "filters-retracted", "1.0.0", "Apache-2.0"), RetractedFilter)
