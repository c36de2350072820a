// importers.ris: RIS as databases and reference managers really write it. See README.md.
#include <memory>
#include <string_view>
#include <vector>

#include <winnow/formats/derive.hpp>
#include <winnow/plugin.hpp>

#include "RisDialect.hpp"
#include "RisFields.hpp"
#include "RisReading.hpp"
#include "RisScanner.hpp"
#include "RisTable.hpp"

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
             "auto|ovid|ebsco|embase|scopus|wos|proquest|cochrane|primo|worldcat|scholar|endnote|rayyan|zotero"),
      tagged::kTableOption};

  RisImporter(Host host, const Settings& settings)
      : Importer(host), tags_(host), rules_(host), dialect_(dialectOf(settings.text("dialect"))) {
    if (const std::string_view table = settings.text("table"); !table.empty()) table_ = std::make_unique<RisTable>(host, tags_, table);
  }

  /// A TY line decides. Its record also tells the dialect.
  Probe probe(std::string_view head, std::string_view) override {
    std::vector<Value> values;
    std::vector<std::string_view> before;
    bool open = false;
    for (std::size_t begin = 0; begin < head.size();) {
      std::size_t end = head.find_first_of("\r\n", begin);
      if (end == std::string_view::npos) end = head.size();
      TagLine tag;
      if (!open) before.push_back(head.substr(begin, end - begin));
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
    if (table_ != nullptr) {
      const std::uint32_t confidence = table_->confidence(values, before);
      return {confidence, confidence == 0 ? std::string_view{} : table_->name()};
    }
    return {values.size() > 2 ? 95u : 70u, dialectName(dialect_ != Dialect::Generic ? dialect_ : recognise(values))};
  }

  winnow_status read(Source source) override { return Reading(host(), source, tags_, rules_, dialect_, table_.get()).run(); }

  const void* extension(std::string_view wanted) override {
    return wanted == WINNOW_EXT_TABLE && table_ != nullptr ? table_->words() : nullptr;
  }

 private:
  formats::Tags tags_;
  Rules rules_;
  Dialect dialect_;
  std::unique_ptr<RisTable> table_;
};

}  // namespace
}  // namespace winnow::ris

WINNOW_PLUGIN("winnow", "importers-ris", "1.0.0", "Apache-2.0", winnow::ris::RisImporter)
