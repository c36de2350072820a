// What the facts say to an item of a guideline. Shared by the guidelines, which ask for much the same.
#pragma once

#include "Checklist.hpp"

namespace winnow::checklist {

struct Answer {
  Status status = Status::Open;
  std::string text, where{};
};

Answer write(std::string what);
/// Filled if the review states it, else for the authors.
Answer stated(const std::string& words, std::string what);

Answer title(const facts::Facts& facts);
Answer objectives(const facts::Facts& facts);
Answer protocol(const facts::Facts& facts);
Answer amendments(const facts::Facts& facts);
Answer eligibility(const facts::Facts& facts);
Answer sources(const facts::Facts& facts);
Answer strategy(const facts::Facts& facts);
Answer selection(const facts::Facts& facts);
Answer charting(const facts::Facts& facts);
Answer items(const facts::Facts& facts);
Answer appraisal(const facts::Facts& facts);
Answer synthesis(const facts::Facts& facts);
Answer selected(const facts::Facts& facts);
Answer excludedStudies(const facts::Facts& facts);
Answer characteristics(const facts::Facts& facts);
Answer chartedResults(const facts::Facts& facts);
Answer processLimits(const facts::Facts& facts);
Answer funding(const facts::Facts& facts);
Answer interests(const facts::Facts& facts);
Answer availability(const facts::Facts& facts);
/// For items about pooling: what the gate says, or `what` where it is open.
Answer pooled(const facts::Facts& facts, std::string what);

Answer databases(const facts::Facts& facts);
Answer multiDatabase(const facts::Facts& facts);
Answer registers(const facts::Facts& facts);
Answer method(const facts::Facts& facts, std::initializer_list<std::string_view> words, std::string what);
Answer otherMethods(const facts::Facts& facts);
Answer limits(const facts::Facts& facts);
Answer updates(const facts::Facts& facts);
Answer dates(const facts::Facts& facts);
Answer totals(const facts::Facts& facts);
Answer deduplication(const facts::Facts& facts);

}  // namespace winnow::checklist
