#include "Detection.hpp"

#include <algorithm>

#include <winnow/formats/text.hpp>

namespace winnow::tagged {

namespace {

bool has(const std::vector<std::uint32_t>& tags, std::uint32_t tag) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

}  // namespace

std::uint64_t bitsOf(const std::vector<Value>& record) {
  std::uint64_t bits = 0;
  for (const Value& v : record) bits |= bitOf(v.tag);
  return bits;
}

Detection::Detection(const Table& table, const Numbering& number) : confidence_(table.confidence) {
  const auto ready = [&](const std::vector<Sign>& signs) {
    std::vector<Ready> list;
    for (const Sign& sign : signs) {
      Ready one{sign.is, {}, 0, 0, sign.text};
      for (const std::string& tag : sign.tags) one.tags.push_back(number(tag));
      if (sign.is == Sign::Is::Behind) one.before = number(sign.text);
      if (sign.is != Sign::Is::Only)
        for (const std::uint32_t tag : one.tags) one.bits |= bitOf(tag);
      list.push_back(std::move(one));
    }
    return list;
  };
  any_ = ready(table.any);
  all_ = ready(table.all);
}

std::uint32_t Detection::confidence(const Seen& seen) const {
  if (any_.empty() && all_.empty()) return 0;
  const auto shown = [&](const Ready& sign) { return isShown(sign, seen); };
  const bool any = any_.empty() || std::any_of(any_.begin(), any_.end(), shown);
  return any && std::all_of(all_.begin(), all_.end(), shown) ? confidence_ : 0;
}

bool Detection::isShown(const Ready& sign, const Seen& seen) {
  if ((sign.bits & ~seen.bits) != 0) return false;
  const std::vector<Value>& record = seen.record;
  const auto anyValue = [&](auto&& fits) {
    return std::any_of(record.begin(), record.end(),
                       [&](const Value& v) { return v.tag == sign.tags.front() && fits(formats::trim(v.text)); });
  };
  switch (sign.is) {
    case Sign::Is::Line:
      return std::any_of(seen.lines.begin(), seen.lines.end(), [&](std::string_view line) {
        return formats::startsWithIgnoringCase(formats::trim(line), sign.text);
      });
    case Sign::Is::Before:
      return std::any_of(seen.lines.begin(), seen.lines.end(),
                         [&](std::string_view text) { return formats::containsIgnoringCase(text, sign.text); });
    case Sign::Is::Begins:
      return anyValue([&](std::string_view text) { return formats::startsWithIgnoringCase(text, sign.text); });
    case Sign::Is::Contains:
      return anyValue([&](std::string_view text) { return formats::containsIgnoringCase(text, sign.text); });
    case Sign::Is::Equals:
      return anyValue([&](std::string_view text) { return formats::equalsIgnoringCase(text, sign.text); });
    case Sign::Is::There:
      return std::all_of(sign.tags.begin(), sign.tags.end(), [&](std::uint32_t tag) {
        return std::any_of(record.begin(), record.end(), [&](const Value& v) { return v.tag == tag; });
      });
    case Sign::Is::Behind:
      for (std::size_t i = 1; i < record.size(); ++i)
        if (record[i].tag == sign.tags.front() && record[i - 1].tag == sign.before) return true;
      return false;
    case Sign::Is::Only:
      return std::all_of(record.begin(), record.end(), [&](const Value& v) { return has(sign.tags, v.tag); });
  }
  return false;
}

}  // namespace winnow::tagged
