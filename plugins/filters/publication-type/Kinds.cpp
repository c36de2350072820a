#include "Kinds.hpp"

#include <algorithm>

namespace winnow::publicationtype {

const std::vector<Kind>& kinds() {
  static const auto* const list = new std::vector<Kind>{
      {"editorial", Sort::Form, {"editorial"}, {}},
      {"report", Sort::Form, {"report"}, {"report"}},
      {"opinion paper", Sort::Form, {"comment"}, {}},
      {"conference paper",
       Sort::Form,
       {"conference-paper", "conference-abstract", "proceedings"},
       {"paper-conference"}},
      {"conference abstract", Sort::Form, {"conference-abstract"}, {}},
      {"proceedings", Sort::Form, {"proceedings"}, {}},
      {"letter", Sort::Form, {"letter"}, {}},
      {"note", Sort::Form, {"note"}, {}},
      {"news", Sort::Form, {"news"}, {"article-newspaper", "article-magazine"}},
      {"interview", Sort::Form, {"interview"}, {"interview"}},
      {"erratum", Sort::Form, {"erratum"}, {}},
      {"retraction", Sort::Kind, {"retraction"}, {}},  // "Journal Article; Retracted Publication" (NLM)
      {"preprint", Sort::Form, {"preprint"}, {}},      // beside an article: a preprint that has since appeared
      {"thesis", Sort::Form, {"thesis"}, {"thesis"}},
      {"book", Sort::Form, {"book"}, {"book"}},
      {"chapter", Sort::Form, {"chapter"}, {"chapter"}},
      {"dataset", Sort::Form, {"dataset"}, {"dataset"}},
      {"patent", Sort::Form, {"patent"}, {"patent"}},
      {"review", Sort::Kind, {"review"}, {}},
      {"systematic review", Sort::Kind, {"systematic-review"}, {}},
      {"meta-analysis", Sort::Kind, {"meta-analysis"}, {}},
      {"protocol", Sort::Kind, {"protocol"}, {}},
      {"trial", Sort::Kind, {"trial"}, {}},
      {"case report", Sort::Kind, {"case-report"}, {}},
      {"guideline", Sort::Kind, {"guideline"}, {}},
      {"article", Sort::Article, {"article"}, {}}};
  return *list;
}

Sort sortOf(std::string_view type) {
  for (const Kind& kind : kinds())
    if (kind.types.front() == type) return kind.sort;
  return Sort::Silent;
}

bool contradicts(std::string_view staying, std::string_view leaving) {
  const Sort stays = sortOf(staying);
  if (stays == Sort::Silent) return false;
  switch (sortOf(leaving)) {
    case Sort::Form:  // an editorial that is a letter, too, is no article
      return stays != Sort::Form;
    case Sort::Kind:  // "Review; Systematic Review": which of them is meant?
      return stays == Sort::Kind;
    default:
      return true;
  }
}

const std::vector<std::string_view>& titleTerms() {
  static const auto* const list = new std::vector<std::string_view>{"editorial",        "erratum",
                                                                    "corrigendum",      "commentary",
                                                                    "viewpoint",        "conference abstract*",
                                                                    "proceedings of",   "technical report",
                                                                    "annual report",    "letter to the editor",
                                                                    "retraction notice"};
  return *list;
}

}  // namespace winnow::publicationtype
