#include "features/Authors.hpp"

#include <gtest/gtest.h>

#include "Bench.hpp"

#include "compare/AuthorComparison.hpp"

namespace winnow::duplicates {
namespace {

/// "family|initials" of each author.
std::vector<std::string> names(const Authors& authors) {
  std::vector<std::string> out;
  for (const Author& a : authors.list) out.push_back(a.family + "|" + a.initials);
  return out;
}

Authors parsed(std::initializer_list<std::string_view> texts) {
  Authors authors;
  for (const std::string_view text : texts) authors.addText(text);
  return authors;
}

using List = std::vector<std::string>;

TEST(Authors, readsAllForms) {
  EXPECT_EQ(names(parsed({"Hollis, Mara J", "Hollis MJ", "M. J. Hollis", "Mara Hollis"})),
            (List{"hollis|mj", "hollis|mj", "hollis|mj", "hollis|m"}));
}

TEST(Authors, takesListsApart) {
  EXPECT_EQ(names(parsed({"Adler K.Lund G. F.de Vos A."})), (List{"adler|k", "lund|gf", "de vos|a"}));
  EXPECT_EQ(names(parsed({"Hollis MJ, Brandt T, Okoro CC"})), (List{"hollis|mj", "brandt|t", "okoro|cc"}));
  EXPECT_EQ(names(parsed({"Hollis, Mara and Brandt, Tobias"})), (List{"hollis|m", "brandt|t"}));
  EXPECT_EQ(names(parsed({"Hollis M; Brandt T"})), (List{"hollis|m", "brandt|t"}));
  Authors parts;
  parts.addParts("Hollis MJ", "Brandt T, Okoro CC");
  EXPECT_EQ(names(parts), (List{"hollis|mj", "brandt|t", "okoro|cc"}));
}

TEST(Authors, doesNotTakeOneNameApart) {
  EXPECT_EQ(names(parsed({"Smith III, John"})), (List{"smith|j"}));
  EXPECT_EQ(names(parsed({"van den Berg, J. H."})), (List{"van den berg|jh"}));
  EXPECT_EQ(names(parsed({"Working Group and Committee on Sleep"})), (List{"working group and committee on sleep|"}));
}

TEST(Authors, dropsGenerationsAndStrayInitials) {
  EXPECT_EQ(names(parsed({"Wright Jr., T C", "S. Cha, Hoon"})), (List{"wright|tc", "cha|h"}));
}

TEST(Authors, knowsOpenEnds) {
  EXPECT_TRUE(parsed({"Hollis M", "et al."}).isOpen);
  Authors many;
  for (int i = 0; i < 40; ++i) many.addText("Hollis M");
  EXPECT_TRUE(many.isOpen);
  EXPECT_EQ(many.list.size(), Authors::kMost);
}

Author person(std::string_view text) { return parsed({text}).list.at(0); }

TEST(SamePerson, allowsWhatDatabasesDo) {
  EXPECT_TRUE(samePerson(person("Müller, Anna"), person("Mueller A")));
  EXPECT_TRUE(samePerson(person("van den Berg, Jan"), person("Berg J")));
  EXPECT_TRUE(samePerson(person("Garcia Lopez, M"), person("Garcia M")));
  EXPECT_TRUE(samePerson(person("Hollis D"), person("Holils D")));
  EXPECT_TRUE(samePerson(person("Hollis, M"), person("Mara, H")));
  EXPECT_TRUE(samePerson(person("El-Sawy O"), person("Elsawy O")));
}

TEST(SamePerson, keepsPeopleApart) {
  EXPECT_FALSE(samePerson(person("Li W"), person("Lu W")));
  EXPECT_FALSE(samePerson(person("Smith A"), person("Smith K")));
  EXPECT_FALSE(samePerson(person("Hollis M"), person("Brandt M")));
}

TEST(CompareAuthors, countsTheShorterList) {
  const AuthorComparison c =
      compareAuthors(parsed({"Hollis M", "Brandt T", "Okoro C"}), parsed({"Hollis MJ", "Brandt T"}));
  EXPECT_TRUE(c.sameFirst);
  EXPECT_DOUBLE_EQ(c.share, 1.0);
  EXPECT_EQ(c.matched, 2u);
  EXPECT_FALSE(c.sameCount);
}

TEST(CompareAuthors, missingIsNeutral) {
  const AuthorComparison c = compareAuthors(parsed({"Hollis M"}), Authors{});
  EXPECT_TRUE(c.isMissing);
  EXPECT_FALSE(c.agree());
  EXPECT_FALSE(c.contradict());
}

TEST(Authors, keepsFourInitials) {
  Authors list;
  list.addText("Hollis, J. A. B.");
  list.addText("Hollis JAC");
  ASSERT_EQ(list.list.size(), 2u);
  EXPECT_EQ(list.list[0].initials, "jab") << "J. A. B. and J. A. C. are not one";
  EXPECT_EQ(list.list[1].initials, "jac");
}

TEST(Authors, anEntityIsNoEndOfAName) {
  Authors list;
  list.addText("B&#252;rch, Mara; Kr&ouml;ll, Ada");
  ASSERT_EQ(list.list.size(), 2u);
  EXPECT_EQ(list.list[0].family, "burch");
  EXPECT_EQ(list.list[1].family, "kroll");
  Authors tex;
  tex.addText("K{\\\"u}chler, Wolfgang");
  ASSERT_EQ(tex.list.size(), 1u);
  EXPECT_EQ(tex.list[0].family, "kuchler");
}

TEST(Authors, namesCutAtAnEntityAreOne) {
  // A list of names that was split at every semicolon.
  const Features f = test::featuresFor(test::article({{"author.literal", "Mara B&#252"},
                                                      {"author.literal", "rch"},
                                                      {"author.literal", "Ada Fern&#225"},
                                                      {"author.literal", "Tobias Okoro"}}));
  ASSERT_EQ(f.authors.list.size(), 3u);
  EXPECT_EQ(f.authors.list[0].family, "burch");
  EXPECT_EQ(f.authors.list[1].family, "ferna");
  EXPECT_EQ(f.authors.list[2].family, "okoro");
}

}  // namespace
}  // namespace winnow::duplicates
