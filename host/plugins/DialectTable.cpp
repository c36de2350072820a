#include "DialectTable.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <winnow/ext/table.h>
#include <winnow/plugin.hpp>

#include "Declarations.hpp"
#include "Services.hpp"
#include "TagTable.hpp"
#include "io/ReadWrite.hpp"

namespace winnow::plugins {

namespace {

constexpr std::size_t kSlots = 128;        // tables of one process
constexpr std::size_t kLargest = 1 << 20;  // bytes of a table
constexpr std::size_t kShown = 5;          // problems reported of one table
constexpr std::string_view kOption = "table";

/// A stage made of a table. Never freed: its tables live as long as the process.
struct TableStage {
  const winnow_stage* parent = nullptr;
  std::string text;
  std::deque<std::string> texts;
  std::vector<const winnow_option*> options;
  winnow_stage stage{};
  winnow_plugin plugin{};

  winnow_str keep(winnow_str value) { return str(texts.emplace_back(view(value))); }
};

std::array<TableStage*, kSlots>& slots() {
  static std::array<TableStage*, kSlots> list{};
  return list;
}
std::size_t used = 0;

/// create() and stage() of the ABI know no table, so each slot has functions of its own.
void* createOn(std::size_t slot, const winnow_host* host, const winnow_setting* settings, std::size_t count) {
  const TableStage& table = *slots()[slot];
  std::vector<winnow_setting> all(settings, settings + count);
  all.push_back({str(kOption), str(table.text)});
  return table.parent->create(host, all.data(), all.size());
}
using Create = void*(WINNOW_CALL*)(const winnow_host*, const winnow_setting*, std::size_t);
template <std::size_t... Slot>
constexpr std::array<Create, sizeof...(Slot)> makeCreators(std::index_sequence<Slot...>) {
  return {+[](const winnow_host* host, const winnow_setting* settings, std::size_t count) {
    return createOn(Slot, host, settings, count);
  }...};
}
constexpr std::array<Create, kSlots> kCreators = makeCreators(std::make_index_sequence<kSlots>{});

using StageAt = const winnow_stage*(WINNOW_CALL*)(std::size_t);
template <std::size_t... Slot>
constexpr std::array<StageAt, sizeof...(Slot)> makeStageAt(std::index_sequence<Slot...>) {
  return {+[](std::size_t index) -> const winnow_stage* { return index == 0 ? &slots()[Slot]->stage : nullptr; }...};
}
constexpr std::array<StageAt, kSlots> kStageAt = makeStageAt(std::make_index_sequence<kSlots>{});

/// The importer that a table extends, and where it says so.
struct Extended {
  std::string id;  ///< empty: it says nothing
  std::size_t line = 1, column = 1;
  std::string place(const std::filesystem::path& file) const {
    return file.filename().string() + ":" + std::to_string(line) + ":" + std::to_string(column) + ": ";
  }
};

/// The value of the line "extends: ID". The importer reads the table properly; this only finds the importer.
Extended extended(std::string_view text) {
  constexpr std::string_view kKey = "extends:";
  std::size_t number = 1;
  for (std::size_t at = 0; at < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (line.substr(0, kKey.size()) != kKey) continue;
    line = line.substr(0, line.find(" #"));
    const std::size_t begin = line.find_first_not_of(" \t\"'", kKey.size());
    if (begin == std::string_view::npos) return {{}, number, 1};
    return {std::string(line.substr(begin, line.find_last_not_of(" \t\"'\r") - begin + 1)), number, begin + 1};
  }
  return {};
}

bool takesTables(const winnow_stage& stage) {
  for (std::size_t i = 0; i < stage.option_count; ++i)
    if (view(stage.options[i]->name) == kOption) return stage.kind == WINNOW_IMPORTER;
  return false;
}

/// What the importer says of the table: its words, or what is wrong with it.
class Asked {
 public:
  Asked(const winnow_stage& parent, std::string_view text) : parent_(parent), services_(tags_) {
    services_.onDiagnostic([this](const winnow_diagnostic& d) {
      const bool hasPlace = d.at.line != 0;
      if (d.severity != WINNOW_ERROR || problems_.size() > kShown || (!hasPlace && !problems_.empty())) return;
      const std::string place =
          !hasPlace ? std::string() : std::to_string(d.at.line) + ":" + std::to_string(d.at.column) + ": ";
      problems_.push_back(place + std::string(view(d.message)));
    });
    const winnow_setting setting{str(kOption), str(text)};
    self_ = parent.create(services_.host(), &setting, 1);
  }
  ~Asked() {
    if (self_ != nullptr) parent_.destroy(self_);
  }
  Asked(const Asked&) = delete;
  Asked& operator=(const Asked&) = delete;

  const winnow_table* words() const {
    if (self_ == nullptr || parent_.extension == nullptr) return nullptr;
    return static_cast<const winnow_table*>(parent_.extension(self_, WINNOW_EXT_TABLE));
  }
  std::string problem(const std::filesystem::path& file) const {
    std::string all;
    for (std::size_t i = 0; i < problems_.size() && i < kShown; ++i)
      all += (i == 0 ? "" : "; ") + file.filename().string() + ":" + problems_[i];
    return all.empty() ? "is no table that '" + std::string(view(parent_.id)) + "' takes" : "cannot be used: " + all;
  }

 private:
  const winnow_stage& parent_;
  TagTable tags_;
  Services services_;
  std::vector<std::string> problems_;
  void* self_ = nullptr;
};

/// A stage over `parent` in the next slot, with words still to come.
TableStage& place(const winnow_stage& parent, std::string text) {
  auto& table = *new TableStage;
  table.parent = &parent;
  table.text = std::move(text);
  for (std::size_t i = 0; i < parent.option_count; ++i)
    if (view(parent.options[i]->name) != kOption) table.options.push_back(parent.options[i]);
  table.stage = parent;
  table.stage.options = table.options.data();
  table.stage.option_count = table.options.size();
  table.stage.create = kCreators[used];
  table.plugin = {sizeof(winnow_plugin),
                  WINNOW_ABI_MAJOR,
                  WINNOW_ABI_MINOR,
                  0,
                  {},
                  {},
                  {},
                  {},
                  kStageAt[used],
                  nullptr,
                  {},
                  {},
                  {},
                  {}};
  slots()[used++] = &table;
  return table;
}

winnow_str orElse(winnow_str given, std::string_view otherwise) { return given.size == 0 ? str(otherwise) : given; }

}  // namespace

bool isTable(const std::filesystem::path& file) {
  return file.extension() == ".yaml" && file.stem().extension() == ".dialect";
}

std::variant<const winnow_plugin*, Refusal> openTable(const PluginFile& file, const FindStage& find) {
  if (used == kSlots) return Refusal{"is one table too many: " + std::to_string(kSlots) + " are used already"};
  std::string text(kLargest + 1, '\0');
  const io::Got got = io::readAt(file.descriptor(), 0, text.data(), text.size());
  if (got.error != 0) return Refusal{std::string("cannot be read: ") + std::strerror(got.error)};
  if (got.size > kLargest) return Refusal{"is larger than 1 MiB, too large for a table"};
  text.resize(got.size);
  const Extended extends = extended(text);
  const std::string unusable = "cannot be used: " + extends.place(file.path());
  if (extends.id.empty())
    return Refusal{unusable + "the line 'extends: importers.ris' (or another importer) is missing"};
  const winnow_stage* parent = find(extends.id);
  if (parent == nullptr || !takesTables(*parent)) {
    const std::string whole = "importers." + extends.id;
    const winnow_stage* meant = find(whole);
    return Refusal{unusable + "'" + extends.id + "' is no importer that takes tables" +
                   (meant != nullptr && takesTables(*meant) ? "; did you mean '" + whole + "'?" : "")};
  }
  const Asked asked(*parent, text);
  const winnow_table* words = asked.words();
  if (words == nullptr) return Refusal{asked.problem(file.path())};
  TableStage& table = place(*parent, std::move(text));
  table.stage.id = table.keep(words->id);
  table.stage.version = table.keep(words->version);
  table.stage.help = table.keep(orElse(
      words->help, "Reads " + std::string(view(orElse(words->name, view(words->id)))) + ", by a dialect table."));
  table.plugin.vendor = table.keep(orElse(words->vendor, "table"));
  table.plugin.name = table.keep(words->id);
  table.plugin.version = table.stage.version;
  table.plugin.license = table.keep(orElse(words->license, "not stated"));
  if (std::string problem = declarationProblem(table.plugin); !problem.empty()) return Refusal{std::move(problem)};
  return &table.plugin;
}

const winnow_stage* parentOf(const winnow_stage* stage) {
  const auto end = slots().begin() + static_cast<std::ptrdiff_t>(used);
  const auto found = std::find_if(slots().begin(), end, [&](const TableStage* t) { return &t->stage == stage; });
  return found == end ? nullptr : (*found)->parent;
}

const winnow_stage* overParent(const winnow_stage* table, const winnow_stage* parent) {
  const auto found = std::find_if(slots().begin(), slots().end(),
                                  [&](const TableStage* t) { return t != nullptr && &t->stage == table; });
  if (found == slots().end() || used == kSlots) return nullptr;
  TableStage& moved = place(*parent, (*found)->text);
  moved.stage.id = table->id;
  moved.stage.version = table->version;
  moved.stage.help = table->help;
  return &moved.stage;
}

}  // namespace winnow::plugins
