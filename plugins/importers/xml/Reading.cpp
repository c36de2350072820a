#include "Reading.hpp"

#include <algorithm>

#include <winnow/formats/text.hpp>
#include <winnow/formats/volatile.hpp>

#include "XmlRepair.hpp"

namespace winnow::xml {

namespace {

/// The time that the parser takes for a tag grows with the square of its attributes.
bool hasLongTag(std::string_view text) {
  constexpr std::size_t kLongest = 32 * 1024;
  if (text.size() <= kLongest) return false;
  for (std::size_t at = text.find('<'); at != std::string_view::npos;) {
    const std::size_t next = std::min(text.find('<', at + 1), text.size());
    const bool isData = text.substr(at, 2) == "<!";
    if (next - at > kLongest && !isData && text.find('>', at) - at > kLongest) return true;
    at = next == text.size() ? std::string_view::npos : next;
  }
  return false;
}

}  // namespace

winnow_status Reading::run() {
  while (slices_.next(slice_)) {
    if (refuseEntities()) return WINNOW_FAILED;
    readSlice();
    if (!writer_.full()) continue;
    if (const winnow_status status = writer_.flush(); status != WINNOW_OK) return status;
  }
  if (slices_.status() != WINNOW_OK) return writer_.flushAfter(slices_.status());
  if (refuseEntities()) return WINNOW_FAILED;
  tellSecondDocument();
  if (writer_.count() == 0) {
    tell(WINNOW_ERROR, "xml.no-record", 1, 1, "the file holds no " + shown_, "nothing was imported");
    return WINNOW_FAILED;
  }
  return writer_.flush();
}

void Reading::tell(std::uint32_t severity, std::string_view code, std::uint32_t line, std::uint32_t column,
                   std::string_view message, std::string_view action) {
  winnow_span at{};
  at.line = line;
  at.column = column == 0 ? 1 : column;
  host_.diagnose({severity, code, message, action, at, writer_.count() + 1});
}

/// An export declares no entities; a file that does is an attack or broken beyond trust.
bool Reading::refuseEntities() {
  const Surroundings& around = slices_.surroundings();
  if (!around.entityDeclared) return false;
  if (around.externalEntity)
    tell(WINNOW_ERROR, "xml.external-entity", around.entityLine, around.entityColumn,
         "the file declares an entity that names another file", "nothing was read");
  else
    tell(WINNOW_ERROR, "xml.entity-bomb", around.entityLine, around.entityColumn,
         "the file declares entities of its own", "nothing was imported");
  return true;
}

void Reading::tellSecondDocument() {
  const std::uint32_t line = slices_.surroundings().secondDocument;
  if (line == 0 || secondTold_) return;
  secondTold_ = true;
  tell(WINNOW_WARNING, "xml.second-document", line, 1, "a second XML document begins", "its records are read as well");
}

/// Bytes beyond ASCII are then what the file says they are, and no defect.
bool Reading::isDeclaredLatin() const {
  const std::string encoding = formats::lower(slices_.surroundings().encoding);
  return encoding == "windows-1252" || encoding == "cp1252" || encoding == "iso-8859-1" || encoding == "latin1" ||
         encoding == "iso-8859-15";
}

void Reading::readSlice() {
  tellSecondDocument();
  winnow_span at{};
  at.byte = slice_.byte;
  at.line = slice_.line;
  at.column = slice_.column;
  at.length = static_cast<std::uint32_t>(slice_.text.size());
  if (!slice_.closed && isWrapper(slice_.text)) return writer_.declare(at, WINNOW_STRUCTURE);
  if (hasLongTag(slice_.text)) {
    writer_.declare(at, WINNOW_UNREADABLE);
    return tell(WINNOW_ERROR, "xml.long-tag", slice_.line, slice_.column, "a tag of the record is longer than 32 KiB",
                "the record was left out");
  }
  const std::string_view text = decodedSlice();
  if (!slice_.closed || !parse(text)) readDamaged(text);
  writer_.begin(at);
  if (fill())
    writer_.end();
  else
    writer_.abandon();  // no record of this format: the host reports its bytes
}

std::string_view Reading::decodedSlice() {
  if (isDeclaredLatin()) {
    if (formats::isUtf8(slice_.text)) return slice_.text;
    decoded_ = formats::cp1252ToUtf8(slice_.text);
    return decoded_;
  }
  clean_.beginRecord();
  return clean_.cleanWhole(slice_.text, slice_.line, slice_.column, decoded_, slices_.surroundings().encoding);
}

/// Fixes what can be fixed and keeps what came before the rest.
void Reading::readDamaged(std::string_view text) {
  std::vector<Defect> defects;
  const std::string mended = repair(text, slice_.line, slice_.column, defects);
  for (const Defect& d : defects) tell(WINNOW_WARNING, d.code, d.line, d.column, d.message, d.action);
  const bool whole = parse(mended);
  if (slice_.isCut) {
    tell(WINNOW_WARNING, "xml.record-too-large", slice_.line, slice_.column, "the record has no end tag within 8 MiB",
         "its complete fields up to there were kept");
  } else if (!slice_.closed) {
    tell(WINNOW_WARNING, slice_.text.find("</") == std::string_view::npos ? "xml.truncated" : "xml.missing-close",
         slice_.endLine, 1, "the record has no end tag", "its complete fields were kept");
  } else if (!whole) {
    tell(WINNOW_WARNING, "xml.not-well-formed", fileLine(std::max(fault().line, 1u)), fault().column,
         "the record is not well-formed: " + fault().what, "the fields before the defect were kept");
  }
}

formats::RawTag Reading::rawTag(const std::string& path) {
  if (const auto known = rawTags_.find(path); known != rawTags_.end()) return known->second;
  const bool isTooMuch = rawBytes_ + path.size() > kMostRawBytes;  // the tags of a file are kept until the end
  if (isTooMuch) return {host_.tag("raw:(others)"), WINNOW_FIELD_KNOWN};
  rawBytes_ += path.size();
  const int flags = WINNOW_FIELD_KNOWN | (formats::isVolatileName(path) ? WINNOW_FIELD_VOLATILE : 0);
  return rawTags_.emplace(path, formats::RawTag{host_.tag("raw:" + path), static_cast<std::uint16_t>(flags)})
      .first->second;
}

bool TreeReading::fill() {
  rawOf_.assign(tree_.nodes().size(), WINNOW_NONE);
  for (std::uint32_t i = 0; i < tree_.nodes().size(); ++i) {
    const Node& node = tree_.nodes()[i];
    if (node.name.empty() && formats::isBlank(node.text)) continue;
    if (!node.name.empty() && node.attributes.empty()) continue;
    const Element owner(&tree_, node.name.empty() ? node.parent : i);
    const std::string path = owner.path();
    if (node.name.empty()) {
      if (rawOf_[owner.index()] == WINNOW_NONE)
        rawOf_[owner.index()] = addRaw(path, writer_.keep(formats::trim(node.text)), node.line);
      else
        addRaw(path, writer_.keep(formats::trim(node.text)), node.line);
    }
    for (const auto& [name, value] : node.attributes)
      if (!value.empty()) addRaw(path + "@" + name, writer_.keep(value), node.line);
  }
  return derive(tree_.root());
}

/// The schema of the format says what every element is.
std::uint32_t TreeReading::addRaw(const std::string& path, std::string_view value, std::uint32_t line) {
  const formats::RawTag tag = rawTag(path);
  return writer_.raw(tag.number, value, fileLine(line), tag.flags);
}

RecordWriter::Origin TreeReading::from(Element element, std::uint32_t rule) const {
  std::uint32_t raw = WINNOW_NONE;
  if (element)
    for (std::uint32_t i = element.index(); i < tree_.nodes()[element.index()].end && raw == WINNOW_NONE; ++i)
      raw = rawOf_[i];
  return {raw, rule, 0, 0};
}

}  // namespace winnow::xml
