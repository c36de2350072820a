// annotators.study-design: the design that a report names itself by. See README.md.
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <winnow/formats/terms.hpp>
#include <winnow/formats/text.hpp>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "Designs.hpp"

namespace {

using namespace winnow;
using studydesign::kDesigns;

constexpr std::string_view kStudyDesign = "study.design";

/// Terms of all designs; the group is the design's place.
formats::TermSet termsOf(std::string_view studydesign::Design::*words) {
  formats::TermSet terms;
  for (std::size_t design = 0; design < kDesigns.size(); ++design) {
    std::string_view rest = kDesigns[design].*words;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('|'), rest.size());
      terms.add(rest.substr(0, end), design);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return terms;
}

class StudyDesignAnnotator final : public Annotator {
 public:
  static constexpr std::string_view id = "annotators.study-design", version = "1.0.0";
  static constexpr std::string_view help =
      "Gives study.design: the design that the title names, or by which the abstract speaks of its own study.";
  static constexpr std::uint32_t flags = WINNOW_STATELESS | WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr std::string_view reads[] = {tags::kTitle, tags::kAbstract};
  static constexpr std::string_view gives[] = {kStudyDesign};
  static constexpr winnow_option options[] = {
      option(WINNOW_BOOLEAN, "abstracts", "true", "Whether abstracts are read where the title names no design.")};

  StudyDesignAnnotator(Host host, const Settings& settings)
      : Annotator(host),
        title_(host.tag(tags::kTitle)),
        abstract_(host.tag(tags::kAbstract)),
        design_(host.tag(kStudyDesign)),
        byTitle_(host.tag("study-design.title")),
        byAbstract_(host.tag("study-design.abstract")),
        titleTerms_(termsOf(&studydesign::Design::title)),
        abstractTerms_(termsOf(&studydesign::Design::abstract)),
        readsAbstracts_(settings.boolean("abstracts")) {}

  void annotate(Record record, Annotations& annotations) override {
    if (record.indexOf(design_) != WINNOW_NONE) return;
    const std::uint32_t title = record.indexOf(title_);
    std::vector<Found> found = title == WINNOW_NONE ? std::vector<Found>() : in(record, title, titleTerms_, byTitle_);
    // An abstract that names several designs tells of others' studies, too: nothing can be said.
    if (found.empty() && readsAbstracts_) found = ofAbstract(record);
    for (const Found& one : found)
      annotations.add(design_, std::string(kDesigns[one.design].value))
          .from(one.field, one.begin, one.size)
          .by(one.rule);
  }

 private:
  struct Found {
    std::size_t design;
    std::uint32_t field, rule;
    std::size_t begin, size;
  };

  /// The designs named in a field, each at its first place. Beside a review or a protocol the others are those of the
  /// studies that it is about.
  static std::vector<Found> in(Record record, std::uint32_t field, const formats::TermSet& terms, std::uint32_t rule) {
    const std::string_view text = record.value(field);
    std::vector<Found> found;
    for (const formats::TermSet::Hit& hit : terms.find(text)) {
      const bool isKnown =
          std::any_of(found.begin(), found.end(), [&](const Found& one) { return one.design == hit.group; });
      if (!isKnown && !isTurned(text.substr(0, hit.begin)))
        found.push_back({hit.group, field, rule, hit.begin, hit.size});
    }
    if (std::any_of(found.begin(), found.end(), [](const Found& one) { return kDesigns[one.design].isOfStudies; }))
      std::erase_if(found, [](const Found& one) { return !kDesigns[one.design].isOfStudies; });
    return found;
  }

  std::vector<Found> ofAbstract(Record record) const {
    std::vector<Found> found;
    for (const std::uint32_t field : record.all(abstract_))
      for (const Found& one : in(record, field, abstractTerms_, byAbstract_))
        if (std::none_of(found.begin(), found.end(), [&](const Found& other) { return other.design == one.design; }))
          found.push_back(one);
    return found.size() == 1 ? found : std::vector<Found>();
  }

  /// True if the word before a hit turns it into its opposite; articles between do not count.
  static bool isTurned(std::string_view before) {
    std::string folded = formats::foldForMatching(before.substr(before.size() > 40 ? before.size() - 40 : 0));
    for (;;) {
      folded.resize(folded.find_last_not_of(' ') + 1);
      const std::size_t space = folded.rfind(' ');
      const std::string word = folded.substr(space == std::string::npos ? 0 : space + 1);
      if (word != "a" && word != "an" && word != "the")
        return std::find(studydesign::kTurning.begin(), studydesign::kTurning.end(), word) !=
               studydesign::kTurning.end();
      if (space == std::string::npos) return false;
      folded.resize(space);
    }
  }

  std::uint32_t title_, abstract_, design_, byTitle_, byAbstract_;
  formats::TermSet titleTerms_, abstractTerms_;
  bool readsAbstracts_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "annotators-study-design", "1.0.0", "Apache-2.0")
                  .description("The study design that a report names itself by, for maps, filters and exports.")
                  .keywords("study design|randomized trial|systematic review|qualitative"),
              StudyDesignAnnotator)
