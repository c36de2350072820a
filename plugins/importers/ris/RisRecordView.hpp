// Looking up the values of one RIS record by tag.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

#include <winnow/formats/pages.hpp>
#include <winnow/formats/text.hpp>

#include "RisDialect.hpp"

namespace winnow::ris {

/// The values that say something: neither blank nor a placeholder ("nan", "No", "Specified"), and not of a tag that the
/// dialect leaves raw. Borrows the record.
class RecordView {
 public:
  RecordView(const std::vector<Value>& record, std::vector<std::uint32_t> rawTags)
      : record_(record), rawTags_(std::move(rawTags)) {}

  /// The first value of a tag, or null.
  const Value* first(std::string_view tag) const {
    const std::uint32_t wanted = code(tag);
    const auto found =
        std::find_if(record_.begin(), record_.end(), [&](const Value& v) { return v.tag == wanted && holds(v); });
    return found == record_.end() ? nullptr : &*found;
  }
  /// The first value of the first of these tags that has one, or null.
  const Value* firstOf(std::initializer_list<std::string_view> tags) const {
    for (const std::string_view tag : tags)
      if (const Value* v = first(tag)) return v;
    return nullptr;
  }
  /// Calls each(value) for every value of these tags, in the order of the file.
  template <class Each>
  void forEach(std::initializer_list<std::string_view> tags, Each&& each) const {
    for (const Value& v : record_)
      for (const std::string_view tag : tags)
        if (v.tag == code(tag) && holds(v)) each(v);
  }

 private:
  /// Codes of languages look like placeholders ("no", "na").
  bool holds(const Value& v) const {
    const bool isLanguage = v.tag == code("LA") || v.tag == code("LG");
    if (std::find(rawTags_.begin(), rawTags_.end(), v.tag) != rawTags_.end()) return false;
    return !formats::isBlank(v.text) && (isLanguage || !formats::isPlaceholder(v.text));
  }

  const std::vector<Value>& record_;
  std::vector<std::uint32_t> rawTags_;
};

}  // namespace winnow::ris
