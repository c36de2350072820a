// importers.ris: RIS as databases and reference managers really write it. See README.md.
#include <string_view>
#include <vector>

#include <winnow/formats/derive.hpp>
#include <winnow/plugin.hpp>

#include "RisDialect.hpp"
#include "RisFields.hpp"
#include "RisReading.hpp"
#include "RisScanner.hpp"

namespace winnow::ris {
namespace {

constexpr std::uint32_t kTy = code("TY"), kEr = code("ER");

class RisImporter final : public Importer {
 public:
  static constexpr std::string_view id = "importers.ris", version = "1.0.0";
  static constexpr std::string_view help = "RIS, in the dialects of databases and reference managers.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "dialect", "auto", "Who wrote the file; by default told from each record.",
             "auto|ovid|ebsco|embase|scopus|wos|proquest|cochrane|primo|worldcat|scholar|endnote|rayyan|zotero")};

  RisImporter(Host host, const Settings& settings)
      : Importer(host), tags_(host), rules_(host), dialect_(dialectOf(settings.text("dialect"))) {}

  /// A TY line decides. Its record also tells the dialect.
  Probe probe(std::string_view head, std::string_view) override {
    std::vector<Value> values;
    bool open = false;
    for (std::size_t begin = 0; begin < head.size();) {
      std::size_t end = head.find_first_of("\r\n", begin);
      if (end == std::string_view::npos) end = head.size();
      TagLine tag;
      if (parseTagLine(head.substr(begin, end - begin), tag)) {
        if (code(tag.tag) == kTy) {
          if (open && values.size() > 1) break;
          open = true;
        }
        if (open) values.push_back({code(tag.tag), tag.value, 0});
        if (open && code(tag.tag) == kEr) break;
      }
      begin = end + 1;
    }
    if (!open) return {};
    return {values.size() > 2 ? 95u : 70u, dialectName(dialect_ != Dialect::Generic ? dialect_ : recognise(values))};
  }

  winnow_status read(Source source) override { return Reading(host(), source, tags_, rules_, dialect_).run(); }

 private:
  formats::Tags tags_;
  Rules rules_;
  Dialect dialect_;
};

}  // namespace
}  // namespace winnow::ris

WINNOW_PLUGIN("winnow", "importers-ris", "1.0.0", "Apache-2.0", winnow::ris::RisImporter)
