#include <string>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

namespace {

/// Gives a field that says whether the title is a question. Change this to what you read in records.
class @CLASS@Annotator final : public winnow::Annotator {
 public:
  static constexpr std::string_view id = "annotators.@NAME@", version = "0.1.0", help = "Says which titles are questions.";
  static constexpr std::uint32_t flags = WINNOW_STATELESS | WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES;
  // It is handed these fields and no others, and asked anew only when one of them has changed.
  static constexpr std::string_view reads[] = {winnow::tags::kTitle};
  static constexpr std::string_view gives[] = {"@NAME@.question"};

  @CLASS@Annotator(winnow::Host host, const winnow::Settings&)
      : Annotator(host), title_(host.tag(winnow::tags::kTitle)), question_(host.tag("@NAME@.question")), rule_(host.tag("@NAME@.mark")) {}

  void annotate(winnow::Record record, winnow::Annotations& annotations) override {
    const std::uint32_t title = record.indexOf(title_);
    if (title == WINNOW_NONE || record.indexOf(question_) != WINNOW_NONE) return;  // never changes what is there
    const std::size_t mark = record.value(title).find('?');
    if (mark == std::string_view::npos) return;  // nothing can be said: never a guess
    annotations.add(question_, "yes").from(title, mark, 1).by(rule_);
  }

 private:
  std::uint32_t title_, question_, rule_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("example.org", "@NAME@", "0.1.0", "Apache-2.0")
                  .description("What it is for, in a sentence or two.")
                  .homepage("https://example.org/@NAME@")
                  .support("https://example.org/@NAME@/issues"),
              @CLASS@Annotator)
