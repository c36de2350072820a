#include "RisDialect.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include <winnow/formats/text.hpp>

namespace winnow::ris {

namespace {

using formats::startsWithIgnoringCase;

constexpr bool Y = true, o = false;

// clang-format off
constexpr Habits kHabits[] = {
    //                              title subtitle tests  issue class  labels address month initials accession
    //                              stop  in T1    in A2  in M1 in M3  in N1  in CY   in Y2 first
    {Dialect::Generic,  "",         o,    o,       o,     Y,    o,     o,     o,      o,    o,       ""},
    {Dialect::Ovid,     "ovid",     Y,    o,       Y,     o,    Y,     o,     o,      o,    o,       ""},
    {Dialect::Ebsco,    "ebsco",    o,    o,       o,     o,    o,     Y,     o,      o,    o,       ""},
    {Dialect::Embase,   "embase",   o,    o,       o,     o,    o,     o,     o,      o,    o,       "U2"},
    {Dialect::Scopus,   "scopus",   o,    o,       o,     o,    o,     o,     o,      o,    o,       ""},
    {Dialect::Wos,      "wos",      o,    o,       o,     o,    o,     o,     o,      o,    o,       ""},
    {Dialect::Proquest, "proquest", o,    o,       o,     o,    o,     o,     o,      o,    o,       ""},
    {Dialect::Cochrane, "cochrane", o,    o,       o,     o,    o,     o,     o,      o,    o,       ""},
    {Dialect::Primo,    "primo",    o,    Y,       o,     o,    o,     o,     o,      o,    o,       "ID"},
    {Dialect::Worldcat, "worldcat", o,    o,       o,     o,    o,     o,     o,      o,    o,       "ID"},
    {Dialect::Scholar,  "scholar",  o,    o,       o,     o,    o,     o,     o,      o,    o,       ""},
    {Dialect::Endnote,  "endnote",  o,    o,       o,     Y,    o,     o,     o,      o,    o,       ""},
    {Dialect::Rayyan,   "rayyan",   o,    o,       o,     o,    o,     o,     Y,      Y,    Y,       ""},
    {Dialect::Zotero,   "zotero",   o,    o,       o,     o,    o,     o,     o,      o,    o,       ""}};
// clang-format on

/// A value of a tag that begins with or holds a text decides. The first row that fits counts.
struct Sign {
  std::uint32_t tag;
  bool anywhere;
  std::string_view text;
  Dialect dialect;
};
constexpr Sign kSigns[] = {{code("ID"), false, "rayyan-", Dialect::Rayyan},
                           {code("AN"), false, "rayyan-", Dialect::Rayyan},
                           {code("DB"), false, "/z-wcorg/", Dialect::Worldcat},
                           {code("DB"), false, "Scopus", Dialect::Scopus},
                           {code("N1"), false, "Export Date:", Dialect::Scopus},
                           {code("DP"), false, "EBSCOhost", Dialect::Ebsco},
                           {code("UR"), true, "search.ebscohost.com", Dialect::Ebsco},
                           {code("N1"), true, "Accession Number:", Dialect::Ebsco},
                           {code("UR"), true, "ovidsp.ovid.com", Dialect::Ovid},
                           {code("UR"), true, "ovid.com/", Dialect::Ovid},
                           {code("L2"), true, "ovid.com/", Dialect::Ovid},
                           {code("DB"), false, "Ovid", Dialect::Ovid},
                           {code("DP"), false, "Ovid", Dialect::Ovid},
                           {code("DB"), false, "APA PsycInfo", Dialect::Ovid},
                           {code("DB"), false, "Embase <", Dialect::Ovid},
                           {code("AN"), false, "WOS:", Dialect::Wos},
                           {code("AN"), false, "MEDLINE:", Dialect::Wos},
                           {code("DB"), true, "ProQuest", Dialect::Proquest},
                           {code("UR"), true, "proquest.com", Dialect::Proquest},
                           {code("N1"), false, "Copyright - ", Dialect::Proquest},
                           {code("UR"), true, "cochranelibrary", Dialect::Cochrane},
                           {code("UR"), true, "embase.com", Dialect::Embase},
                           {code("LK"), true, "embase.com", Dialect::Embase},
                           {code("UR"), true, "primo", Dialect::Primo},
                           {code("ID"), true, "_ALMA", Dialect::Primo},
                           {code("ID"), false, "TN_cdi_", Dialect::Primo}};

bool shows(const Value& value, const Sign& sign) {
  if (value.tag != sign.tag) return false;
  return sign.anywhere ? value.text.find(sign.text) != std::string_view::npos
                       : startsWithIgnoringCase(formats::trim(value.text), sign.text);
}

bool has(const std::vector<Value>& record, std::string_view tag) {
  return std::any_of(record.begin(), record.end(), [&](const Value& v) { return v.tag == code(tag); });
}

/// Google Scholar gives nothing but names, title, source and numbers.
bool isScholar(const std::vector<Value>& record) {
  constexpr std::string_view kAll[] = {"TY", "T1", "A1", "JO", "JF", "BT", "VL", "IS",
                                       "SP", "EP", "SN", "Y1", "PB", "CY", "ER"};
  return has(record, "T1") && has(record, "A1") && has(record, "Y1") &&
         std::all_of(record.begin(), record.end(), [&](const Value& v) {
           return std::any_of(std::begin(kAll), std::end(kAll),
                              [&](std::string_view tag) { return v.tag == code(tag); });
         });
}

/// Zotero begins with the title and writes the full date just before the year.
bool isZotero(const std::vector<Value>& record) {
  if (record.size() < 4 || record[1].tag != code("TI")) return false;
  for (std::size_t i = 2; i + 1 < record.size(); ++i) {
    const std::string_view year = formats::trim(record[i + 1].text);
    if (record[i].tag == code("DA") && record[i + 1].tag == code("PY"))
      return year.size() == 4 && formats::trim(record[i].text).substr(0, 4) == year;
  }
  return false;
}

}  // namespace

const Habits& habits(Dialect dialect) {
  return *std::find_if(std::begin(kHabits), std::end(kHabits), [&](const Habits& h) { return h.dialect == dialect; });
}

std::string_view dialectName(Dialect dialect) { return habits(dialect).name; }

Dialect dialectOf(std::string_view name) {
  const auto found =
      std::find_if(std::begin(kHabits), std::end(kHabits), [&](const Habits& h) { return h.name == name; });
  return found == std::end(kHabits) ? Dialect::Generic : found->dialect;
}

Dialect recognise(const std::vector<Value>& record) {
  for (const Sign& sign : kSigns)
    for (const Value& value : record)
      if (shows(value, sign)) return sign.dialect;
  // The profile of tags, where no value names the source.
  if (has(record, "A1") && has(record, "N2") && has(record, "U2")) return Dialect::Embase;
  if (has(record, "L3") && has(record, "N1") && has(record, "DP")) return Dialect::Ebsco;
  if (has(record, "ST") && has(record, "ID") && has(record, "AU")) return Dialect::Endnote;
  if (isScholar(record)) return Dialect::Scholar;
  if (isZotero(record)) return Dialect::Zotero;
  return Dialect::Generic;
}

}  // namespace winnow::ris
