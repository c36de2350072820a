#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>
#include <winnow/formats/names.hpp>

namespace winnow::formats {
namespace {

using Names = std::vector<std::string>;

Names parted(std::string_view text, NameList list = NameList::Any) {
  Names names;
  for (const std::string_view name : splitNames(text, list)) names.emplace_back(name);
  return names;
}

TEST(SplitNames, ListsOfEveryForm) {
  EXPECT_EQ(parted("Berg, Anna; Lund, Bo"), (Names{"Berg, Anna", "Lund, Bo"}));
  EXPECT_EQ(parted("Anna Berg|Bo Lund"), (Names{"Anna Berg", "Bo Lund"}));
  EXPECT_EQ(parted("Berg A, Lund B, Moe CD."), (Names{"Berg A", "Lund B", "Moe CD"}));
  EXPECT_EQ(parted("Yang Z., Jiang B."), (Names{"Yang Z.", "Jiang B."}));
  EXPECT_EQ(parted("A Berg, B Lund"), (Names{"A Berg", "B Lund"}));
  EXPECT_EQ(parted("A. van der Berg, B.C. Lund and D. Moe"), (Names{"A. van der Berg", "B.C. Lund", "D. Moe"}));
  EXPECT_EQ(parted("Berg, Anna and Lund, Bo"), (Names{"Berg, Anna", "Lund, Bo"}));
  EXPECT_EQ(parted("Berg, A., Lund, B., & Moe, C. D."), (Names{"Berg, A.", "Lund, B.", "Moe, C. D."}));
  EXPECT_EQ(parted("Berg A, Lund B, Peer Study Group"), (Names{"Berg A", "Lund B", "Peer Study Group"}));
  EXPECT_EQ(parted("WHO Group; Berg A, Lund B"), (Names{"WHO Group", "Berg A", "Lund B"}));
  EXPECT_EQ(parted("['Berg, Anna', 'Lund, Bo']"), (Names{"Berg, Anna", "Lund, Bo"}));
  EXPECT_EQ(parted("['Berg, Anna', \"O'Neil, Sean\"]"), (Names{"Berg, Anna", "O'Neil, Sean"}));
}

TEST(SplitNames, PairsOfFamilyNamesAndInitials) {
  EXPECT_EQ(parted("Berg, A., Lund, B., Moe, C.D."), (Names{"Berg, A.", "Lund, B.", "Moe, C.D."}));
  EXPECT_EQ(parted("Berg, A., Lund, B."), (Names{"Berg, A.", "Lund, B."}));
  EXPECT_EQ(parted("van der Berg, A., de Lund, B.-C."), (Names{"van der Berg, A.", "de Lund, B.-C."}));
  EXPECT_EQ(parted("Berg, A., Lund Jr., B., Moe III, C."), (Names{"Berg, A.", "Lund Jr., B.", "Moe III, C."}));
  EXPECT_EQ(parted("King, M., Jr., Lund, B."), (Names{"King, M., Jr.", "Lund, B."}));
}

TEST(SplitNames, OneNameStaysOne) {
  for (const char* name : {"Berg, A.", "Berg, Anna", "King, Martin, Jr.", "van der Berg, Anna Maria",
                           "Peer Study Group", "Ministry of Health and Care Services", "World Health Organization",
                           "Department of Health and Human Services, Oslo"})
    EXPECT_EQ(parted(name), Names{name}) << name;
  EXPECT_EQ(parted("Berg, Anna and Lund, Bo", NameList::Sure), Names{"Berg, Anna and Lund, Bo"});
}

TEST(SplitNames, TheSignOfACutListIsNobody) {
  EXPECT_EQ(parted("A Berg, B Lund, CD Moe..."), (Names{"A Berg", "B Lund", "CD Moe"}));
  EXPECT_EQ(parted("Berg A, Lund B, et al."), (Names{"Berg A", "Lund B"}));
  EXPECT_EQ(parted("Berg, Anna; Lund, Bo; et al"), (Names{"Berg, Anna", "Lund, Bo"}));
  EXPECT_EQ(parted("Berg, Anna; \xE2\x80\xA6"), Names{"Berg, Anna"});
  EXPECT_TRUE(isNobody("et al."));
  EXPECT_FALSE(isNobody("Alder, Et"));
}

TEST(SplitPairs, OfFullNames) {
  Names names;
  for (const std::string_view name : splitPairs("Garc\xC3\xAD"
                                                "a M\xC3\xA1rquez, Jos\xC3\xA9 Luis, de Souza, Ana, Silva, Ana"))
    names.emplace_back(name);
  EXPECT_EQ(names, (Names{"Garc\xC3\xAD"
                          "a M\xC3\xA1rquez, Jos\xC3\xA9 Luis",
                          "de Souza, Ana", "Silva, Ana"}));
}

TEST(ParseName, DegreesBelongToNoName) {
  for (const char* text : {"Berg, Anna Ph.D., LCSW", "Berg, Anna MD, PhD", "Berg, Anna, MPH", "Berg, Anna"}) {
    EXPECT_EQ(parseName(text).family, "Berg") << text;
    EXPECT_EQ(parseName(text).given, "Anna") << text;
  }
  EXPECT_EQ(parseName("Berg, MA").given, "MA");
  EXPECT_EQ(parseName("Berg, A. MS").given, "A. MS");
  EXPECT_EQ(parseName("Li, Xiao Ma").given, "Xiao Ma");
}

TEST(SplitNames, TheCommaOfOneNameAloneIsItsOwn) {
  EXPECT_THAT(splitNames("Shade in NJ,", NameList::Sure), testing::ElementsAre("Shade in NJ,"));
  EXPECT_THAT(splitNames("Berg, Anna,", NameList::Sure), testing::ElementsAre("Berg, Anna"));
  EXPECT_THAT(splitNames("Berg A, et al.", NameList::Sure), testing::ElementsAre("Berg A"));
}

TEST(ParseName, InitialsLast) {
  const PersonName third = parseName("Lund B 3rd", NameStyle::InitialsLast);
  EXPECT_EQ(third.family, "Lund");
  EXPECT_EQ(third.given, "B");
  EXPECT_EQ(third.suffix, "3rd");
  EXPECT_EQ(parseName("Suharto", NameStyle::InitialsLast).literal, "Suharto");
  EXPECT_EQ(parseName("Peer Study Group", NameStyle::InitialsLast).literal, "Peer Study Group");
}

TEST(Body, WordsThatNamesOfPeopleDoNotHold) {
  for (const char* body : {"World Health Organization", "Peer Study Group", "Ministry of Health", "University of Oslo"})
    EXPECT_TRUE(isBody(body)) << body;
  for (const char* person : {"Anna Berg", "Berg, A.", "On Kim", "van der Berg"}) EXPECT_FALSE(isBody(person)) << person;
}

}  // namespace
}  // namespace winnow::formats
