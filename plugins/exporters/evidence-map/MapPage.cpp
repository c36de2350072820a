#include "MapPage.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "evidence-map/MapTexts.hpp"
#include "office/Package.hpp"
#include "page/Page.hpp"

namespace winnow::map {

namespace {

using Json = nlohmann::ordered_json;
using office::xmlText;

std::string counted(std::size_t n) { return std::to_string(n) + (n == 1 ? " study" : " studies"); }

/// Place of a dimension among those of the page; it is added if a reader could not choose it by himself.
int placeOf(std::vector<Dimension>& list, const Dimension& wanted) {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const Dimension& one) { return one.name == wanted.name; });
  if (found != list.end()) return static_cast<int>(found - list.begin());
  list.push_back(wanted);
  return static_cast<int>(list.size()) - 1;
}

std::string yamlText(std::string text) {
  for (std::size_t at = text.find('\''); at != std::string::npos; at = text.find('\'', at + 2))
    text.insert(at, 1, '\'');
  return "'" + text + "'";
}

Json dataOf(const EvidenceMap& map, const PageMatter& matter) {
  std::vector<Dimension> list = matter.dimensions;
  const int rows = placeOf(list, map.rows), columns = placeOf(list, map.columns),
            colour = map.colour ? placeOf(list, *map.colour) : -1;
  Json dimensions = Json::array(), studies = Json::array();
  for (const Dimension& one : list) dimensions.push_back({{"n", one.name}, {"v", one.values}});
  for (std::size_t i = 0; i < map.studies.size(); ++i) {
    const Study& study = map.studies[i];
    Json values = Json::array();
    for (const Dimension& one : list) values.push_back(one.of[i]);
    studies.push_back({{"k", study.key},
                       {"c", study.citation},
                       {"t", study.title},
                       {"r", study.reference},
                       {"l", study.link},
                       {"v", std::move(values)},
                       {"ris", i < matter.ris.size() ? matter.ris[i] : std::string()}});
  }
  // The marks stand where the page puts a cell's own words.
  std::string review = reviewOf("{title}", "{file}", 0, matter.searched);
  for (const auto& [from, to] :
       {std::pair{"'{title}'", "{title}"}, {"'{file}'", "{file}"}, {"reported: 0", "reported: {n}"}})
    review.replace(review.find(from), std::string_view(from).size(), to);
  return {{"title", map.title},
          {"rows", rows},
          {"columns", columns},
          {"colour", colour},
          {"heat", map.isHeat},
          {"notCharted", studies::kNotCharted},
          {"review", review},
          {"dimensions", std::move(dimensions)},
          {"studies", std::move(studies)}};
}

std::string tableOf(const EvidenceMap& map) {
  const auto cells = map.cells();
  std::string out =
      "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Map\">\n<table class=\"map\" "
      "id=\"map\"><caption>" +
      xmlText(map.rows.name + " by " + map.columns.name) + ": " + counted(map.studies.size()) +
      "</caption>\n<thead><tr><td></td>";
  for (const std::string& value : map.columns.values) out += "<th scope=\"col\">" + xmlText(value) + "</th>";
  out += "<th scope=\"col\" class=\"sum\">Studies</th></tr></thead>\n<tbody>\n";
  for (std::size_t row = 0; row < cells.size(); ++row) {
    out += "<tr><th scope=\"row\">" + xmlText(map.rows.values[row]) + "</th>";
    for (const auto& cell : cells[row])
      out += cell.empty() ? "<td class=\"cell gap\">–<span class=\"hidden\"> no study</span></td>"
                          : "<td class=\"cell\">" + std::to_string(cell.size()) + "</td>";
    out += "<td class=\"sum\">" + std::to_string(map.rows.count(row)) + "</td></tr>\n";
  }
  return out + "</tbody></table>\n</div>\n";
}

std::string controls() {
  const auto select = [](const char* id, const char* label) {
    return std::string("<label for=\"") + id + "\">" + label + "<select id=\"" + id + "\"></select></label>\n";
  };
  return "<div id=\"controls\" class=\"screen\" hidden>\n<div class=\"controls\">\n" + select("rows", "Rows") +
         select("columns", "Columns") + select("colour", "Colour") +
         "<label for=\"words\">Words in the reference<input id=\"words\" type=\"search\"></label>\n"
         "<span><input id=\"heat\" type=\"checkbox\"> <label for=\"heat\" class=\"plain\">Shade the "
         "cells</label></span>\n"
         "<button type=\"button\" id=\"reset\">Show all</button>\n</div>\n"
         "<details class=\"filters\"><summary>Filters</summary><div id=\"filters\"></div></details>\n</div>\n";
}

std::string gapList(const EvidenceMap& map) {
  const std::vector<Gap> gaps = gapsOf(map);
  std::string out =
      "<section aria-labelledby=\"gaps-head\">\n<h2 id=\"gaps-head\">Gaps (<span id=\"gap-count\">" +
      std::to_string(gaps.size()) +
      "</span>)</h2>\n<p>Pairs for which the review found no study.</p>\n<ul id=\"gaps\" class=\"gaps\">\n";
  for (const Gap& gap : gaps)
    out += "<li>" + xmlText(map.rows.values[gap.row] + " × " + map.columns.values[gap.column]) + "</li>\n";
  return out + "</ul>\n</section>\n";
}

std::string joined(const Dimension& dimension, std::size_t study) {
  std::string text;
  for (const std::uint32_t value : dimension.of[study]) text += (text.empty() ? "" : "; ") + dimension.values[value];
  return text;
}

std::string studyList(const EvidenceMap& map) {
  std::string out =
      "<section aria-labelledby=\"all-head\">\n<h2 id=\"all-head\">All studies (" + std::to_string(map.studies.size()) +
      ")</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Table of all studies\">\n<table "
      "class=\"all\"><thead><tr><th scope=\"col\">Study</th>"
      "<th scope=\"col\">Reference</th><th scope=\"col\">" +
      xmlText(map.rows.name) + "</th><th scope=\"col\">" + xmlText(map.columns.name) + "</th></tr></thead>\n<tbody>\n";
  for (std::size_t i = 0; i < map.studies.size(); ++i) {
    const Study& study = map.studies[i];
    const std::string name = picture::isSafeLink(study.link)
                                 ? "<a href=\"" + xmlText(study.link) + "\">" + xmlText(study.citation) + "</a>"
                                 : xmlText(study.citation);
    out += "<tr><th scope=\"row\">" + name + "</th><td>" + xmlText(study.reference) + "</td><td>" +
           xmlText(joined(map.rows, i)) + "</td><td>" + xmlText(joined(map.columns, i)) + "</td></tr>\n";
  }
  return out + "</tbody></table>\n</div>\n</section>\n";
}

}  // namespace

std::string fileName(const std::string& words) {
  std::string name;
  for (const char c : words) {
    const bool isWord = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    if (isWord)
      name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  while (!name.empty() && name.back() == '-') name.pop_back();
  return name.empty() ? "cell" : name;
}

std::string reviewOf(const std::string& title, const std::string& file, std::size_t studies,
                     const std::string& searched) {
  return "# A review of the studies that an earlier review sorted into this cell of its map; its records stand beside "
         "it as RIS.\n"
         "version: 1\nreview:\n  title: " +
         yamlText(title) + "\nreviewers: {ME: who reads}\nsources:\n  - wave: first\n    searched: " +
         (searched.empty() ? "1900" : searched) + "\n    databases:\n      earlier review: {files: " + yamlText(file) +
         ", reported: " + std::to_string(studies) +
         "}\nselection:\n  steps:\n    - {screen: full text, read: full text, by: {ME: all}, decisions: "
         "'decisions/full-text*.csv'}\n"
         "exports:\n  - {write: out/prisma.svg, using: prisma}\n";
}

std::string pageOf(const EvidenceMap& map, const PageMatter& matter) {
  page::Page out;
  out.title = map.title.empty() ? map.rows.name + " by " + map.columns.name : map.title;
  out.style = texts::mapCss;
  out.script = texts::mapJs;
  out.data = dataOf(map, matter).dump(-1, ' ', false, Json::error_handler_t::replace);
  out.body = "<a class=\"skip\" href=\"#map-room\">To the map</a>\n<header>\n<h1>" + xmlText(out.title) + "</h1>\n";
  if (!matter.question.empty()) out.body += "<p>" + xmlText(matter.question) + "</p>\n";
  out.body += "<p class=\"muted\">" + xmlText(sizeOf(map)) +
              ". Choose a cell to see its studies; arrow keys go from cell to cell.</p>\n</header>\n<main>\n"
              "<p id=\"status\" class=\"hidden\" role=\"status\"></p>\n" +
              controls() + "<div class=\"wide\" id=\"map-room\" tabindex=\"0\" role=\"region\" aria-label=\"Map\">\n" +
              tableOf(map) +
              "</div>\n<ul id=\"legend\" class=\"legend\"></ul>\n<section id=\"panel\" aria-label=\"Studies of the "
              "cell\" hidden></section>\n" +
              gapList(map) + studyList(map) + "</main>\n";
  return page::html(out);
}

}  // namespace winnow::map
