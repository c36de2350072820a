// filters.duplicate-report: records that say themselves that they print again what stands elsewhere. See README.md.
#include <algorithm>
#include <string>
#include <string_view>

#include <winnow/formats/text.hpp>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

namespace {

using namespace winnow;

/// How titles and notes of reprints begin, folded. "Reprint of:" is Elsevier's, "Republished paper:" the BMJ's.
constexpr std::string_view kBeginnings[] = {"reprint of",        "reprinted from",        "reprint from",
                                            "republished from",  "republished paper",     "republished article",
                                            "republished study", "republication of",      "reprinted article",
                                            "reprint",           "secondary publication", "republished"};
/// What stands in brackets after the title of a reprint, folded.
constexpr std::string_view kEndings[] = {"reprint", "reprinted", "republished", "republication",
                                         "secondary publication"};

class DuplicateReportFilter final : public Filter {
 public:
  static constexpr std::string_view id = "filters.duplicate-report", version = "1.0.0";
  static constexpr std::string_view help =
      "Drops reprints and duplicate publications, by what the record says of itself.";
  static constexpr std::uint32_t flags = WINNOW_STATELESS | WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  enum Reason : std::uint32_t { Republished, Marked, Corrected, ByTitle, ByNote };
  static constexpr winnow_reason reasons[] = {
      dropReason("duplicate-report.republished", "republished from another article"),
      dropReason("duplicate-report.marked", "duplicate publication"),
      unsureReason("duplicate-report.corrected", "a corrected version was published elsewhere"),
      unsureReason("duplicate-report.by-title", "the title says that it is a reprint"),
      unsureReason("duplicate-report.by-note", "a note says that it is a reprint")};

  DuplicateReportFilter(Host host, const Settings&)
      : Filter(host),
        republishedFrom_(host.tag("raw:RPF")),
        correctedIn_(host.tag("raw:CRI")),
        type_(host.tag(tags::kPublicationTypeRaw)),
        title_(host.tag(tags::kTitle)),
        note_(host.tag(tags::kNote)) {}

  Verdict judge(Record record) override {
    if (const std::uint32_t at = record.indexOf(republishedFrom_); at != WINNOW_NONE)
      return drop(Republished, record, at);
    for (const std::uint32_t i : record.all(type_))
      if (formats::foldForMatching(record.value(i)) == "duplicate publication") return drop(Marked, record, i);
    if (const std::uint32_t at = record.indexOf(correctedIn_); at != WINNOW_NONE)
      return Verdict::unsure(Corrected).because(at, 0, record.value(at).size());
    for (const std::uint32_t i : record.all(title_))
      if (saysReprint(record.value(i))) return Verdict::unsure(ByTitle).because(i, 0, record.value(i).size());
    for (const std::uint32_t i : record.all(note_))
      if (begins(formats::foldForMatching(record.value(i))))
        return Verdict::unsure(ByNote).because(i, 0, record.value(i).size());
    return Verdict::keep();
  }

 private:
  static Verdict drop(Reason reason, Record record, std::uint32_t field) {
    return Verdict::drop(reason).because(field, 0, record.value(field).size());
  }
  static bool begins(std::string_view folded) {
    return std::any_of(std::begin(kBeginnings), std::end(kBeginnings), [&](std::string_view words) {
      return folded.substr(0, words.size()) == words && (folded.size() == words.size() || folded[words.size()] == ' ');
    });
  }
  /// "Reprint of: Peers at work", "Republished paper: ...", "Peers at work [Reprint]"; not "Reprint requests and their
  /// fate".
  static bool saysReprint(std::string_view title) {
    const std::size_t colon = title.find(':');
    if (colon != std::string_view::npos && begins(formats::foldForMatching(title.substr(0, colon)))) return true;
    const std::size_t close = title.find_last_not_of(" .");
    if (close == std::string_view::npos || (title[close] != ']' && title[close] != ')')) return false;
    const std::size_t open = title.find_last_of("[(", close);
    if (open == std::string_view::npos) return false;
    const std::string inside = formats::foldForMatching(title.substr(open + 1, close - open - 1));
    return begins(inside) || std::find(std::begin(kEndings), std::end(kEndings), inside) != std::end(kEndings);
  }

  std::uint32_t republishedFrom_, correctedIn_, type_, title_, note_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "filters-duplicate-report", "1.0.0", "Apache-2.0"),
              DuplicateReportFilter)
