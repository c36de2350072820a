#include "Reading.hpp"

#include <algorithm>

#include <winnow/formats/text.hpp>

#include "XmlRepair.hpp"

namespace winnow::xml {

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
    tell(WINNOW_ERROR, "xml.no-record", 1, 1, "the file holds no " + std::string(shown_), "nothing was imported");
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
  std::string_view text = slice_.text;
  std::size_t bad = 0;
  if (!formats::isUtf8(text, &bad)) {
    const std::string_view before = text.substr(0, bad);
    const std::size_t begin = before.rfind('\n');
    const auto line = slice_.line + static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
    const auto column = static_cast<std::uint32_t>(begin == std::string_view::npos ? slice_.column + bad : bad - begin);
    const std::string& says = slices_.surroundings().encoding;
    if (!isDeclaredLatin())
      tell(WINNOW_WARNING, "text.cp1252", line, column,
           "this record is not UTF-8" + (says.empty() ? std::string() : ", though the file says " + says),
           "read as Windows-1252");
    decoded_ = formats::cp1252ToUtf8(text);
    text = decoded_;
  }
  if (!slice_.closed || !parse(text)) readDamaged(text);
  writer_.begin(at);
  if (fill())
    writer_.end();
  else
    writer_.abandon();  // no record of this format: the host reports its bytes
}

/// Mends what can be mended and keeps what came before the rest.
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

std::uint32_t Reading::rawTag(const std::string& path) {
  if (const auto known = rawTags_.find(path); known != rawTags_.end()) return known->second;
  const bool isTooMuch = rawBytes_ + path.size() > kMostRawBytes;  // the tags of a file are kept until the end
  if (isTooMuch) return host_.tag("raw:(others)");
  rawBytes_ += path.size();
  return rawTags_.emplace(path, host_.tag("raw:" + path)).first->second;
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
        rawOf_[owner.index()] = writer_.raw(rawTag(path), writer_.keep(formats::trim(node.text)), fileLine(node.line));
      else
        writer_.raw(rawTag(path), writer_.keep(formats::trim(node.text)), fileLine(node.line));
    }
    for (const auto& [name, value] : node.attributes)
      if (!value.empty()) writer_.raw(rawTag(path + "@" + name), writer_.keep(value), fileLine(node.line));
  }
  return derive(tree_.root());
}

RecordWriter::Origin TreeReading::from(Element element, std::uint32_t rule) const {
  std::uint32_t raw = WINNOW_NONE;
  if (element)
    for (std::uint32_t i = element.index(); i < tree_.nodes()[element.index()].end && raw == WINNOW_NONE; ++i)
      raw = rawOf_[i];
  return {raw, rule, 0, 0};
}

}  // namespace winnow::xml
