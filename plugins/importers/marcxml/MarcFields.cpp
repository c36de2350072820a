#include "MarcFields.hpp"

#include <string>

#include <winnow/formats/identifiers.hpp>
#include <winnow/formats/publication_types.hpp>
#include <winnow/formats/text.hpp>

namespace winnow::marc {

namespace {

using formats::Deriver;
using formats::NameStyle;
using formats::Role;
using xml::Element;

/// ISBD ends an element with the sign that begins the next one (ISBD 0.3; MARC 21 keeps it in the subfields).
std::string withoutPunctuation(std::string text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '/' || text.back() == ':' || text.back() == ';' ||
                           text.back() == ',' || text.back() == '='))
    text.pop_back();
  return text;
}
/// As above, and without the full stop that closes a field; that of an initial or abbreviation stays.
std::string withoutStop(std::string text) {
  text = withoutPunctuation(std::move(text));
  if (text.size() > 4 && text.back() == '.' && text[text.size() - 3] != ' ' && text[text.size() - 3] != '.')
    text.pop_back();
  return text;
}

/// The subfields of a field whose codes are in `codes`, in order, joined with a blank.
std::string subfields(Element field, std::string_view codes) {
  std::string text;
  field.children("subfield", [&](Element e) {
    const std::string_view code = e.attribute("code");
    if (code.size() != 1 || codes.find(code[0]) == std::string_view::npos) return;
    const std::string words = e.text();
    if (!words.empty()) text += (text.empty() ? "" : " ") + words;
  });
  return text;
}

/// The first subfield of a code, which a value was made from; the field itself where it has none.
Element part(Element field, std::string_view code) {
  Element found = field;
  field.children("subfield", [&](Element e) {
    if (found == field && e.attribute("code") == code) found = e;
  });
  return found;
}

/// MARC 21 Format for Bibliographic Data, Library of Congress.
class Mapping {
 public:
  Mapping(Element record, const formats::Tags& tags, const OriginOf& from, RecordWriter& writer)
      : record_(record), tags_(tags), from_(from), writer_(writer), derive_(tags, writer) {}

  void run() {
    host_ = first("773");
    type();
    titles();
    people();
    published();
    identifiers();
    texts();
  }

 private:
  template <class Each>
  void fields(std::string_view tag, Each&& each) const {
    record_.children("datafield", [&](Element e) {
      if (e.attribute("tag") == tag) each(e);
    });
  }
  Element first(std::string_view tag) const {
    Element found;
    fields(tag, [&](Element e) {
      if (!found) found = e;
    });
    return found;
  }
  Element control(std::string_view tag) const {
    Element found;
    record_.children("controlfield", [&](Element e) {
      if (!found && e.attribute("tag") == tag) found = e;
    });
    return found;
  }
  /// Positions of a fixed field, of its raw text: blanks count.
  static std::string positions(const std::string& text, std::size_t begin, std::size_t size) {
    return text.size() >= begin + size ? text.substr(begin, size) : std::string();
  }
  void put(std::uint32_t tag, const std::string& text, Element from) { derive_.copy(tag, text, from_(from)); }

  /// Leader 06 is the type of record, 07 its bibliographic level.
  void type() {
    const Element leader = record_.child("leader");
    const std::string text = leader.exactText();
    const char sort = text.size() > 7 ? text[6] : 'a', level = text.size() > 7 ? text[7] : 'm';
    writer_.derive(tags_.type, cslType(sort, level), from_(leader ? leader : record_));
    fields("655", [&](Element e) { derive_.publicationTypes(writer_.keep(withoutStop(subfields(e, "a"))), from_(e)); });
  }
  std::string_view cslType(char sort, char level) const {
    if (first("502")) return "thesis";
    if (sort == 'e' || sort == 'f') return "map";
    if (sort == 'i' || sort == 'j') return "song";
    if (sort == 'g') return "motion_picture";
    if (sort == 'k') return "graphic";
    if (level == 'b') return "article-journal";  // component part of a serial
    if (level == 'a')
      return host_ && formats::findSerialNumbers(subfields(host_, "x")).issn.empty() ? "chapter" : "article-journal";
    if (host_ && !subfields(host_, "g").empty()) return "article-journal";
    return "book";
  }

  void titles() {
    if (const Element e = first("245")) {
      std::string title = withoutPunctuation(subfields(e, "a"));
      const std::string part = withoutPunctuation(subfields(e, "n")), name = withoutPunctuation(subfields(e, "p")),
                        rest = withoutPunctuation(subfields(e, "b"));
      if (!part.empty()) title += (title.empty() || title.back() == '.' ? " " : ". ") + withoutStop(part);
      if (!name.empty()) title += ": " + name;
      if (!rest.empty()) title += ": " + rest;
      put(tags_.title, withoutStop(title), e);
    }
    if (const Element e = first("240")) put(tags_.titleOriginal, withoutStop(subfields(e, "a")), e);
    if (const Element e = first("242"))
      put(tags_.titleTranslated, withoutStop(withoutPunctuation(subfields(e, "ab"))), e);
    if (host_) {
      put(tags_.container, withoutStop(subfields(host_, "t")), part(host_, "t"));
      put(tags_.containerShort, withoutStop(subfields(host_, "p")), part(host_, "p"));
      derive_.serialNumbers(subfields(host_, "x"), from_(part(host_, "x")));
      derive_.serialNumbers(subfields(host_, "z"), from_(part(host_, "z")));
      related(subfields(host_, "g"));
    }
    Element series = first("490");
    if (!series) series = first("830");
    if (series) put(tags_.collection, withoutStop(subfields(series, "a")), series);
  }

  /// 773 g: "Vol. 24, no. 2 (2000), p. 361-378".
  void related(const std::string& text) {
    const auto behind = [&](std::initializer_list<std::string_view> labels, std::string_view more) -> std::string {
      const std::string lower = formats::lower(text);
      for (const std::string_view label : labels) {
        const std::size_t at = lower.find(label);
        if (at == std::string::npos || (at > 0 && lower[at - 1] >= 'a' && lower[at - 1] <= 'z')) continue;
        const std::size_t begin = text.find_first_not_of(" .:", at + label.size());
        if (begin == std::string::npos || text[begin] < '0' || text[begin] > '9') continue;
        return text.substr(begin, text.find_first_not_of("0123456789" + std::string(more), begin) - begin);
      }
      return {};
    };
    const Element place = part(host_, "g");
    put(tags_.volume, behind({"volume", "vol", "bd", "v"}, "/-"), place);
    put(tags_.issue, behind({"number", "issue", "no", "nr", "heft", "h"}, "/-"), place);
    derive_.pages(behind({"pages", "pp", "p", "seiten", "s"}, "-\xE2\x80\x93"), {}, from_(place));
  }

  static bool isEditor(Element e) {
    const std::string code = subfields(e, "4"), words = formats::lower(subfields(e, "e"));
    return code == "edt" || words.rfind("ed", 0) == 0 || words.rfind("hrsg", 0) == 0 || words.rfind("red", 0) == 0;
  }
  static bool isTranslator(Element e) {
    return subfields(e, "4") == "trl" || formats::lower(subfields(e, "e")).rfind("trans", 0) == 0;
  }
  /// Publishers, printers, former owners ... did not write the work.
  static bool isNoCreator(Element e) {
    const std::string code = subfields(e, "4");
    for (const std::string_view other : {"pbl", "prt", "dst", "fmo", "own", "dte", "hnr", "fnd", "spn", "bkd", "ill"})
      if (code == other) return true;
    return false;
  }

  void person(Element e, bool isBody) {
    if (isNoCreator(e)) return;
    const Role role = isEditor(e) ? Role::Editor : isTranslator(e) ? Role::Translator : Role::Author;
    std::string text = withoutPunctuation(subfields(e, isBody ? "ab" : "a"));
    if (isBody || e.attribute("ind1") == "3") {
      formats::PersonName body;
      body.literal = withoutStop(text);
      derive_.person(role, body, from_(e));
      return;
    }
    formats::PersonName name = formats::parseName(withoutStop(text), NameStyle::Comma);
    if (const std::string suffix = withoutPunctuation(subfields(e, "b"));
        !suffix.empty() && !name.family.empty() && name.suffix.empty())
      name.suffix = suffix;
    derive_.person(role, name, from_(e));
  }

  void people() {
    for (const char* tag : {"100", "700"}) fields(tag, [&](Element e) { person(e, false); });
    for (const char* tag : {"110", "111", "710"}) fields(tag, [&](Element e) { person(e, true); });
  }

  void published() {
    Element e = first("264");
    if (!e || subfields(e, "bc").empty()) e = first("260");
    const Element fixed = control("008");
    std::string words = e ? subfields(e, "c") : std::string();
    int year = formats::findYear(words);
    if (year == 0) year = formats::findYear(withoutSigns(words));
    if (year == 0 && fixed) {
      const std::string digits = positions(fixed.exactText(), 7, 4);
      year = formats::findYear(digits);
    }
    if (const auto date = formats::parseDate(words); date && date->year != 0 && date->month != 0)
      derive_.date(*date, from_(part(e, "c")));
    else if (year != 0)
      derive_.copy(tags_.year, std::to_string(year),
                   from_(formats::findYear(withoutSigns(words)) != 0 ? part(e, "c") : fixed));
    else if (host_)
      hostYear();
    if (e) {
      put(tags_.issuedRaw, words, part(e, "c"));
      put(tags_.publisher, withoutPunctuation(subfields(e, "b")), part(e, "b"));
      put(tags_.place, withoutPunctuation(subfields(e, "a")), e);
    }
    if (const Element edition = first("250")) put(tags_.edition, withoutStop(subfields(edition, "a")), edition);
  }
  void hostYear() {
    if (const int year = formats::findYear(withoutSigns(subfields(host_, "g"))); year != 0)
      derive_.copy(tags_.year, std::to_string(year), from_(part(host_, "g")));
  }
  /// "[1957?]", "c1999.", "cop. 2001", "1994-": the year alone.
  static std::string withoutSigns(std::string text) {
    for (char& c : text)
      if (!(c >= '0' && c <= '9')) c = ' ';
    std::string first;
    for (const std::string_view part : formats::split(text, " "))
      if (first.empty() && part.size() == 4) first = part;
    return first;
  }

  void identifiers() {
    fields("020", [&](Element e) { derive_.serialNumbers(subfields(e, "a"), from_(e)); });
    fields("022", [&](Element e) { derive_.serialNumbers(subfields(e, "a"), from_(e)); });
    bool hasDoi = false;
    fields("024", [&](Element e) {
      if (!hasDoi && formats::lower(subfields(e, "2")) == "doi")
        hasDoi = derive_.doi(subfields(e, "a"), from_(part(e, "a")), false);
    });
    fields("856", [&](Element e) {
      hasDoi = hasDoi || derive_.doi(subfields(e, "u"), from_(part(e, "u")), true);
      e.children("subfield", [&](Element u) {
        if (u.attribute("code") == "u") derive_.copy(tags_.url, u.text(), from_(u));
      });
    });
    if (const Element e = control("001")) put(tags_.localId, e.text(), e);
  }

  void texts() {
    std::string abstract;
    Element place;
    fields("520", [&](Element e) {
      abstract += (abstract.empty() ? "" : "\n\n") + subfields(e, "ab");
      if (!place) place = e;
    });
    if (place) put(tags_.abstract, abstract, place);
    languages();
    for (const char* tag : {"600", "610", "611", "630", "648", "650", "651", "653", "655"})
      fields(tag, [&](Element e) { put(tags_.keyword, heading(e), e); });
    for (const char* tag : {"500", "502", "505"})
      fields(tag, [&](Element e) { put(tags_.note, subfields(e, "a"), e); });
  }

  /// A heading with its subdivisions of form, topic, time and place; the dash before each is the display constant of
  /// MARC 21 (6XX, input conventions) and stands in no record.
  static std::string heading(Element field) {
    std::string text = withoutStop(subfields(field, "ab"));
    field.children("subfield", [&](Element e) {
      const std::string_view code = e.attribute("code");
      if (code.size() == 1 && std::string_view("vxyz").find(code[0]) != std::string_view::npos)
        text += "--" + withoutStop(e.text());
    });
    return text;
  }

  void languages() {
    bool isStated = false;
    fields("041", [&](Element e) {
      e.children("subfield", [&](Element s) {
        if (s.attribute("code") != "a" || s.text().empty()) return;
        // Old records write several codes in one subfield: "engfre".
        const std::string text = s.text();
        const bool isRun = text.size() > 3 && text.size() % 3 == 0 && text.find_first_of(" ;,-") == std::string::npos;
        for (std::size_t i = 0; i < text.size(); i += isRun ? 3 : text.size())
          derive_.languages(writer_.keep(text.substr(i, isRun ? 3 : text.size())), from_(s));
        isStated = true;
      });
    });
    const Element fixed = control("008");
    if (isStated || !fixed) return;
    const std::string code = positions(fixed.exactText(), 35, 3);
    if (code.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos && !code.empty())
      derive_.languages(writer_.keep(code), from_(fixed));
  }

  Element record_, host_;
  const formats::Tags& tags_;
  const OriginOf& from_;
  RecordWriter& writer_;
  Deriver derive_;
};

}  // namespace

bool isRecord(Element record) {
  return record.child("datafield") || record.child("controlfield") || record.child("leader");
}

void deriveFields(Element record, const formats::Tags& tags, const OriginOf& from, RecordWriter& writer) {
  Mapping(record, tags, from, writer).run();
}

}  // namespace winnow::marc
