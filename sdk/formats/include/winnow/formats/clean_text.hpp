// winnow/formats/clean_text.hpp: the text of a record as an importer wants it, with what had to be done told at its
// place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <winnow/lines.hpp>
#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>

namespace winnow::formats {

/// Makes the text of one source UTF-8 without NUL bytes. What is odd is reported once a record (an encoding, NUL bytes)
/// or once a source (entities, text encoded twice). Thread: work.
class CleanText {
 public:
  CleanText(Host host, RecordWriter& writer) : host_(host), writer_(writer) {}

  /// What was reported of the record before may be reported again.
  void beginRecord() noexcept { decodedTold_ = nulTold_ = false; }

  /// True for ASCII without NUL bytes: clean() would give `text` itself. Where a place is dear to find, ask before.
  static bool isClean(std::string_view text) noexcept;

  /// A view of `text` itself, or a copy in the writer's memory. `line`, `column`: the place of its first byte.
  /// Diagnoses text.cp1252 with a better encoding where the bytes show one, text.nul, text.double-encoded.
  std::string_view clean(std::string_view text, std::uint32_t line, std::uint32_t column);
  /// As clean(), for a part of a line.
  std::string_view clean(const Line& line, std::string_view part) {
    const auto offset = static_cast<std::uint32_t>(part.data() - line.text.data());
    return clean(part, line.number, line.hidden + offset + 1);
  }

  /// As clean(), for the text of a whole record over several lines, NUL bytes kept; decoded into `storage` if it is no
  /// UTF-8. `says`: the encoding that the file declares, for the message.
  std::string_view cleanWhole(std::string_view text, std::uint32_t line, std::uint32_t column, std::string& storage,
                              std::string_view says = {});

  /// A clean text with its HTML entities as the characters they stand for; web pages leave them in what they export.
  /// Diagnoses text.html-entity, once a source, as information.
  std::string_view withoutEntities(std::string_view text, std::uint32_t line);

  /// Tells of marks that show nothing and stood before the text of a line (Line::hidden), once a source: files were
  /// joined there. Diagnoses text.hidden-mark as information.
  void noteHidden(const Line& line);

 private:
  void tell(std::uint32_t severity, std::string_view code, std::uint32_t line, std::uint32_t column,
            std::string_view message, std::string_view action) const;
  void tellDecoded(std::string_view text, std::uint32_t line, std::uint32_t column, std::string_view says);
  void tellDouble(std::uint32_t line, std::uint32_t column);

  Host host_;
  RecordWriter& writer_;
  std::string sample_;  ///< text that is no UTF-8: enough to tell its encoding
  bool decodedTold_ = false, nulTold_ = false, entityTold_ = false, doubleTold_ = false, hiddenTold_ = false;
};

}  // namespace winnow::formats
