// What each box of the diagram says: from the numbers of a flow to paragraphs, before anything has a place.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "Flow.hpp"

namespace winnow::prisma {

enum class Kind {
  Stage,    ///< name of a funnel stage above its box's heading
  Heading,  ///< what is counted, with its number
  Group,    ///< first level of a list
  Item,     ///< second level of a list
  Remark    ///< who did it, shares of waves
};

struct Paragraph {
  Kind kind;
  std::string text;
  std::string link{};  ///< where the records that it counts are listed; empty: nowhere
};

/// Where numbers lead: by the id of a box, or id + "/" + label of a line.
using Links = std::map<std::string, std::string>;

/// A box; without paragraphs there is none.
struct Card {
  std::string id;  ///< stable anchor: "db-removed", "db-stage-2-excluded"
  std::string_view tooltip;
  std::vector<Paragraph> paragraphs;

  bool exists() const { return !paragraphs.empty(); }
};

/// A box on the way and, right of it, the box of what left there.
struct CardPair {
  Card main, side;
};

/// Compact: the boxes of PRISMA 2020, all stages in one. Stages: a pair of boxes for each.
enum class Arrangement { Compact, Stages };

struct Wording {
  std::vector<std::string> waves;  ///< ids, in the order of Count::waves
  bool hideZero = false;
  Arrangement arrangement = Arrangement::Stages;
  const Links* links = nullptr;

  bool isCompact() const { return arrangement == Arrangement::Compact; }
};

/// "(n = 812)", with waves "(n = 812: 790 + 22)"; held together by no-break spaces.
std::string inBrackets(const Count& count);

/// "Duplicate records" for "duplicates"; PRISMA's three lines by name, any other label as it is.
std::string removalLine(const std::string& label);

/// "2 by a reader, 110 by automation".
std::string byWhom(const Actors& by);

/// The databases lane: identified, one pair for each screening stage (at least one; in the compact arrangement one pair
/// for all), sought, assessed.
std::vector<CardPair> databaseCards(const Lane& lane, const Wording& wording);
/// The other-methods lane: identified, screening (one pair for all stages, left out if nothing happened at any),
/// sought, assessed. Never longer than the databases lane.
std::vector<CardPair> otherCards(const Lane& lane, const Wording& wording);
/// The included box; of a wave, which knows no studies, its reports.
Card includedCard(const Flow& flow, const Wording& wording);
Card previousCard(const Included& previous);
Card totalCard(const Included& total);

}  // namespace winnow::prisma
