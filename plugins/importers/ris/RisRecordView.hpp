// Looking up the values of one RIS record by tag.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <vector>

#include <winnow/formats/pages.hpp>
#include <winnow/formats/text.hpp>

#include "RisDialect.hpp"
#include "tagged/Detection.hpp"

namespace winnow::ris {

/// The values that say something: neither blank nor a placeholder ("nan", "No", "Specified"), and not of a tag that the
/// dialect leaves raw. Borrows the record. Most tags that are asked for are not there, which costs nothing.
class RecordView {
 public:
  RecordView(const std::vector<Value>& record, const std::vector<std::uint32_t>& rawTags) {
    values_.reserve(record.size());
    for (const Value& v : record) {
      if (!holds(v, rawTags)) continue;
      values_.push_back(&v);
      bits_ |= tagged::bitOf(v.tag);
    }
  }

  /// The first value of a tag, or null.
  const Value* first(std::string_view tag) const {
    const std::uint32_t wanted = code(tag);
    if ((bits_ & tagged::bitOf(wanted)) == 0) return nullptr;
    const auto found = std::find_if(values_.begin(), values_.end(), [&](const Value* v) { return v->tag == wanted; });
    return found == values_.end() ? nullptr : *found;
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
    std::uint64_t wanted = 0;
    for (const std::string_view tag : tags) wanted |= tagged::bitOf(code(tag));
    if ((bits_ & wanted) == 0) return;
    for (const Value* v : values_) {
      if ((tagged::bitOf(v->tag) & wanted) == 0) continue;
      for (const std::string_view tag : tags)
        if (v->tag == code(tag)) each(*v);
    }
  }

 private:
  /// Codes of languages look like placeholders ("no", "na").
  static bool holds(const Value& v, const std::vector<std::uint32_t>& rawTags) {
    const bool isLanguage = v.tag == code("LA") || v.tag == code("LG");
    if (std::find(rawTags.begin(), rawTags.end(), v.tag) != rawTags.end()) return false;
    return !formats::isBlank(v.text) && (isLanguage || !formats::isPlaceholder(v.text));
  }

  std::vector<const Value*> values_;
  std::uint64_t bits_ = 0;  ///< tagged::bitOf of their tags
};

}  // namespace winnow::ris
