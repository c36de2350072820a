// Works of one team that differ by little: none may be joined, wherever and with however few fields they appeared.
#include <gtest/gtest.h>

#include "Bench.hpp"

namespace winnow::duplicates::test {
namespace {

struct LookAlike {
  const char* one;
  const char* other;
};

/// Pairs that are two works even in one issue, without pages.
constexpr LookAlike kTwoWorks[] = {
    {"Ferric iron is associated with infection after colorectal surgery",
     "Ferric iron is not associated with infection after colorectal surgery"},
    {"Effect of ferric iron on infection after colorectal surgery",
     "No effect of ferric iron on infection after colorectal surgery"},
    {"Effect of ferric iron on infection after colorectal surgery",
     "Lack of effect of ferric iron on infection after colorectal surgery"},
    {"Outcomes of symptomatic carotid stenosis in Denmark", "Outcomes of asymptomatic carotid stenosis in Denmark"},
    {"Anaemia treatment of smokers with bowel disease", "Anaemia treatment of non-smokers with bowel disease"},
    {"Anaemia treatment of smokers with bowel disease", "Anaemia treatment of nonsmokers with bowel disease"},
    {"Outcomes of small cell lung cancer in Denmark", "Outcomes of non-small cell lung cancer in Denmark"},
    {"Predictors of operation in patients with bowel disease",
     "Predictors of reoperation in patients with bowel disease"},
    {"Treatment of hypertension in elderly patients with renal disease",
     "Treatment of hypotension in elderly patients with renal disease"},
    {"Pharmacokinetics of omeprazole in healthy volunteers", "Pharmacokinetics of esomeprazole in healthy volunteers"},
    {"Pharmacokinetics of prednisone in healthy volunteers", "Pharmacokinetics of prednisolone in healthy volunteers"},
    {"Pharmacokinetics of cycloserine in healthy volunteers", "Pharmacokinetics of cyclosporine in healthy volunteers"},
    {"Pharmacokinetics of quinidine in healthy volunteers", "Pharmacokinetics of quinine in healthy volunteers"},
    {"Pharmacokinetics of saxagliptin in healthy volunteers", "Pharmacokinetics of sitagliptin in healthy volunteers"},
    {"Pharmacokinetics of pentobarbital in healthy volunteers",
     "Pharmacokinetics of phenobarbital in healthy volunteers"},
    {"Pharmacokinetics of ceftriaxone in healthy volunteers", "Pharmacokinetics of cefotaxime in healthy volunteers"},
    {"Pharmacokinetics of acyclovir in healthy volunteers", "Pharmacokinetics of ganciclovir in healthy volunteers"},
    {"Pharmacokinetics of acyclovir in healthy volunteers", "Pharmacokinetics of valacyclovir in healthy volunteers"},
    {"Pharmacokinetics of azithromycin in healthy volunteers",
     "Pharmacokinetics of erythromycin in healthy volunteers"},
    {"Pharmacokinetics of felodipine in healthy volunteers", "Pharmacokinetics of amlodipine in healthy volunteers"},
    {"Prevalence of hypertension among adults in Austria", "Prevalence of hypertension among adults in Australia"},
    {"Prevalence of hypertension among adults in Niger", "Prevalence of hypertension among adults in Nigeria"},
    {"Quality of life in type I diabetes mellitus", "Quality of life in type II diabetes mellitus"},
    {"Iron after colorectal surgery: a phase IIa trial", "Iron after colorectal surgery: a phase IIb trial"},
    {"Iron after colorectal surgery. I. Methods", "Iron after colorectal surgery. II. Results"},
    {"Iron after colorectal surgery in Denmark", "Iron after colorectal surgery in Denmark: a pilot study"},
    {"Iron after colorectal surgery in Denmark", "Iron after colorectal surgery in Denmark: study protocol"},
    {"Iron after colorectal surgery in Denmark", "Iron after colorectal surgery in Denmark [Erratum]"},
    {"Iron after colorectal surgery in Denmark", "Iron after colorectal surgery in Denmark (correction)"},
    {"Iron after colorectal surgery in Denmark", "Withdrawal: Iron after colorectal surgery in Denmark"},
    {"Iron after colorectal surgery in Denmark", "Letter: Iron after colorectal surgery in Denmark"},
    {"Iron after colorectal surgery in Denmark", "Editorial: Iron after colorectal surgery in Denmark"},
    {"Iron after colorectal surgery in Denmark", "Re: Iron after colorectal surgery in Denmark"},
    {"Iron after colorectal surgery in Denmark", "Data from: Iron after colorectal surgery in Denmark"},
    {"Iron after colorectal surgery in Denmark", "Additional file 1 of Iron after colorectal surgery in Denmark"},
    {"Iron after colorectal surgery in Denmark", "Review for \"Iron after colorectal surgery in Denmark\""},
    {"Iron after colorectal surgery in Denmark", "Decision letter for \"Iron after colorectal surgery in Denmark\""},
    {"Annual report of the national poison centres 2011", "Annual report of the national poison centres 2012"},
    {"Twenty-eighth annual report of the poison centres", "Twenty-ninth annual report of the poison centres"},
    {"Textbook of colorectal surgery and iron, 2nd edition", "Textbook of colorectal surgery and iron, 3rd edition"},
    {"Proceedings of the fifth workshop on iron and surgery", "Proceedings of the sixth workshop on iron and surgery"},
};

/// What a pair is known by: all but the pages, the journal alone, the year alone, other pages of the issue, another
/// issue.
const std::vector<std::pair<FieldList, FieldList>>& contexts() {
  static const FieldList kNoPage = {{"page", ""}}, kJournal = {{"volume", ""}, {"issue", ""}, {"page", ""}},
                         kYear = {{"container.title", ""}, {"volume", ""}, {"issue", ""}, {"page", ""}};
  static const std::vector<std::pair<FieldList, FieldList>> list = {{kNoPage, kNoPage},
                                                                    {kJournal, kJournal},
                                                                    {kYear, kYear},
                                                                    {{}, {{"page", "230-236"}}},
                                                                    {{}, {{"issue", "6"}, {"page", "801-808"}}}};
  return list;
}

TEST(LookAlikes, neverJoinInAnyProfile) {
  for (const LookAlike& pair : kTwoWorks)
    for (const auto& [left, right] : contexts())
      for (const char* profile : {"strict", "default", "broad"}) {
        FieldList one = left, other = right;
        one.emplace_back("title", pair.one);
        other.emplace_back("title", pair.other);
        EXPECT_NE(answer(article(one), article(other), {{"profile", profile}}).substr(0, 5), "merge")
            << pair.other << ", " << profile;
      }
}

TEST(LookAlikes, spellingIsNoDifference) {
  for (const LookAlike& pair : {LookAlike{"Anaemia treatment of non-smokers with bowel disease",
                                          "Anaemia treatment of nonsmokers with bowel diseases"},
                                {"Co-operation of surgeons and nurses in bowel diseases",
                                 "Cooperation of surgeons and nurses in bowel disease"},
                                {"Cyclosporine after colorectal surgery in Danish patients",
                                 "Ciclosporin after colorectal surgery in Danish patients"},
                                {"Iron after surgery. Report no. 5 of the Danish study group",
                                 "Iron after surgery: report 5 of the Danish study group"},
                                {"Iron after colorectal surgery in Denmark [Erratum appears in J Iron 2015;2:1]",
                                 "Iron after colorectal surgery in Denmark"}})
    EXPECT_EQ(answer(article({{"title", pair.one}}), article({{"title", pair.other}})).substr(0, 5), "merge")
        << pair.one;
}

/// The same title by the same people is not the same work when what surrounds it says otherwise.
TEST(LookAlikes, oneTitleTwoWorks) {
  const std::vector<std::pair<const char*, std::pair<FieldList, FieldList>>> pairs = {
      {"a guideline in two journals",
       {{{"id.doi", "10.1234/a"}},
        {{"container.title", "Annals of Rest"}, {"volume", "7"}, {"page", "1-19"}, {"id.doi", "10.9876/b"}}}},
      {"abstract of a meeting and article",
       {{{"volume", "20"}, {"issued.year", "2013"}, {"issue", "Suppl 1"}, {"page", "S12"}}, {}}},
      {"abstract of a meeting and article of one volume", {{{"issue", ""}, {"page", "1034"}}, {{"issue", ""}}}},
      {"a Cochrane review and its update in one year",
       {{{"container.title", "Cochrane Database of Systematic Reviews"},
         {"volume", ""},
         {"issue", "1"},
         {"page", "CD001234"}},
        {{"container.title", "Cochrane Database of Systematic Reviews"},
         {"volume", ""},
         {"issue", "9"},
         {"page", "CD001234"}}}},
      {"sections of one journal",
       {{{"container.title", "Journal of Sleep A"}, {"volume", ""}, {"issue", ""}, {"page", ""}},
        {{"container.title", "Journal of Sleep B"}, {"volume", ""}, {"issue", ""}, {"page", ""}}}},
      {"thesis without a kind and the article of three authors",
       {{{"author.literal", "Hollis, Mara J"}, {"container.title", ""}, {"volume", ""}, {"issue", ""}, {"page", ""}},
        {}}},
      {"a column of two years",
       {{{"volume", ""}, {"issue", ""}, {"page", ""}},
        {{"issued.year", "2015"}, {"volume", ""}, {"issue", ""}, {"page", ""}}}},
      {"two registrations", {{{"id.accession", "NCT00000001"}}, {{"id.accession", "NCT00000002"}}}},
      {"registration and article",
       {{{"type", "registration"},
         {"container.title", "ClinicalTrials.gov"},
         {"volume", ""},
         {"issue", ""},
         {"page", ""}},
        {}}},
      {"thesis and article",
       {{{"type", "thesis"},
         {"container.title", "University of Somewhere"},
         {"volume", ""},
         {"issue", ""},
         {"page", ""}},
        {{"type", "article-journal"}}}},
      {"an encore abstract",
       {{{"type", "paper-conference"},
         {"container.title", "European Heart Journal"},
         {"volume", "34"},
         {"page", "P12"}},
        {{"type", "paper-conference"}, {"container.title", "Circulation"}, {"volume", "128"}, {"page", "A34"}}}},
      {"an article and its reprint two years on", {{}, {{"issued.year", "2016"}, {"volume", "23"}, {"page", "17-29"}}}},
  };
  for (const auto& [name, fields] : pairs)
    for (const char* profile : {"strict", "default", "broad"})
      EXPECT_NE(answer(article(fields.first), article(fields.second), {{"profile", profile}}).substr(0, 5), "merge")
          << name << ", " << profile;
}

TEST(LookAlikes, aTitleTranslatedKeepsItsAbstract) {
  const std::string ours =
      "Sleep of retired shift workers was recorded for two weeks, and memory was tested on the last evening and the "
      "next morning.";
  const std::string others =
      "Cattle grazing near rivers were counted by drones each month; parasites in their dung were cultured and named "
      "by genus.";
  const FieldList translated = {{"title", "[Schlaf und Gedaechtnis im Ruhestand]"}};
  const auto with = [](FieldList fields, const std::string& abstract) {
    fields.emplace_back("abstract", abstract);
    return article(fields);
  };
  EXPECT_EQ(answer(with({}, ours), with(translated, ours)), "merge duplicates.same-pages");
  EXPECT_EQ(answer(with({}, ours), with(translated, others)), "distinct") << "what was abstracted differs";
}

TEST(LookAlikes, aMisprintInThePagesIsOne) {
  const FieldList noIssue = {{"issue", ""}}, near = {{"issue", ""}, {"page", "219-231"}};
  EXPECT_EQ(answer(article(noIssue), article(near)), "merge duplicates.title-and-journal");
  EXPECT_EQ(answer(article(), article({{"page", "12"}})), "maybe duplicates.maybe") << "elsewhere in the issue";
}

}  // namespace
}  // namespace winnow::duplicates::test
