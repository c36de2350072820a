// What is kept on disk comes back as what is kept in memory does.
#include "io/SpillingBytes.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

namespace winnow::io {

TEST(SpillingBytes, GivesBackEveryPieceWhereverItLies) {
  for (const std::size_t most : {0u, 1u, 100u, 1u << 20}) {
    std::mt19937 random(5);
    SpillingBytes bytes(most);
    std::vector<std::pair<std::uint64_t, std::string>> pieces;
    for (int i = 0; i < 500; ++i) {
      const std::string piece(random() % 40, static_cast<char>('a' + i % 26));
      pieces.emplace_back(bytes.append(piece.data(), piece.size()), piece);
    }
    for (const auto& [place, piece] : pieces) {
      std::string read(piece.size(), '?');
      bytes.read(place, read.data(), read.size());
      EXPECT_EQ(read, piece);
    }
    std::string all(bytes.size(), '?'), expected;
    bytes.read(0, all.data(), all.size());
    for (const auto& [place, piece] : pieces) expected += piece;
    EXPECT_EQ(all, expected) << "a piece may lie in the file and in memory";
  }
}

}  // namespace winnow::io
