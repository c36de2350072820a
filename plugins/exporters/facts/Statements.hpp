// Paragraphs of a paper, from facts alone. What the facts do not say is marked "[write: ...]".
#pragma once

#include "Facts.hpp"
#include "document/Document.hpp"

namespace winnow::facts {

/// PRISMA 2020 items 6, 7; PRISMA-S: databases, platforms, dates, other methods, hits, strategy.
std::string searchParagraph(const Facts& facts);
/// Items 8, 16a: every step, who read what, in which order, with the numbers.
std::vector<std::string> selectionParagraphs(const Facts& facts);
/// Agreement of the readers before any joint decision.
std::string agreementParagraph(const Facts& facts);
/// Items 9, 10: the form, who charted how many studies.
std::string chartingParagraph(const Facts& facts);
/// Appraisal and meta-analysis: what was done, or that it was not, and why.
std::string appraisalParagraph(const Facts& facts);
std::string metaAnalysisParagraph(const Facts& facts);

/// All of them under headings of level `level`.
void addMethods(document::Document& document, const Facts& facts, int level);
/// Every filter that made or suggested a judgement: purpose, what it proposed and removed, what people checked and
/// overturned, its limits; as a table and in sentences. Cochrane, Campbell, JBI and CEE ask for it since October 2025,
/// for rule-based tools, too.
void addAutomation(document::Document& document, const Facts& facts, int level);

/// What a filter of the name cannot do; a general sentence for one that this program does not know.
std::string limitsOf(const std::string& tool);

}  // namespace winnow::facts
