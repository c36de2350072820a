// From RIS tags to fields: which tag means what, in general and by dialect.
#pragma once

#include <span>
#include <vector>

#include <winnow/formats/derive.hpp>

#include "RisDialect.hpp"

namespace winnow::ris {

/// Numbers of the rules, so that explain can name them.
struct Rules {
  explicit Rules(const Host& host);
  std::uint32_t tag, doiElsewhere, typeOfTy, winnowLine;
};

/// Derives all fields of one record from its raw values.
class FieldMapper {
 public:
  FieldMapper(Host host, const formats::Tags& tags, const Rules& rules) : host_(host), tags_(tags), rules_(rules) {}
  /// `record` holds the values in file order; fields go onto the writer's open record: those of RIS, then what the
  /// tables of `dialects` give. Gives a date that is there and cannot be read, or null.
  const Value* map(const std::vector<Value>& record, std::span<const Dialect* const> dialects,
                   RecordWriter& writer) const;

 private:
  Host host_;
  const formats::Tags& tags_;
  const Rules& rules_;
};

}  // namespace winnow::ris
