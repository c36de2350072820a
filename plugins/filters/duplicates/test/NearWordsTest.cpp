// Two words that stand in a dictionary are two words, however near: over all pairs of the lists that name things.
#include <algorithm>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "Bench.hpp"
#include "compare/EditDistance.hpp"
#include "compare/WordLikeness.hpp"
#include "rules/Decision.hpp"
#include "words/KnownWords.hpp"

namespace winnow::duplicates::test {
namespace {

// Short names of ISO 3166-1 that are one word (iso-codes 4.15).
constexpr std::string_view kCountries[] = {
    "afghanistan",  "albania",     "algeria",    "andorra",       "angola",      "anguilla",   "antarctica",
    "argentina",    "armenia",     "aruba",      "australia",     "austria",     "azerbaijan", "bahamas",
    "bahrain",      "bangladesh",  "barbados",   "belarus",       "belgium",     "belize",     "benin",
    "bermuda",      "bhutan",      "bolivia",    "botswana",      "brazil",      "bulgaria",   "burundi",
    "cambodia",     "cameroon",    "canada",     "chad",          "chile",       "china",      "colombia",
    "comoros",      "congo",       "croatia",    "cuba",          "cyprus",      "czechia",    "denmark",
    "djibouti",     "dominica",    "ecuador",    "egypt",         "eritrea",     "estonia",    "eswatini",
    "ethiopia",     "fiji",        "finland",    "france",        "gabon",       "gambia",     "georgia",
    "germany",      "ghana",       "gibraltar",  "greece",        "greenland",   "grenada",    "guadeloupe",
    "guam",         "guatemala",   "guernsey",   "guinea",        "guyana",      "haiti",      "honduras",
    "hungary",      "iceland",     "india",      "indonesia",     "iran",        "iraq",       "ireland",
    "israel",       "italy",       "jamaica",    "japan",         "jersey",      "jordan",     "kazakhstan",
    "kenya",        "kiribati",    "kuwait",     "kyrgyzstan",    "laos",        "latvia",     "lebanon",
    "lesotho",      "liberia",     "libya",      "liechtenstein", "lithuania",   "luxembourg", "macao",
    "madagascar",   "malawi",      "malaysia",   "maldives",      "mali",        "malta",      "martinique",
    "mauritania",   "mauritius",   "mayotte",    "mexico",        "moldova",     "monaco",     "mongolia",
    "montenegro",   "montserrat",  "morocco",    "mozambique",    "myanmar",     "namibia",    "nauru",
    "nepal",        "netherlands", "nicaragua",  "niger",         "nigeria",     "niue",       "norway",
    "oman",         "pakistan",    "palau",      "panama",        "paraguay",    "peru",       "philippines",
    "pitcairn",     "poland",      "portugal",   "qatar",         "romania",     "rwanda",     "samoa",
    "senegal",      "serbia",      "seychelles", "singapore",     "slovakia",    "slovenia",   "somalia",
    "spain",        "sudan",       "suriname",   "sweden",        "switzerland", "syria",      "taiwan",
    "tajikistan",   "tanzania",    "thailand",   "togo",          "tokelau",     "tonga",      "tunisia",
    "turkmenistan", "tuvalu",      "uganda",     "ukraine",       "uruguay",     "uzbekistan", "vanuatu",
    "venezuela",    "vietnam",     "yemen",      "zambia",        "zimbabwe"};

// Pairs of the List of Confused Drug Names, Institute for Safe Medication Practices, February 2023, and others of one
// class of medicines.
const std::vector<std::pair<const char*, const char*>> kMedicines = {
    {"amlodipine", "amiloride"},        {"azathioprine", "azacitidine"},    {"cefotetan", "cefoxitin"},
    {"cefepime", "cefixime"},           {"cefazolin", "ceftriaxone"},       {"chlorpromazine", "chlorpropamide"},
    {"clomiphene", "clomipramine"},     {"clonazepam", "lorazepam"},        {"clonidine", "clonazepam"},
    {"cyclosporine", "cycloserine"},    {"daunorubicin", "doxorubicin"},    {"dobutamine", "dopamine"},
    {"duloxetine", "fluoxetine"},       {"fluoxetine", "fluvoxamine"},      {"glipizide", "glyburide"},
    {"guaifenesin", "guanfacine"},      {"hydralazine", "hydroxyzine"},     {"hydrocodone", "oxycodone"},
    {"infliximab", "rituximab"},        {"lamivudine", "lamotrigine"},      {"levetiracetam", "levofloxacin"},
    {"metformin", "metronidazole"},     {"miglustat", "migalastat"},        {"nicardipine", "nifedipine"},
    {"nimodipine", "nifedipine"},       {"oxcarbazepine", "carbamazepine"}, {"pazopanib", "ponatinib"},
    {"penicillamine", "penicillin"},    {"prednisolone", "prednisone"},     {"propylthiouracil", "mercaptopurine"},
    {"quetiapine", "olanzapine"},       {"quinidine", "quinine"},           {"rifampicin", "rifaximin"},
    {"romidepsin", "romiplostim"},      {"sitagliptin", "saxagliptin"},     {"sulfadiazine", "sulfasalazine"},
    {"sumatriptan", "zolmitriptan"},    {"tiagabine", "tizanidine"},        {"tramadol", "trazodone"},
    {"valacyclovir", "valganciclovir"}, {"vinblastine", "vincristine"},     {"estradiol", "estriol"}};

// Everyday words that reviews contrast or that stand for other subjects.
const std::vector<std::pair<const char*, const char*>> kWords = {
    {"parents", "patients"},     {"carers", "careers"},          {"mediation", "medication"},
    {"mediation", "meditation"}, {"medication", "meditation"},   {"moderators", "mediators"},
    {"adoption", "adaption"},    {"morality", "mortality"},      {"mortality", "morbidity"},
    {"rational", "national"},    {"perception", "prescription"}, {"hearing", "healing"},
    {"nutrition", "mutation"},   {"caring", "carving"}};

/// What the plugin says of two records that differ in one word of the title, with one journal, volume and year and no
/// page.
Outcome outcomeOf(std::string_view before, std::string_view one, std::string_view other, std::string_view after) {
  const auto record = [&](std::string_view word) {
    return featuresFor(article({{"title", std::string(before) + " " + std::string(word) + " " + std::string(after)},
                                {"issue", ""},
                                {"page", ""}}));
  };
  Policy policy;
  policy.off.resize(kRuleCount);
  return decide(compare(record(one), record(other)), policy).outcome;
}

TEST(NearWords, everyCountryIsInTheList) {
  for (const std::string_view country : kCountries) EXPECT_TRUE(country.size() < 4 || isKnownWord(country)) << country;
}

TEST(NearWords, noCountryIsAMisprintOfAnother) {
  for (const std::string_view a : kCountries)
    for (const std::string_view b : kCountries) {
      if (a >= b) continue;
      EXPECT_EQ(twinOf(a, b), Twin::none) << a << " " << b;
      if (editSimilarity(a, b) < 0.5) continue;
      EXPECT_NE(outcomeOf("Services for shift workers and their families in", a, b, "since the war"), Outcome::merge)
          << a << " " << b;
    }
}

TEST(NearWords, noMedicineIsAMisprintOfAnother) {
  for (const auto& [a, b] : kMedicines) {
    EXPECT_TRUE(twinOf(a, b) == Twin::none || twinOf(a, b) == Twin::possible) << a << " " << b;
    EXPECT_NE(outcomeOf("Response of shift workers with insomnia to", a, b, "at night"), Outcome::merge) << a << b;
  }
}

TEST(NearWords, wordsOfOneDictionaryAreTwo) {
  for (const auto& [a, b] : kWords) {
    EXPECT_TRUE(twinOf(a, b) == Twin::none || twinOf(a, b) == Twin::rival) << a << " " << b;
    EXPECT_NE(outcomeOf("Attitudes towards", a, b, "in retired shift workers of the north"), Outcome::merge)
        << a << " " << b;
  }
}

/// The same complete list of people has two works in one regular issue hardly ever: there even two words of the
/// dictionary are a slip, in a long title, where no pages tell the works apart.
TEST(NearWords, oneTeamInOneIssueMadeASlip) {
  const auto titled = [](const std::string& word, FieldList more) {
    more.push_back({"title", "Attitudes towards " + word +
                                 " among retired shift workers of northern hospitals during long winters"});
    return article(more);
  };
  ASSERT_EQ(twinOf("mediation", "meditation"), Twin::rival);
  const FieldList noPages = {{"page", ""}};
  EXPECT_EQ(answer(titled("mediation", noPages), titled("meditation", noPages)), "merge duplicates.title-and-journal");
  EXPECT_EQ(answer(titled("mediation", {}), titled("meditation", {{"page", "301-322"}})), "distinct");
  EXPECT_EQ(answer(titled("mediation", noPages), titled("meditation", {{"page", ""}, {"issue", "4"}})), "distinct");
}

TEST(NearWords, oneLetterAloneIsAMisprint) {
  EXPECT_EQ(outcomeOf("Attitudes towards", "orchard", "orchad", "work in retired nurses of the north"), Outcome::merge);
  EXPECT_EQ(outcomeOf("Attitudes towards", "ageing", "aging", "in retired nurses of the north"), Outcome::merge);
}

// A share of 0.74: two letters of eight. Below it two unknown words have nothing to do with each other.
TEST(NearWords, nearHasALimit) {
  EXPECT_EQ(twinOf("qormalib", "qormelab"), Twin::possible);  // 0.75
  EXPECT_EQ(twinOf("qormalb", "qormelx"), Twin::none);        // 0.71
}

TEST(KnownWords, findsFirstLastAndNothingElse) {
  EXPECT_EQ(lookUp("aachen"), Known::word);
  EXPECT_EQ(lookUp("zythum"), Known::no);
  EXPECT_EQ(lookUp("zyuganov"), Known::word);
  EXPECT_EQ(lookUp("iceland"), Known::name);
  EXPECT_EQ(lookUp("cefixime"), Known::name);
  EXPECT_EQ(lookUp("cat"), Known::no);  // too short to be listed
  EXPECT_EQ(lookUp(""), Known::no);
  EXPECT_EQ(lookUp("orchard"), Known::word);
  EXPECT_EQ(lookUp("orchar"), Known::no);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverlength-strings"
constexpr char kList[] =
#include "../words/words.inc"
    ;
#pragma GCC diagnostic pop

// The list read from its beginning to its end, against the search.
TEST(KnownWords, findsEveryWordOfTheListAndNoOther) {
  std::istringstream lines(kList);
  std::vector<std::pair<std::string, Known>> listed;
  for (std::string line; std::getline(lines, line);) {
    std::string word;
    for (std::size_t at = 0; at < line.size();) {
      word.resize(at == 0 ? 0 : static_cast<std::size_t>(line[at++] - '0'));
      while (at < line.size() && line[at] >= 'a' && line[at] <= 'z') word += line[at++];
      const bool isName = at < line.size() && line[at] == '*';
      at += isName ? 1 : 0;
      ASSERT_TRUE(listed.empty() || listed.back().first < word) << word;
      listed.emplace_back(word, isName ? Known::name : Known::word);
    }
  }
  ASSERT_EQ(listed.size(), 138137U);
  const auto isListed = [&](const std::string& word) {
    const auto found = std::lower_bound(listed.begin(), listed.end(), word,
                                        [](const auto& one, const std::string& other) { return one.first < other; });
    return found != listed.end() && found->first == word ? found->second : Known::no;
  };
  for (std::size_t i = 0; i < listed.size(); ++i) {
    const auto& [word, known] = listed[i];
    ASSERT_EQ(lookUp(word), known) << word;
    if (i % 16 != 0) continue;  // half a minute under the sanitizers otherwise
    for (const std::string& near :
         {word + "a", word + "z", word.substr(0, word.size() - 1), "a" + word, word.substr(1), word.substr(0, 3) + "q"})
      if (near.size() >= 4) {
        ASSERT_EQ(lookUp(near), isListed(near)) << near;
      }
  }
}

}  // namespace
TEST(NearWords, everyWordOfAShortTitleMayBeSpeltInTwoWays) {
  for (const auto& [british, american] :
       {std::pair("Tumour behaviour in haemophilia centres", "Tumor behavior in hemophilia centers"),
        std::pair("Health-care workers' well-being", "Healthcare workers wellbeing"),
        std::pair("Paediatric anaesthesia at centres", "Pediatric anesthesia at centers")}) {
    const FieldList other = {{"title", american}, {"container.title", "J Appl Sleep Sci"}, {"page", ""}};
    EXPECT_EQ(answer(article({{"title", british}, {"page", ""}}), article(other)), "merge duplicates.title-and-journal")
        << british;
  }
}

}  // namespace winnow::duplicates::test
