// EndNote's <style face="normal" font="default" size="100%"> says nothing about a record, and is two fifths of its XML.
#pragma once

#include <string>
#include <string_view>

namespace winnow::endnote {

/// Takes <style> elements out of a text, so that the parser need not read them. One thread.
class StyleTags {
 public:
  /// The text with the words alone where <style ...>words</style> stands right behind a tag: well-formed exactly where
  /// `text` is, and with the same texts and lines for a reader to whom <style> means nothing. Tags that are not beyond
  /// doubt stay. Valid until the next call and as long as `text`.
  std::string_view withoutThem(std::string_view text);

 private:
  std::string_view knownTag(std::string_view text);

  std::string known_;  ///< the newest sound tag: the same few stand everywhere
  std::string text_;
};

}  // namespace winnow::endnote
