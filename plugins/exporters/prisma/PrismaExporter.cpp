#include <winnow/plugin.hpp>

#include "Diagram.hpp"
#include "Tables.hpp"
#include "office/Docx.hpp"
#include "picture/PictureFile.hpp"
#include "picture/Text.hpp"

namespace {

using winnow::Host;
using winnow::Settings;

/// Writes the PRISMA 2020 flow of the review: the diagram, the template of the PRISMA2020 application, or a table.
/// Reads no records: all numbers come from the host's document "flow", whose laws the host has checked.
class PrismaExporter final : public winnow::Exporter {
 public:
  static constexpr std::string_view id = "exporters.prisma", version = "1.1.0",
                                    help = "Draws the PRISMA 2020 flow diagram, or writes its numbers as a table";
  static constexpr std::uint32_t flags = 0;
  static constexpr winnow_option options[] = {
      winnow::option(
          WINNOW_CHOICE, "format", "svg",
          "svg, pdf, png, docx: the diagram (docx: shapes to edit in Word); csv: the template of the PRISMA2020 "
          "application; markdown: a table",
          "svg|pdf|png|docx|csv|markdown"),
      winnow::option(WINNOW_CHOICE, "layout", "compact",
                     "compact: the boxes of PRISMA 2020 on a page of A4; stages: a pair of boxes for each stage",
                     "compact|stages"),
      winnow::picture::kResolution,
      winnow::option(WINNOW_STRING, "title", "", "title above the diagram"),
      winnow::option(WINNOW_STRING, "note", "", "note below the diagram"),
      winnow::option(WINNOW_BOOLEAN, "per_wave", "false", "add one diagram (table) for each wave"),
      winnow::option(WINNOW_BOOLEAN, "hide_zero", "false", "leave out lines and boxes whose number is 0"),
      winnow::option(WINNOW_STRING, "banner", "", "warning in a red bar above the diagram, e.g. which laws are broken"),
  };

  PrismaExporter(Host host, const Settings& settings)
      : Exporter(host), file_(settings), format_(settings.text("format")) {
    appearance_.title = winnow::picture::cleanText(settings.text("title"));
    appearance_.note = winnow::picture::cleanText(settings.text("note"));
    appearance_.banner = winnow::picture::cleanText(settings.text("banner"));
    appearance_.perWave = settings.boolean("per_wave");
    appearance_.hideZero = settings.boolean("hide_zero");
    if (settings.text("layout") == "stages") appearance_.arrangement = winnow::prisma::Arrangement::Stages;
  }

  winnow_status write(winnow::Sink sink) override {
    const std::string_view document = host_.document("flow");
    if (document.empty()) {
      host_.diagnose(
          {WINNOW_ERROR, "prisma.no-flow", "this run has no flow of records to draw", "nothing was written", {}, 0});
      return WINNOW_FAILED;
    }
    winnow::prisma::Flow flow;
    try {
      const auto criteria = winnow::facts::Criteria::parse(host_.document("review"));
      flow = winnow::prisma::readFlow(document, criteria);
      winnow::prisma::foldAutomation(flow);
    } catch (const std::exception& error) {
      host_.diagnose({WINNOW_ERROR, "prisma.bad-flow", error.what(), "nothing was written", {}, 0});
      return WINNOW_FAILED;
    }
    return sink.write(render(flow));
  }

 private:
  std::string render(const winnow::prisma::Flow& flow) const {
    if (file_.isPicture()) {
      const winnow::prisma::Diagram diagram = winnow::prisma::drawDiagram(flow, appearance_);
      return file_.bytes(diagram.scene, diagram.page, host_);
    }
    if (format_ == "docx") return wordFile(winnow::prisma::drawDiagram(flow, appearance_));
    if (format_ == "markdown") return winnow::prisma::writeMarkdown(flow, appearance_);
    std::vector<winnow::prisma::Remark> remarks;
    std::string text = winnow::prisma::writeCsv(flow, appearance_, remarks);
    for (const winnow::prisma::Remark& r : remarks)
      host_.diagnose({WINNOW_WARNING, r.code, r.message, r.action, {}, 0});
    return text;
  }

  /// Narrow margins: the letters stay as large as on the page of a journal.
  static std::string wordFile(const winnow::prisma::Diagram& diagram) {
    winnow::office::PageSetup page;
    page.margin = 12;
    winnow::office::Docx file(diagram.page.title, "Arial", 10, page);
    file.drawing(diagram.scene, diagram.page);
    return file.bytes();
  }

  winnow::picture::PictureFile file_;
  std::string format_;
  winnow::prisma::Appearance appearance_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-prisma", "1.1.0", "Apache-2.0"), PrismaExporter)
