// exporters.statement: paragraphs of a paper, from what the run knows. Rules: README.md.
#include <stdexcept>
#include <string>

#include "facts/Statements.hpp"
#include "table/TableFile.hpp"
#include "winnow/plugin.hpp"

namespace {

using namespace winnow;
using document::Document;
using facts::Facts;

class StatementExporter final : public Exporter {
 public:
  static constexpr std::string_view
      id = "exporters.statement",
      version = "1.0.0", help = "The methods in plain sentences with their numbers, and the automation statement.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "about", "methods", "What is said; methods: all but the automation statement.",
             "methods|automation|search|selection|agreement|charting"),
      option(WINNOW_CHOICE, "format", "markdown", "How it is written.", "markdown|html|docx"),
      table::kStyle,
      table::kFont,
      table::kFontSize,
      table::kPageSize};

  StatementExporter(Host host, const Settings& settings)
      : Exporter(host),
        print_(table::printOf(settings)),
        about_(settings.text("about")),
        format_(settings.text("format")) {}

  winnow_status write(Sink sink) override {
    try {
      const Document text = documentOf(facts::readFacts(host()));
      if (format_ == "html") return sink.write(document::htmlPage(text, print_.style));
      if (format_ == "docx") return sink.write(document::docx(text, print_));
      return sink.write("# " + document::escapeMarkdown(text.title) + "\n\n" + document::markdown(text, 1));
    } catch (const std::runtime_error& error) {
      host().diagnose({WINNOW_ERROR, "statement.document", error.what(), "nothing was written", {}, 0});
      return WINNOW_FAILED;
    }
  }

 private:
  Document documentOf(const Facts& facts) const {
    Document text;
    text.title = about_ == "automation" ? "Automation in this review" : "Methods";
    if (about_ == "methods") {
      facts::addMethods(text, facts, 1);
    } else if (about_ == "automation") {
      facts::addAutomation(text, facts, 1);
    } else if (about_ == "selection") {
      for (const std::string& words : facts::selectionParagraphs(facts)) text.paragraph(words);
    } else {
      text.paragraph(about_ == "search"      ? facts::searchParagraph(facts)
                     : about_ == "agreement" ? facts::agreementParagraph(facts)
                                             : facts::chartingParagraph(facts));
    }
    return text;
  }

  table::Print print_;
  std::string about_, format_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "exporters-statement", "1.0.0", "Apache-2.0"), StatementExporter)
