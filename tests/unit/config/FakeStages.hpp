// Declarations as plugins make them, without plugins: what the configuration's tests and fuzzer check against.
#pragma once

#include <string_view>
#include <winnow/plugin.hpp>

#include "config/StageDeclarations.hpp"

namespace winnow::config {

namespace fake {

inline constexpr winnow_option keep = option(WINNOW_LIST, "keep", "English", "Languages that stay.");
inline constexpr winnow_option minLetters =
    option(WINNOW_INTEGER, "min_letters", "120", "Shortest text.", {}, "20", "10000");
inline constexpr winnow_option types =
    option(WINNOW_LIST, "exclude", "editorial|report", "Types.", "editorial|report|opinion paper|conference paper");
inline constexpr winnow_option topics =
    option(WINNOW_MAP, "reasons", "", "Reasons and terms.", {}, {}, {}, WINNOW_OPTION_REQUIRED);
inline constexpr winnow_option unless = option(WINNOW_LIST, "unless", "", "Terms that protect.");
inline constexpr winnow_option conflicts =
    option(WINNOW_CHOICE, "conflicts", "wait", "Readers differ.", "wait|undecided");
inline constexpr winnow_option criteria = option(WINNOW_MAP, "criteria", "", "Criteria.");
inline constexpr winnow_option categories =
    option(WINNOW_MAP, "categories", "", "Categories and terms.", {}, {}, {}, WINNOW_OPTION_REQUIRED);
inline constexpr winnow_option dialect = option(WINNOW_CHOICE, "dialect", "auto", "Writer.", "auto|ovid|ebsco");
inline constexpr winnow_option format = option(WINNOW_CHOICE, "format", "csv", "Form.", "csv|markdown|svg");
inline constexpr winnow_option show = option(WINNOW_STRING, "show", "", "What is written.");
// One stage with an option of every type.
inline constexpr winnow_option note = option(WINNOW_STRING, "note", "", "Any text.");
inline constexpr winnow_option ratio = option(WINNOW_NUMBER, "ratio", "0.5", "Share.", {}, "0", "1");
inline constexpr winnow_option strict = option(WINNOW_BOOLEAN, "strict", "no", "Strictness.");
inline constexpr winnow_option since = option(WINNOW_DATE, "since", "", "First year.", {}, "1900", "2100");
inline constexpr winnow_option groups = option(WINNOW_MAP, "groups", "first|second", "Groups.");
inline constexpr winnow_option langs = {
    sizeof(winnow_option), WINNOW_LIST, WINNOW_OPTION_DEPRECATED, 0, str("langs"), {}, str("Old name."), {}, {}, {},
    str("languages")};
inline constexpr winnow_option languages = option(WINNOW_LIST, "languages", "", "Languages.");
inline constexpr winnow_option mustHave =
    option(WINNOW_LIST, "must_have", "", "Needed.", {}, {}, {}, WINNOW_OPTION_REQUIRED);

inline constexpr const winnow_option* languageOptions[] = {&keep, &minLetters};
inline constexpr const winnow_option* typeOptions[] = {&types};
inline constexpr const winnow_option* topicOptions[] = {&topics, &unless};
inline constexpr const winnow_option* decisionOptions[] = {&conflicts, &criteria};
inline constexpr const winnow_option* categoryOptions[] = {&categories};
inline constexpr const winnow_option* importerOptions[] = {&dialect};
inline constexpr const winnow_option* exporterOptions[] = {&format};
inline constexpr winnow_option paperFormat =
    option(WINNOW_CHOICE, "format", "svg", "Format.", "svg|pdf|png|docx|xlsx|csv|markdown|html|qmd|json|ris|review");
inline constexpr winnow_option layout = option(WINNOW_CHOICE, "layout", "compact", "Layout.", "compact|stages");
inline constexpr winnow_option items = option(WINNOW_LIST, "items", "", "Items of the form.");
inline constexpr winnow_option number = option(WINNOW_INTEGER, "number", "0", "Number of the table.", {}, "0", "99");
inline constexpr winnow_option page = option(WINNOW_STRING, "page", "A4", "Paper.");
inline constexpr winnow_option rows = option(WINNOW_STRING, "rows", "", "Item.");
inline constexpr winnow_option columns = option(WINNOW_STRING, "columns", "", "Item.");
inline constexpr winnow_option colour = option(WINNOW_STRING, "colour", "", "Item.");
inline constexpr winnow_option row = option(WINNOW_STRING, "row", "", "Value.");
inline constexpr winnow_option column = option(WINNOW_STRING, "column", "", "Value.");
inline constexpr winnow_option file = option(WINNOW_STRING, "file", "", "File.");
inline constexpr winnow_option draw = option(WINNOW_CHOICE, "draw", "bubbles", "How.", "bubbles|heat");
inline constexpr winnow_option perWave = option(WINNOW_BOOLEAN, "per_wave", "false", "Waves.");
inline constexpr winnow_option by = option(WINNOW_STRING, "by", "year", "Item.");
inline constexpr winnow_option about = option(WINNOW_STRING, "about", "methods", "What.");
inline constexpr winnow_option report = option(WINNOW_STRING, "report", "", "Page.");
inline constexpr winnow_option guideline = option(WINNOW_STRING, "for", "PRISMA-ScR", "Guideline.");
inline constexpr const winnow_option* diagramOptions[] = {&paperFormat, &layout};
inline constexpr const winnow_option* tableOptions[] = {&paperFormat, &items, &number, &page};
inline constexpr const winnow_option* mapOptions[] = {&paperFormat, &rows, &columns, &colour, &row,
                                                      &column,      &file, &draw,    &perWave};
inline constexpr const winnow_option* barsOptions[] = {&paperFormat, &by};
inline constexpr const winnow_option* textOptions[] = {&paperFormat, &about, &report, &guideline, &page};
inline constexpr const winnow_option* showOptions[] = {&show};
inline constexpr const winnow_option* everyOptions[] = {&note,   &minLetters, &ratio, &strict,    &conflicts, &types,
                                                        &groups, &since,      &langs, &languages, &mustHave};

template <std::size_t N>
constexpr winnow_stage stage(std::uint32_t kind, std::string_view id, const winnow_option* const (&options)[N]) {
  return {sizeof(winnow_stage),
          kind,
          0,
          0,
          str(id),
          str("1.2.0"),
          str("Help."),
          options,
          N,
          nullptr,
          0,
          nullptr,
          nullptr,
          nullptr,
          nullptr,
          nullptr,
          0,
          nullptr,
          0};
}
constexpr winnow_stage stage(std::uint32_t kind, std::string_view id) {
  return {sizeof(winnow_stage),
          kind,
          0,
          0,
          str(id),
          str("1.2.0"),
          str("Help."),
          nullptr,
          0,
          nullptr,
          0,
          nullptr,
          nullptr,
          nullptr,
          nullptr,
          nullptr,
          0,
          nullptr,
          0};
}

inline constexpr winnow_stage stages[] = {
    stage(WINNOW_IMPORTER, "importers.ris", importerOptions),
    stage(WINNOW_IMPORTER, "importers.csv"),
    stage(WINNOW_MATCHER, "filters.duplicates"),
    stage(WINNOW_FILTER, "filters.language", languageOptions),
    stage(WINNOW_FILTER, "filters.publication-type", typeOptions),
    stage(WINNOW_FILTER, "filters.topic", topicOptions),
    stage(WINNOW_FILTER, "filters.decisions", decisionOptions),
    stage(WINNOW_FILTER, "filters.category", categoryOptions),
    stage(WINNOW_FILTER, "filters.org.example.every", everyOptions),
    stage(WINNOW_SAMPLER, "filters.sample"),
    stage(WINNOW_EXPORTER, "exporters.prisma", diagramOptions),
    stage(WINNOW_EXPORTER, "exporters.funnel", tableOptions),
    stage(WINNOW_EXPORTER, "exporters.charting", tableOptions),
    stage(WINNOW_EXPORTER, "exporters.search-appendix", exporterOptions),
    stage(WINNOW_EXPORTER, "exporters.overlap", exporterOptions),
    stage(WINNOW_EXPORTER, "exporters.agreement", tableOptions),
    stage(WINNOW_EXPORTER, "exporters.meta-analysis", showOptions),
    stage(WINNOW_EXPORTER, "exporters.appraisal", showOptions),
    stage(WINNOW_EXPORTER, "exporters.exclusions", tableOptions),
    stage(WINNOW_EXPORTER, "exporters.evidence-map", mapOptions),
    stage(WINNOW_EXPORTER, "exporters.bars", barsOptions),
    stage(WINNOW_EXPORTER, "exporters.report", mapOptions),
    stage(WINNOW_EXPORTER, "exporters.statement", textOptions),
    stage(WINNOW_EXPORTER, "exporters.checklist", textOptions),
    stage(WINNOW_EXPORTER, "exporters.ris"),
    stage(WINNOW_EXPORTER, "exporters.csl-json"),
    stage(WINNOW_EXPORTER, "exporters.endnote-xml"),
    stage(WINNOW_EXPORTER, "exporters.csv"),
};

}  // namespace fake

/// Stages named like the built-in ones, and filters.org.example.every with an option of every type.
inline StageDeclarations fakeStages() {
  StageDeclarations declarations;
  for (const winnow_stage& stage : fake::stages) declarations.push_back({&stage, "fake", "1.2.0", "fake.so"});
  return declarations;
}

}  // namespace winnow::config
