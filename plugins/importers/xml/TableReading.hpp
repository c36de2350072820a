// The run of an XML importer that is driven by a table.
#pragma once

#include <string>
#include <vector>

#include "Reading.hpp"
#include "RecordNodes.hpp"
#include "tree/TreeMapper.hpp"

namespace winnow::xml {

class TableReading final : public Reading {
 public:
  TableReading(Host host, Source source, tree::TreeMapper& mapper);

 private:
  bool parse(std::string_view text) override { return parser_.parse(text); }
  const Fault& fault() const override { return parser_.fault(); }
  bool fill() override;

  tree::TreeMapper& mapper_;
  tree::Nodes nodes_;
  RecordNodes parser_;
  std::vector<formats::RawTag> tags_;  ///< of raw fields, by path; 0: not asked yet
};

/// The names of the elements that are records of a table.
std::vector<std::string_view> recordsOf(const tagged::Table& table);

}  // namespace winnow::xml
