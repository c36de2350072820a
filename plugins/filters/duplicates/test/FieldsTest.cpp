#include <gtest/gtest.h>

#include "compare/JournalComparison.hpp"
#include "compare/PageComparison.hpp"
#include "features/AbstractSketch.hpp"
#include "features/Identifiers.hpp"

namespace winnow::duplicates {
namespace {

struct PageCase {
  const char* raw;
  PageKind kind;
  std::uint32_t first, last;
};

TEST(Pages, readsExportedCells) {
  const PageCase cases[] = {{"221-8", PageKind::print, 221, 228},
                            {"pp. 40\xE2\x80\x93"
                             "45",
                             PageKind::print, 40, 45},
                            {"S12-S20", PageKind::print, 12, 20},
                            {"742-8; discussion 748-9", PageKind::print, 742, 748},
                            {"405--416", PageKind::print, 405, 416},
                            {"e12724", PageKind::electronic, 12724, 0},
                            {"CD006273", PageKind::electronic, 6273, 0},
                            {"104532", PageKind::electronic, 104532, 0},
                            {"A134-A135", PageKind::print, 134, 135},
                            {"1-6", PageKind::generic, 1, 6},
                            {"01-Jun", PageKind::generic, 1, 6},
                            {"Jun-01", PageKind::generic, 1, 6},
                            {"iii", PageKind::print, 3, 0},
                            {"", PageKind::none, 0, 0},
                            {"in press", PageKind::none, 0, 0},
                            {"1461-1457", PageKind::none, 0, 0}};
  for (const PageCase& c : cases) {
    const Pages pages = parsePages(c.raw);
    EXPECT_EQ(pages.kind, c.kind) << c.raw;
    EXPECT_EQ(pages.first, c.first) << c.raw;
    EXPECT_EQ(pages.last, c.last) << c.raw;
  }
}

Agreement pages(std::string_view a, std::string_view b) {
  const Agreement there = comparePages(parsePages(a), parsePages(b));
  EXPECT_EQ(there, comparePages(parsePages(b), parsePages(a))) << a << " and " << b;
  return there;
}

TEST(ComparePages, tellsFourThings) {
  EXPECT_EQ(pages("221-8", "221-228"), Agreement::equal);
  EXPECT_EQ(pages("221-8", "221"), Agreement::equal);
  EXPECT_EQ(pages("P63", "63"), Agreement::compatible);
  EXPECT_EQ(pages("488", "487-488"), Agreement::compatible);
  EXPECT_EQ(pages("221-8", "301-9"), Agreement::contradiction);
  EXPECT_EQ(pages("S12", "S30"), Agreement::contradiction);
  EXPECT_EQ(pages("c1804", "1014"), Agreement::empty);
  EXPECT_EQ(pages("e12724", "1-6"), Agreement::empty);
  EXPECT_EQ(pages("221-8", ""), Agreement::empty);
}

Agreement volumes(std::string_view a, std::string_view b) {
  return compareVolumes(parseNumbering(a), parseNumbering(b));
}
Agreement issues(std::string_view a, std::string_view b) { return compareIssues(parseNumbering(a), parseNumbering(b)); }

TEST(CompareNumbering, readsAndCompares) {
  EXPECT_EQ(volumes("Vol. 12", "12"), Agreement::equal);
  EXPECT_EQ(volumes("XII", "12"), Agreement::equal);
  EXPECT_EQ(volumes("12 Suppl 1", "12"), Agreement::compatible);
  EXPECT_EQ(volumes("12", "13"), Agreement::contradiction);
  EXPECT_EQ(volumes("1)", "64"), Agreement::empty) << "the rest of a torn cell says nothing";
  EXPECT_EQ(issues("3", "4"), Agreement::contradiction);
  EXPECT_EQ(issues("1112", "1113"), Agreement::empty) << "no volume has so many issues";
  EXPECT_TRUE(parseNumbering("Institute of Sleep, 12 Long Street, Anytown 4051").empty());
}

TEST(Doi, hasOneSpelling) {
  for (const char* raw : {"10.1234/AbC.5", "https://doi.org/10.1234/abc.5", "http://dx.doi.org/10.1234%2Fabc.5",
                          "doi: 10.1234/abc.5.", "10.1234/abc.5 [doi]"})
    EXPECT_EQ(parseDoi(raw).text, "10.1234/abc.5") << raw;
  EXPECT_EQ(parseDoi("10.1016/s0140(05)70810-4").text, "10.1016/s0140(05)70810-4");
  for (const char* raw : {"", "n/a", "10.1234", "10.12/x", "101089/lap200414380"})
    EXPECT_TRUE(parseDoi(raw).empty()) << raw;
}

TEST(Doi, keepsVersionsApart) {
  EXPECT_EQ(parseDoi("10.1002/14651858.CD002273.pub3").text, "10.1002/14651858.cd002273");
  EXPECT_EQ(parseDoi("10.1002/14651858.CD002273.pub3").version, 3u);
  EXPECT_EQ(parseDoi("10.21203/rs.3.rs-11/v2").version, 2u);
  EXPECT_EQ(parseDoi("10.12688/f1000research.12345.1").version, 1u);
  EXPECT_EQ(parseDoi("10.1234/abc.1").version, 0u);
}

TEST(Doi, knowsPreprints) {
  EXPECT_TRUE(parseDoi("10.1101/2020.01.01.123456").isPreprint());
  EXPECT_FALSE(parseDoi("10.1101/gr.123456.111").isPreprint());
  EXPECT_TRUE(parseDoi("10.48550/arXiv.2101.00001").isPreprint());
}

TEST(Identifiers, findsTrialsAndIsbns) {
  Identifiers ids;
  ids.addTrials("see NCT01234567 and ISRCTN 12345678, not NCT123");
  EXPECT_EQ(ids.trials, (std::vector<std::string>{"isrctn12345678", "nct01234567"}));
  ids.addIsbns("978-3-0346-0479-6 3-0346-0479-X");
  ASSERT_EQ(ids.isbns.size(), 2u);
  EXPECT_EQ(ids.isbns[0], ids.isbns[1]);
}

Agreement journals(std::initializer_list<std::string_view> a, std::initializer_list<std::string_view> b) {
  Journal left, right;
  for (const std::string_view name : a) left.addName(name);
  for (const std::string_view name : b) right.addName(name);
  left.finish();
  right.finish();
  left.readNames();
  right.readNames();
  EXPECT_EQ(compareJournals(left, right).agreement, compareJournals(right, left).agreement);
  EXPECT_EQ(compareJournals(left, right).isPart, compareJournals(right, left).isPart);
  return compareJournals(left, right).agreement;
}

TEST(CompareJournals, knowsNames) {
  EXPECT_EQ(journals({"The Journal of Sleep"}, {"journal of sleep"}), Agreement::equal);
  EXPECT_EQ(journals({"J. Clin. Oncol."}, {"Journal of Clinical Oncology"}), Agreement::compatible);
  EXPECT_EQ(journals({"arXiv preprint arXiv:2101.00001"}, {"arXiv"}), Agreement::equal);
  EXPECT_EQ(journals({"arXiv:2101.00001v2 [q-bio.NC]"}, {"arXiv (Cornell University)"}), Agreement::equal);
  EXPECT_EQ(journals({"JAMA"}, {"Journal of the American Medical Association"}), Agreement::compatible);
  EXPECT_EQ(journals({"Sleep : official publication of a society"}, {"Sleep"}), Agreement::equal);
  EXPECT_EQ(journals({"JPEN. Journal of parenteral nutrition"}, {"Journal of Parenteral Nutrition"}), Agreement::equal);
  EXPECT_EQ(journals({"Zhonghua shui mian za zhi [Chinese journal of sleep]"}, {"Chinese Journal of Sleep"}),
            Agreement::equal);
  EXPECT_EQ(journals({"Sleep Medicine. Conference: 8th World Congress"}, {"Sleep Medicine"}), Agreement::equal);
  EXPECT_EQ(journals({"Ann Fr Anesth Reanim"}, {"Annales Francaises d'Anesthesie et de Reanimation"}),
            Agreement::compatible);
  EXPECT_EQ(journals({"Sleep"}, {"Memory"}), Agreement::contradiction);
  EXPECT_EQ(journals({"Sleep"}, {}), Agreement::empty);
}

TEST(CompareJournals, anIssnIsEnough) {
  Journal a, b;
  a.addName("Sleep");
  a.addIssns("1234-567X (Print) 1111-2222");
  b.addName("Something else");
  b.addIssns("1234567x");
  a.finish();
  b.finish();
  EXPECT_EQ(compareJournals(a, b).agreement, Agreement::equal);
}

TEST(CompareJournals, aPartIsNeitherTheSameNorAnother) {
  EXPECT_EQ(journals({"Pomona"}, {"Pomona - Clinical Practice"}), Agreement::empty);
  EXPECT_EQ(journals({"Cancer"}, {"Cancer Cytopathology"}), Agreement::empty);
  EXPECT_EQ(journals({"Journal of Pear Research. Part A"}, {"Journal of Pear Research. Part B"}),
            Agreement::contradiction);
}

TEST(CompareJournals, abbreviatesAsIso4Does) {
  EXPECT_EQ(journals({"Wochenschr Obstkd"}, {"Wochenschrift fur Obstkunde"}), Agreement::compatible);
  EXPECT_EQ(journals({"Rev Dendropomol Nord Fr"}, {"La Revue dendro-pomologique du nord de la France"}),
            Agreement::compatible);
  EXPECT_EQ(journals({"Quad Lazzari Diagn"}, {"Quaderni Lazzari di diagnostica clinica e di laboratorio"}),
            Agreement::compatible);
  EXPECT_EQ(journals({"J Natl Sleep Assn"}, {"Journal of the National Sleep Association"}), Agreement::compatible);
  // Any subsequence is not enough.
  EXPECT_EQ(journals({"J Physiol"}, {"Journal of Psychophysiology"}), Agreement::contradiction);
  EXPECT_EQ(journals({"Int J Psychol"}, {"International Journal of Psychophysiology"}), Agreement::contradiction);
  EXPECT_EQ(journals({"Am J Ophthalmol"}, {"American Journal of Orthodontics"}), Agreement::contradiction);
}

TEST(CompareJournals, aMeetingHasManyNames) {
  constexpr std::string_view kMeeting = "European Conference on Orchard Robotics";
  for (const std::string_view other :
       {"Proc. 31st Eur. Conf. on Orchard Robotics", "ECOR - Thirty First European Conference on Orchard Robotics",
        "ECOR 2014 : Pears in the Sky", "Proceedings of the 31st European Conference on Orchard Robotics (ECOR 2014)"})
    EXPECT_EQ(journals({kMeeting}, {other}), Agreement::compatible) << other;
  EXPECT_EQ(journals({"In Proceedings of the Twenty-Sixth Annual ACM Symposium on Orchard Theory"},
                     {"Proc. 26th Annu. ACM Sympos. Orchard Theory"}),
            Agreement::compatible);
  EXPECT_EQ(journals({"ACM ORCHREC Record"}, {"ORCHREC Rec."}), Agreement::compatible);
  // By its acronym and by its subject: nothing tells. By two subjects: two meetings. A journal is no meeting.
  EXPECT_EQ(journals({"GRAFTECH Conference"}, {"International Conference on Building Piers"}), Agreement::empty);
  EXPECT_EQ(journals({kMeeting}, {"European Conference on Desert Medicine"}), Agreement::empty);
  EXPECT_EQ(journals({"Workshop on Piers"}, {"Symposium on Deserts"}), Agreement::contradiction);
  EXPECT_EQ(journals({kMeeting}, {"Journal of Orchard Robotics"}), Agreement::contradiction);
}

std::string prose(int from, int words) {
  std::string text;
  for (int i = from; i < from + words; ++i) text += "word" + std::to_string(i) + " ";
  return text;
}

TEST(AbstractSketch, standsForTheBeginning) {
  const AbstractSketch whole = sketchAbstract(prose(0, 200));
  EXPECT_DOUBLE_EQ(similarity(whole, sketchAbstract("BACKGROUND: " + prose(0, 80))), 1.0);
  EXPECT_DOUBLE_EQ(similarity(whole, sketchAbstract(prose(500, 200))), 0.0);
  EXPECT_DOUBLE_EQ(similarity(whole, sketchAbstract("too short")), -1.0);
}

}  // namespace
}  // namespace winnow::duplicates
