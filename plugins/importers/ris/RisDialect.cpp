#include "RisDialect.hpp"

#include <winnow/formats/text.hpp>

#include <algorithm>
#include <iterator>

namespace winnow::ris {

namespace {

using formats::startsWithIgnoringCase;

struct Name {
  Dialect dialect;
  std::string_view name;
};
constexpr Name kNames[] = {{Dialect::Generic, ""},         {Dialect::Ovid, "ovid"},         {Dialect::Ebsco, "ebsco"},   {Dialect::Embase, "embase"},
                           {Dialect::Scopus, "scopus"},     {Dialect::Wos, "wos"},           {Dialect::Proquest, "proquest"}, {Dialect::Cochrane, "cochrane"},
                           {Dialect::Primo, "primo"},       {Dialect::Worldcat, "worldcat"}, {Dialect::Scholar, "scholar"},   {Dialect::Endnote, "endnote"},
                           {Dialect::Rayyan, "rayyan"},     {Dialect::Zotero, "zotero"}};

/// A value of a tag that begins with or holds a text decides.
struct Sign {
  std::uint32_t tag;
  bool anywhere;
  std::string_view text;
  Dialect dialect;
};
constexpr Sign kSigns[] = {
    {code("ID"), false, "rayyan-", Dialect::Rayyan},
    {code("AN"), false, "rayyan-", Dialect::Rayyan},
    {code("DB"), false, "/z-wcorg/", Dialect::Worldcat},
    {code("DB"), false, "Scopus", Dialect::Scopus},
    {code("N1"), false, "Export Date:", Dialect::Scopus},
    {code("DP"), false, "EBSCOhost", Dialect::Ebsco},
    {code("UR"), true, "search.ebscohost.com", Dialect::Ebsco},
    {code("N1"), true, "Accession Number:", Dialect::Ebsco},
    {code("UR"), true, "ovidsp.ovid.com", Dialect::Ovid},
    {code("UR"), true, "ovid.com/", Dialect::Ovid},
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
    {code("UR"), true, "primo", Dialect::Primo}};

bool has(const std::vector<Value>& record, std::string_view tag) {
  return std::any_of(record.begin(), record.end(), [&](const Value& v) { return v.tag == code(tag); });
}

}  // namespace

std::string_view dialectName(Dialect dialect) {
  return std::find_if(std::begin(kNames), std::end(kNames), [&](const Name& n) { return n.dialect == dialect; })->name;
}

Dialect dialectOf(std::string_view name) {
  const auto found = std::find_if(std::begin(kNames), std::end(kNames), [&](const Name& n) { return n.name == name; });
  return found == std::end(kNames) ? Dialect::Generic : found->dialect;
}

Dialect recognise(const std::vector<Value>& record) {
  for (const Sign& sign : kSigns)
    for (const Value& value : record)
      if (value.tag == sign.tag && (sign.anywhere ? value.text.find(sign.text) != std::string_view::npos : startsWithIgnoringCase(value.text, sign.text)))
        return sign.dialect;
  // The profile of tags, where no value names the source.
  if (has(record, "A1") && has(record, "N2") && has(record, "U2")) return Dialect::Embase;
  if (has(record, "L3") && has(record, "N1") && has(record, "DP")) return Dialect::Ebsco;
  if (has(record, "ST") && has(record, "ID") && has(record, "AU")) return Dialect::Endnote;
  return Dialect::Generic;
}

}  // namespace winnow::ris
