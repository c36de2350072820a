#include "RisFields.hpp"

#include <winnow/formats/identifiers.hpp>
#include <winnow/formats/pages.hpp>
#include <winnow/formats/publication_types.hpp>
#include <winnow/formats/rayyan.hpp>
#include <winnow/formats/text.hpp>

#include <algorithm>
#include <string>

#include "RisIdentifiers.hpp"
#include "RisRecordView.hpp"

namespace winnow::ris {

namespace {

using formats::Deriver;
using formats::NameStyle;
using formats::Role;
using formats::trim;
using Origin = RecordWriter::Origin;

/// One record while its fields are made.
class Mapping {
 public:
  Mapping(const std::vector<Value>& record, const std::vector<std::uint32_t>& rawTags, const formats::Tags& tags,
          const Rules& rules, RecordWriter& writer)
      : record_(record, rawTags), tags_(tags), rules_(rules), writer_(writer), derive_(tags, writer) {
    if (const Value* ty = first("TY")) type_ = formats::cslTypeOfRis(ty->text);
  }

  const Value* badDate = nullptr;
  std::string_view type() const { return type_; }

  void run() {
    deriveType();
    titles();
    people();
    dates();
    containers();
    numbering();
    deriveIdentifiers(record_, tags_, rules_, writer_);
    texts();
    publicationTypes();
    languages();
    rest();
  }

 private:
  const Value* first(std::string_view tag) const { return record_.first(tag); }
  const Value* firstOf(std::initializer_list<std::string_view> list) const { return record_.firstOf(list); }
  template <class Each>
  void forEach(std::initializer_list<std::string_view> list, Each&& each) const {
    record_.forEach(list, each);
  }
  bool isOneOf(std::initializer_list<std::string_view> types) const {
    return std::find(types.begin(), types.end(), type_) != types.end();
  }
  Origin from(const Value& v) const { return {v.raw, rules_.tag, 0, 0}; }

  void deriveType() {
    const Value* ty = first("TY");
    writer_.derive(tags_.type, type_, {ty == nullptr ? WINNOW_NONE : ty->raw, rules_.typeOfTy, 0, 0});
    if (ty != nullptr) derive_.text(tags_.typeRaw, ty->text, from(*ty));
  }

  void titles() {
    const bool hasTi = first("TI") != nullptr;
    const Value* title = firstOf({"TI", "T1", "CT", "BT"});
    if (title == nullptr) return;
    const std::string whole = formats::collapsed(title->text);
    const Value* other = nullptr;  // the tag once more: a second line of the title, or another title
    forEach({"TI", "T1"}, [&](const Value& v) {
      if (other == nullptr && &v != title && formats::collapsed(v.text) != whole) other = &v;
    });
    if (other != nullptr && !hasTi && isCatalogued())
      derive_.copy(tags_.title, whole + ": " + formats::collapsed(other->text), from(*title));
    else
      derive_.text(tags_.title, title->text, from(*title));
    if (other != nullptr && (hasTi || !isCatalogued())) derive_.text(tags_.titleTranslated, other->text, from(*other));
    if (const Value* shortTitle = first("ST"); shortTitle != nullptr && formats::collapsed(shortTitle->text) != whole)
      derive_.text(tags_.titleShort, shortTitle->text, from(*shortTitle));
    if (const Value* original = first("TT")) derive_.text(tags_.titleOriginal, original->text, from(*original));
  }

  /// Catalogues of libraries repeat T1 for the subtitle of a book.
  bool isCatalogued() const {
    return isOneOf({"book", "thesis", "report", "pamphlet", "motion_picture", "song", "map", "document"});
  }

  void people() {
    forEach({"AU", "A1"}, [&](const Value& v) { person(Role::Author, v); });
    forEach({"A2", "ED"}, [&](const Value& v) {
      const bool isA2 = v.tag == code("A2");
      person(isA2 && isOneOf({"book", "thesis"}) ? Role::CollectionEditor : Role::Editor, v);
    });
    forEach({"A3"}, [&](const Value& v) {
      if (!isOneOf({"thesis"}))  // the supervisor
        person(isOneOf({"book"}) ? Role::Editor : Role::CollectionEditor, v);
    });
    forEach({"A4"}, [&](const Value& v) { person(Role::Translator, v); });
  }
  void person(Role role, const Value& v) {
    const std::size_t orcid = v.text.find("(ORCID");  // ERIC and others: "Berg, Anna (ORCID: 0000-0002-1825-0097)"
    if (orcid == std::string_view::npos)
      return derive_.people(role, v.text, from(v), NameStyle::Comma, v.text.find(';') != std::string_view::npos);
    Origin origin = from(v);
    origin.group = derive_.person(role, formats::parseName(v.text.substr(0, orcid), NameStyle::Comma), origin);
    if (origin.group != 0 && role == Role::Author)
      derive_.copy(tags_.orcid, formats::normaliseOrcid(v.text.substr(orcid)), origin);
  }

  /// PY tells the year; DA adds month and day; Y1 only where both are missing (deprecated, and conferences put the
  /// event there).
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
    // Of a paper C3 is the proceedings and T2 the conference (EndNote's RIS tables).
    const Value* proceedings = isOneOf({"paper-conference"}) ? first("C3") : nullptr;
    const Value* title = isBook ? nullptr : proceedings != nullptr ? proceedings : firstOf({"JF", "T2", "BT"});
    const Value* jo = first("JO");
    if (title == nullptr && !isBook) title = jo;
    const Value* abbreviation = firstOf({"JA", "J2", "J1"});
    if (title == nullptr && !isBook && abbreviation != nullptr) title = abbreviation;
    if (title != nullptr) derive_.text(tags_.container, title->text, from(*title));
    if (abbreviation == nullptr && jo != nullptr && title != jo) abbreviation = jo;
    if (abbreviation != nullptr && title != nullptr &&
        formats::collapsed(abbreviation->text) != formats::collapsed(title->text))
      derive_.text(tags_.containerShort, abbreviation->text, from(*abbreviation));
    if (const Value* series = isBook && t2 != nullptr ? t2 : first("T3"))
      derive_.text(tags_.collection, series->text, from(*series));
  }

  void numbering() {
    if (const Value* v = first("VL")) derive_.text(tags_.volume, v->text, from(*v));
    if (const Value* issue = firstOf({"IS", "CP"})) derive_.text(tags_.issue, issue->text, from(*issue));
    const Value* sp = first("SP");
    const Value* ep = first("EP");
    if (sp != nullptr || ep != nullptr)
      derive_.pages(sp == nullptr ? std::string_view{} : sp->text, ep == nullptr ? std::string_view{} : ep->text,
                    from(sp != nullptr ? *sp : *ep));
    if (const Value* c7 = first("C7")) {
      std::string_view number = trim(c7->text);
      for (const std::string_view label : {"Article No.:", "Pmid "})
        if (formats::startsWithIgnoringCase(number, label)) number = trim(number.substr(label.size()));
      derive_.text(tags_.articleNumber, number, from(*c7));
    }
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
    forEach({"M3"}, [&](const Value& v) {
      if (isTypeWord(v.text)) derive_.publicationTypes(v.text, from(v));
    });
  }

  void languages() {
    forEach({"LA", "LG"}, [&](const Value& v) { derive_.languages(v.text, from(v)); });
  }

  void rest() {
    forEach({"UR", "L1", "L2", "LK"}, [&](const Value& v) {
      for (std::string_view url : formats::split(v.text, "\n")) {
        // Rayyan runs the next tag of the file it was given into the address: "...export     U2  - L2029880245".
        if (const std::size_t end = url.find("     "); end != std::string_view::npos) url = trim(url.substr(0, end));
        if (url.find("://") != std::string_view::npos || v.tag == code("UR")) derive_.text(tags_.url, url, from(v));
      }
    });
    forEach({"N1", "RN"}, [&](const Value& v) { note(v); });
    const std::pair<std::string_view, std::uint32_t> plain[] = {
        {"PB", tags_.publisher}, {"ET", tags_.edition}, {"DB", tags_.database}, {"DP", tags_.provider}};
    for (const auto& [tag, to] : plain)
      if (const Value* v = first(tag)) derive_.text(to, v->text, from(*v));
    // Of a paper CY is where the conference was, C1 where the proceedings were published.
    const Value* published = isOneOf({"paper-conference"}) ? first("C1") : nullptr;
    if (const Value* place = published != nullptr ? published : firstOf({"CY", "PP"}))
      derive_.text(tags_.place, place->text, from(*place));
  }

  /// Decisions of reviewers in Rayyan are no note: read as a sheet (`decisions:`), the file gives them as events.
  void note(const Value& v) {
    writer_.derive(tags_.winnowId, formats::findWinnowId(v.text), {v.raw, rules_.winnowLine, 0, 0});
    const formats::RayyanNotes rayyan = formats::readRayyanNotes(v.text);
    if (rayyan.isRayyan)
      derive_.copy(tags_.note, rayyan.rest, from(v));
    else
      derive_.text(tags_.note, v.text, from(v));
  }

  RecordView record_;
  const formats::Tags& tags_;
  const Rules& rules_;
  RecordWriter& writer_;
  Deriver derive_;
  std::string_view type_ = "document";
};

}  // namespace

Rules::Rules(const Host& host)
    : tag(host.tag("ris.tag")),
      doiElsewhere(host.tag("ris.doi-outside-do")),
      typeOfTy(host.tag("ris.type-of-ty")),
      winnowLine(host.tag("ris.winnow-line")) {}

const Value* FieldMapper::map(const std::vector<Value>& record, std::span<const Dialect* const> dialects,
                              RecordWriter& writer) const {
  const auto own = std::find_if(record.begin(), record.end(), [](const Value& v) {
    return v.tag == code("C8") && v.text.substr(0, formats::kWinnowLine.size()) == formats::kWinnowLine;
  });
  // What our own exporter wrote is in nobody's dialect, whatever its addresses and databases say.
  if (own != record.end()) dialects = {};
  std::vector<std::uint32_t> rawTags;
  for (const Dialect* dialect : dialects)
    rawTags.insert(rawTags.end(), dialect->rawTags().begin(), dialect->rawTags().end());
  Mapping mapping(record, rawTags, tags_, rules_, writer);
  mapping.run();
  const Value* badDate = mapping.badDate;
  for (const Dialect* dialect : dialects)
    if (const Value* bad = dialect->mapOver(record, mapping.type(), writer)) badDate = bad;
  if (own != record.end()) formats::applyWinnowLine(own->text, host_, writer, {own->raw, rules_.winnowLine, 0, 0});
  return badDate;
}

}  // namespace winnow::ris
