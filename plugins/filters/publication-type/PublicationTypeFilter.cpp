// filters.publication-type: what kind of publication a record is, each kind that leaves counted apart. See README.md.
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/formats/terms.hpp>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "Kinds.hpp"

namespace {

using namespace winnow;
using publicationtype::kinds;
using publicationtype::Sort;

class PublicationTypeFilter final : public Filter {
 public:
  static constexpr std::string_view id = "filters.publication-type", version = "1.1.0";
  static constexpr std::string_view help =
      "Drops editorials, conference papers, reviews or any other kind of publication, each with its own reason.";
  static constexpr std::uint32_t flags = WINNOW_STATELESS | WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr std::string_view reads[] = {tags::kPublicationType, tags::kType, tags::kTitle};
  static constexpr winnow_option options[] = {option(WINNOW_LIST, "exclude",
                                                     "editorial|report|opinion paper|conference paper",
                                                     "Types that leave.", publicationtype::kWords)};
  /// Reasons of kinds come first, in the order of kinds().
  enum Reason : std::uint32_t { Beside = publicationtype::kKinds, BesideOther, Unknown, ByTitle };
  static constexpr winnow_reason reasons[] = {
      dropReason("publication-type.editorial", "editorial"),
      dropReason("publication-type.report", "report"),
      dropReason("publication-type.opinion", "opinion paper"),
      dropReason("publication-type.conference", "conference paper"),
      dropReason("publication-type.conference-abstract", "conference abstract"),
      dropReason("publication-type.proceedings", "proceedings"),
      dropReason("publication-type.letter", "letter"),
      dropReason("publication-type.note", "note"),
      dropReason("publication-type.news", "news"),
      dropReason("publication-type.interview", "interview"),
      dropReason("publication-type.erratum", "erratum"),
      dropReason("publication-type.retraction", "retraction"),
      dropReason("publication-type.preprint", "preprint"),
      dropReason("publication-type.thesis", "thesis"),
      dropReason("publication-type.book", "book"),
      dropReason("publication-type.chapter", "chapter"),
      dropReason("publication-type.dataset", "dataset"),
      dropReason("publication-type.patent", "patent"),
      dropReason("publication-type.review", "review"),
      dropReason("publication-type.systematic-review", "systematic review"),
      dropReason("publication-type.meta-analysis", "meta-analysis"),
      dropReason("publication-type.protocol", "protocol"),
      dropReason("publication-type.trial", "trial"),
      dropReason("publication-type.case-report", "case report"),
      dropReason("publication-type.guideline", "guideline"),
      dropReason("publication-type.article", "article"),
      unsureReason("publication-type.beside-article", "an excluded type beside a journal article"),
      unsureReason("publication-type.beside-other", "an excluded type beside one that stays"),
      unsureReason("publication-type.unknown", "no publication type stated"),
      unsureReason("publication-type.by-title", "no publication type stated, but the title names one")};
  static_assert(std::size(reasons) == ByTitle + 1);

  PublicationTypeFilter(Host host, const Settings& settings)
      : Filter(host),
        type_(host.tag(tags::kPublicationType)),
        item_(host.tag(tags::kType)),
        title_(host.tag(tags::kTitle)) {
    const std::vector<std::string_view> listed = settings.list("exclude");
    for (std::uint32_t k = 0; k < publicationtype::kKinds; ++k) {
      if (std::find(listed.begin(), listed.end(), kinds()[k].word) == listed.end()) continue;
      // A kind that is listed by its own name is counted there, not under the one that covers it, too.
      for (const std::string_view type : kinds()[k].types) excluded_[type] = k;
      for (const std::string_view item : kinds()[k].items) excludedItems_[item] = k;
    }
    // Titles only ever make a proposal for people.
    for (const std::string_view term : publicationtype::titleTerms()) titleTerms_.add(term, 0);
  }

  Verdict judge(Record record) override {
    const std::vector<std::uint32_t> fields = record.all(type_);
    if (fields.empty()) return judgeItem(record);
    std::optional<std::uint32_t> found;  // the field; a specific kind tells more than "journal article"
    for (const std::uint32_t i : fields)
      if (isExcluded(record.value(i)) && (!found || sortOf(record.value(*found)) == Sort::Article)) found = i;
    if (!found) return Verdict::keep();
    const std::string_view type = record.value(*found);
    for (const std::uint32_t i : fields)
      if (!isExcluded(record.value(i)) && publicationtype::contradicts(record.value(i), type))
        return Verdict::unsure(sortOf(type) == Sort::Form ? Beside : BesideOther).because(*found, 0, type.size());
    return Verdict::drop(excluded_.at(type)).because(*found, 0, type.size());
  }

 private:
  static Sort sortOf(std::string_view type) { return publicationtype::sortOf(type); }
  bool isExcluded(std::string_view type) const { return excluded_.count(type) != 0; }

  /// No publication type: the kind of reference says enough where it can mean one thing alone.
  Verdict judgeItem(Record record) const {
    const std::uint32_t item = record.indexOf(item_);
    if (item != WINNOW_NONE)
      if (const auto found = excludedItems_.find(record.value(item)); found != excludedItems_.end())
        return Verdict::drop(found->second).because(item, 0, record.value(item).size());
    const std::uint32_t title = record.indexOf(title_);
    if (title != WINNOW_NONE)
      if (const auto hits = titleTerms_.find(record.value(title)); !hits.empty())
        return Verdict::unsure(ByTitle).because(title, hits[0].begin, hits[0].size);
    return Verdict::unsure(Unknown);
  }

  std::uint32_t type_, item_, title_;
  std::map<std::string_view, std::uint32_t> excluded_;       ///< publication type -> kind
  std::map<std::string_view, std::uint32_t> excludedItems_;  ///< CSL type -> kind
  formats::TermSet titleTerms_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "filters-publication-type", "1.1.0", "Apache-2.0"),
              PublicationTypeFilter)
