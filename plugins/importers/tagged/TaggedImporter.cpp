#include "TaggedImporter.hpp"

#include <algorithm>
#include <stdexcept>

#include <winnow/formats/signs.hpp>
#include <winnow/lines.hpp>

#include "Lines.hpp"
#include "PeekedSource.hpp"
#include "Reading.hpp"

namespace winnow::tagged {

namespace {

constexpr std::size_t kMostPreamble = 200;

/// A table, JSON, XML or BibTeX from the first line on: tags that stand within it are text of its cells.
bool beginsAsOther(std::string_view head) {
  const std::size_t begin = std::min(head.find_first_not_of("\r\n\t "), head.size());
  const formats::Sign sign = formats::signOf(head.substr(begin, head.find_first_of("\r\n", begin) - begin));
  return sign == formats::Sign::Table || sign == formats::Sign::Json || sign == formats::Sign::Xml ||
         (sign == formats::Sign::Bibtex && head[begin] == '@');
}

/// True if a record of another format stands before the first of this one: people join files, and the file is the first
/// one's, whose importer names the rest. Rows of a table are no sign: headings of an export may look like them.
bool holdsOthersBefore(const std::vector<std::string_view>& before, std::string_view opening) {
  const formats::Sign own = formats::signOf(opening);
  return std::any_of(before.begin(), before.end(), [&](std::string_view line) {
    const formats::Sign sign = formats::signOf(line);
    return sign != own && sign != formats::Sign::Table && formats::isSure(sign, line);
  });
}

/// The values of the first record in `head`, the lines before it, and the line that opens it.
void firstRecord(std::string_view head, const Table& table, TagNames& names, std::vector<Value>& record,
                 std::vector<std::string_view>& before, std::string_view& opening) {
  bool open = false;
  std::size_t margin = 0;
  for (std::size_t begin = 0; begin < head.size();) {
    std::size_t end = head.find_first_of("\r\n", begin);
    if (end == std::string_view::npos) end = head.size();
    std::string_view line = head.substr(begin, end - begin);
    line.remove_prefix(hiddenSize(line));
    begin = end + 1;
    line = withoutMargin(line, margin);
    const TagLine tag = lookAt(line, table);
    if (tag.kind == TagLine::Kind::Number) margin = marginOf(line);
    if (tag.kind == TagLine::Kind::Blank) {
      if (table.blankEnds && open) return;
      continue;
    }
    if (tag.kind == TagLine::Kind::Number && open) return;
    if (tag.kind == TagLine::Kind::Value && open && table.shape == Shape::Label && !record.empty() &&
        record.back().text.empty())
      record.back().text = tag.value;
    if (tag.kind != TagLine::Kind::Tag) {
      if (!open && before.size() < kMostPreamble) before.push_back(line);
      continue;
    }
    const bool isBegin =
        table.begins.empty() || std::find(table.begins.begin(), table.begins.end(), tag.tag) != table.begins.end();
    if (open && isBegin && !table.begins.empty() && !table.blankEnds && !table.numbered) return;
    if (!open && !isBegin && !table.blankEnds && !table.numbered) {
      if (before.size() < kMostPreamble) before.push_back(line);
      continue;
    }
    if (!open) opening = line;
    open = true;
    record.push_back({names.number(tag.tag), tag.value, 0});
    if (std::find(table.ends.begin(), table.ends.end(), tag.tag) != table.ends.end()) return;
  }
}

}  // namespace

Table checkedTable(const Host& host, std::string_view builtIn, std::string_view setting) {
  std::vector<TableProblem> problems;
  Table parent = readTable(builtIn, problems);
  if (!problems.empty())
    throw std::runtime_error("built-in table, line " + std::to_string(problems.front().line) + ": " +
                             problems.front().message);
  if (setting.empty()) return parent;
  Table own = readTable(setting, problems);
  if (problems.empty() && own.extends != parent.id)
    problems.push_back({1, 1, "the table extends '" + own.extends + "', not '" + parent.id + "'"});
  const bool isOfPaths = parent.id == "importers.json" || parent.id == "importers.xml";
  for (const Rule& rule : own.rules)
    if (rule.isOfPaths != isOfPaths)
      problems.push_back({rule.line, rule.column,
                          isOfPaths ? "over JSON and XML a rule names a 'path'"
                                    : "only over JSON and XML a rule names a 'path'; here it is a 'tag'"});
  for (const TableProblem& problem : problems) {
    winnow_span at{};
    at.line = problem.line;
    at.column = problem.column;
    host.diagnose({WINNOW_ERROR, "table.problem", problem.message, {}, at, 0});
  }
  if (!problems.empty()) throw std::runtime_error("the dialect table is not good");
  return extended(parent, own);
}

std::string signsOf(const Table& table) {
  const auto joined = [](const std::vector<std::string>& tags, std::string_view between) {
    std::string text;
    for (const std::string& tag : tags) text.append(text.empty() ? std::string_view{} : between).append(tag);
    return text;
  };
  const auto inWords = [&](const Sign& sign) -> std::string {
    const std::string tag = joined(sign.tags, " and "), quoted = "'" + sign.text + "'";
    switch (sign.is) {
      case Sign::Is::Line:
        return "a line that begins with " + quoted;
      case Sign::Is::Before:
        return quoted + " before the first record";
      case Sign::Is::Begins:
        return tag + " begins with " + quoted;
      case Sign::Is::Contains:
        return tag + " holds " + quoted;
      case Sign::Is::Equals:
        return tag + " is " + quoted;
      case Sign::Is::Behind:
        return tag + " stands behind " + sign.text;
      case Sign::Is::Only:
        return "no other tags than " + joined(sign.tags, " ");
      case Sign::Is::There:
        break;
    }
    return tag;
  };
  std::string text;
  const auto add = [&](const std::vector<Sign>& signs, const char* between) {
    for (const Sign& sign : signs) text.append(text.empty() ? "" : between).append(inWords(sign));
  };
  add(table.any, " or ");
  add(table.all, " and ");
  return text;
}

TableWords::TableWords(const Table& table) : table_(table) {
  for (const Expectation& test : table.tests) {
    std::vector<winnow_setting>& list = first_.emplace_back();
    for (const auto& [tag, value] : test.first) list.push_back({str(tag), str(value)});
  }
  words_ = {sizeof words_,
            0,
            this,
            str(table.id),
            str(table.version),
            str(table.help),
            str(table.name),
            str(table.source),
            str(table.license),
            str(table.vendor),
            table.tests.size(),
            test};
}

winnow_table_test WINNOW_CALL TableWords::test(const winnow_table* table, std::size_t index) {
  const auto& self = *static_cast<const TableWords*>(table->impl);
  const Expectation& test = self.table_.tests[index];
  return {str(test.input), test.records, self.first_[index].data(), self.first_[index].size()};
}

TaggedImporter::TaggedImporter(Host host, const Settings& settings, std::string_view builtIn, std::string_view other)
    : Importer(host),
      tags_(host),
      isOwn_(!settings.text("table").empty()),
      format_(host, tags_, checkedTable(host, builtIn, settings.text("table"))) {
  if (isOwn_)
    words_ = std::make_unique<TableWords>(format_.table);
  else if (!other.empty())
    other_ = std::make_unique<Format>(host, tags_, checkedTable(host, other, {}));
}

std::uint32_t TaggedImporter::Format::confidence(std::string_view head) const {
  if (table.any.empty() && table.all.empty()) return 0;
  TagNames own;
  std::vector<Value> record;
  std::vector<std::string_view> before;
  std::string_view opening;
  firstRecord(head, table, own, record, before, opening);
  if (record.empty() || holdsOthersBefore(before, opening)) return 0;
  return Detection(table, [&](std::string_view tag) { return own.number(tag); }).confidence({record, before});
}

Probe TaggedImporter::probe(std::string_view head, std::string_view) {
  if (beginsAsOther(head)) return {};
  const std::uint32_t first = format_.confidence(head), second = other_ == nullptr ? 0 : other_->confidence(head);
  if (second > first) return {second, other_->table.name};
  if (first == 0) return {};
  return {first, isOwn_ || other_ != nullptr ? std::string_view(format_.table.name) : std::string_view{}};
}

winnow_status TaggedImporter::read(Source source) {
  if (other_ == nullptr) return Reading(host(), source, format_.table, format_.mapper, format_.names).run();
  PeekedSource peeked(source);
  Format& format = other_->confidence(peeked.head()) > format_.confidence(peeked.head()) ? *other_ : format_;
  return Reading(host(), Source(peeked.get()), format.table, format.mapper, format.names).run();
}

std::vector<winnow::Format> TaggedImporter::formats() const {
  std::vector<winnow::Format> list;
  for (const Format* format : {&format_, static_cast<const Format*>(other_.get())})
    if (format != nullptr && !format->toldBy.empty())
      list.push_back({other_ == nullptr ? std::string_view{} : format->table.name, format->table.name, format->toldBy,
                      format->table.source});
  return list;
}

const void* TaggedImporter::extension(std::string_view id) {
  return id == WINNOW_EXT_TABLE && words_ != nullptr ? words_->get() : nullptr;
}

}  // namespace winnow::tagged
