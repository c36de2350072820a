#include "RisFields.hpp"

#include <winnow/formats/pages.hpp>
#include <winnow/formats/publication_types.hpp>
#include <winnow/formats/text.hpp>

#include <algorithm>
#include <string>

#include "RisIdentifiers.hpp"
#include "RisNotes.hpp"
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
  Mapping(const std::vector<Value>& record, Dialect dialect, const formats::Tags& tags, const Rules& rules,
          RecordWriter& writer)
      : record_(record), habits_(habits(dialect)), tags_(tags), rules_(rules), writer_(writer), derive_(tags, writer) {
    if (const Value* ty = first("TY")) type_ = formats::cslTypeOfRis(ty->text);
  }

  const Value* badDate = nullptr;

  void run() {
    type();
    titles();
    people();
    dates();
    containers();
    numbering();
    deriveIdentifiers(record_, habits_, tags_, rules_, writer_);
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
    if (habits_.subtitleInT1 && !hasTi) {  // the second T1 of Primo is the subtitle
      forEach({"T1"}, [&](const Value& v) {
        if (&v != title) whole += ": " + formats::collapsed(v.text);
      });
      derive_.copy(tags_.title, whole, from(*title));
    } else {
      if (habits_.titleStop && whole.size() > 1 && whole.back() == '.') {
        whole.pop_back();
        derive_.copy(tags_.title, whole, from(*title));
      } else {
        derive_.text(tags_.title, title->text, from(*title));
      }
      if (hasTi)
        if (const Value* other = first("T1");
            other != nullptr && formats::collapsed(other->text) != formats::collapsed(title->text))
          derive_.text(tags_.titleTranslated, other->text, from(*other));
    }
    if (const Value* shortTitle = first("ST"); shortTitle != nullptr && formats::collapsed(shortTitle->text) != whole)
      derive_.text(tags_.titleShort, shortTitle->text, from(*shortTitle));
    if (const Value* original = first("TT")) derive_.text(tags_.titleOriginal, original->text, from(*original));
  }

  void people() {
    forEach({"AU", "A1"}, [&](const Value& v) { person(Role::Author, v); });
    forEach({"A2", "ED"}, [&](const Value& v) {
      const bool isA2 = v.tag == code("A2");
      if (isA2 && habits_.testAuthorsInA2) return;
      person(isA2 && isOneOf({"book", "thesis"}) ? Role::CollectionEditor : Role::Editor, v);
    });
    forEach({"A3"}, [&](const Value& v) { person(isOneOf({"book"}) ? Role::Editor : Role::CollectionEditor, v); });
    forEach({"A4"}, [&](const Value& v) { person(Role::Translator, v); });
  }
  void person(Role role, const Value& v) {
    if (v.text.find(';') != std::string_view::npos)
      return derive_.people(role, v.text, from(v), NameStyle::Comma, true);
    formats::PersonName name = formats::parseName(v.text, NameStyle::Comma);
    if (habits_.initialsFirst && isInitials(name.family) && !isInitials(name.given)) std::swap(name.family, name.given);
    derive_.person(role, name, from(v));
  }
  /// One to three capitals: never a family name beside a longer given name.
  static bool isInitials(std::string_view word) {
    return !word.empty() && word.size() <= 3 &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
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
    if (habits_.monthInY2 && date->month == 0) addMonthOfY2(*date);
    derive_.date(*date, from(*source));
    derive_.text(tags_.issuedRaw, source->text, from(*source));
  }

  /// Rayyan writes the month into Y2 and the day into Y3, as numbers.
  void addMonthOfY2(formats::Date& date) const {
    const Value* month = first("Y2");
    const Value* day = first("Y3");
    date.month = month == nullptr ? 0 : smallNumber(month->text, 12);
    date.day = date.month == 0 || day == nullptr ? 0 : smallNumber(day->text, 31);
  }
  /// A number of one or two digits from 1 to `most`; 0 for anything else.
  static int smallNumber(std::string_view text, int most) {
    text = trim(text);
    int value = 0;
    for (const char c : text) {
      if (c < '0' || c > '9' || text.size() > 2) return 0;
      value = value * 10 + (c - '0');
    }
    return value <= most ? value : 0;
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
    if (abbreviation != nullptr && title != nullptr &&
        formats::collapsed(abbreviation->text) != formats::collapsed(title->text))
      derive_.text(tags_.containerShort, abbreviation->text, from(*abbreviation));
    if (const Value* series = isBook && t2 != nullptr ? t2 : first("T3"))
      derive_.text(tags_.collection, series->text, from(*series));
  }

  void numbering() {
    if (const Value* v = first("VL")) derive_.text(tags_.volume, v->text, from(*v));
    const Value* issue = firstOf({"IS", "CP"});
    if (issue == nullptr && habits_.issueInM1) {
      const Value* m1 = first("M1");
      if (m1 != nullptr && m1->text.size() <= 12 && m1->text.find(' ') == std::string_view::npos) issue = m1;
    }
    if (issue != nullptr) derive_.text(tags_.issue, issue->text, from(*issue));
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
    if (!habits_.classCodeInM3 || first("PT") == nullptr)
      forEach({"M3"}, [&](const Value& v) {
        if (isTypeWord(v.text)) derive_.publicationTypes(v.text, from(v));
      });
    if (!habits_.labelsInN1) return;
    for (const std::string_view label : {"Publication Type", "Document Type"})
      forEach({"N1"}, [&](const Value& v) {
        derive_.publicationTypes(labelledText(v.text, label), {v.raw, rules_.ebscoN1, 0, 0});
      });
  }

  void languages() {
    forEach({"LA", "LG"}, [&](const Value& v) { derive_.languages(v.text, from(v)); });
    if (firstOf({"LA", "LG"}) != nullptr) return;
    forEach({"N1"}, [&](const Value& v) {
      derive_.languages(labelledText(v.text, "Language"), {v.raw, rules_.ebscoN1, 0, 0});
    });
  }

  void rest() {
    forEach({"UR", "L1", "L2", "LK"}, [&](const Value& v) {
      for (std::string_view url : formats::split(v.text, "\n")) {
        // Rayyan runs the next tag of the file it was given into the address: "...export     U2  - L2029880245".
        if (const std::size_t end = url.find("     "); end != std::string_view::npos) url = trim(url.substr(0, end));
        if (url.find("://") != std::string_view::npos || v.tag == code("UR")) derive_.text(tags_.url, url, from(v));
      }
    });
    forEach({"N1", "RN"}, [&](const Value& v) { derive_.text(tags_.note, v.text, from(v)); });
    const std::pair<std::string_view, std::uint32_t> plain[] = {
        {"PB", tags_.publisher}, {"ET", tags_.edition}, {"DB", tags_.database}, {"DP", tags_.provider}};
    for (const auto& [tag, to] : plain)
      if (const Value* v = first(tag)) derive_.text(to, v->text, from(*v));
    if (const Value* place = firstOf({"CY", "PP"}); place != nullptr && !habits_.addressInCy)
      derive_.text(tags_.place, place->text, from(*place));
  }

  RecordView record_;
  const Habits& habits_;
  const formats::Tags& tags_;
  const Rules& rules_;
  RecordWriter& writer_;
  Deriver derive_;
  std::string_view type_ = "document";
};

}  // namespace

Rules::Rules(const Host& host)
    : tag(host.tag("ris.tag")),
      ebscoN1(host.tag("ris.ebsco.n1-label")),
      doiElsewhere(host.tag("ris.doi-outside-do")),
      typeOfTy(host.tag("ris.type-of-ty")),
      winnowLine(host.tag("ris.winnow-line")) {}

bool FieldMapper::map(const std::vector<Value>& record, Dialect dialect, RecordWriter& writer,
                      const Value** badDate) const {
  const auto own = std::find_if(record.begin(), record.end(), [](const Value& v) {
    return v.tag == code("C8") && v.text.substr(0, formats::kWinnowLine.size()) == formats::kWinnowLine;
  });
  // What our own exporter wrote is in nobody's dialect, whatever its addresses and databases say.
  Mapping mapping(record, own == record.end() ? dialect : Dialect::Generic, tags_, rules_, writer);
  mapping.run();
  if (own != record.end()) formats::applyWinnowLine(own->text, host_, writer, {own->raw, rules_.winnowLine, 0, 0});
  else
    for (const Value& v : record)
      if (v.tag == code("N1")) writer.derive(tags_.winnowId, formats::findWinnowId(v.text), {v.raw, rules_.winnowLine, 0, 0});
  *badDate = mapping.badDate;
  return mapping.badDate == nullptr;
}

}  // namespace winnow::ris
