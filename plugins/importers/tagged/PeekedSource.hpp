// A source whose first bytes were looked at before they are read.
#pragma once

#include <string>
#include <string_view>

#include <winnow/plugin.hpp>

namespace winnow::tagged {

/// A source whose first bytes were looked at.
class PeekedSource {
 public:
  explicit PeekedSource(Source inner) : inner_(inner), source_(*inner.raw()) {
    source_.struct_size = sizeof source_;
    source_.impl = this;
    source_.next = next;
    source_.emit = emit;
    source_.declare = declare;
    std::string_view chunk;
    while (head_.size() < kPeeked && (status_ = inner_.next(chunk)) == WINNOW_OK) head_ += chunk;
  }
  std::string_view head() const { return std::string_view(head_).substr(0, kPeeked); }
  const winnow_source* get() const { return &source_; }

 private:
  static constexpr std::size_t kPeeked = 64 * 1024;
  static winnow_status WINNOW_CALL next(const winnow_source* source, winnow_str* chunk) {
    auto& self = *static_cast<PeekedSource*>(source->impl);
    if (!self.isGiven_ && !self.head_.empty()) {
      self.isGiven_ = true;
      *chunk = str(self.head_);
      return WINNOW_OK;
    }
    if (self.status_ != WINNOW_OK) return self.status_;
    return self.inner_.raw()->next(self.inner_.raw(), chunk);
  }
  static winnow_status WINNOW_CALL emit(const winnow_source* source, const winnow_batch* batch) {
    auto& self = *static_cast<PeekedSource*>(source->impl);
    return self.inner_.raw()->emit(self.inner_.raw(), batch);
  }
  static winnow_status WINNOW_CALL declare(const winnow_source* source, const winnow_declaration* list,
                                           std::size_t count) {
    auto& self = *static_cast<PeekedSource*>(source->impl);
    return self.inner_.raw()->declare(self.inner_.raw(), list, count);
  }

  Source inner_;
  winnow_source source_;
  std::string head_;
  winnow_status status_ = WINNOW_OK;
  bool isGiven_ = false;
};

}  // namespace winnow::tagged
