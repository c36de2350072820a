// filters.language: drops records in a language the protocol does not read. See README.md.
#include <cstdio>  // the header of CLD2 needs it and does not say so

#include <cld2/public/compact_lang_det.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include <winnow/formats/languages.hpp>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

namespace {

using namespace winnow;

/// What the detector says of a text.
struct Guess {
  std::string code, name;
  int percent = 0;
  bool reliable = false;
};

Guess guess(std::string_view text) {
  CLD2::Language top[3];
  int percents[3], bytes = 0;
  bool reliable = false;
  CLD2::DetectLanguageSummary(text.data(), static_cast<int>(text.size()), true, top, percents, &bytes, &reliable);
  return {CLD2::LanguageCode(top[0]), CLD2::LanguageName(top[0]), percents[0], reliable};
}

/// Bokmål, Nynorsk and "Norwegian" are one language to a reader; detectors and exports mix them.
std::string_view family(std::string_view code) { return code == "nb" || code == "nn" ? std::string_view("no") : code; }

/// The record's own field first, its text second; whatever is missing or unclear is undecided.
class LanguageFilter final : public Filter {
 public:
  static constexpr std::string_view id = "filters.language", version = "1.0.0";
  static constexpr std::string_view help =
      "Drops records in a language the protocol does not read; no or unclear language is undecided.";
  static constexpr std::uint32_t flags = WINNOW_STATELESS | WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr std::string_view reads[] = {tags::kLanguage, tags::kLanguageRaw, tags::kAbstract, tags::kTitle};
  static constexpr winnow_option options[] = {
      option(WINNOW_LIST, "keep", "English", "Languages that stay, as names or codes."),
      option(WINNOW_INTEGER, "min_letters", "120", "Shortest text, in bytes, whose language may be judged.", {}, "20",
             "10000"),
      option(WINNOW_INTEGER, "min_percent", "90", "Share of the text, in per cent, that must be of one language.", {},
             "50", "100")};
  enum Reason : std::uint32_t { Other, OtherByText, Several, Unknown, ShortText, Unclear };
  static constexpr winnow_reason reasons[] = {
      dropReason("language.other", "not in an accepted language"),
      dropReason("language.other-by-text", "not in an accepted language, judged from the abstract"),
      unsureReason("language.several", "several languages stated"),
      unsureReason("language.unknown", "language stated, but not known"),
      unsureReason("language.short-text", "no language stated, too little text to judge"),
      unsureReason("language.unclear", "no language stated, the text is unclear")};

  LanguageFilter(Host host, const Settings& settings)
      : Filter(host),
        language_(host.tag(tags::kLanguage)),
        raw_(host.tag(tags::kLanguageRaw)),
        abstract_(host.tag(tags::kAbstract)),
        title_(host.tag(tags::kTitle)),
        shortest_(static_cast<std::size_t>(settings.integer("min_letters"))),
        percent_(static_cast<int>(settings.integer("min_percent"))) {
    for (const std::string_view name : settings.list("keep")) {
      const std::string_view code = formats::languageCode(name);
      if (code.empty())
        throw std::invalid_argument("keep: '" + std::string(name) +
                                    "' is no language that is known; write its English name or ISO 639 code");
      keep_.emplace_back(family(code));
    }
  }

  Verdict judge(Record record) override {
    const std::vector<std::uint32_t> stated = record.all(language_);
    if (!stated.empty()) return judgeStated(record, stated);
    if (const std::uint32_t field = record.indexOf(raw_); field != WINNOW_NONE)
      return Verdict::unsure(Unknown).because(field, 0, record[field].value.size);
    return judgeText(record);
  }

 private:
  bool accepts(std::string_view code) const {
    return std::find(keep_.begin(), keep_.end(), family(code)) != keep_.end();
  }

  Verdict judgeStated(Record record, const std::vector<std::uint32_t>& stated) const {
    const auto accepted =
        std::count_if(stated.begin(), stated.end(), [&](std::uint32_t i) { return accepts(record.value(i)); });
    const auto count = static_cast<std::ptrdiff_t>(stated.size());
    if (accepted == count) return Verdict::keep();
    const std::uint32_t field = stated.front();
    if (accepted > 0) return Verdict::unsure(Several).because(field, 0, record[field].value.size);
    return Verdict::drop(Other)
        .because(field, 0, record[field].value.size)
        .note("stated: " + std::string(formats::languageName(record.value(field))));
  }

  /// A title alone never excludes: names and loan words mislead.
  Verdict judgeText(Record record) const {
    const std::uint32_t abstract = record.indexOf(abstract_);
    const std::uint32_t field = abstract != WINNOW_NONE ? abstract : record.indexOf(title_);
    if (field == WINNOW_NONE) return Verdict::unsure(ShortText);
    const std::string_view text = record.value(field);
    if (abstract == WINNOW_NONE || text.size() < shortest_)
      return Verdict::unsure(ShortText).because(field, 0, text.size());
    const Guess seen = guess(text);
    const std::string note = "CLD2: " + seen.name + ", " + std::to_string(seen.percent) + " %";
    if (!seen.reliable || seen.percent < percent_)
      return Verdict::unsure(Unclear).because(field, 0, text.size()).note(note);
    if (accepts(seen.code)) return Verdict::keep().note(note);
    return Verdict::drop(OtherByText).because(field, 0, text.size()).note(note).score(seen.percent / 100.0);
  }

  std::uint32_t language_, raw_, abstract_, title_;
  std::size_t shortest_;
  int percent_;
  std::vector<std::string> keep_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "filters-language", "1.0.0", "Apache-2.0"), LanguageFilter)
