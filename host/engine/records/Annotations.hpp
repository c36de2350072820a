// The fields that annotators gave records: what later steps, sheets and exports see beside a record's own.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/Ledger.hpp"

namespace winnow::engine {

using ledger::RecordId;

/// One of them, and where it comes from.
struct AnnotatedField {
  std::string tag, value;
  std::string rule;      ///< "study-design.title"; empty: none named
  std::string evidence;  ///< "title: A randomised trial"; empty: none named
  std::string by;        ///< id of the annotator
};

/// By representative of merged records, in the order of the annotators. A value.
class Annotations {
 public:
  /// Null: nothing was given.
  const std::vector<AnnotatedField>* of(RecordId representative) const {
    const auto found = fields_.find(representative);
    return found == fields_.end() || found->second.empty() ? nullptr : &found->second;
  }
  /// Adds what one annotator gave one record.
  void add(RecordId representative, std::vector<AnnotatedField> fields);
  /// Hash of all that a record was given, as it is handed on; 0: nothing.
  std::uint64_t hash(RecordId representative) const;
  /// True once every annotator was asked about the record.
  bool isComplete(RecordId representative) const { return fields_.contains(representative); }
  void clear() { fields_.clear(); }

 private:
  std::unordered_map<RecordId, std::vector<AnnotatedField>> fields_;
};

/// What a ledger keeps of one annotator's answer about a record, and back. Throws ledger::Damaged.
std::string annotationText(const std::vector<AnnotatedField>& fields);
std::vector<AnnotatedField> annotationsFrom(const std::string& text, const std::string& by);

}  // namespace winnow::engine
