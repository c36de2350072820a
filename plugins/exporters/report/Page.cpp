#include "page/Page.hpp"

#include "Report.hpp"
#include "office/Package.hpp"
#include "report/ReportTexts.hpp"

namespace winnow::report {

namespace {

using Json = nlohmann::ordered_json;
using office::xmlText;

Json dataOf(const Material& material) {
  Json records = Json::array(), lists = Json::object();
  for (const Entry& entry : material.entries)
    records.push_back({{"k", entry.study.key},
                       {"r", entry.study.reference},
                       {"l", entry.study.link},
                       {"f", fateOf(entry, material.facts.criteria)}});
  for (const RecordList& list : material.lists.lists) lists[list.id] = {{"t", list.label}, {"r", list.records}};
  return {{"records", std::move(records)}, {"lists", std::move(lists)}};
}

std::string contents(const document::Document& report) {
  std::string out = "<nav class=\"toc\" aria-label=\"Contents\">\n<ol>\n";
  for (const document::Block& block : report.blocks)
    if (const auto* heading = std::get_if<document::Heading>(&block); heading != nullptr && heading->level == 1) {
      // The section's own number stands in its heading.
      const std::size_t begin = heading->text.find_first_not_of("0123456789. ");
      out += "<li><a href=\"#" + xmlText(heading->id) + "\">" +
             xmlText(heading->text.substr(begin == std::string::npos ? 0 : begin)) + "</a></li>\n";
    }
  return out + "</ol>\n</nav>\n";
}

}  // namespace

std::string pageOf(const Material& material, const document::Document& report) {
  page::Page out;
  out.title = report.title;
  out.style = std::string(document::documentStyle()) + std::string(texts::reportCss);
  out.script = texts::reportJs;
  out.data = dataOf(material).dump(-1, ' ', false, Json::error_handler_t::replace);
  out.body = "<a class=\"skip\" href=\"#about\">To the report</a>\n<header>\n<h1 id=\"top\">" + xmlText(report.title) +
             "</h1>\n<p class=\"muted\">Every number is "
             "counted from the records; numbers that are links open the records behind them. What is marked is for the "
             "authors to write.</p>\n"
             "<noscript><p>Without scripts the links of numbers open nothing; the records stand in the tables that the "
             "review exports.</p></noscript>\n</header>\n" +
             contents(report) + "<main>\n" + document::html(report) +
             "</main>\n<dialog id=\"records\" aria-labelledby=\"records-head\"></dialog>\n";
  return page::html(out);
}

}  // namespace winnow::report
