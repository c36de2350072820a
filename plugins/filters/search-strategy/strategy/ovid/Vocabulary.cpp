#include "Vocabulary.hpp"

#include <algorithm>
#include <iterator>

#include "../text/CodePoints.hpp"

namespace winnow::search::ovid {

namespace {

struct Subheading {
  std::string_view code, name;
};

// Sorted by code.
constexpr Subheading kSubheadings[] = {{"aa", "analogs & derivatives"},
                                       {"ab", "abnormalities"},
                                       {"ad", "administration & dosage"},
                                       {"ae", "adverse effects"},
                                       {"ag", "agonists"},
                                       {"ah", "anatomy & histology"},
                                       {"ai", "antagonists & inhibitors"},
                                       {"an", "analysis"},
                                       {"bi", "biosynthesis"},
                                       {"bl", "blood"},
                                       {"bs", "blood supply"},
                                       {"cf", "cerebrospinal fluid"},
                                       {"ch", "chemistry"},
                                       {"ci", "chemically induced"},
                                       {"cl", "classification"},
                                       {"cn", "congenital"},
                                       {"co", "complications"},
                                       {"cs", "chemical synthesis"},
                                       {"ct", "contraindications"},
                                       {"cy", "cytology"},
                                       {"de", "drug effects"},
                                       {"df", "deficiency"},
                                       {"dg", "diagnostic imaging"},
                                       {"dh", "diet therapy"},
                                       {"di", "diagnosis"},
                                       {"dt", "drug therapy"},
                                       {"du", "diagnostic use"},
                                       {"ec", "economics"},
                                       {"ed", "education"},
                                       {"eh", "ethnology"},
                                       {"em", "embryology"},
                                       {"en", "enzymology"},
                                       {"ep", "epidemiology"},
                                       {"es", "ethics"},
                                       {"et", "etiology"},
                                       {"ge", "genetics"},
                                       {"gd", "growth & development"},
                                       {"hi", "history"},
                                       {"im", "immunology"},
                                       {"in", "injuries"},
                                       {"ip", "isolation & purification"},
                                       {"ir", "innervation"},
                                       {"is", "instrumentation"},
                                       {"lj", "legislation & jurisprudence"},
                                       {"ma", "manpower"},
                                       {"me", "metabolism"},
                                       {"mi", "microbiology"},
                                       {"mo", "mortality"},
                                       {"mt", "methods"},
                                       {"nu", "nursing"},
                                       {"og", "organization & administration"},
                                       {"pa", "pathology"},
                                       {"pc", "prevention & control"},
                                       {"pd", "pharmacology"},
                                       {"ph", "physiology"},
                                       {"pk", "pharmacokinetics"},
                                       {"po", "poisoning"},
                                       {"pp", "physiopathology"},
                                       {"ps", "parasitology"},
                                       {"px", "psychology"},
                                       {"py", "pathogenicity"},
                                       {"ra", "radiography"},
                                       {"re", "radiation effects"},
                                       {"rh", "rehabilitation"},
                                       {"ri", "radionuclide imaging"},
                                       {"rt", "radiotherapy"},
                                       {"sc", "secondary"},
                                       {"sd", "supply & distribution"},
                                       {"se", "secretion"},
                                       {"sn", "statistics & numerical data"},
                                       {"st", "standards"},
                                       {"su", "surgery"},
                                       {"sy", "chemical synthesis"},
                                       {"td", "trends"},
                                       {"th", "therapy"},
                                       {"tm", "transmission"},
                                       {"to", "toxicity"},
                                       {"tr", "transplantation"},
                                       {"tu", "therapeutic use"},
                                       {"ul", "ultrastructure"},
                                       {"ur", "urine"},
                                       {"us", "ultrasonography"},
                                       {"ut", "utilization"},
                                       {"ve", "veterinary"},
                                       {"vi", "virology"}};

constexpr std::string_view kFields =
    "ab af an ar as au aw bt ca cc cd ci cl cm cn co cp cr cs ct cu cv da dc dd de dh dj dm do dp dt dv ed eg em ep er "
    "et ez fa fd fe "
    "fs ft fx gc gn go gr gw ho hw ia ib id ig in io ip ir is ja jc jn jt jw jx kf kp kw la lb lg lh li lm lo lp lt ma "
    "md me mf "
    "mh mm mp mv my nj nm nt nw oa oc od ol os ot ow ox pa pb pc ph pi pl pm pn po pp pr ps pt pu px py pz ra rb rd rf "
    "rl rm rn ro rp rs "
    "rt rw rx sa sb sc sd se sf sg sh si sl so sp ss st su sx ta tb tc td te tg th ti tm tn tt tu tv tw tx ty ug ui up "
    "ur us ut ux vi vo "
    "vu vw wf wm wp yr za zp";
constexpr std::string_view kCommon = "ab af au do dp dt fs hw jn jw kf kw la lg mh mp nm ot pt rn sh ti tw tx ui yr";
constexpr std::string_view kAfterDot = "ti ab kw kf tw mp hw ot sh nm tx rn pt";

bool holds(std::string_view list, std::string_view code) {
  if (code.size() != 2 || code.find(' ') != std::string_view::npos) return false;
  for (std::size_t i = 0; i + 2 <= list.size(); i += 3)
    if (list.substr(i, 2) == code) return true;
  return false;
}

bool isNumber(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool isField(std::string_view code) { return holds(kFields, code); }
bool isCommonField(std::string_view code) { return holds(kCommon, code); }
bool mayFollowDot(std::string_view code) { return holds(kAfterDot, code); }

std::string_view subheadingName(std::string_view code) {
  const auto* found = std::find_if(std::begin(kSubheadings), std::end(kSubheadings),
                                   [&](const Subheading& s) { return s.code == code; });
  return found == std::end(kSubheadings) ? std::string_view{} : found->name;
}

std::optional<Operator> operatorNamed(std::string_view word) {
  const std::string name = lower(word);
  if (name == "and") return Operator{Operator::And};
  if (name == "or") return Operator{Operator::Or};
  if (name == "not") return Operator{Operator::Not};
  if (name.rfind("adj", 0) != 0 || name.size() > 5) return std::nullopt;
  const std::string digits = name.substr(3);
  if (digits.empty()) return Operator{Operator::Adj, 0};
  if (!isNumber(digits) || digits[0] == '0') return std::nullopt;
  return Operator{Operator::Adj, static_cast<std::uint32_t>(std::stoul(digits))};
}

bool isForeignOperator(std::string_view word) {
  const std::string name = lower(word);
  if (name == "near" || name == "next") return true;
  for (const std::string_view stem : {"near", "next", "w", "n", "pre", "onear", "within"}) {
    if (name.rfind(stem, 0) != 0 || name.size() == stem.size()) continue;
    const std::string rest = name.substr(stem.size());
    if (rest[0] == '/' && isNumber(rest.substr(1))) return true;
    if ((stem == "near" || stem == "next") && isNumber(rest)) return true;
  }
  return false;
}

}  // namespace winnow::search::ovid
