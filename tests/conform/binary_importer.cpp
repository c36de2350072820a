// An importer of a binary format, invented for the tests: the mark FF FE 'B' 1F, then records of one byte for the
// length of the title and its bytes. With FAULT=FORGETS it does not say that it wants bytes, so the host takes the mark
// for the beginning of UTF-16.
#include <string>

#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>
#include <winnow/tags.hpp>

namespace {

using namespace winnow;
using namespace std::string_view_literals;

constexpr int WELL = 1, FORGETS = 2;
constexpr std::string_view kMark = "\xFF\xFE\x42\x1F"sv;

class BinaryImporter final : public Importer {
 public:
  static constexpr std::string_view id = "importers.test-binary", version = "1.0.0", help = "Titles behind lengths.";
  static constexpr std::uint32_t flags =
      WINNOW_DETERMINISTIC | WINNOW_PARALLEL_INSTANCES | (FAULT == FORGETS ? 0 : WINNOW_WANTS_BYTES);

  BinaryImporter(Host host, const Settings&)
      : Importer(host), raw_(host.tag("raw:TITLE")), title_(host.tag(tags::kTitle)), rule_(host.tag("binary.title")) {
    if ((host.features() & WINNOW_HOST_BYTES) == 0) throw std::runtime_error("this host hands over text alone");
  }
  Probe probe(std::string_view head, std::string_view) override {
    return {head.substr(0, kMark.size()) == kMark ? 100u : 0u, {}};
  }
  winnow_status read(Source source) override {
    std::string bytes;
    std::string_view chunk;
    winnow_status status = WINNOW_OK;
    while ((status = source.next(chunk)) == WINNOW_OK) bytes += chunk;
    RecordWriter writer(host(), source);
    if (bytes.substr(0, kMark.size()) != kMark) return status == WINNOW_END ? WINNOW_OK : status;
    writer.declare(at(0, kMark.size()), WINNOW_HEADING);
    std::size_t begin = kMark.size();
    while (begin < bytes.size() && bytes[begin] != '\0') {
      const std::size_t size = 1 + static_cast<unsigned char>(bytes[begin]);
      if (begin + size > bytes.size()) {
        host().diagnose({WINNOW_ERROR, "binary.cut-off", "the file ends within a record", "left out",
                         at(begin, bytes.size() - begin), writer.count() + 1});
        writer.declare(at(begin, bytes.size() - begin), WINNOW_UNREADABLE);
        break;
      }
      writer.begin(at(begin, size));
      const std::string_view title = writer.keep(std::string_view(bytes).substr(begin + 1, size - 1));
      writer.derive(title_, title, {writer.raw(raw_, title, 1), rule_, 0, 0});
      writer.end();
      if (writer.full())
        if (const winnow_status sent = writer.flush(); sent != WINNOW_OK) return sent;
      begin += size;
    }
    if (const winnow_status sent = writer.flush(); sent != WINNOW_OK) return sent;
    return status == WINNOW_END ? WINNOW_OK : status;
  }

 private:
  /// A format without lines says line 1; the column is the byte's.
  static winnow_span at(std::size_t byte, std::size_t size) {
    return {byte, 1, static_cast<std::uint32_t>(byte + 1), static_cast<std::uint32_t>(size), 0};
  }
  std::uint32_t raw_, title_, rule_;
};

}  // namespace

WINNOW_PLUGIN(winnow::PluginMetadata("winnow tests", "binary", "1.0.0", "CC0-1.0"), BinaryImporter)
