// importers.ris: RIS as databases and reference managers really write it. See README.md.
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/formats/derive.hpp>
#include <winnow/formats/signs.hpp>
#include <winnow/lines.hpp>
#include <winnow/plugin.hpp>

#include "RisDialect.hpp"
#include "RisFields.hpp"
#include "RisReading.hpp"
#include "RisScanner.hpp"
#include "RisTables.hpp"
#include "tagged/TaggedImporter.hpp"

namespace winnow::ris {
namespace {

class RisImporter final : public Importer {
 public:
  static constexpr std::string_view id = "importers.ris", version = "1.0.0";
  static constexpr std::string_view help = "RIS, in the dialects of databases and reference managers.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;
  static constexpr winnow_option options[] = {
      option(WINNOW_CHOICE, "dialect", "auto", "Who wrote the file; by default recognised from each record.",
             tables::choices),
      tagged::kTableOption};

  RisImporter(Host host, const Settings& settings)
      : Importer(host),
        tags_(host),
        rules_(host),
        dialects_(host, tags_),
        fixed_(dialects_.named(settings.text("dialect"))) {
    if (const std::string_view table = settings.text("table"); !table.empty())
      own_ = std::make_unique<Own>(host, tags_, table);
    for (const Dialect& dialect : dialects_.all()) toldBy_.push_back(tagged::signsOf(dialect.table()));
    toldBy_.back() = "a line that begins with 'TY  - '";
  }

  /// A TY line decides, if it is the first sign of any format. Its record also tells the dialect. Tags up to an ER line
  /// without a TY are a record as well, but a weak sign.
  Probe probe(std::string_view head, std::string_view) override {
    const formats::Sign sign = formats::firstSign(head);
    if (sign != formats::Sign::Ris && sign != formats::Sign::None) return {};
    std::vector<Value> values;
    std::vector<std::string_view> before;
    bool open = false, hasEnd = false;
    forEachLine(head, [&](std::string_view line) {
      TagLine tag;
      const bool isTagged = parseTagLine(line, tag) || parseTightLine(line, tag);
      const std::uint32_t which = isTagged ? code(tag.tag) : 0;
      if (!open) before.push_back(line);
      if (which == kTy && open && values.size() > 1) return false;
      if (which == kTy && !open) values.clear();
      open = open || which == kTy;
      if (isTagged && (open || isKnownTag(tag.tag))) values.push_back({which, tag.value, 0});
      hasEnd = which == kEr;
      return !hasEnd;
    });
    if (!open) return {hasEnd && values.size() > 3 && own_ == nullptr ? 55u : 0u, {}};
    const tagged::Seen seen(values, before);
    if (own_ != nullptr) {
      const std::uint32_t confidence = own_->dialect.confidence(seen);
      return {confidence, confidence == 0 ? std::string_view{} : std::string_view(own_->table.name)};
    }
    return {values.size() > 2 ? 95u : 70u, (fixed_ != nullptr ? *fixed_ : dialects_.recognise(seen)).name()};
  }

  winnow_status read(Source source) override {
    return Reading(host(), source, tags_, rules_, dialects_, fixed_, own_ == nullptr ? nullptr : &own_->dialect).run();
  }

  /// RIS in general first, then the dialects.
  std::vector<Format> formats() const override {
    std::vector<Format> list;
    for (std::size_t i = dialects_.all().size(); i-- > 0;) {
      const Dialect& dialect = dialects_.all()[i];
      list.push_back({dialect.name(), dialect.table().name, toldBy_[i], dialect.table().source});
    }
    std::sort(list.begin() + 1, list.end(), [](const Format& a, const Format& b) { return a.dialect < b.dialect; });
    return list;
  }

  const void* extension(std::string_view wanted) override {
    return wanted == WINNOW_EXT_TABLE && own_ != nullptr ? own_->words.get() : nullptr;
  }

 private:
  /// A table that somebody else made.
  struct Own {
    Own(const Host& host, const formats::Tags& tags, std::string_view text)
        : table(tagged::checkedTable(host, parentOfTables(), text)), dialect(host, tags, table), words(table) {}
    tagged::Table table;
    Dialect dialect;
    tagged::TableWords words;
  };

  formats::Tags tags_;
  Rules rules_;
  Dialects dialects_;
  const Dialect* fixed_;  ///< null: recognised from each record
  std::unique_ptr<Own> own_;
  std::vector<std::string> toldBy_;  ///< by place in dialects_.all()
};

}  // namespace
}  // namespace winnow::ris

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "importers-ris", "1.0.0", "Apache-2.0"), winnow::ris::RisImporter)
