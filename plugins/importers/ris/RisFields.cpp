#include "RisFields.hpp"

#include <winnow/formats/identifiers.hpp>
#include <winnow/formats/pages.hpp>
#include <winnow/formats/publication_types.hpp>
#include <winnow/formats/text.hpp>

#include <algorithm>
#include <string>

namespace winnow::ris {

namespace {

using formats::Deriver;
using formats::isPlaceholder;
using formats::NameStyle;
using formats::Role;
using formats::trim;
using Origin = RecordWriter::Origin;

/// One record while its fields are made.
class Mapping {
 public:
  Mapping(const std::vector<Value>& record, Dialect dialect, const formats::Tags& tags, const Rules& rules, RecordWriter& writer)
      : record_(record), dialect_(dialect), tags_(tags), rules_(rules), writer_(writer), derive_(tags, writer) {
    if (const Value* ty = first("TY")) type_ = formats::cslTypeOfRis(ty->text);
  }

  const Value* badDate = nullptr;

  /// The C8 in which our own exporter carries what RIS cannot hold; null: the record came from elsewhere.
  const Value* winnowLine() const {
    const auto found = std::find_if(record_.begin(), record_.end(), [](const Value& v) {
      return v.tag == code("C8") && v.text.substr(0, formats::kWinnowLine.size()) == formats::kWinnowLine;
    });
    return found == record_.end() ? nullptr : &*found;
  }

  void run() {
    type();
    titles();
    people();
    dates();
    containers();
    numbering();
    identifiers();
    texts();
    publicationTypes();
    languages();
    rest();
  }

 private:
  static bool holds(const Value& v) { return !trim(v.text).empty() && !isPlaceholder(v.text); }

  const Value* first(std::string_view tag) const {
    const auto found = std::find_if(record_.begin(), record_.end(), [&](const Value& v) { return v.tag == code(tag) && holds(v); });
    return found == record_.end() ? nullptr : &*found;
  }
  /// The first value of the first of these tags that has one.
  const Value* firstOf(std::initializer_list<std::string_view> list) const {
    for (const std::string_view tag : list)
      if (const Value* v = first(tag)) return v;
    return nullptr;
  }
  template <class Each>
  void forEach(std::initializer_list<std::string_view> list, Each&& each) const {
    for (const Value& v : record_)
      for (const std::string_view tag : list)
        if (v.tag == code(tag) && holds(v)) each(v);
  }
  bool isOneOf(std::initializer_list<std::string_view> types) const { return std::find(types.begin(), types.end(), type_) != types.end(); }
  Origin from(const Value& v) const { return {v.raw, rules_.tag, 0, 0}; }

  void type() {
    const Value* ty = first("TY");
    writer_.derive(tags_.type, type_, {ty == nullptr ? WINNOW_NONE : ty->raw, rules_.typeOfTy, 0, 0});
    if (ty != nullptr) derive_.text(tags_.typeRaw, ty->text, from(*ty));
  }

  void titles() {
    const bool hasTi = first("TI") != nullptr;
    const Value* title = firstOf({"TI", "T1", "CT", "BT"});
    if (title == nullptr) return;
    std::string whole = formats::collapsed(title->text);
    if (dialect_ == Dialect::Primo && !hasTi) {  // the second T1 of Primo is the subtitle
      forEach({"T1"}, [&](const Value& v) {
        if (&v != title) whole += ": " + formats::collapsed(v.text);
      });
      derive_.copy(tags_.title, whole, from(*title));
    } else {
      if (dialect_ == Dialect::Ovid && whole.size() > 1 && whole.back() == '.') {
        whole.pop_back();
        derive_.copy(tags_.title, whole, from(*title));
      } else {
        derive_.text(tags_.title, title->text, from(*title));
      }
      if (hasTi)
        if (const Value* other = first("T1"); other != nullptr && formats::collapsed(other->text) != formats::collapsed(title->text))
          derive_.text(tags_.titleTranslated, other->text, from(*other));
    }
    if (const Value* shortTitle = first("ST"); shortTitle != nullptr && formats::collapsed(shortTitle->text) != whole)
      derive_.text(tags_.titleShort, shortTitle->text, from(*shortTitle));
    if (const Value* original = first("TT")) derive_.text(tags_.titleOriginal, original->text, from(*original));
  }

  void people() {
    const NameStyle style = dialect_ == Dialect::Embase || dialect_ == Dialect::Scopus ? NameStyle::InitialsLast : NameStyle::Comma;
    forEach({"AU", "A1"}, [&](const Value& v) { person(Role::Author, v, style); });
    // A2 of PsycINFO on Ovid names the authors of the tests that were used.
    if (dialect_ != Dialect::Ovid)
      forEach({"A2", "ED"}, [&](const Value& v) { person(isOneOf({"book", "thesis"}) && v.tag == code("A2") ? Role::CollectionEditor : Role::Editor, v, style); });
    else
      forEach({"ED"}, [&](const Value& v) { person(Role::Editor, v, style); });
    forEach({"A3"}, [&](const Value& v) { person(isOneOf({"book"}) ? Role::Editor : Role::CollectionEditor, v, style); });
    forEach({"A4"}, [&](const Value& v) { person(Role::Translator, v, style); });
  }
  void person(Role role, const Value& v, NameStyle style) {
    const bool several = v.text.find(';') != std::string_view::npos;
    derive_.people(role, v.text, from(v), style, several);
  }

  /// PY tells the year; DA adds month and day; Y1 only where both are missing (deprecated, and conferences put the event there).
  void dates() {
    const Value* py = first("PY");
    const Value* da = first("DA");
    const Value* y1 = first("Y1");
    const Value* source = py != nullptr ? py : da != nullptr ? da : y1;
    if (source == nullptr) return;
    auto date = formats::parseDate(source->text);
    if (!date || date->year == 0) {
      badDate = source;
      const Value* other = source == py ? (da != nullptr ? da : y1) : source == da ? y1 : nullptr;
      if (other != nullptr) date = formats::parseDate(other->text);
      if (!date || date->year == 0) return;
      source = other;
    }
    if (source == py && date->month == 0)
      for (const Value* more : {da, y1}) {
        const auto precise = more == nullptr ? std::nullopt : formats::parseDate(more->text);
        if (!precise || precise->month == 0 || (precise->year != 0 && precise->year != date->year)) continue;
        date->month = precise->month;
        date->day = precise->day;
        break;
      }
    derive_.date(*date, from(*source));
    derive_.text(tags_.issuedRaw, source->text, from(*source));
  }

  void containers() {
    const bool isBook = isOneOf({"book"});
    const Value* t2 = first("T2");
    const Value* title = isBook ? nullptr : firstOf({"JF", "T2", "BT"});
    const Value* jo = first("JO");
    if (title == nullptr && !isBook) title = jo;
    const Value* abbreviation = firstOf({"JA", "J2", "J1"});
    if (title == nullptr && !isBook && abbreviation != nullptr) title = abbreviation;
    if (title != nullptr) derive_.text(tags_.container, title->text, from(*title));
    if (abbreviation == nullptr && jo != nullptr && title != jo) abbreviation = jo;
    if (abbreviation != nullptr && title != nullptr && formats::collapsed(abbreviation->text) != formats::collapsed(title->text))
      derive_.text(tags_.containerShort, abbreviation->text, from(*abbreviation));
    if (const Value* series = isBook && t2 != nullptr ? t2 : first("T3")) derive_.text(tags_.collection, series->text, from(*series));
  }

  void numbering() {
    if (const Value* v = first("VL")) derive_.text(tags_.volume, v->text, from(*v));
    const Value* issue = firstOf({"IS", "CP"});
    if (issue == nullptr && (dialect_ == Dialect::Endnote || dialect_ == Dialect::Generic)) {
      // EndNote keeps numbers in M1; elsewhere it holds order numbers, affiliations or references.
      const Value* m1 = first("M1");
      if (m1 != nullptr && m1->text.size() <= 12 && m1->text.find(' ') == std::string_view::npos) issue = m1;
    }
    if (issue != nullptr) derive_.text(tags_.issue, issue->text, from(*issue));
    const Value* sp = first("SP");
    const Value* ep = first("EP");
    if (sp != nullptr || ep != nullptr)
      derive_.pages(sp == nullptr ? std::string_view{} : sp->text, ep == nullptr ? std::string_view{} : ep->text, from(sp != nullptr ? *sp : *ep));
    if (const Value* c7 = first("C7")) {
      std::string_view number = trim(c7->text);
      for (const std::string_view label : {"Article No.:", "Pmid "})
        if (formats::startsWithIgnoringCase(number, label)) number = trim(number.substr(label.size()));
      derive_.text(tags_.articleNumber, number, from(*c7));
    }
  }

  /// DO, then the places where DOIs hide; the first found counts. In running text only where "doi" stands before it.
  void identifiers() {
    bool found = false;
    const auto look = [&](std::string_view tag, bool labelled) {
      for (const Value& v : record_) {
        if (found || v.tag != code(tag)) continue;
        Origin origin = from(v);
        if (tag != "DO") origin.rule = rules_.doiElsewhere;
        found = derive_.doi(v.text, origin, labelled);
      }
    };
    look("DO", false);
    look("L3", false);
    look("M3", false);
    for (const std::string_view tag : {"N1", "UR", "L2", "LK"}) look(tag, true);
    if (const Value* v = firstOf({"PMID"})) derive_.copy(tags_.pmid, formats::normalisePmid(v->text), from(*v));
    if (const Value* v = first("C2")) derive_.copy(tags_.pmcid, formats::normalisePmcid(v->text), from(*v));
    const std::string database = formats::lower(first("DB") == nullptr ? std::string_view{} : first("DB")->text);
    if (const Value* an = first("AN")) {
      derive_.text(tags_.accession, an->text, from(*an));
      const bool isMedline = database.find("medline") != std::string::npos || database.find("pubmed") != std::string::npos;
      if (isMedline && first("PMID") == nullptr) derive_.copy(tags_.pmid, formats::normalisePmid(an->text), from(*an));
    } else if (const Value* u2 = first("U2"); u2 != nullptr && dialect_ == Dialect::Embase) {
      derive_.text(tags_.accession, u2->text, from(*u2));
    }
    if (const Value* id = first("ID")) derive_.text(tags_.localId, id->text, from(*id));
    forEach({"SN"}, [&](const Value& v) { derive_.serialNumbers(v.text, from(v)); });
  }

  void texts() {
    std::string whole;
    const Value* source = nullptr;
    forEach({"AB", "N2"}, [&](const Value& v) {
      const std::string text = formats::collapsed(v.text);
      if (formats::startsWithIgnoringCase(text, "Copyright of ")) {
        derive_.text(tags_.abstractCopyright, v.text, from(v));
        return;
      }
      if (whole == text) return;
      if (source == nullptr) source = &v;
      whole += (whole.empty() ? "" : "\n\n") + text;
    });
    if (source != nullptr) derive_.copy(tags_.abstract, whole, from(*source));
    forEach({"KW"}, [&](const Value& v) {
      for (std::string_view word : formats::split(v.text, ";\n")) {
        while (!word.empty() && word.front() == '*') word.remove_prefix(1);
        while (!word.empty() && word.back() == '*') word.remove_suffix(1);
        derive_.text(tags_.keyword, word, from(v));
      }
    });
  }

  /// M3 is a type unless it is a DOI, a class code ("[3311]") or a degree ("Ed.D.").
  static bool isTypeWord(std::string_view text) {
    const bool isDegree = text.size() < 7 && text.find('.') != std::string_view::npos;
    return text.find("10.") == std::string_view::npos && text.find('[') == std::string_view::npos && !isDegree;
  }

  void publicationTypes() {
    forEach({"PT"}, [&](const Value& v) { derive_.publicationTypes(v.text, from(v)); });
    if (first("PT") == nullptr || dialect_ != Dialect::Ovid)
      forEach({"M3"}, [&](const Value& v) {
        if (isTypeWord(v.text)) derive_.publicationTypes(v.text, from(v));
      });
    if (dialect_ != Dialect::Ebsco) return;
    labelled("Publication Type: ", [&](std::string_view text, const Value& v) {
      derive_.publicationTypes(text, {v.raw, rules_.ebscoN1, 0, 0});
    });
  }

  void languages() {
    forEach({"LA", "LG"}, [&](const Value& v) { derive_.languages(v.text, from(v)); });
    if (firstOf({"LA", "LG"}) != nullptr) return;
    labelled("Language: ", [&](std::string_view text, const Value& v) { derive_.languages(text, {v.raw, rules_.ebscoN1, 0, 0}); });
  }

  /// EBSCO writes a list of "Label: text." into N1; the text ends before the next "Label:".
  template <class Each>
  void labelled(std::string_view label, Each&& each) const {
    forEach({"N1"}, [&](const Value& v) {
      const std::size_t at = v.text.find(label);
      if (at == std::string_view::npos) return;
      std::string_view rest = v.text.substr(at + label.size());
      std::size_t end = rest.find(". ");
      if (end == std::string_view::npos) end = rest.size();
      rest = trim(rest.substr(0, end));
      while (!rest.empty() && (rest.back() == '.' || rest.back() == ';')) rest.remove_suffix(1);
      if (!rest.empty()) each(rest, v);
    });
  }

  void rest() {
    forEach({"UR", "L1", "L2", "LK"}, [&](const Value& v) {
      for (const std::string_view url : formats::split(v.text, "\n"))
        if (url.find("://") != std::string_view::npos || v.tag == code("UR")) derive_.text(tags_.url, url, from(v));
    });
    forEach({"N1", "RN"}, [&](const Value& v) { derive_.text(tags_.note, v.text, from(v)); });
    const std::pair<std::string_view, std::uint32_t> plain[] = {{"PB", tags_.publisher}, {"ET", tags_.edition}, {"DB", tags_.database}, {"DP", tags_.provider}};
    for (const auto& [tag, to] : plain)
      if (const Value* v = first(tag)) derive_.text(to, v->text, from(*v));
    if (const Value* place = firstOf({"CY", "PP"}); place != nullptr && dialect_ != Dialect::Rayyan) derive_.text(tags_.place, place->text, from(*place));
  }

  const std::vector<Value>& record_;
  Dialect dialect_;
  const formats::Tags& tags_;
  const Rules& rules_;
  RecordWriter& writer_;
  Deriver derive_;
  std::string_view type_ = "document";
};

}  // namespace

Rules::Rules(const Host& host)
    : tag(host.tag("ris.tag")), ebscoN1(host.tag("ris.ebsco.n1-label")), doiElsewhere(host.tag("ris.doi-outside-do")),
      typeOfTy(host.tag("ris.type-of-ty")), winnowLine(host.tag("ris.winnow-line")) {}

bool FieldMapper::map(const std::vector<Value>& record, Dialect dialect, RecordWriter& writer, const Value** badDate) const {
  Mapping mapping(record, dialect, tags_, rules_, writer);
  mapping.run();
  if (const Value* line = mapping.winnowLine()) formats::applyWinnowLine(line->text, host_, writer, {line->raw, rules_.winnowLine, 0, 0});
  *badDate = mapping.badDate;
  return mapping.badDate == nullptr;
}

}  // namespace winnow::ris
