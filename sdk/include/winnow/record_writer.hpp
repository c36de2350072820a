// winnow/record_writer.hpp: how an importer builds records and hands them over in batches.
//
//   RecordWriter writer(host(), source);
//   writer.begin(place);
//   const auto raw = writer.raw(tag, value, line);
//   writer.derive(titleTag, value, {raw, ruleTag});
//   if (auto status = writer.end(); status != WINNOW_OK) return status;
//   ...
//   return writer.flush();
//
// Bytes that belong to no record are declared: writer.declare(line.at(), WINNOW_COMMENT). The host reports those that
// are neither (docs/writing-a-plugin.md, "Every byte").
#pragma once

#include <cstring>
#include <deque>
#include <memory>
#include <string_view>
#include <vector>

#include "plugin.hpp"

namespace winnow {

/// Builds the records of one source. Values given to raw() and derive() must live until the record's batch is sent:
/// views into Lines do until discard(); anything else goes through keep().
class RecordWriter {
 public:
  static constexpr std::size_t kBatch = 256;

  /// Where a derived value came from: the index that raw() gave, the number of the rule's tag, and the group of the
  /// value it is part of.
  struct Origin {
    std::uint32_t raw = WINNOW_NONE;
    std::uint32_t rule = 0;
    std::uint16_t group = 0;
    std::uint16_t flags = 0;
  };

  RecordWriter(Host host, Source source) : host_(host), source_(source) { records_.reserve(kBatch); }

  /// Starts a record; its raw bytes are [at.byte, at.byte + at.length), settable until end().
  void begin(winnow_span at) {
    at_ = at;
    first_ = fields_.size();
    group_ = 0;
    open_ = true;
  }
  /// True between begin() and end().
  bool isOpen() const noexcept { return open_; }
  /// The place of the open record, to be completed before end().
  winnow_span& at() noexcept { return at_; }
  /// The open record reaches to this byte of the stream, such as Line::end.
  void extendTo(std::uint64_t end) noexcept { at_.length = static_cast<std::uint32_t>(end - at_.byte); }
  /// Says what bytes outside of records are (WINNOW_HEADING ...), such as Line::at(). The host gets it with the batch.
  void declare(winnow_span at, std::uint32_t kind) {
    if (at.length == 0) return;
    if (!declared_.empty() && declared_.back().kind == kind && goesOn(declared_.back().at, at))
      declared_.back().at.length += at.length;
    else
      declared_.push_back({at, kind, 0});
  }
  /// Adds an exported value. Returns its index for Origin::raw.
  std::uint32_t raw(std::uint32_t tag, std::string_view value, std::uint32_t line, std::uint16_t flags = 0) {
    fields_.push_back(
        {tag, WINNOW_NONE, 0, static_cast<std::uint16_t>(WINNOW_FIELD_RAW | flags), 0, str(value), line, 0});
    return static_cast<std::uint32_t>(fields_.size() - 1 - first_);
  }
  /// Lengthens the newest raw value, for continuation lines: `value` is the whole new value.
  void extendRaw(std::uint32_t index, std::string_view value) { fields_[first_ + index].value = str(value); }
  /// Adds a value made from raw ones. Empty values are not added.
  void derive(std::uint32_t tag, std::string_view value, Origin from) {
    if (value.empty()) return;
    fields_.push_back({tag, from.raw, from.group, static_cast<std::uint16_t>(WINNOW_FIELD_DERIVED | from.flags),
                       from.rule, str(value), 0, 0});
  }
  /// Takes derived fields of these tags back. Only when no raw field will follow: origins count raw fields by place.
  void removeDerived(const std::vector<std::uint32_t>& tags) {
    std::size_t kept = first_;
    for (std::size_t i = first_; i < fields_.size(); ++i) {
      bool gone = false;
      for (const std::uint32_t tag : tags)
        gone = gone || ((fields_[i].flags & WINNOW_FIELD_DERIVED) != 0 && fields_[i].tag == tag);
      if (!gone) fields_[kept++] = fields_[i];
    }
    fields_.resize(kept);
  }
  /// A new group number: the parts of one author, of one publication type.
  std::uint16_t group() noexcept { return ++group_; }
  /// Fields of the open record so far.
  std::size_t fieldCount() const noexcept { return fields_.size() - first_; }
  const winnow_field& field(std::size_t index) const noexcept { return fields_[first_ + index]; }

  /// Copies text into the batch's memory.
  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    if (arenaLeft_ < text.size()) startBlock(text.size());
    char* place = arenaAt_;
    std::memcpy(place, text.data(), text.size());
    arenaAt_ += text.size();
    arenaLeft_ -= text.size();
    return {place, text.size()};
  }

  /// Ends the record. Sends nothing by itself: see full().
  void end() {
    records_.push_back({0, nullptr, fields_.size() - first_, at_});
    bytes_ += at_.length;
    open_ = false;
    ++count_;
  }
  /// Gives the open record up; its fields are forgotten.
  void abandon() {
    fields_.resize(first_);
    open_ = false;
  }
  /// True when the batch should be sent with flush() (and Lines::discard() called): many records, or long ones.
  bool full() const noexcept {
    return records_.size() >= kBatch || bytes_ >= kBatchBytes || declared_.size() >= kMostDeclared;
  }
  /// Records ended so far, in all batches.
  std::uint64_t count() const noexcept { return count_; }

  /// Sends the batch. Anything but WINNOW_OK: return it from read(). No record may be open.
  winnow_status flush() {
    if (!declared_.empty()) {
      const winnow_status status = source_.raw()->declare(source_.raw(), declared_.data(), declared_.size());
      declared_.clear();
      if (status != WINNOW_OK) return status;
    }
    if (records_.empty()) return WINNOW_OK;
    const winnow_field* next = fields_.data();
    for (winnow_record& record : records_) {
      record.fields = next;
      next += record.field_count;
    }
    const winnow_batch batch{sizeof batch, 0, records_.data(), records_.size()};
    const winnow_status status = source_.raw()->emit(source_.raw(), &batch);
    records_.clear();
    fields_.clear();
    large_.clear();
    usedBlocks_ = 0;
    arenaLeft_ = 0;
    first_ = 0;
    bytes_ = 0;
    return host_.cancelled() && status == WINNOW_OK ? winnow_status{WINNOW_CANCELLED} : status;
  }
  /// After the source failed: gives up the open record, sends those that are complete, and returns `failed`.
  winnow_status flushAfter(winnow_status failed) {
    if (open_) abandon();
    flush();
    return failed;
  }

 private:
  static constexpr std::size_t kArenaBlock = 64 * 1024;
  static constexpr std::uint64_t kBatchBytes = 1 << 20;
  static constexpr std::size_t kMostDeclared = 4096;

  static bool goesOn(const winnow_span& before, const winnow_span& next) noexcept {
    return before.byte + before.length == next.byte && before.length < (1u << 30) && next.length < (1u << 30);
  }

  /// Blocks serve batch after batch: memory that went back to the system would come again page by page.
  void startBlock(std::size_t size) {
    if (size > kArenaBlock) {
      large_.push_back(std::make_unique<char[]>(size));
      arenaAt_ = large_.back().get();
      arenaLeft_ = size;
      return;
    }
    if (usedBlocks_ == arena_.size()) arena_.push_back(std::make_unique<char[]>(kArenaBlock));
    arenaAt_ = arena_[usedBlocks_++].get();
    arenaLeft_ = kArenaBlock;
  }

  Host host_;
  Source source_;
  std::vector<winnow_record> records_;
  std::vector<winnow_field> fields_;
  std::vector<winnow_declaration> declared_;
  std::vector<std::unique_ptr<char[]>> arena_, large_;
  std::size_t usedBlocks_ = 0;
  char* arenaAt_ = nullptr;
  std::size_t arenaLeft_ = 0;
  winnow_span at_{};
  std::size_t first_ = 0;
  std::uint64_t bytes_ = 0;  ///< of the records in the batch
  std::uint64_t count_ = 0;
  std::uint16_t group_ = 0;
  bool open_ = false;
};

}  // namespace winnow
