#include "RecordLeaves.hpp"

#include <algorithm>

#include <winnow/formats/text.hpp>

namespace winnow::endnote {

namespace {

constexpr std::size_t kDeepest = 64;  ///< a path's text grows with each step; EndNote's have four

}  // namespace

/// A defect must be reported at its place in the text as it is, so that is parsed then.
bool RecordLeaves::parse(std::string_view text) {
  return parser_.parse(styles_.withoutThem(text)) || parser_.parse(text);
}

void RecordLeaves::begin() {
  leaves_.clear();
  open_.clear();
  texts_.clear();
  leafBegin_ = 0;
}

void RecordLeaves::open(xml::Name name, const xml::Attributes& attributes) {
  if (name == style_) return;
  if (open_.size() >= kDeepest) return parser_.stop("elements are nested too deeply");
  endLeaf();
  open_.push_back(open_.empty() ? xml::Paths::kRecord : paths_.below(open_.back(), name));
  beginLeaf();
  if (name != refType_) return;
  attributes.each([&](xml::Name key, std::string_view value) {
    if (key != name_) return;
    texts_ += formats::decodeEntities(value);
    leaves_.push_back({paths_.attribute(open_.back(), key), static_cast<std::uint32_t>(leafBegin_),
                       static_cast<std::uint32_t>(texts_.size() - leafBegin_), leafLine_});
    beginLeaf();
  });
}

void RecordLeaves::close(xml::Name name) {
  if (name == style_ || open_.empty()) return;
  endLeaf();
  open_.pop_back();
  beginLeaf();
}

void RecordLeaves::beginLeaf() {
  leafBegin_ = texts_.size();
  leafLine_ = parser_.line();
}

/// Text of the innermost element becomes a leaf; blanks between elements do not.
void RecordLeaves::endLeaf() {
  const std::string_view text = std::string_view(texts_).substr(leafBegin_);
  const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  if (open_.empty() || std::all_of(text.begin(), text.end(), isBlank)) return;
  leaves_.push_back(
      {open_.back(), static_cast<std::uint32_t>(leafBegin_), static_cast<std::uint32_t>(text.size()), leafLine_});
  leafBegin_ = texts_.size();
}

}  // namespace winnow::endnote
