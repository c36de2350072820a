#include <libxml/parser.h>

#include <nlohmann/json.hpp>

#include <cstring>
#include <fstream>
#include <stdexcept>

#include "Benchmarks.hpp"
#include "Pairs.hpp"
#include "Synthetic.hpp"
#include "engine/reading/ReadFile.hpp"
#include "engine/stages/Stages.hpp"
#include "plugins/Instance.hpp"

namespace winnow::bench {
namespace {

constexpr std::size_t kReadRecords = 20000;

/// The importer alone: bytes from memory in chunks of 64 KiB, records counted and forgotten.
struct MemorySource {
  winnow_source source;
  std::string_view text;
  std::size_t at = 0, records = 0;

  explicit MemorySource(std::string_view bytes)
      : source{sizeof source, 0, this, {"bench", 5}, bytes.size(), next, emit, declare}, text(bytes) {}
  static winnow_status WINNOW_CALL next(const winnow_source* source, winnow_str* chunk) {
    auto& self = *static_cast<MemorySource*>(source->impl);
    const std::string_view part = self.text.substr(self.at, 64 << 10);
    self.at += part.size();
    *chunk = {part.data(), part.size()};
    return part.empty() ? WINNOW_END : WINNOW_OK;
  }
  static winnow_status WINNOW_CALL emit(const winnow_source* source, const winnow_batch* batch) {
    static_cast<MemorySource*>(source->impl)->records += batch->count;
    return WINNOW_OK;
  }
  static winnow_status WINNOW_CALL declare(const winnow_source*, const winnow_declaration*, std::size_t) {
    return WINNOW_OK;
  }
};

void importer(const plugins::Catalogue& catalogue, const char* id, const std::string& text) {
  const plugins::StageEntry* entry = catalogue.find(id);
  if (entry == nullptr) throw std::runtime_error(std::string("no ") + id);
  plugins::TagTable tags;
  plugins::Services services(tags);
  plugins::Instance instance(entry->stage, engine::defaultSettings(*entry->stage), services);
  MemorySource source(text);
  instance.read(source.source);
  if (source.records != kReadRecords) throw std::runtime_error(std::string(id) + " lost records");
}

/// The way a run takes: stream, SHA-256, detection, importer, checks.
void wholeFile(const plugins::Catalogue& catalogue, const std::filesystem::path& file) {
  plugins::TagTable tags;
  std::size_t fields = 0;
  engine::readFile(
      {file, "bench", {}, {}, {}}, catalogue, tags, [](const io::Diagnostic&) {},
      [&](const engine::ReadRecord& r) { fields += r.record.field_count; });
  if (fields == 0) throw std::runtime_error("nothing was read");
}

volatile std::size_t sink;

void countLines(const std::string& text) {
  std::size_t lines = 0;
  const char* at = text.data();
  const char* end = at + text.size();
  while (const void* found = std::memchr(at, '\n', static_cast<std::size_t>(end - at))) {
    ++lines;
    at = static_cast<const char*>(found) + 1;
    if (at == end) break;
  }
  sink = lines;
}

void emptySax(const std::string& text) {
  xmlSAXHandler handler{};
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = [](void*, const xmlChar*, const xmlChar*, const xmlChar*, int, const xmlChar**, int, int,
                              const xmlChar**) { sink = sink + 1; };
  handler.characters = [](void*, const xmlChar*, int size) { sink = sink + static_cast<std::size_t>(size); };
  xmlParserCtxtPtr context = xmlCreatePushParserCtxt(&handler, nullptr, nullptr, 0, nullptr);
  xmlCtxtUseOptions(context, XML_PARSE_NONET | XML_PARSE_HUGE);
  for (std::size_t at = 0; at < text.size(); at += 64 << 10)
    xmlParseChunk(context, text.data() + at, static_cast<int>(std::min<std::size_t>(64 << 10, text.size() - at)), 0);
  xmlParseChunk(context, nullptr, 0, 1);
  xmlFreeParserCtxt(context);
}

/// What the library takes to read and check, reported to nobody.
void emptyJsonEvents(const std::string& text) {
  struct Nothing final : nlohmann::json_sax<nlohmann::json> {
    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return true; }
    bool key(string_t&) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }
  } nothing;
  if (!nlohmann::json::sax_parse(text, &nothing)) throw std::runtime_error("the works are no JSON");
}

}  // namespace

void importing(const plugins::Catalogue& catalogue, const std::filesystem::path& folder, Table& table) {
  const std::string ris = risRecords(kReadRecords), xml = endnoteRecords(kReadRecords);
  std::ofstream(folder / "bench.ris", std::ios::binary) << ris;
  std::ofstream(folder / "bench.xml", std::ios::binary) << xml;
  const std::string csv = scopusRows(kReadRecords), bib = bibtexEntries(kReadRecords);
  const auto mb = [](const std::string& text) { return static_cast<double>(text.size()); };
  table.compare(
      {"RIS importer", mb(ris), "MB", "memchr for line ends", {Budget::LeastMegabytes, 300}},
      [&] { importer(catalogue, "importers.ris", ris); }, [&] { countLines(ris); });
  table.compare(
      {"RIS file, hashed and checked", mb(ris), "MB", "memchr for line ends"},
      [&] { wholeFile(catalogue, folder / "bench.ris"); }, [&] { countLines(ris); });
  table.compare(
      {"EndNote XML importer", mb(xml), "MB", "empty SAX parse", {Budget::MostRatio, 1.5}},
      [&] { importer(catalogue, "importers.endnote-xml", xml); }, [&] { emptySax(xml); });
  const std::string bare =
      endnoteRecords(kReadRecords, Styles::None);  // of Zotero and others; the limit does two fifths of the work
  table.compare(
      {"EndNote XML importer, no styles", mb(bare), "MB", "empty SAX parse"},
      [&] { importer(catalogue, "importers.endnote-xml", bare); }, [&] { emptySax(bare); });
  table.compare(
      {"CSV importer (Scopus)", mb(csv), "MB", "memchr for line ends", {Budget::LeastMegabytes, 200}},
      [&] { importer(catalogue, "importers.csv", csv); }, [&] { countLines(csv); });
  table.compare(
      {"BibTeX importer", mb(bib), "MB", "memchr for line ends", {Budget::LeastMegabytes, 100}},
      [&] { importer(catalogue, "importers.bibtex", bib); }, [&] { countLines(bib); });
  const std::string works = openAlexWorks(kReadRecords), registered = trials(kReadRecords);
  table.compare(
      {"JSON importer (OpenAlex)", mb(works), "MB", "empty nlohmann SAX parse"},
      [&] { importer(catalogue, "importers.json", works); }, [&] { emptyJsonEvents(works); });
  table.compare(
      {"XML importer (ICTRP)", mb(registered), "MB", "empty SAX parse"},
      [&] { importer(catalogue, "importers.xml", registered); }, [&] { emptySax(registered); });
  table.compare(
      {"EndNote XML file, hashed, checked", mb(xml), "MB", "empty SAX parse"},
      [&] { wholeFile(catalogue, folder / "bench.xml"); }, [&] { emptySax(xml); });
}

}  // namespace winnow::bench
