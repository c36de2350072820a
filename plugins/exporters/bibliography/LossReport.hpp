#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>

#include "bibliography/Work.hpp"

namespace winnow::bibliography {

/// Counts what a format could not hold and says so at the end, one info diagnostic a tag ("export.loss").
class LossReport {
 public:
  /// `format` as people say it: "RIS". Lives as long as the report.
  explicit LossReport(std::string_view format) : format_(format) {}

  /// Begins the next record, of whose fields `unknown` have a tag outside the vocabulary and no place.
  void begin(std::size_t unknown);
  /// A value of that tag in the current record has no place.
  void lose(tags::Name tag);
  /// Every value of the current record whose tag is not held by `holds(tag, n)`, n counting that tag's values from 0.
  template <class Holds>
  void check(const Work& work, Holds&& holds) {
    std::array<std::size_t, kWorkCount> seen{};
    for (const Work::Value& value : work.values())
      if (value.kind == Vocabulary::Kind::work && !holds(value.tag, seen[value.index]++)) lose(value.tag);
  }
  /// Tells people. Thread: work.
  void send(const Host& host) const;

 private:
  std::string_view format_;
  std::map<tags::Name, std::uint64_t> records_;  ///< records a tag was lost in
  TagMask current_ = 0;                          ///< lost in the current record
  std::uint64_t unknownFields_ = 0, unknownRecords_ = 0;
};

}  // namespace winnow::bibliography
