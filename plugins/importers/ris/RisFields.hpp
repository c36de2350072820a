// From RIS tags to fields: which tag means what, in general and by dialect.
#pragma once

#include <vector>

#include <winnow/formats/derive.hpp>

#include "RisDialect.hpp"

namespace winnow::ris {

/// Numbers of the rules, so that explain can name them.
struct Rules {
  explicit Rules(const Host& host);
  std::uint32_t tag, ebscoN1, doiElsewhere, typeOfTy, winnowLine;
};

/// Derives all fields of one record from its raw values.
class FieldMapper {
 public:
  FieldMapper(Host host, const formats::Tags& tags, const Rules& rules) : host_(host), tags_(tags), rules_(rules) {}
  /// `record` holds the values in file order; fields go onto the writer's open record. Gives false if a date that is
  /// there cannot be read; `badDate` is then the value.
  bool map(const std::vector<Value>& record, Dialect dialect, RecordWriter& writer, const Value** badDate) const;

 private:
  Host host_;
  const formats::Tags& tags_;
  const Rules& rules_;
};

}  // namespace winnow::ris
