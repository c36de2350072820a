// exporters.evidence-map: the studies by two items of the charting form. Rules: README.md.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "Map.hpp"
#include "MapPage.hpp"
#include "picture/PictureFile.hpp"
#include "ris/RisLines.hpp"
#include "table/TableFile.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;
using map::EvidenceMap;
using studies::FormItem;
using studies::Study;

/// Place of a value that people name; without regard to case.
std::size_t valueNamed(const studies::Dimension& dimension, const std::string& name) {
  const auto plain = [](std::string text) {
    for (char& c : text)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return text;
  };
  for (std::size_t i = 0; i < dimension.values.size(); ++i)
    if (plain(dimension.values[i]) == plain(name)) return i;
  std::string known;
  for (const std::string& value : dimension.values) known += (known.empty() ? "'" : ", '") + value + "'";
  throw std::runtime_error("'" + dimension.name + "' has no value '" + name + "'; it has " + known);
}

/// Draws the map, or writes the studies of one of its cells.
class EvidenceMapExporter final : public Exporter {
 public:
  static constexpr std::string_view
      id = "exporters.evidence-map",
      version = "1.0.0",
      help = "An evidence and gap map of the charted studies: a page, a picture, a table, or a cell.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "format", "html",
             "html: a page to explore; svg, pdf, png: for print; csv, markdown, docx, xlsx: the counts; ris, review: "
             "the studies of "
             "a cell, and a configuration that begins with them.",
             "html|svg|pdf|png|csv|markdown|docx|xlsx|ris|review"),
      option(WINNOW_STRING, "rows", "", "Item of the form, or year, wave, source; the form's first list unless given."),
      option(WINNOW_STRING, "columns", "", "Likewise; the form's second list unless given."),
      option(WINNOW_STRING, "colour", "", "Likewise, as colour of the bubbles; none unless given."),
      option(WINNOW_CHOICE, "draw", "bubbles", "Bubbles by number of studies, or shaded cells.", "bubbles|heat"),
      option(WINNOW_BOOLEAN, "per_wave", "false", "Of a picture: a map for each wave, one below the other."),
      option(WINNOW_STRING, "title", "", "Title; the review's unless given."),
      option(WINNOW_STRING, "row", "", "Of ris and review: the row of the cell."),
      option(WINNOW_STRING, "column", "", "Of ris and review: the column of the cell."),
      option(WINNOW_STRING, "file", "", "Of review: the RIS file of the cell, beside the configuration."),
      picture::kResolution,
      table::kCaption,
      table::kNumber,
      table::kStyle,
      table::kFont,
      table::kFontSize,
      table::kPageSize};

  EvidenceMapExporter(Host host, const Settings& settings)
      : Exporter(host),
        picture_(settings),
        file_(settings),
        vocabulary_(host),
        rows_(settings.text("rows")),
        columns_(settings.text("columns")),
        colour_(settings.text("colour")),
        title_(settings.text("title")),
        row_(settings.text("row")),
        column_(settings.text("column")),
        risFile_(settings.text("file")),
        isHeat_(settings.text("draw") == "heat"),
        isPerWave_(settings.boolean("per_wave")) {}

  winnow_status write(Sink sink) override {
    try {
      form_ = studies::readForm(host().document("form"));
    } catch (const std::exception& error) {
      return refuse("map.form",
                    "there is no charting form to sort studies by (document \"form\"): " + std::string(error.what()));
    }
    const studies::StudyReader reader(host(), form_);
    exporters::RisRecords records("\n");
    const bool needsRis = file_.format() == "html" || file_.format() == "ris";
    map_ = {};
    ris_.clear();
    const winnow_status read = sink.forEach([&](Record record) {
      map_.studies.push_back(reader.read(record));
      if (needsRis) ris_.emplace_back(records.of(bibliography::Work(vocabulary_, record)));
    });
    if (read != WINNOW_OK) return read;
    try {
      setUp();
      return sink.write(bytes());
    } catch (const std::runtime_error& error) {
      return refuse("map.unknown-item", error.what());
    }
  }

 private:
  winnow_status refuse(std::string_view code, const std::string& message) const {
    host().diagnose({WINNOW_ERROR, code, message, "nothing was written", {}, 0});
    return WINNOW_FAILED;
  }

  void setUp() {
    studies::tellApart(map_.studies);
    joinReports();
    const auto named = [&](const std::string& name) { return studies::dimensionOf(form_, map_.studies, name); };
    map_.rows = named(rows_.empty() ? listOfForm(0) : rows_);
    map_.columns = named(columns_.empty() ? listOfForm(1) : columns_);
    if (!colour_.empty()) map_.colour = named(colour_);
    map_.isHeat = isHeat_;
    const auto review = nlohmann::json::parse(host().document("review"), nullptr, false);
    const auto text = [&](const char* key) { return review.is_object() ? review.value(key, "") : std::string(); };
    map_.title = title_.empty() ? text("title") : title_;
    question_ = text("question");
  }
  /// A study of several reports is one study, and its RIS holds them all.
  void joinReports() {
    const std::vector<std::size_t> places = studies::joinReports(map_.studies);
    std::vector<std::string> ris(ris_.empty() ? 0 : map_.studies.size());
    for (std::size_t i = 0; i < ris_.size(); ++i) ris[places[i]] += (ris[places[i]].empty() ? "" : "\n") + ris_[i];
    ris_ = std::move(ris);
  }
  /// The n-th item of the form whose answers are of a list.
  std::string listOfForm(std::size_t n) const {
    for (const FormItem& item : form_)
      if ((item.type == FormItem::Type::oneOf || item.type == FormItem::Type::anyOf) && n-- == 0) return item.label;
    throw std::runtime_error("the form has no two lists to sort studies by; name items with \"rows\" and \"columns\"");
  }
  /// The date of the last search that the review names.
  std::string searched() const {
    std::string last;
    const auto search = nlohmann::json::parse(host().document("search"), nullptr, false);
    if (search.is_object() && search.contains("sources"))
      for (const auto& source : search["sources"]) last = std::max(last, source.value("searched", ""));
    return last;
  }

  /// The name that the page's button gives, too.
  std::string fileOf(std::size_t row, std::size_t column) const {
    return map::fileName(map_.rows.values[row] + " " + map_.columns.values[column]) + ".ris";
  }

  std::string bytes() const {
    if (picture_.isPicture()) {
      const map::Drawing drawing = isPerWave_ ? map::drawWaves(map_) : map::drawMap(map_);
      return picture_.bytes(drawing.scene, drawing.page, host());
    }
    if (file_.format() == "html")
      return map::pageOf(map_, {studies::allDimensions(form_, map_.studies), ris_, searched(), question_});
    if (file_.format() != "ris" && file_.format() != "review") return file_.bytes(map::gridOf(map_));
    const std::size_t row = valueNamed(map_.rows, row_), column = valueNamed(map_.columns, column_);
    const std::vector<std::uint32_t> cell = map_.cells()[row][column];
    const std::string name = map_.rows.values[row] + " × " + map_.columns.values[column];
    if (file_.format() == "review")
      return map::reviewOf(name, risFile_.empty() ? fileOf(row, column) : risFile_, cell.size(), searched());
    std::string text;
    for (const std::uint32_t study : cell) text += (text.empty() ? "" : "\n") + ris_[study];
    return text;
  }

  picture::PictureFile picture_;
  table::TableFile file_;
  bibliography::Vocabulary vocabulary_;
  std::string rows_, columns_, colour_, title_, row_, column_, risFile_, question_;
  bool isHeat_, isPerWave_;
  std::vector<FormItem> form_;
  std::vector<std::string> ris_;
  EvidenceMap map_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-evidence-map", "1.0.0", "Apache-2.0"), EvidenceMapExporter)
