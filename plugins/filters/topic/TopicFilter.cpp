// filters.topic: proposes to drop records of other fields, by declared terms and with their evidence. See README.md.
#include <string>
#include <vector>

#include <winnow/formats/terms.hpp>
#include <winnow/formats/text.hpp>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

namespace {

using namespace winnow;

/// "school and education" -> "school-and-education".
std::string kebab(std::string_view label) {
  std::string out = formats::foldForMatching(label);
  for (char& c : out) c = c == ' ' ? '-' : c;
  return out;
}

class TopicFilter final : public Filter {
 public:
  static constexpr std::string_view id = "filters.topic", version = "1.0.0";
  static constexpr std::string_view help =
      "Drops records that hold a term of another field and none of the protecting terms.";
  static constexpr std::uint32_t flags = WINNOW_STATELESS | WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_MAP, "reasons", "", "Reason and its terms; an empty list is for people alone.", {}, {}, {},
             WINNOW_OPTION_REQUIRED),
      option(WINNOW_LIST, "unless", "", "Terms that protect a record wherever they stand."),
      option(WINNOW_LIST, "fields", "title|abstract|keyword",
             "Fields that are looked into: title, abstract, keyword, publication-type, type, or what an annotator "
             "gives.")};
  enum Reason : std::uint32_t { NoAbstract, Several };
  static constexpr winnow_reason reasons[] = {unsureReason("topic.no-abstract", "no abstract to judge"),
                                              unsureReason("topic.several", "terms of several fields")};

  TopicFilter(Host host, const Settings& settings) : Filter(host), abstract_(host.tag(tags::kAbstract)) {
    std::size_t group = 0;
    for (const auto& [label, terms] : settings.map("reasons")) {
      ownReasons_.push_back({WINNOW_DROP, "topic." + kebab(label), std::string(label)});
      for (const std::string_view term : terms) topics_.add(term, group);
      ++group;
    }
    for (const std::string_view term : settings.list("unless")) protecting_.add(term, 0);
    for (const std::string_view field : settings.list("fields")) fields_.push_back(host.tag(field));
  }

  /// Absence of words never excludes: a record without a term stays, and without an abstract it is undecided.
  Verdict judge(Record record) override {
    std::uint32_t field = WINNOW_NONE;
    formats::TermSet::Hit first{};
    bool several = false;
    for (std::size_t i = 0; i < record.size(); ++i) {
      if (!isLookedInto(record[i].tag)) continue;
      const std::string_view text = record.value(i);
      if (!protecting_.find(text).empty()) return Verdict::keep();
      for (const auto& hit : topics_.find(text)) {
        if (field == WINNOW_NONE) {
          field = static_cast<std::uint32_t>(i);
          first = hit;
        }
        several = several || hit.group != first.group;
      }
    }
    const bool hasAbstract = record.indexOf(abstract_) != WINNOW_NONE;
    if (field == WINNOW_NONE) return hasAbstract ? Verdict::keep() : Verdict::unsure(NoAbstract);
    if (!hasAbstract) return Verdict::unsure(NoAbstract).because(field, first.begin, first.size);
    if (several) return Verdict::unsure(Several).because(field, first.begin, first.size);
    return Verdict::drop(static_cast<std::uint32_t>(std::size(reasons) + first.group))
        .because(field, first.begin, first.size);
  }

 private:
  bool isLookedInto(std::uint32_t tag) const {
    for (const std::uint32_t field : fields_)
      if (field == tag) return true;
    return false;
  }

  std::uint32_t abstract_;
  std::vector<std::uint32_t> fields_;
  formats::TermSet topics_, protecting_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "filters-topic", "1.0.0", "Apache-2.0"), TopicFilter)
