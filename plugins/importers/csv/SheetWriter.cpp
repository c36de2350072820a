#include "SheetWriter.hpp"

#include <algorithm>

#include <winnow/formats/derive.hpp>
#include <winnow/formats/identifiers.hpp>
#include <winnow/formats/text.hpp>

#include "CsvImporter.hpp"

namespace winnow::csv {

bool hasHeadings(const std::vector<std::string>& headings, std::initializer_list<std::string_view> wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](std::string_view name) {
    return std::any_of(headings.begin(), headings.end(),
                       [&](const std::string& heading) { return formats::equalsIgnoringCase(heading, name); });
  });
}

std::string_view Cells::operator[](std::string_view heading) const {
  for (std::size_t i = 0; i < headings_.size() && i < row_.cells.size(); ++i)
    if (formats::equalsIgnoringCase(headings_[i], heading)) return cellValue(row_.cells[i].text);
  return {};
}

void SheetWriter::begin(const Article& article, winnow_span at, std::uint32_t row) {
  writer_.begin(at);
  if (row != 0) writer_.derive(host_.tag("sheet.row"), writer_.keep(std::to_string(row)), {});
  const std::string_view ours = formats::findWinnowId(article.notes);
  cell("record", ours.empty() ? std::string_view(article.key) : ours);
  cell("alias", article.key);
  if (const std::string doi = formats::normaliseDoi(article.doi); !doi.empty()) cell("record by doi", "doi:" + doi);
  if (const std::string pmid = formats::normalisePmid(article.pmid); !pmid.empty())
    cell("record by pmid", "pmid:" + pmid);
  if (!article.title.empty()) cell("record by title", "title:" + article.title);
  cell("title", article.title);
  cell("year", article.year);
  cell("authors", article.authors);
  cell("number", article.number);
}

void SheetWriter::cell(std::string_view heading, std::string_view value, std::uint16_t group) {
  if (formats::isBlank(value)) return;
  writer_.derive(host_.tag("cell." + std::string(heading)), writer_.keep(formats::collapsed(value)),
                 {WINNOW_NONE, 0, group, 0});
}

}  // namespace winnow::csv
