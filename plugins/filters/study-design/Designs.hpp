// The study designs that reports name themselves by, and the words for them.
#pragma once

#include <array>
#include <string_view>

namespace winnow::studydesign {

/// One design: its value, its words in a title, and the phrases by which an abstract speaks of its own study.
struct Design {
  std::string_view value;
  std::string_view title;     ///< terms with '|' between them, as formats::TermSet takes them
  std::string_view abstract;  ///< the same
  bool isOfStudies;  ///< a review or a protocol: the designs beside it are those of the studies that it is about
};

/// Reporting guidelines ask for the design in the title: PRISMA 2020 item 1, PRISMA-ScR 1, PRISMA-P 1a, SPIRIT 1,
/// CONSORT 1a, STROBE 1a, CARE 1, SRQR S1, STARD 1. The words are theirs and their usual spellings.
inline constexpr std::array<Design, 10> kDesigns = {{
    {"protocol", "protocol|study protocol|trial protocol|protocol for|protocol of", "this protocol|protocol describes",
     true},
    {"systematic review",
     "systematic review*|systematic literature review*|systematic scoping review*|meta analys*|metaanalys*|umbrella "
     "review*|meta synthes*|"
     "metasynthes*|network meta analys*|systematic overview",
     "systematic review of|this systematic review|we systematically reviewed|systematic review was|conducted a "
     "systematic review|"
     "performed a systematic review|conducted a meta analysis|performed a meta analysis|this meta analysis",
     true},
    {"scoping review", "scoping review*|scoping study|evidence map*|mapping review*|evidence and gap map*",
     "this scoping review|conducted a scoping review|scoping review was|performed a scoping review", true},
    {"randomized trial",
     "randomised controlled trial*|randomized controlled trial*|randomised trial*|randomized trial*|randomised "
     "clinical trial*|"
     "randomized clinical trial*|randomised controlled study|randomized controlled study|cluster randomised|cluster "
     "randomized|"
     "randomised controlled pilot|randomized controlled pilot|randomised crossover|randomized crossover|randomised "
     "pilot|randomized pilot",
     "were randomly assigned|was randomly assigned|randomly assigned to|were randomised|were randomized|randomly "
     "allocated|"
     "this randomised|this randomized|a randomised controlled trial was|a randomized controlled trial was|randomised "
     "to receive|randomized to receive",
     false},
    {"case-control study", "case control study|case control studies|nested case control",
     "case control study|case control design", false},
    {"cohort study",
     "cohort study|cohort studies|prospective cohort|retrospective cohort|birth cohort|longitudinal cohort",
     "cohort study|prospective cohort|retrospective cohort|cohort design", false},
    {"cross-sectional study", "cross sectional study|cross sectional survey*|cross sectional analys*|prevalence study",
     "cross sectional study|cross sectional survey|cross sectional design|cross sectional data", false},
    {"diagnostic accuracy study", "diagnostic accuracy|diagnostic test accuracy",
     "diagnostic accuracy study|index test and reference standard", false},
    {"qualitative study",
     "qualitative study|qualitative research|qualitative analys*|qualitative exploration|qualitative "
     "interview*|qualitative inquiry|"
     "grounded theory|ethnograph*|phenomenolog*|interview study|focus group study|thematic analysis",
     "semi structured interviews|in depth interviews|focus groups were|focus group discussions|qualitative "
     "study|thematic analysis was|"
     "grounded theory|were analysed thematically|were analyzed thematically",
     false},
    {"case report", "case report*|case series|report of a case|report of two cases|report of three cases",
     "we report a case|we report the case|we present a case|we present the case|this case report|case series of",
     false},
}};

/// Words before a hit that turn its meaning: "non-randomised", "not a randomised trial", "quasi-randomised".
inline constexpr std::array<std::string_view, 5> kTurning = {"non", "not", "quasi", "no", "without"};

}  // namespace winnow::studydesign
