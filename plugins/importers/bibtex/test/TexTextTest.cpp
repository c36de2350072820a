#include <gtest/gtest.h>

#include "BibtexNames.hpp"
#include "TexText.hpp"

using winnow::bibtex::parseName;
using winnow::bibtex::plainText;
using winnow::bibtex::splitNames;
using winnow::bibtex::verbatim;

TEST(TexText, AccentsInEverySpelling) {
  for (const char* tex : {"M\\\"uller", "M\\\"{u}ller", "M{\\\"u}ller", "M{\\\"{u}}ller"})
    EXPECT_EQ(plainText(tex), "Müller") << tex;
  EXPECT_EQ(
      plainText("Dvo\\v{r}{\\'a}k, \\v Zi\\v{z}ek, \\'{\\i}, {\\H o}, \\c c, \\k{a}, {\\aa}, \\O{}st, \\ss, \\l{}"),
      "Dvořák, Žižek, í, ő, ç, ą, å, Øst, ß, ł");
  EXPECT_EQ(plainText("\\.v"), "v\u0307");
}

TEST(TexText, SignsAndFormatting) {
  EXPECT_EQ(plainText("{The} \\emph{cool} \\textbf{street} -- ``shade'' \\& 5\\% off~now"),
            "The cool street – “shade” & 5% off now");
  EXPECT_EQ(plainText("\\enquote{in {the} shade} a\\-b \\unknown{kept}"), "“in the shade” ab kept");
  EXPECT_EQ(plainText("see \\url{http://x.example/~me_1} &amp; \\href{http://y.example}{there}"),
            "see http://x.example/~me_1 & there");
}

TEST(TexText, MathematicsAndMoney) {
  EXPECT_EQ(plainText("Cu$_2$O, 10$^{-3}$, 20$^\\circ$C, $\\alpha$-pinene, $p<0.05$"),
            "Cu₂O, 10⁻³, 20°C, α-pinene, p<0.05");
  EXPECT_EQ(plainText("costs $5 or so, not $6 each"), "costs $5 or so, not $6 each");
  EXPECT_EQ(plainText("\\overline{1}"), "1\u0305");
}

TEST(TexText, NestingCostsNoStack) {
  EXPECT_EQ(plainText(std::string(500'000, '{') + "x" + std::string(500'000, '}')), "x");
  EXPECT_EQ(plainText(std::string(500'000, '}') + "x" + std::string(500'000, '\\')), "x");
}

TEST(TexText, AddressesStayAsTheyAre) {
  EXPECT_EQ(verbatim("http://x.example/a\\_b~c--d?e={f}\\%20"), "http://x.example/a_b~c--d?e=f%20");
  EXPECT_EQ(verbatim("10.1002/1521-396X(199711)164:1\\textless141::AID-PSSA141\\textgreater3.0.CO;2-G"),
            "10.1002/1521-396X(199711)164:1<141::AID-PSSA141>3.0.CO;2-G");
}

TEST(BibtexNames, PartsOfNames) {
  struct Case {
    const char *tex, *given, *family, *suffix, *literal;
  };
  const Case cases[] = {{"Anna Berg", "Anna", "Berg", "", ""},
                        {"Berg, Anna", "Anna", "Berg", "", ""},
                        {"Ludwig van der Rohe", "Ludwig", "van der Rohe", "", ""},
                        {"van der Rohe, Jr., Ludwig", "Ludwig", "van der Rohe", "Jr.", ""},
                        {"de la Cruz", "", "de la Cruz", "", ""},
                        {"{Tree Council of {Oslo}}", "", "", "", "Tree Council of Oslo"},
                        {"{Caputo}, F.", "F.", "Caputo", "", ""},
                        {"Martin Luther King Jr.", "Martin Luther", "King", "Jr.", ""},
                        {"given=Anna, family=Berg, prefix=van", "Anna", "van Berg", "", ""},
                        {"OECD", "", "", "", "OECD"},
                        {"B{\\o}rge {\\O}stby", "Børge", "Østby", "", ""}};
  for (const Case& c : cases) {
    const auto name = parseName(c.tex);
    EXPECT_EQ(name.given, c.given) << c.tex;
    EXPECT_EQ(name.family, c.family) << c.tex;
    EXPECT_EQ(name.suffix, c.suffix) << c.tex;
    EXPECT_EQ(name.literal, c.literal) << c.tex;
  }
}

TEST(BibtexNames, AndOutsideOfBraces) {
  EXPECT_EQ(splitNames("A B  and\n C D AND {E and Sons} and others").size(), 3u);
  EXPECT_EQ(splitNames("Berg, A.; Lund, B.").size(), 2u);
  EXPECT_EQ(splitNames(" ").size(), 0u);
}
