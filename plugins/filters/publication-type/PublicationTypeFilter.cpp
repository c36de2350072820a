// filters.publication-type: editorials, reports, opinion papers and conference papers, counted apart. See README.md.
#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <winnow/formats/terms.hpp>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

namespace {

using namespace winnow;

enum Category : std::uint32_t { Editorial, Report, Opinion, Conference, kCategories };

/// The category of a controlled publication type; none for types that the step says nothing of (thesis, review, letter
/// ...).
std::optional<Category> categoryOf(std::string_view type) {
  if (type == "editorial") return Editorial;
  if (type == "report") return Report;
  if (type == "comment") return Opinion;
  if (type == "conference-paper" || type == "conference-abstract" || type == "proceedings") return Conference;
  return std::nullopt;
}

bool isArticle(std::string_view type) {
  static constexpr std::string_view kArticles[] = {"article",       "review", "systematic-review",
                                                   "meta-analysis", "trial",  "case-report"};
  return std::find(std::begin(kArticles), std::end(kArticles), type) != std::end(kArticles);
}

class PublicationTypeFilter final : public Filter {
 public:
  static constexpr std::string_view id = "filters.publication-type", version = "1.0.0";
  static constexpr std::string_view help =
      "Drops editorials, reports, opinion papers and conference papers, each with its own reason.";
  static constexpr std::uint32_t flags = WINNOW_STATELESS | WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_LIST, "exclude", "editorial|report|opinion paper|conference paper", "Types that leave.",
             "editorial|report|opinion paper|conference paper")};
  enum Reason : std::uint32_t { DropEditorial, DropReport, DropOpinion, DropConference, Beside, Unknown, ByTitle };
  static constexpr winnow_reason reasons[] = {
      dropReason("publication-type.editorial", "editorial"),
      dropReason("publication-type.report", "report"),
      dropReason("publication-type.opinion", "opinion paper"),
      dropReason("publication-type.conference", "conference paper"),
      unsureReason("publication-type.beside-article", "an excluded type beside a journal article"),
      unsureReason("publication-type.unknown", "no publication type stated"),
      unsureReason("publication-type.by-title", "no publication type stated, but the title names one")};

  PublicationTypeFilter(Host host, const Settings& settings)
      : Filter(host),
        type_(host.tag(tags::kPublicationType)),
        item_(host.tag(tags::kType)),
        title_(host.tag(tags::kTitle)) {
    static constexpr std::array<std::string_view, kCategories> kNames = {"editorial", "report", "opinion paper",
                                                                         "conference paper"};
    for (const std::string_view name : settings.list("exclude"))
      excluded_[static_cast<std::size_t>(std::find(kNames.begin(), kNames.end(), name) - kNames.begin())] = true;
    // Titles only ever make a proposal for people.
    for (const char* term : {"editorial", "erratum", "commentary", "viewpoint", "conference abstract*",
                             "proceedings of", "technical report", "annual report", "letter to the editor"})
      titleTerms_.add(term, 0);
  }

  Verdict judge(Record record) override {
    const std::vector<std::uint32_t> types = record.all(type_);
    if (types.empty()) return judgeItem(record);
    std::uint32_t field = WINNOW_NONE;
    std::optional<Category> found;
    bool besideArticle = false;
    for (const std::uint32_t i : types) {
      const std::optional<Category> category = categoryOf(record.value(i));
      besideArticle = besideArticle || isArticle(record.value(i));
      if (!category || !excluded_[*category] || found) continue;
      found = category;
      field = i;
    }
    if (!found) return Verdict::keep();
    if (besideArticle) return Verdict::unsure(Beside).because(field, 0, record[field].value.size);
    return Verdict::drop(*found).because(field, 0, record[field].value.size);
  }

 private:
  /// No publication type: the kind of reference says enough for reports and conference papers alone.
  Verdict judgeItem(Record record) const {
    const std::uint32_t item = record.indexOf(item_);
    const std::string_view type = item == WINNOW_NONE ? std::string_view{} : record.value(item);
    const std::optional<Category> category = type == "report"             ? std::optional(Report)
                                             : type == "paper-conference" ? std::optional(Conference)
                                                                          : std::nullopt;
    if (category && excluded_[*category]) return Verdict::drop(*category).because(item, 0, type.size());
    const std::uint32_t title = record.indexOf(title_);
    if (title != WINNOW_NONE)
      if (const auto hits = titleTerms_.find(record.value(title)); !hits.empty())
        return Verdict::unsure(ByTitle).because(title, hits[0].begin, hits[0].size);
    return Verdict::unsure(Unknown);
  }

  std::uint32_t type_, item_, title_;
  std::array<bool, kCategories> excluded_{};
  formats::TermSet titleTerms_;
};

}  // namespace

WINNOW_PLUGIN("winnow", "filters-publication-type", "1.0.0", "Apache-2.0", PublicationTypeFilter)
