// Records put together at random from clean, damaged and hostile pieces: laws hold, nothing crashes.
// WINNOW_RANDOM_ROUNDS lengthens the run (under sanitizers).
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "Bench.hpp"
#include "rules/Decision.hpp"

namespace winnow::duplicates::test {
namespace {

constexpr const char* kTags[] = {"title",       "title.translated", "author.literal", "author.family", "author.given",
                                 "issued.year", "container.title",  "volume",         "issue",         "page",
                                 "id.doi",      "id.pmid",          "id.issn",        "id.isbn",       "type",
                                 "abstract",    "id.accession",     "database"};
constexpr const char* kPieces[] = {"Sleep quality and memory in shift workers",
                                   "Erratum: ",
                                   "[",
                                   "]",
                                   " [33 refs]",
                                   "non-",
                                   "smokers",
                                   "Part II",
                                   ": a pilot study",
                                   "Smith, J.; Doe, A",
                                   "Holm K.Fern G. F.",
                                   "et al.",
                                   "2014",
                                   "12 Suppl 1",
                                   "e12724",
                                   "221-8",
                                   "01-Jun",
                                   "S12",
                                   "1-",
                                   "10.1002/14651858.CD001234.pub2",
                                   "https://doi.org/10.1234/a%20b",
                                   "NCT01234567",
                                   "Cochrane Database Syst Rev",
                                   "medRxiv",
                                   "J Phys A",
                                   "Journal of Physics B",
                                   "thesis",
                                   "chapter",
                                   "&amp;#x3b1;<sup>2</sup>",
                                   "\xCE\xB1",
                                   "\xFF\xFE",
                                   "\xE2\x80",
                                   "?",
                                   "",
                                   "99999999999999999999",
                                   "Editorial",
                                   "no 5",
                                   "(vol 3, pg 4, 2001)",
                                   "-",
                                   ". ",
                                   "; ",
                                   ", ",
                                   " "};

TestRecord randomRecord(std::mt19937& random) {
  const auto below = [&](std::size_t limit) { return random() % limit; };
  TestRecord record;
  for (std::size_t fields = below(12); fields > 0; --fields) {
    std::string value;
    for (std::size_t pieces = 1 + below(4); pieces > 0; --pieces) value += kPieces[below(std::size(kPieces))];
    if (below(20) == 0) value.push_back(static_cast<char>(below(256)));
    if (below(400) == 0) value.append(20000, 'x');
    record.fields.push_back({kTags[below(std::size(kTags))], value, static_cast<std::uint16_t>(below(3)), 0, {}, {}});
  }
  return record;
}

Policy policyOf(Profile profile) {
  Policy policy;
  policy.profile = profile;
  policy.off.resize(kRuleCount);
  return policy;
}

TEST(RandomRecords, comparisonsAreSymmetricAndCopiesJoin) {
  const char* wanted = std::getenv("WINNOW_RANDOM_ROUNDS");
  const long rounds = wanted != nullptr ? std::atol(wanted) : 300;
  std::mt19937 random(20261128);
  for (long round = 0; round < rounds; ++round) {
    std::vector<Features> features;
    for (int i = 0; i < 12; ++i) features.push_back(featuresFor(randomRecord(random)));
    for (const Profile profile : {Profile::strict, Profile::normal, Profile::broad}) {
      const Policy policy = policyOf(profile);
      for (const Features& a : features) {
        Features here = a, copy = a;
        here.file = 1;
        copy.file = 2;
        if (!a.isEmpty()) {
          EXPECT_EQ(decide(compare(here, copy), policy).rule, kIdentical);
        }
        for (const Features& b : features) {
          const Decision one = decide(compare(a, b), policy), other = decide(compare(b, a), policy);
          ASSERT_EQ(one.outcome, other.outcome) << describe(compare(a, b));
          ASSERT_EQ(one.rule, other.rule) << describe(compare(a, b));
          ASSERT_DOUBLE_EQ(one.score, other.score);
          ASSERT_EQ(areApart(compare(a, b), policy), areApart(compare(b, a), policy));
        }
      }
    }
  }
}

}  // namespace
}  // namespace winnow::duplicates::test
