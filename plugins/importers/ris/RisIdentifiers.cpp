#include "RisIdentifiers.hpp"

#include <string>

#include <winnow/formats/identifiers.hpp>

namespace winnow::ris {

namespace {

using formats::trim;
using Origin = RecordWriter::Origin;

class Finder {
 public:
  Finder(const RecordView& record, const formats::Tags& tags, const Rules& rules, RecordWriter& writer)
      : record_(record), tags_(tags), rules_(rules), derive_(tags, writer) {}

  void run() {
    doi();
    pmcid();
    if (const Value* an = record_.first("AN")) derive_.text(tags_.accession, an->text, from(*an));
    pmid();
    if (const Value* id = record_.first("ID")) derive_.text(tags_.localId, id->text, from(*id));
    record_.forEach({"SN"}, [&](const Value& v) { derive_.serialNumbers(v.text, from(v)); });
  }

 private:
  Origin from(const Value& v) const { return {v.raw, rules_.tag, 0, 0}; }

  /// DO, then the places where DOIs hide; the first found counts. In running text only where "doi" stands before it.
  void doi() {
    constexpr std::string_view kTags[] = {"DO", "L3", "M3", "N1", "UR", "L2", "LK"};
    bool found = false;
    for (const std::string_view tag : kTags) {
      const bool labelled = tag != "DO" && tag != "L3" && tag != "M3";
      record_.forEach({tag}, [&](const Value& v) {
        const Origin origin{v.raw, tag == "DO" ? rules_.tag : rules_.doiElsewhere, 0, 0};
        found = found || derive_.doi(v.text, origin, labelled);
      });
    }
  }

  /// PMID in its own tag, in AN of MEDLINE and PubMed, marked in a field of PubMed Central, or in PubMed's address.
  void pmid() {
    if (const Value* v = record_.first("PMID")) return addPmid(v->text, from(*v));
    if (const Value* an = record_.first("AN"); an != nullptr && isMedline()) return addPmid(an->text, from(*an));
    bool found = false;
    record_.forEach({"U1", "U2", "U3", "U4", "U5"}, [&](const Value& v) { found = found || marked(v, "[PMID]"); });
    record_.forEach({"UR", "L2", "LK"}, [&](const Value& v) {
      for (const std::string_view site : {"ncbi.nlm.nih.gov/pubmed/", "pubmed.ncbi.nlm.nih.gov/"})
        if (!found) found = inAddress(v, site, tags_.pmid);
    });
  }
  void pmcid() {
    if (const Value* v = record_.first("C2"))
      return derive_.copy(tags_.pmcid, formats::normalisePmcid(v->text), from(*v));
    bool found = false;
    record_.forEach({"U1", "U2", "U3", "U4", "U5"}, [&](const Value& v) { found = found || marked(v, "[PMCID]"); });
    record_.forEach({"UR", "L2", "LK"}, [&](const Value& v) {
      for (const std::string_view site : {"/pmc/articles/", "pmc.ncbi.nlm.nih.gov/articles/"})
        if (!found) found = inAddress(v, site, tags_.pmcid);
    });
  }
  /// "29999991[PMID]", "PMC9999991[PMCID]": how PubMed Central writes RIS.
  bool marked(const Value& v, std::string_view mark) {
    const std::string_view text = trim(v.text);
    if (text.size() <= mark.size() || text.substr(text.size() - mark.size()) != mark) return false;
    const std::string_view number = text.substr(0, text.size() - mark.size());
    if (mark == "[PMID]")
      addPmid(number, from(v));
    else
      derive_.copy(tags_.pmcid, formats::normalisePmcid(number), from(v));
    return true;
  }
  bool inAddress(const Value& v, std::string_view site, std::uint32_t tag) {
    if (v.text.find(".gov/") == std::string_view::npos) return false;  // of NIH, as all these sites are; most are not
    const std::size_t at = v.text.find(site);
    if (at == std::string_view::npos) return false;
    std::string_view number = v.text.substr(at + site.size());
    number = number.substr(0, number.find_first_of("/?#\n "));
    const std::string normal = tag == tags_.pmid ? formats::normalisePmid(number) : formats::normalisePmcid(number);
    derive_.copy(tag, normal, from(v));
    return !normal.empty();
  }
  void addPmid(std::string_view text, Origin origin) { derive_.copy(tags_.pmid, formats::normalisePmid(text), origin); }

  bool isMedline() const {
    const Value* db = record_.first("DB");
    if (db == nullptr) return false;
    const std::string name = formats::lower(db->text);
    return name.find("medline") != std::string::npos || name.find("pubmed") != std::string::npos;
  }

  const RecordView& record_;
  const formats::Tags& tags_;
  const Rules& rules_;
  formats::Deriver derive_;
};

}  // namespace

void deriveIdentifiers(const RecordView& record, const formats::Tags& tags, const Rules& rules, RecordWriter& writer) {
  Finder(record, tags, rules, writer).run();
}

}  // namespace winnow::ris
