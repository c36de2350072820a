#include "JsonReading.hpp"

#include <algorithm>

#include <winnow/formats/text.hpp>
#include <winnow/lines.hpp>

namespace winnow::json {

std::vector<std::string> membersOf(std::string_view path) {
  std::vector<std::string> members;
  for (const std::string_view member : formats::split(path, ".")) members.emplace_back(member);
  return members;
}

Reading::Reading(Host host, Source source, tree::TreeMapper& mapper, std::vector<std::string> path)
    : host_(host),
      writer_(host, source),
      slices_(source, writer_, std::move(path)),
      mapper_(mapper),
      nodes_(mapper.paths(), writer_) {}

winnow_status Reading::run() {
  Slice slice;
  while (slices_.next(slice)) {
    takeNotices();
    readSlice(slice);
    if (!writer_.full()) continue;
    if (const winnow_status status = writer_.flush(); status != WINNOW_OK) return status;
  }
  takeNotices();
  if (slices_.status() != WINNOW_OK) return writer_.flushAfter(slices_.status());
  tellAtEnd();
  return writer_.flush();
}

void Reading::tell(std::uint32_t severity, std::string_view code, const winnow_span& at, std::string_view message,
                   std::string_view action) {
  host_.diagnose({severity, code, message, action, at, writer_.count() + 1});
}

void Reading::tellAt(const Slice& slice, std::size_t offset, std::uint32_t severity, std::string_view code,
                     std::string_view message, std::string_view action) {
  const std::string_view before = slice.text.substr(0, std::min(offset, slice.text.size()));
  std::size_t lineBegin = 0;
  const std::uint32_t breaks = countLineEnds(before, lineBegin);
  winnow_span at{};
  at.line = slice.line + breaks;
  at.column = static_cast<std::uint32_t>(breaks == 0 ? slice.column + before.size() : before.size() - lineBegin + 1);
  tell(severity, code, at, message, action);
}

/// Tells what stands outside of records and is more than their frame.
void Reading::takeNotices() {
  const tagged::Table& table = mapper_.table();
  for (const Notice& notice : slices_.takeNotices()) {
    if (notice.is == Notice::Is::NoList) {
      hasFault_ = true;
      tell(WINNOW_ERROR, "json.no-list", notice.at,
           "this object is no " + table.name + " record and has no list of them", "left out");
      continue;
    }
    const bool isKnown = std::find(table.beside.begin(), table.beside.end(), notice.name) != table.beside.end();
    if (!isKnown && otherLists_.insert(notice.name).second)
      tell(WINNOW_WARNING, "json.other-list", notice.at,
           "the list '" + notice.name + "' stands beside the records, and " + table.name + " is not known to write it",
           "left out");
  }
}

void Reading::tellAtEnd() {
  if (slices_.isCutOff()) {
    winnow_span at{};
    at.line = slices_.line();
    at.column = 1;
    tell(WINNOW_WARNING, "json.truncated", at, "the file ends within a list or an object: it is cut off",
         "what came before was read; export it again");
  }
  if (passedOver_ > 0)
    tell(WINNOW_INFO, "json.passed-over", firstPassedOver_,
         std::to_string(passedOver_) + (passedOver_ == 1 ? " item is" : " items are") +
             " no record of the bibliography (attachments, notes)",
         "passed over");
  if (writer_.count() > 0 || hasFault_) return;
  winnow_span at{};
  at.line = at.column = 1;
  tell(WINNOW_WARNING, "json.no-record", at, "the file holds no record", "nothing was imported");
}

void Reading::readSlice(const Slice& slice) {
  std::string decodedText;
  std::string_view text = slice.text;
  std::size_t bad = 0;
  if (!formats::isUtf8(text, &bad)) {
    tellAt(slice, bad, WINNOW_WARNING, "text.cp1252", "this record is not UTF-8", "read as Windows-1252");
    decodedText = formats::cp1252ToUtf8(text);
    text = decodedText;
  }
  winnow_span at{};
  at.byte = slice.byte;
  at.line = slice.line;
  at.column = slice.column;
  at.length = static_cast<std::uint32_t>(slice.text.size());
  Fault fault;
  if (!readObject(text, mapper_.table().under, nodes_, fault)) {
    hasFault_ = true;
    writer_.declare(at, WINNOW_UNREADABLE);
    tellAt(slice, fault.offset, WINNOW_ERROR, slice.closed ? "json.syntax" : "json.truncated",
           "the record is no JSON: " + fault.what, "this record was left out");
    return;
  }
  if (mapper_.isPassedOver(nodes_)) {
    writer_.declare(at, WINNOW_COMMENT);
    if (passedOver_++ == 0) firstPassedOver_ = at;
    return;
  }
  writer_.begin(at);
  addRawFields(slice);
  if (const tagged::Value* bad_date = mapper_.map(nodes_, writer_)) {
    at.line = bad_date->raw == WINNOW_NONE ? slice.line : writer_.field(bad_date->raw).line;
    at.column = 1;
    tell(WINNOW_WARNING, "date.unreadable", at, "'" + std::string(bad_date->text.substr(0, 60)) + "' tells no year",
         "the date was left out");
  }
  writer_.end();
}

void Reading::addRawFields(const Slice& slice) {
  rawTags_.resize(mapper_.paths().size());
  for (tree::Node& node : nodes_.all()) {
    if (node.text.empty()) continue;
    formats::RawTag& tag = rawTags_[node.path];
    if (tag.number == 0) tag = tree::rawTag(host_, mapper_.table(), mapper_.paths().text(node.path));
    node.raw = writer_.raw(tag.number, node.text, slice.line + node.line - 1, tag.flags);
  }
}

}  // namespace winnow::json
