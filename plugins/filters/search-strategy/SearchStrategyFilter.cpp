#include "SearchStrategyFilter.hpp"

#include <stdexcept>

#include "Matching.hpp"

namespace winnow::search {

using match::Truth;

SearchStrategyFilter::SearchStrategyFilter(Host host, const Settings& settings) : Filter(host), reader_(host) {
  const mesh::Tree tree = treeOf(host);
  std::string text;
  for (const std::string_view line : settings.list("strategy")) text += std::string(line) + "\n";
  Parsed parsed = parse(text, *platformNamed(settings.text("language")), tree.orNull());
  for (const Diagnostic& d : parsed.diagnostics)
    if (d.severity == Severity::Error)
      host.diagnose({WINNOW_WARNING,
                     d.code,
                     "line " + std::to_string(d.number) + ", column " + std::to_string(d.column) + ": " + d.message,
                     "the line is unknown on every record",
                     {},
                     0});
  strategy_ = std::move(parsed.strategy);
  const auto number = static_cast<std::uint32_t>(settings.integer("final"));
  final_ = match::finalLine(strategy_, number);
  if (final_ >= strategy_.lines.size())
    throw std::invalid_argument(number == 0 ? "the strategy has no line"
                                            : "the strategy has no line " + std::to_string(number));
  evaluator_ = std::make_unique<match::Evaluator>(strategy_, tree.orNull(), headingsNamed(settings.text("headings")));
}

std::string SearchStrategyFilter::linesThatFind(const std::vector<Truth>& values) const {
  std::string out;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i] == Truth::True)
      out += (out.empty() ? "found by lines " : ", ") + std::to_string(strategy_.lines[i].number);
  return out.empty() ? "found by no line" : out;
}

Verdict SearchStrategyFilter::judge(Record record) {
  reader_.read(record, document_);
  const std::vector<Truth> values = evaluator_->evaluate(document_);
  Verdict verdict = values[final_] == Truth::True    ? Verdict::keep()
                    : values[final_] == Truth::False ? Verdict::drop(NotFound)
                                                     : Verdict::unsure(Undecided);
  verdict.note(linesThatFind(values));
  if (values[final_] != Truth::True) return verdict;
  const auto evidence = evaluator_->evidence(document_, final_);
  for (const match::Evidence& e : evidence)
    if (const auto begin = placeIn(record, e)) {
      verdict.because(document_.values[e.value].index, *begin, e.size);
      break;
    }
  return verdict;
}

/// Where the evidence begins in the record's own field. What is searched may say more than the field: the name of a
/// language beside its code, the initials behind an author; such words stand nowhere.
std::optional<std::uint32_t> SearchStrategyFilter::placeIn(Record record, const match::Evidence& evidence) const {
  const match::Value& value = document_.values[evidence.value];
  const std::size_t at = record.value(value.index)
                             .find(value.text.substr(evidence.begin, evidence.size),
                                   value.text.data() == record.value(value.index).data() ? evidence.begin : 0);
  if (at == std::string_view::npos) return std::nullopt;
  return static_cast<std::uint32_t>(at);
}

}  // namespace winnow::search
