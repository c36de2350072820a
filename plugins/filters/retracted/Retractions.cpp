#include "Retractions.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

#include <winnow/formats/csv.hpp>
#include <winnow/formats/identifiers.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::retracted {

namespace {

using formats::CsvTable;

/// The column under the first of the headings that there is, whatever its case.
std::optional<std::size_t> columnOf(const CsvTable& table, std::initializer_list<std::string_view> headings) {
  for (const std::string_view wanted : headings)
    for (std::size_t c = 0; c < table.heading().size(); ++c)
      if (formats::equalsIgnoringCase(formats::trim(table.heading()[c]), wanted)) return c;
  return std::nullopt;
}

/// Titles of fewer words ("Editorial", "Reply") name nothing.
bool namesAPaper(std::string_view folded) { return std::count(folded.begin(), folded.end(), ' ') >= 3; }

/// "unavailable" and 0 stand for nothing in Retraction Watch's list.
std::string doiIn(std::string_view cell) { return formats::comparableDoi(formats::normaliseDoi(cell)); }
std::string pmidIn(std::string_view cell) {
  std::string pmid = formats::normalisePmid(cell);
  return pmid.find_first_not_of('0') == std::string::npos ? std::string() : pmid;
}

}  // namespace

Retractions::Retractions(std::string_view csv, const std::vector<std::string_view>& natures) {
  const CsvTable table(csv);
  const auto doi = columnOf(table, {"OriginalPaperDOI", "doi"}),
             pmid = columnOf(table, {"OriginalPaperPubMedID", "pmid"}), title = columnOf(table, {"Title"}),
             nature = columnOf(table, {"RetractionNature", "nature"}),
             date = columnOf(table, {"RetractionDate", "date"}), noticeDoi = columnOf(table, {"RetractionDOI"}),
             noticePmid = columnOf(table, {"RetractionPubMedID"});
  if (!doi && !pmid && !title)
    throw std::invalid_argument(
        "it has none of the columns OriginalPaperDOI (or doi), OriginalPaperPubMedID (or pmid) and Title");
  for (std::size_t r = 0; r < table.rows(); ++r) {
    const auto cell = [&](const std::optional<std::size_t>& column) {
      return column ? formats::trim(table.cell(r, *column)) : std::string_view{};
    };
    const std::string paperDoi = doiIn(cell(doi)), paperPmid = pmidIn(cell(pmid));
    if (formats::equalsIgnoringCase(cell(nature), "Reinstatement"))
      for (const std::string& key : {paperDoi, paperPmid})
        if (!key.empty()) reinstated_[key] = true;
    const bool isMeant = !nature || std::any_of(natures.begin(), natures.end(), [&](std::string_view n) {
      return formats::equalsIgnoringCase(cell(nature), n);
    });
    if (!isMeant) continue;
    const std::string folded = formats::foldForMatching(cell(title));
    const std::size_t index = list_.size();
    list_.push_back({folded, std::string(cell(nature)), std::string(cell(date)), r + 2});
    const auto add = [&](Index& to, std::string key) {
      if (!key.empty()) to.try_emplace(std::move(key), index);
    };
    add(doi_, paperDoi);
    add(pmid_, paperPmid);
    add(noticeDoi_, doiIn(cell(noticeDoi)));
    add(noticePmid_, pmidIn(cell(noticePmid)));
    if (namesAPaper(folded)) add(title_, folded);
  }
}

const Retraction* Retractions::find(const Index& index, const std::string& key) const {
  const auto found = key.empty() ? index.end() : index.find(key);
  return found == index.end() ? nullptr : &list_[found->second];
}

const Retraction* Retractions::ofDoi(std::string_view doi) const { return find(doi_, doiIn(doi)); }
const Retraction* Retractions::ofPmid(std::string_view pmid) const { return find(pmid_, pmidIn(pmid)); }
const Retraction* Retractions::ofTitle(std::string_view folded) const { return find(title_, std::string(folded)); }

const Retraction* Retractions::byNotice(std::string_view doi, std::string_view pmid) const {
  const Retraction* found = find(noticeDoi_, doiIn(doi));
  return found != nullptr ? found : find(noticePmid_, pmidIn(pmid));
}

bool Retractions::isReinstated(std::string_view doi, std::string_view pmid) const {
  return reinstated_.count(doiIn(doi)) != 0 || reinstated_.count(pmidIn(pmid)) != 0;
}

}  // namespace winnow::retracted
