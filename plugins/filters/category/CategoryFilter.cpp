// filters.category: one category a study for the funnel, by people's value or by terms. See README.md.
#include <algorithm>
#include <string>
#include <vector>

#include <winnow/formats/terms.hpp>
#include <winnow/formats/text.hpp>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

namespace {

using namespace winnow;

class CategoryFilter final : public Filter {
 public:
  static constexpr std::string_view id = "filters.category", version = "1.0.0";
  static constexpr std::string_view help = "Gives every record one category: what people said, otherwise by terms.";
  static constexpr std::uint32_t flags = WINNOW_STATELESS | WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_MAP, "categories", "", "Categories and their terms; an empty list is for people alone.", {}, {}, {},
             WINNOW_OPTION_REQUIRED),
      option(WINNOW_LIST, "fields", "title|abstract|keyword",
             "Fields that are looked into: title, abstract, keyword, publication-type, type, or what an annotator "
             "gives.")};
  enum Reason : std::uint32_t { NotCategorised, Several, UnknownValue };
  static constexpr winnow_reason reasons[] = {
      unsureReason("category.none", "not categorised"), unsureReason("category.several", "terms of several categories"),
      unsureReason("category.unknown-value", "a value that is no category of this step")};

  CategoryFilter(Host host, const Settings& settings) : Filter(host), value_(host.tag(tags::kMapValue)) {
    for (const auto& [label, terms] : settings.map("categories")) {
      std::string code = formats::foldForMatching(label);
      std::replace(code.begin(), code.end(), ' ', '-');
      for (const std::string_view term : terms) terms_.add(term, ownReasons_.size());
      ownReasons_.push_back({WINNOW_CATEGORY, "category." + code, std::string(label)});
    }
    for (const std::string_view field : settings.list("fields")) fields_.push_back(host.tag(field));
  }

  Verdict judge(Record record) override {
    if (const std::uint32_t field = record.indexOf(value_); field != WINNOW_NONE) return judgeValue(record, field);
    std::uint32_t field = WINNOW_NONE;
    formats::TermSet::Hit first{};
    std::string others;
    for (std::size_t i = 0; i < record.size(); ++i) {
      if (std::find(fields_.begin(), fields_.end(), record[i].tag) == fields_.end()) continue;
      for (const auto& hit : terms_.find(record.value(i))) {
        if (field == WINNOW_NONE) {
          field = static_cast<std::uint32_t>(i);
          first = hit;
        } else if (hit.group != first.group && others.find(ownReasons_[hit.group].label) == std::string::npos) {
          others += " or " + ownReasons_[hit.group].label;
        }
      }
    }
    if (field == WINNOW_NONE) return Verdict::unsure(NotCategorised);
    if (!others.empty())
      return Verdict::unsure(Several)
          .because(field, first.begin, first.size)
          .note(ownReasons_[first.group].label + others);
    return Verdict::category(reasonOf(first.group)).because(field, first.begin, first.size);
  }

 private:
  std::uint32_t reasonOf(std::size_t group) const { return static_cast<std::uint32_t>(std::size(reasons) + group); }

  Verdict judgeValue(Record record, std::uint32_t field) const {
    const std::string_view value = record.value(field);
    for (std::size_t i = 0; i < ownReasons_.size(); ++i)
      if (formats::foldForMatching(ownReasons_[i].label) == formats::foldForMatching(value))
        return Verdict::category(reasonOf(i)).because(field, 0, value.size());
    return Verdict::unsure(UnknownValue).because(field, 0, value.size());
  }

  std::uint32_t value_;
  std::vector<std::uint32_t> fields_;
  formats::TermSet terms_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "filters-category", "1.0.0", "Apache-2.0"), CategoryFilter)
