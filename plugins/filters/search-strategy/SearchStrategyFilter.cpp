#include "SearchStrategyFilter.hpp"

#include <stdexcept>

#include "Matching.hpp"

namespace winnow::search {

using match::Truth;

SearchStrategyFilter::SearchStrategyFilter(Host host, const Settings& settings) : Filter(host), reader_(host) {
  std::string text;
  for (const std::string_view line : settings.list("strategy")) text += std::string(line) + "\n";
  Parsed parsed = parse(text, *platformNamed(settings.text("language")));
  for (const Diagnostic& d : parsed.diagnostics)
    if (d.severity == Severity::Error)
      host.diagnose({WINNOW_WARNING, d.code, "line " + std::to_string(d.number) + ", column " + std::to_string(d.column) + ": " + d.message, "the line is unknown on every record", {}, 0});
  strategy_ = std::move(parsed.strategy);
  const auto number = static_cast<std::uint32_t>(settings.integer("final"));
  final_ = match::finalLine(strategy_, number);
  if (final_ >= strategy_.lines.size()) throw std::invalid_argument(number == 0 ? "the strategy has no line" : "the strategy has no line " + std::to_string(number));
  evaluator_ = std::make_unique<match::Evaluator>(strategy_, nullptr, headingsNamed(settings.text("headings")));
}

std::string SearchStrategyFilter::linesThatFind(const std::vector<Truth>& values) const {
  std::string out;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i] == Truth::True) out += (out.empty() ? "found by lines " : ", ") + std::to_string(strategy_.lines[i].number);
  return out.empty() ? "found by no line" : out;
}

Verdict SearchStrategyFilter::judge(Record record) {
  reader_.read(record, document_);
  const std::vector<Truth> values = evaluator_->evaluate(document_);
  Verdict verdict = values[final_] == Truth::True ? Verdict::keep() : values[final_] == Truth::False ? Verdict::drop(NotFound) : Verdict::unsure(Undecided);
  verdict.note(linesThatFind(values));
  if (values[final_] != Truth::True) return verdict;
  const auto evidence = evaluator_->evidence(document_, final_);
  if (!evidence.empty()) verdict.because(document_.values[evidence[0].value].index, evidence[0].begin, evidence[0].size);
  return verdict;
}

}  // namespace winnow::search
