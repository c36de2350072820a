// importers.bibtex: BibTeX and biblatex as databases, reference managers and people write it. See README.md.
#include <algorithm>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include <winnow/formats/clean_text.hpp>
#include <winnow/formats/raw_tags.hpp>
#include <winnow/formats/signs.hpp>
#include <winnow/formats/text.hpp>
#include <winnow/formats/volatile.hpp>
#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>

#include "BibtexEntry.hpp"
#include "BibtexFields.hpp"
#include "BibtexSlices.hpp"

namespace winnow::bibtex {
namespace {

constexpr std::size_t kMostKeys = 200'000;      ///< keys that are remembered to tell one that stands twice
constexpr std::size_t kMostParents = 8u << 20;  ///< bytes of entries that are kept because others may refer to them
constexpr std::size_t kMostMacros = 16u << 20;  ///< bytes of all macros
constexpr std::size_t kMostWaiting = 8u << 20;  ///< bytes of entries that wait for one they refer to

/// Reads one source.
class Reading {
 public:
  Reading(Host host, Source source, const formats::Tags& tags, std::uint32_t rule)
      : host_(host), writer_(host, source), clean_(host, writer_), slices_(source, writer_), tags_(tags), rule_(rule) {
    constexpr std::string_view months[] = {"January", "February", "March",     "April",   "May",      "June",
                                           "July",    "August",   "September", "October", "November", "December"};
    for (const std::string_view month : months) macros_.emplace(formats::lower(month.substr(0, 3)), month);
    macros_.emplace("and", " and ");
    // Journals that the standard styles define (plain.bst, Patashnik 1988).
    constexpr std::pair<std::string_view, std::string_view> journals[] = {
        {"acmcs", "ACM Computing Surveys"},
        {"acta", "Acta Informatica"},
        {"cacm", "Communications of the ACM"},
        {"ibmjrd", "IBM Journal of Research and Development"},
        {"ibmsj", "IBM Systems Journal"},
        {"ieeese", "IEEE Transactions on Software Engineering"},
        {"ieeetc", "IEEE Transactions on Computers"},
        {"ieeetcad", "IEEE Transactions on Computer-Aided Design of Integrated Circuits"},
        {"ipl", "Information Processing Letters"},
        {"jacm", "Journal of the ACM"},
        {"jcss", "Journal of Computer and System Sciences"},
        {"scp", "Science of Computer Programming"},
        {"sicomp", "SIAM Journal on Computing"},
        {"tocs", "ACM Transactions on Computer Systems"},
        {"tods", "ACM Transactions on Database Systems"},
        {"tog", "ACM Transactions on Graphics"},
        {"toms", "ACM Transactions on Mathematical Software"},
        {"toois", "ACM Transactions on Office Information Systems"},
        {"toplas", "ACM Transactions on Programming Languages and Systems"},
        {"tcs", "Theoretical Computer Science"}};
    for (const auto& [name, journal] : journals) macros_.emplace(name, journal);
  }

  winnow_status run() {
    Slice slice;
    while (slices_.next(slice)) {
      readSlice(slice);
      if (waiting_.empty() && writer_.full())
        if (const winnow_status status = writer_.flush(); status != WINNOW_OK) return status;
      while (!waiting_.empty() && (!waitsForParent(*waiting_.front()) || waitingBytes_ > kMostWaiting))
        if (const winnow_status status = emitFirst(); status != WINNOW_OK) return status;
    }
    if (slices_.status() != WINNOW_OK) return writer_.flushAfter(slices_.status());
    while (!waiting_.empty())
      if (const winnow_status status = emitFirst(); status != WINNOW_OK) return status;
    if (writer_.count() == 0) {
      tell(WINNOW_ERROR, "bib.no-record", 1, 1, "the file holds no entry", "nothing was imported");
      return WINNOW_FAILED;
    }
    return writer_.flush();
  }

 private:
  void tell(std::uint32_t severity, std::string_view code, std::uint32_t line, std::uint32_t column,
            std::string_view message, std::string_view action) {
    winnow_span at{};
    at.line = line;
    at.column = column == 0 ? 1 : column;
    host_.diagnose({severity, code, message, action, at, writer_.count() + waiting_.size() + 1});
  }

  void readSlice(const Slice& slice) {
    auto entry = std::make_unique<Entry>();
    entry->byte = slice.byte;
    entry->line = slice.line;
    entry->column = slice.column;
    entry->size = static_cast<std::uint32_t>(slice.text.size());
    decode(slice, entry->text);
    if (slice.extraBrace != 0)
      tell(WINNOW_WARNING, "bib.extra-brace", slice.extraBrace, 1,
           "a closing brace too many: fields of the entry follow it", "read on");
    readEntry(*entry, slice.closed, [this](const std::string& name) {
      const auto at = macros_.find(name);
      return at == macros_.end() ? nullptr : &at->second;
    });
    for (const Defect& d : entry->defects) {
      if (d.code == "bib.undefined-macro" && !toldMacros_.insert(d.message).second) continue;  // once a name
      tell(d.isInfo ? WINNOW_INFO : WINNOW_WARNING, d.code, d.line, d.column, d.message, d.action);
    }
    if (isNoRecord(*entry)) {
      const winnow_span at{slice.byte, slice.line, slice.column, entry->size, 0};
      return writer_.declare(at, entry->type == "comment" ? WINNOW_COMMENT : WINNOW_STRUCTURE);
    }
    tellDuplicateKey(*entry);
    tellEntities(*entry);
    waitingBytes_ += entry->text.size();
    if (!entry->key.empty()) waitingByKey_.try_emplace(entry->key, entry.get());
    waiting_.push_back(std::move(entry));
  }

  /// Macros, comments, and entries that only lend fields to others.
  bool isNoRecord(const Entry& entry) {
    if (entry.type == "string") keepMacros(entry);
    if (entry.type == "string" || entry.type == "comment" || entry.type == "preamble") return true;
    if (!isNoWork(entry)) return false;
    tell(WINNOW_INFO, "bib.xdata", entry.line, entry.column, "an entry that only lends fields to others", "left out");
    return true;
  }

  void decode(const Slice& slice, std::string& text) {
    const std::string& says = slices_.encoding();
    const bool isDeclared = says.rfind("cp1252", 0) == 0 || says.rfind("windows-1252", 0) == 0 ||
                            says.rfind("iso8859_1", 0) == 0 || says.rfind("iso-8859-1", 0) == 0;
    if (isDeclared && !formats::isUtf8(slice.text)) {
      text = formats::cp1252ToUtf8(slice.text);
      return;
    }
    clean_.beginRecord();
    const std::string_view clean = clean_.cleanWhole(slice.text, slice.line, slice.column, text);
    if (clean.data() != text.data()) text.assign(clean);
  }

  void keepMacros(const Entry& entry) {
    for (const Field& f : entry.fields) {
      if (macroBytes_ + f.value.size() > kMostMacros) {
        if (!toldMacros_.insert("too many").second) return;
        return tell(WINNOW_WARNING, "bib.macro-too-large", entry.line, entry.column,
                    "the macros of the file stand for more than 16 MiB of text",
                    "this one and later ones are not known");
      }
      macroBytes_ += f.value.size();
      macros_[f.name] = std::string(f.value);
    }
  }

  void tellDuplicateKey(const Entry& entry) {
    if (entry.key.empty() || keys_.size() >= kMostKeys) return;
    if (!keys_.insert(std::hash<std::string_view>{}(entry.key)).second)
      tell(WINNOW_WARNING, "bib.duplicate-key", entry.line, entry.column,
           "the key '" + std::string(entry.key) + "' stands twice", "both entries were kept");
  }

  /// Web pages leave their entities in what they write as BibTeX.
  void tellEntities(const Entry& entry) {
    if (entitiesTold_) return;
    for (const Field& f : entry.fields) {
      if (f.value.find('&') == std::string_view::npos) continue;
      if (f.value.find("&amp;") == std::string_view::npos && f.value.find("&lt;") == std::string_view::npos &&
          f.value.find("&#") == std::string_view::npos)
        continue;
      entitiesTold_ = true;
      return tell(WINNOW_INFO, "bib.html-entity", f.line, 1, "the field '" + f.name + "' holds HTML entities",
                  "read as the characters they stand for; reported once a file");
    }
  }

  // ---- crossref
  // ------------------------------------------------------------------------------------------------------

  static std::string_view parentKey(const Entry& entry) {
    const Field* f = entry.find("crossref");
    return f == nullptr ? std::string_view{} : formats::trim(f->value);
  }
  const Entry* parentOf(const Entry& entry) const {
    const std::string_view key = parentKey(entry);
    if (key.empty() || key == entry.key) return nullptr;
    if (const auto at = parents_.find(std::string(key)); at != parents_.end()) return at->second.get();
    const auto at = waitingByKey_.find(key);
    return at == waitingByKey_.end() ? nullptr : at->second;
  }
  bool waitsForParent(const Entry& entry) const {
    return !parentKey(entry).empty() && parentKey(entry) != entry.key && parentOf(entry) == nullptr;
  }

  /// Only such works hold others.
  static bool mayBeParent(const Entry& entry) {
    return entry.type == "book" || entry.type == "collection" || entry.type == "proceedings" ||
           entry.type == "reference" || entry.type == "periodical" || entry.type.rfind("mv", 0) == 0;
  }

  winnow_status emitFirst() {
    std::unique_ptr<Entry> entry = std::move(waiting_.front());
    waiting_.pop_front();
    waitingBytes_ -= entry->text.size();
    if (const auto at = waitingByKey_.find(entry->key); at != waitingByKey_.end() && at->second == entry.get())
      waitingByKey_.erase(at);
    emit(*entry);
    if (!entry->key.empty() && mayBeParent(*entry) && parentBytes_ < kMostParents) {
      parentBytes_ += entry->text.size() + 256;
      parents_.try_emplace(std::string(entry->key), std::move(entry));
    }
    return writer_.full() ? writer_.flush() : winnow_status{WINNOW_OK};
  }

  // ---- records
  // -------------------------------------------------------------------------------------------------------

  /// "da" is the day of the export in Web of Science; files belong to one computer.
  static std::uint16_t rawFlags(std::string_view name) {
    const bool isVolatile =
        formats::isVolatileName(name) || name == "da" || name == "file" || name.rfind("bdsk-file", 0) == 0;
    return static_cast<std::uint16_t>((isKnownField(name) ? WINNOW_FIELD_KNOWN : 0) |
                                      (isVolatile ? WINNOW_FIELD_VOLATILE : 0));
  }

  void emit(const Entry& entry) {
    winnow_span at{};
    at.byte = entry.byte;
    at.line = entry.line;
    at.column = entry.column;
    at.length = entry.size;
    writer_.begin(at);
    raws_.clear();
    for (const Field& f : entry.fields) {
      const formats::RawTag& tag = rawTags_.of(f.name);
      const bool isRemark = f.name == "note" && formats::isVolatileRemark(f.value);
      raws_.push_back(
          writer_.raw(tag.number, writer_.keep(f.value), f.line,
                      isRemark ? static_cast<std::uint16_t>(tag.flags | WINNOW_FIELD_VOLATILE) : tag.flags));
    }
    const Entry* parent = parentOf(entry);
    const auto rawOf = [&](const Field& f) {
      const auto index = static_cast<std::size_t>(&f - entry.fields.data());
      return &f >= entry.fields.data() && index < raws_.size() ? raws_[index] : std::uint32_t{WINNOW_NONE};
    };
    if (const Field* bad = deriveFields(entry, parent, tags_, rawOf, rule_, writer_))
      tellAbout(WINNOW_WARNING, "date.unreadable", bad->line,
                "the date '" + std::string(formats::trim(bad->value)) + "' has no year", "no date");
    if (parent == nullptr && !parentKey(entry).empty())
      tellAbout(WINNOW_INFO, "bib.crossref", entry.find("crossref")->line,
                "the entry '" + std::string(parentKey(entry)) + "' is not in the file",
                "read without what it would lend");
    writer_.end();
  }
  /// As tell(), of the record that is being written.
  void tellAbout(std::uint32_t severity, std::string_view code, std::uint32_t line, std::string_view message,
                 std::string_view action) {
    winnow_span at{};
    at.line = line;
    at.column = 1;
    host_.diagnose({severity, code, message, action, at, writer_.count() + 1});
  }

  Host host_;
  RecordWriter writer_;
  formats::CleanText clean_;
  Slices slices_;
  const formats::Tags& tags_;
  std::uint32_t rule_;
  std::unordered_map<std::string, std::string> macros_;
  std::size_t macroBytes_ = 0;
  std::unordered_set<std::size_t> keys_;
  std::deque<std::unique_ptr<Entry>> waiting_;
  std::unordered_map<std::string_view, const Entry*> waitingByKey_;  ///< the first of each key
  std::unordered_map<std::string, std::unique_ptr<Entry>> parents_;
  std::size_t waitingBytes_ = 0, parentBytes_ = 0;
  formats::RawTags rawTags_{host_, rawFlags};
  std::vector<std::uint32_t> raws_;
  std::unordered_set<std::string> toldMacros_;
  bool entitiesTold_ = false;
};

class BibtexImporter final : public Importer {
 public:
  static constexpr std::string_view id = "importers.bibtex", version = "1.0.0";
  static constexpr std::string_view help = "BibTeX and biblatex.";
  static constexpr std::uint32_t flags = WINNOW_PARALLEL_INSTANCES | WINNOW_DETERMINISTIC;

  BibtexImporter(Host host, const Settings&) : Importer(host), tags_(host), rule_(host.tag("bibtex.field")) {}

  std::vector<Format> formats() const override {
    return {{"", "BibTeX and biblatex", "a line that begins with '@word{' or '@word('",
             "O. Patashnik, BibTeXing (1988); the biblatex manual"}};
  }
  /// "@word{" or "@word(" at the beginning of a line, unless records of another format stand before it.
  Probe probe(std::string_view head, std::string_view) override {
    const formats::Sign sign = formats::firstSign(head);
    if (sign != formats::Sign::Bibtex && sign != formats::Sign::None) return {};
    for (std::size_t at = head.find('@'); at != std::string_view::npos; at = head.find('@', at + 1)) {
      const std::size_t before = head.find_last_not_of(" \t", at == 0 ? 0 : at - 1);
      const bool beginsLine =
          at == 0 || before == std::string_view::npos || head[before] == '\n' || head[before] == '\r';
      if (!beginsLine) continue;
      std::size_t i = head.find_first_not_of(" \t\r\n", at + 1);
      const std::size_t word = i;
      while (i < head.size() && isWord(head[i])) ++i;
      const bool hasWord = i > word;
      i = head.find_first_not_of(" \t\r\n", i);
      if (hasWord && i != std::string_view::npos && (head[i] == '{' || head[i] == '(')) return {90, {}};
    }
    return {};
  }
  winnow_status read(Source source) override { return Reading(host(), source, tags_, rule_).run(); }

 private:
  formats::Tags tags_;
  std::uint32_t rule_;
};

}  // namespace
}  // namespace winnow::bibtex

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "importers-bibtex", "1.0.0", "Apache-2.0"),
              winnow::bibtex::BibtexImporter)
