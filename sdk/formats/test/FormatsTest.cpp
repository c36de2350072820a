#include <gtest/gtest.h>

#include <algorithm>

#include <winnow/formats/dates.hpp>
#include <winnow/formats/derive.hpp>
#include <winnow/formats/identifiers.hpp>
#include <winnow/formats/languages.hpp>
#include <winnow/formats/names.hpp>
#include <winnow/formats/pages.hpp>
#include <winnow/formats/publication_types.hpp>
#include <winnow/formats/terms.hpp>
#include <winnow/formats/text.hpp>

using namespace winnow::formats;

/// A view of a temporary would dangle when the batch is sent.
template <class Value, class = void>
struct Derives : std::false_type {};
template <class Value>
struct Derives<Value, std::void_t<decltype(std::declval<Deriver&>().publicationTypes(std::declval<Value>(), {})),
                                  decltype(std::declval<Deriver&>().languages(std::declval<Value>(), {})),
                                  decltype(std::declval<Deriver&>().text(1u, std::declval<Value>(), {}))>>
    : std::true_type {};
static_assert(!Derives<std::string>::value, "a temporary");
static_assert(Derives<std::string&>::value && Derives<const std::string&>::value && Derives<std::string_view>::value);
static_assert(Derives<const char (&)[4]>::value, "a literal");

TEST(Text, FoldsAsReadersDo) {
  EXPECT_EQ(foldForMatching("Łódź: A–B  (Straße)"), "lodz a b strasse");
  EXPECT_EQ(foldForMatching("Ærø, Þór & fish\xEF\xAC\x81n"), "aero thor fishfin");
  EXPECT_EQ(foldForMatching("ΑΣ Привет"), "ασ привет");
  EXPECT_EQ(foldForMatching("cafe\xCC\x81"), "cafe");
  EXPECT_EQ(foldForMatching("a\xCC\x80ge a\xCD\xAFge"), "age age");  // U+0300 and U+036F, the first and the last mark
  EXPECT_EQ(foldForMatching(" -- "), "");
}

TEST(Text, KnowsWhatIsNoUtf8) {
  std::size_t bad = 0;
  EXPECT_TRUE(isUtf8("né"));
  EXPECT_FALSE(
      isUtf8("ab\xE9"
             "c",
             &bad));
  EXPECT_EQ(bad, 2u);
  for (std::size_t size = 1; size < 150; ++size)  // wherever it stands among the bytes that are looked at together
    for (std::size_t at = 0; at < size; ++at) {
      std::string text(size, 'a');
      text[at] = '\xE9';
      EXPECT_FALSE(isUtf8(text, &bad)) << size;
      EXPECT_EQ(bad, at) << size;
      if (at + 1 < size) {
        EXPECT_TRUE(isUtf8(text.replace(at, 2, "\xC3\xA9"))) << size;
      }
    }
  EXPECT_FALSE(isUtf8("\xC0\x80"));
  EXPECT_FALSE(isUtf8("\xED\xA0\x80"));
  std::string storage;
  bool repaired = false;
  EXPECT_EQ(decodeText("caf\xE9 \x93x\x94", storage, repaired), "café “x”");
  EXPECT_TRUE(repaired);
}

TEST(Text, RemovesMarkupButNotMathematics) {
  EXPECT_EQ(stripMarkup("H<sub>2</sub>O at p < 0.05 and q > 3"), "H2O at p < 0.05 and q > 3");
  EXPECT_EQ(decodeEntities("A &amp; B &#233; &unknown;"), "A & B é &unknown;");
}

TEST(Names, InAllTheirForms) {
  EXPECT_EQ(parseName("Ives, Peter,").family, "Ives");
  EXPECT_EQ(parseName("Ives, Peter,").given, "Peter");
  EXPECT_EQ(parseName("King, Martin, Jr.").suffix, "Jr.");
  EXPECT_EQ(parseName("Yang Z.").family, "Yang");
  EXPECT_EQ(parseName("van der Berg JA", NameStyle::InitialsLast).family, "van der Berg");
  EXPECT_EQ(parseName("M. M. H. Mia", NameStyle::GivenFirst).family, "Mia");
  EXPECT_EQ(parseName("E. F. De Castro", NameStyle::GivenFirst).family, "De Castro");
  EXPECT_EQ(parseName("Anna van der Berg", NameStyle::GivenFirst).family, "van der Berg");
  EXPECT_EQ(parseName("World Health Organization").literal, "World Health Organization");
  EXPECT_EQ(parseName("World Health Organization,").literal, "World Health Organization");
  EXPECT_EQ(parseName("[Anonymous]").literal, "[Anonymous]");
  EXPECT_TRUE(parseName("  ").empty());
}

TEST(Names, SeveralInOneField) {
  EXPECT_EQ(splitNames("Liu F.; Li C.").size(), 2u);
  EXPECT_EQ(splitNames("Adeli K.Lewis G. F.").size(), 2u);
  EXPECT_EQ(splitNames("Yang Z., Jiang B.").size(), 2u);
  EXPECT_EQ(splitNames("Smith, Anna and Berg, Ola").size(), 2u);
  EXPECT_EQ(splitNames("Smith, Anna").size(), 1u);
}

TEST(Dates, KeepTheirPrecision) {
  const auto date = [](std::string_view text) {
    const auto d = parseDate(text);
    return d ? std::to_string(d->year) + "-" + std::to_string(d->month) + "-" + std::to_string(d->day) + d->season
             : std::string("none");
  };
  EXPECT_EQ(date("2019//"), "2019-0-0");
  EXPECT_EQ(date("2016/09//"), "2016-9-0");
  EXPECT_EQ(date("2008/03/18/print"), "2008-3-18");
  EXPECT_EQ(date("2017/00/00"), "2017-0-0");
  EXPECT_EQ(date("2020 Jul-Aug"), "2020-7-0");
  EXPECT_EQ(date("2019 Jan 1"), "2019-1-1");
  EXPECT_EQ(date("DEC 16 2020"), "2020-12-16");
  EXPECT_EQ(date("18-20 Nov. 2021"), "2021-11-18");
  EXPECT_EQ(date("Spring 2019"), "2019-0-0spring");
  EXPECT_EQ(date("2019b"), "2019-0-0");
  EXPECT_EQ(date("20200831"), "2020-8-31");
  EXPECT_EQ(date("2020-08-31"), "2020-8-31");
  EXPECT_EQ(date("10 15"), "none");
  EXPECT_EQ(date("///nan"), "none");
  EXPECT_EQ(date(std::string(40, '9')), "none");
  EXPECT_EQ(date("2019 " + std::string(40, '9')), "2019-0-0");
}

TEST(Identifiers, DoiWhereverItHides) {
  EXPECT_EQ(normaliseDoi("https://dx.doi.org/10.1016/S0004-3702(97)00050-7"), "10.1016/S0004-3702(97)00050-7");
  EXPECT_EQ(normaliseDoi("doi: 10.1063/1.4814070."), "10.1063/1.4814070");
  EXPECT_EQ(normaliseDoi("10.18632%2Foncotarget.1"), "10.18632/oncotarget.1");
  for (const char* address : {"https://publisher.example/doi/full/10.1000/abc", "https://doi.org/10.1000/abc?cookies=1",
                              "https://publisher.example/doi/10.1000/abc/abstract",
                              "http://a.example/10.1000/abc/pdf#p", "https://doi-org.proxy.example/10.1000/abc"})
    EXPECT_EQ(normaliseDoi(address), "10.1000/abc") << address;
  EXPECT_EQ(normaliseDoi("10.1000/abc/full?5#6"), "10.1000/abc/full?5#6") << "a bare DOI may hold these signs";
  EXPECT_EQ(normaliseDoi("https://doi.org/10.1000%2Fabc%3F5"), "10.1000/abc?5");
  EXPECT_EQ(normaliseDoi("no doi here 10.5"), "");
  for (const std::string whole : {"10.1000/p|1", "10.1000/<a>", "10.1000/a&b", "10.1000/a<1::b>c"})
    EXPECT_EQ(normaliseDoi(whole), whole) << "a text that is a DOI may hold every sign";
  for (const std::string list : {"10.1000/abc|10.1000/def", "10.1000/abc</p>", "10.1000/abc<br>", "<10.1000/abc>",
                                 "10.1000/abc&lt;i&gt;", "https://example.org/?doi=10.1000/abc&x=1"})
    EXPECT_EQ(normaliseDoi(list), "10.1000/abc") << list;
  EXPECT_EQ(findLabelledDoi("see 10.1000/abc"), "");
  EXPECT_EQ(findLabelledDoi("(doi:10.1000/abc)"), "10.1000/abc");
  EXPECT_EQ(normalisePmid("PMID: 123"), "123");
  EXPECT_EQ(normalisePmid("S12"), "");
  EXPECT_EQ(normalisePmcid("PMC77 [x]"), "PMC77");
}

TEST(Identifiers, SerialNumbersInMessyFields) {
  const SerialNumbers found = findSerialNumbers("1532-1827 (Electronic)\n0007-0920; 978-3-16-148410-0");
  EXPECT_EQ(found.issn, (std::vector<std::string>{"1532-1827", "0007-0920"}));
  EXPECT_EQ(found.isbn, (std::vector<std::string>{"9783161484100"}));
  EXPECT_EQ(findSerialNumbers("1234567X").issn, (std::vector<std::string>{"1234-567X"}));
}

TEST(Identifiers, CheckDigits) {
  for (const std::string right : {"0028-0836", "1234-5679", "2434-561X", "9783161484100", "316148410X"})
    EXPECT_TRUE(hasRightCheckDigit(right)) << right;
  for (const std::string wrong : {"0028-0835", "1234-567X", "9783161484101", "3161484100", "", "123"})
    EXPECT_FALSE(hasRightCheckDigit(wrong)) << wrong;
}

TEST(Pages, ExpandAndDropPlaceholders) {
  EXPECT_EQ(normalisePages("943-7"), "943-947");
  EXPECT_EQ(normalisePages("943–947"), "943-947");
  EXPECT_EQ(normalisePages("S12-20"), "S12-S20");
  EXPECT_EQ(normalisePages("iii + 20"), "iii + 20");
  EXPECT_EQ(normalisePages("S12-e20"), "S12-e20");  // two countings are no range of one
  EXPECT_EQ(normalisePages("Suppl 943-7"), "Suppl 943-7");
  EXPECT_EQ(normalisePages("457-60-"), "457-460");
  EXPECT_EQ(joinPages("No", "Specified"), "");
  EXPECT_FALSE(isPlaceholder("no"));
  EXPECT_TRUE(isPlaceholder("0000"));
  EXPECT_EQ(joinPages("12", "12-20"), "12-20");
  EXPECT_EQ(joinPages("12", "nan"), "12");
}

TEST(Languages, ByEveryName) {
  for (const char* name : {"eng", "ENG", "English", "English.", "en-US", "en_GB"})
    EXPECT_EQ(languageCode(name), "en") << name;
  EXPECT_EQ(languageCode("Norwegian Bokmål"), "nb");
  EXPECT_EQ(languageCode("mul"), "");
  EXPECT_EQ(languageCode("Norsk (Bokmål)"), "nb");
  EXPECT_EQ(languageCode("[English]."), "en");
  EXPECT_EQ(languageCode(" [English]. "), "en");
  EXPECT_EQ(languageCode("(eng)"), "en");
  EXPECT_EQ(languageCode("Flerspråklig"), "");
  EXPECT_EQ(languageCode("Klingon"), "");
  EXPECT_EQ(languageCodes("eng; nor").size(), 2u);
  EXPECT_EQ(languageCodes("English and German").size(), 2u);
  EXPECT_EQ(languageName("nb"), "Norwegian Bokmål");
}

TEST(PublicationTypes, OneVocabulary) {
  EXPECT_EQ(publicationType("Journal Article"), "article");
  EXPECT_EQ(publicationType("Conference Abstract"), "conference-abstract");
  EXPECT_EQ(publicationType("Editorial Material"), "editorial");
  EXPECT_EQ(publicationType("Research Support, N.I.H."), "other");
  EXPECT_EQ(publicationType(" "), "");
  EXPECT_EQ(cslTypeOfRis("CPAPER"), "paper-conference");
  EXPECT_EQ(cslTypeOfName("Book Section"), "chapter");
}

TEST(Terms, AWordOfAMegabyteTakesNoLongerThanManyWords) {
  TermSet terms;
  terms.add("school*", 0);
  EXPECT_TRUE(terms.find(std::string(1 << 20, 'x')).empty());
  EXPECT_EQ(terms.find("school" + std::string(1 << 20, 'x')).size(), 1u);
}

TEST(Terms, WholeWordsPhrasesAndEndings) {
  TermSet terms;
  terms.add("school*", 0);
  terms.add("mental health", 1);
  terms.add("bank*", 2);
  const std::string text = "A School-based Mental-Health programme; the embankment";
  const auto hits = terms.find(text);
  ASSERT_EQ(hits.size(), 2u);
  EXPECT_EQ(text.substr(hits[0].begin, hits[0].size), "School");
  EXPECT_EQ(hits[1].group, 1u);
  EXPECT_EQ(text.substr(hits[1].begin, hits[1].size), "Mental-Health");
  EXPECT_THROW(terms.add("a*b", 0), std::invalid_argument);
}

TEST(Text, ABeginningEndsBetweenCharacters) {
  const std::string text = "aé€😀b";  // 1, 2, 3 and 4 bytes
  const std::size_t ends[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};
  for (std::size_t most = 0; most < std::size(ends); ++most)
    EXPECT_EQ(beginning(text, most), text.substr(0, ends[most])) << most;
}

TEST(Text, CollapsesBlanksOnlyWhereNeeded) {
  const std::string plain = "one two";
  std::string storage;
  EXPECT_EQ(collapse(plain, storage).data(), plain.data());
  EXPECT_EQ(collapsed("  one \t two\r\n\xC2\xA0three  "), "one two three");
  EXPECT_EQ(collapsed("caf\xC3\xA9 \xC2\xB5m"), "caf\xC3\xA9 \xC2\xB5m");
  EXPECT_EQ(collapsed(" \n "), "");
}

// Blanks are looked for many bytes at a time; the plain way must give the same.
TEST(Text, CollapsingIsTheSameAtEveryLength) {
  static constexpr std::string_view parts[] = {"a",
                                               "b",
                                               " ",
                                               " ",
                                               "\t",
                                               "\xC2\xA0",
                                               "\xC2\xB5",
                                               "\xC3\xA9",
                                               "\x01",
                                               "word",
                                               "\n",
                                               "words with single blanks that fill more than one of the steps in which "
                                               "blanks are looked for, so that some are skipped"};
  std::uint32_t state = 1;
  for (int round = 0; round < 20000; ++round) {
    std::string text, plain;
    for (int n = round % 40; n > 0; --n)
      text += parts[((state = state * 1664525u + 1013904223u) >> 8) % std::size(parts)];
    for (std::size_t i = 0; i < text.size();) {
      const bool isWide = text.compare(i, 2, "\xC2\xA0") == 0;
      const bool isBlankHere = isWide || text[i] == ' ' || text[i] == '\t' || text[i] == '\n';
      if (!isBlankHere)
        plain += text[i];
      else if (!plain.empty() && plain.back() != ' ')
        plain += ' ';
      i += isWide ? 2 : 1;
    }
    if (!plain.empty() && plain.back() == ' ') plain.pop_back();
    EXPECT_EQ(collapsed(text), plain);
  }
}

TEST(Text, HostileTextTakesLinearTime) {
  const std::string brackets(1 << 20, '<');
  EXPECT_EQ(stripMarkup(brackets), brackets);
  EXPECT_EQ(normaliseDoi("10.1000/a" + std::string(1 << 20, ')')), "10.1000/a");
  std::string labels;
  while (labels.size() < 1 << 20) labels += "doi 10.1 ";
  EXPECT_EQ(findLabelledDoi(labels), "");
}

TEST(Identifiers, DoiBracketsAndLabels) {
  EXPECT_EQ(normaliseDoi("(10.1000/a(b)c[d])"), "10.1000/a(b)c[d]");
  EXPECT_EQ(normaliseDoi("10.1000/a)b)."), "10.1000/a)b");
  EXPECT_EQ(normaliseDoi("10.1000/caf%C3%A9"), "10.1000/caf\xC3\xA9");
  EXPECT_EQ(normaliseDoi("10.1000/1.%A4070"), "10.1000/1.%A4070");  // one byte of what would be two
  EXPECT_EQ(findLabelledDoi("Refs 10.1000/other. DOI Number: 10.1000/abc; x"), "10.1000/abc");
  EXPECT_EQ(findLabelledDoi("https://proxy.example.org/login?url=https://DOI.org/10.1000%2Fabc"), "10.1000/abc");
  EXPECT_EQ(findLabelledDoi("doi is missing here, but far behind it stands 10.1000/abc"), "");
}

TEST(Identifiers, Orcid) {
  EXPECT_EQ(normaliseOrcid("ORCID: https://orcid.org/0000-0002-1694-233x"), "0000-0002-1694-233X");
  EXPECT_EQ(normaliseOrcid("ORCID: 0000000218250097"), "0000-0002-1825-0097");
  EXPECT_EQ(normaliseOrcid("ORCID: http://orcid.org/Berg, Anna"), "");
}

TEST(Names, InitialsFirst) {
  EXPECT_EQ(parseName("M. M. H. Mia").family, "Mia");
  EXPECT_EQ(parseName("J. van der Berg").family, "van der Berg");
  EXPECT_EQ(parseName("J. van der Berg").given, "J.");
  EXPECT_EQ(parseName("U.S. Army").literal, "U.S. Army");
  EXPECT_EQ(parseName("M. Rejwan Uddin").literal, "M. Rejwan Uddin");
}

TEST(Text, ContainsIgnoringCase) {
  EXPECT_TRUE(containsIgnoringCase("https://MyDB.example/1", "mydb.EXAMPLE"));
  EXPECT_TRUE(containsIgnoringCase("abc", ""));
  EXPECT_FALSE(containsIgnoringCase("ab", "abc"));
  EXPECT_FALSE(containsIgnoringCase("", "a"));
}

TEST(PublicationTypes, EveryTypeThatIsGivenIsOneOfCsl) {
  const std::vector<std::string_view>& all = cslTypes();
  EXPECT_EQ(all.size(), 45u);  // CSL 1.0.2, appendix III
  for (const std::string_view type :
       {cslTypeOfRis("JOUR"), cslTypeOfRis("ZZZZ"), cslTypeOfName("Book Section"), cslTypeOfName("film")})
    EXPECT_TRUE(std::find(all.begin(), all.end(), type) != all.end()) << type;
}

TEST(PublicationTypes, Lists) {
  using Words = std::vector<std::string_view>;
  EXPECT_EQ(publicationTypeWords("Article; Proceedings Paper"), (Words{"Article", "Proceedings Paper"}));
  EXPECT_EQ(publicationTypeWords("Journal, Peer Reviewed Journal"), (Words{"Journal", "Peer Reviewed Journal"}));
  EXPECT_EQ(publicationTypeWords("Research Support, N.I.H."), (Words{"Research Support, N.I.H."}));
  EXPECT_EQ(publicationType("Dissertation Abstract (0400)"), "thesis");
  EXPECT_EQ(publicationType("Dissertations/Theses - Doctoral Dissertations"), "thesis");
}
