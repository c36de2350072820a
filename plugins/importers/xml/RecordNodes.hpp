// The text of one record's XML as the nodes of a tree.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "SaxParser.hpp"
#include "tree/Nodes.hpp"

namespace winnow::xml {

/// Parses one record after the other into `nodes`. Elements and attributes are nodes by their local names; the record's
/// own element is the tree itself. Borrows `nodes`. One thread.
class RecordNodes final : private SaxEvents {
 public:
  explicit RecordNodes(tree::Nodes& nodes) : nodes_(nodes) {}

  /// False: the text is not well-formed, deeper than 200 or of more than two million nodes; the nodes hold what came
  /// before the defect, fault() tells its place.
  bool parse(std::string_view text);
  const Fault& fault() const noexcept { return parser_.fault(); }

 private:
  static constexpr std::size_t kDeepest = 200, kMostNodes = 2'000'000;

  void begin() override;
  void open(Name name, const Attributes& attributes) override;
  void close(Name name) override;
  void text(std::string_view run) override { run_ += run; }
  void endRun();

  tree::Nodes& nodes_;
  SaxParser parser_{*this};
  std::string run_;  ///< text since the last tag
  std::size_t depth_ = 0;
};

}  // namespace winnow::xml
