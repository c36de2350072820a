#include "CslItem.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include <nlohmann/json.hpp>

#include <winnow/formats/identifiers.hpp>
#include <winnow/formats/publication_types.hpp>
#include <winnow/formats/text.hpp>
#include <winnow/formats/volatile.hpp>

namespace winnow::csl {

namespace {

using formats::Deriver;
using formats::Role;
using Json = nlohmann::ordered_json;

/// A string, a number, or the first of a list of them; empty for anything else.
std::string textOf(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer() || value.is_number_unsigned() || value.is_number_float()) return value.dump();
  if (value.is_array() && !value.empty() && !value.front().is_array()) return textOf(value.front());
  return {};
}

/// CSL 1.0.2 data schema (csl-data.json); lists where Crossref's service has them.
class Mapping {
 public:
  Mapping(const Json& item, std::uint32_t line, formats::RawTags& raws, const formats::Tags& tags, std::uint32_t rule,
          RecordWriter& writer)
      : item_(item), line_(line), rawTags_(raws), tags_(tags), rule_(rule), writer_(writer), derive_(tags, writer) {}

  void run() {
    raws();
    type();
    for (const auto& [name, tag] :
         std::initializer_list<std::pair<const char*, std::uint32_t>>{{"title", tags_.title},
                                                                      {"title-short", tags_.titleShort},
                                                                      {"shortTitle", tags_.titleShort},
                                                                      {"original-title", tags_.titleOriginal},
                                                                      {"container-title", tags_.container},
                                                                      {"container-title-short", tags_.containerShort},
                                                                      {"journalAbbreviation", tags_.containerShort},
                                                                      {"collection-title", tags_.collection},
                                                                      {"volume", tags_.volume},
                                                                      {"issue", tags_.issue},
                                                                      {"number", tags_.articleNumber},
                                                                      {"publisher", tags_.publisher},
                                                                      {"publisher-place", tags_.place},
                                                                      {"edition", tags_.edition},
                                                                      {"source", tags_.database}})
      put(tag, name);
    people();
    issued();
    identifiers();
    texts();
    own();
  }

 private:
  const Json* find(const char* name) const {
    const auto at = item_.find(name);
    return at == item_.end() || at->is_null() ? nullptr : &*at;
  }
  RecordWriter::Origin from(const char* name) const {
    const auto at = raw_.find(name);
    return {at == raw_.end() ? std::uint32_t{WINNOW_NONE} : at->second, rule_, 0, 0};
  }
  void put(std::uint32_t tag, const char* name) {
    if (const Json* value = find(name)) derive_.copy(tag, formats::collapsed(textOf(*value)), from(name));
  }

  void raws() {
    for (const auto& [name, value] : item_.items()) {
      const std::string_view text = value.is_string()
                                        ? writer_.keep(value.get_ref<const std::string&>())
                                        : writer_.keep(value.dump(-1, ' ', false, Json::error_handler_t::replace));
      const formats::RawTag& tag = rawTags_.of(name);
      raw_[name] = writer_.raw(tag.number, text, line_, tag.flags);
    }
  }

  void type() {
    const Json* value = find("type");
    const std::string words = value == nullptr ? std::string() : textOf(*value);
    std::string_view csl = "document";
    for (const std::string_view known : formats::cslTypes())
      if (words == known) csl = known;
    if (csl == "document" && words == "journal-article") csl = "article-journal";  // Crossref's own word
    writer_.derive(tags_.type, csl, from("type"));
  }

  static std::string part(const Json& name, const char* key) {
    const auto at = name.find(key);
    return at == name.end() ? std::string() : formats::collapsed(textOf(*at));
  }
  void person(Role role, const Json& json, const char* field) {
    formats::PersonName name;
    if (json.is_string()) name = formats::parseName(json.get<std::string>());
    if (json.is_object()) {
      for (const char* particle : {"dropping-particle", "non-dropping-particle", "family"}) {
        const std::string text = part(json, particle);
        if (!text.empty()) name.family += (name.family.empty() ? "" : " ") + text;
      }
      name.given = part(json, "given");
      name.suffix = part(json, "suffix");
      name.literal = part(json, "literal");
      if (name.literal.empty()) name.literal = part(json, "name");
      if (name.family.empty() && name.literal.empty()) name.literal = std::exchange(name.given, {});
      if (!name.family.empty()) name.literal.clear();
    }
    RecordWriter::Origin origin = from(field);
    origin.group = derive_.person(role, name, origin);
    if (origin.group == 0 || role != Role::Author || !json.is_object()) return;
    derive_.copy(tags_.orcid, formats::normaliseOrcid(part(json, "ORCID")), origin);
    if (const auto list = json.find("affiliation"); list != json.end() && list->is_array())
      for (const Json& a : *list) derive_.copy(tags_.affiliation, a.is_object() ? part(a, "name") : textOf(a), origin);
  }
  void people() {
    for (const auto& [name, role] :
         std::initializer_list<std::pair<const char*, Role>>{{"author", Role::Author},
                                                             {"editor", Role::Editor},
                                                             {"translator", Role::Translator},
                                                             {"collection-editor", Role::CollectionEditor}})
      if (const Json* list = find(name); list != nullptr && list->is_array())
        for (const Json& json : *list) person(role, json, name);
  }

  void issued() {
    const Json* value = find("issued");
    if (value == nullptr) return;
    formats::Date date;
    std::string words;
    if (value->is_object()) {
      if (const auto parts = value->find("date-parts");
          parts != value->end() && parts->is_array() && !parts->empty() && parts->front().is_array())
        date = fromParts(parts->front());
      for (const char* key : {"raw", "literal"})
        if (words.empty()) words = part(*value, key);
      if (const std::string season = part(*value, "season"); !season.empty() && date.month == 0)
        date.season = seasonOf(season);
    } else {
      words = textOf(*value);
    }
    if (date.year == 0)
      if (const auto read = formats::parseDate(words)) date = *read;
    derive_.date(date, from("issued"));
    derive_.copy(tags_.issuedRaw, words, from("issued"));
  }
  static formats::Date fromParts(const Json& parts) {
    const auto number = [&](std::size_t i, int most) {
      const std::string text = i < parts.size() ? textOf(parts[i]) : std::string();
      const bool isNumber =
          !text.empty() && text.size() <= 4 && text.find_first_not_of("0123456789") == std::string::npos;
      const int value = isNumber ? std::stoi(text) : 0;
      return value <= most ? value : 0;
    };
    formats::Date date{number(0, 9999), number(1, 12), number(2, 31), {}};
    if (date.month == 0) date.day = 0;
    return date;
  }
  static std::string seasonOf(const std::string& text) {
    constexpr const char* kSeasons[] = {"spring", "summer", "autumn", "winter"};
    if (text.size() == 1 && text[0] >= '1' && text[0] <= '4') return kSeasons[text[0] - '1'];
    const auto read = formats::parseDate(text + " 2000");
    return read ? read->season : std::string();
  }

  void identifiers() {
    bool hasDoi = false;
    if (const Json* value = find("DOI")) hasDoi = derive_.doi(textOf(*value), from("DOI"), false);
    if (const Json* value = find("URL"); value != nullptr && !hasDoi)
      hasDoi = derive_.doi(textOf(*value), from("URL"), true);
    if (const Json* value = find("PMID"))
      derive_.copy(tags_.pmid, formats::normalisePmid(textOf(*value)), from("PMID"));
    if (const Json* value = find("PMCID"))
      derive_.copy(tags_.pmcid, formats::normalisePmcid(textOf(*value)), from("PMCID"));
    for (const char* name : {"ISSN", "ISBN"})
      if (const Json* value = find(name))
        each(*value, [&](const std::string& text) { derive_.serialNumbers(text, from(name)); });
    put(tags_.localId, "id");
    if (const Json* value = find("page")) derive_.pages(textOf(*value), {}, from("page"));
    // Zotero and others put what CSL once had no place for into lines of the note.
    const Json* note = find("note");
    if (note == nullptr) return;
    const std::string words = textOf(*note);
    for (const std::string_view line : formats::split(words, "\n")) {
      if (!hasDoi && formats::startsWithIgnoringCase(line, "doi:")) hasDoi = derive_.doi(line, from("note"), true);
      if (find("PMID") == nullptr && formats::startsWithIgnoringCase(line, "pmid:"))
        derive_.copy(tags_.pmid, formats::normalisePmid(line), from("note"));
      if (find("PMCID") == nullptr && formats::startsWithIgnoringCase(line, "pmcid:"))
        derive_.copy(tags_.pmcid, formats::normalisePmcid(line.substr(6)), from("note"));
    }
  }
  template <class Each>
  static void each(const Json& value, Each&& use) {
    if (!value.is_array()) return use(textOf(value));
    for (const Json& one : value) use(textOf(one));
  }

  void texts() {
    if (const Json* value = find("abstract")) {
      const std::string text = textOf(*value);
      derive_.copy(tags_.abstract,
                   formats::collapsed(text.find("<jats:") == std::string::npos ? text : formats::stripMarkup(text)),
                   from("abstract"));
    }
    const Json* own = ownMembers();
    if (const Json* value = find("language"); value != nullptr && !hasList(own, "languages"))
      each(*value, [&](const std::string& text) { derive_.languages(writer_.keep(text), from("language")); });
    if (const Json* value = find("keyword"); value != nullptr && !hasList(own, "keywords"))
      each(*value, [&](const std::string& text) {
        for (const std::string_view word : formats::split(text, text.find(';') != std::string::npos ? ";" : ","))
          derive_.copy(tags_.keyword, word, from("keyword"));
      });
    if (!hasList(own, "urls")) put(tags_.url, "URL");
    put(tags_.note, "note");
  }

  // ---- custom.winnow: what our own exporter adds
  // ---------------------------------------------------------------------

  const Json* ownMembers() const {
    const Json* custom = find("custom");
    if (custom == nullptr || !custom->is_object()) return nullptr;
    const auto at = custom->find("winnow");
    return at == custom->end() || !at->is_object() ? nullptr : &*at;
  }
  static bool hasList(const Json* members, const char* name) {
    return members != nullptr && members->contains(name) && (*members)[name].is_array() && !(*members)[name].empty();
  }
  void own() {
    const Json* members = ownMembers();
    for (const auto& [name, tag] :
         std::initializer_list<std::pair<const char*, std::uint32_t>>{{"languages", tags_.language},
                                                                      {"keywords", tags_.keyword},
                                                                      {"urls", tags_.url},
                                                                      {"publication_types", tags_.publicationType}})
      if (hasList(members, name))
        for (const Json& value : (*members)[name]) {
          RecordWriter::Origin origin = from("custom");
          if (tag == tags_.publicationType) origin.group = writer_.group();
          derive_.copy(tag, textOf(value), origin);
        }
  }

  const Json& item_;
  std::uint32_t line_;
  formats::RawTags& rawTags_;
  const formats::Tags& tags_;
  std::uint32_t rule_;
  RecordWriter& writer_;
  Deriver derive_;
  std::map<std::string, std::uint32_t, std::less<>> raw_;
};

/// Where the text is nested deeper than any item is; npos if nowhere. The library writes values out recursively.
std::size_t findDepth(std::string_view text, std::size_t most) {
  std::size_t depth = 0;
  bool inString = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (inString) {
      if (text[i] == '\\')
        ++i;
      else if (text[i] == '"')
        inString = false;
    } else if (text[i] == '"') {
      inString = true;
    } else if (text[i] == '{' || text[i] == '[') {
      if (++depth > most) return i;
    } else if ((text[i] == '}' || text[i] == ']') && depth > 0) {
      --depth;
    }
  }
  return std::string_view::npos;
}

/// Numbers outside of strings that no double holds ("1e400"), in quotes: the library refuses the whole item for them.
std::string withNumbersAsText(std::string_view text) {
  std::string out;
  bool inString = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool isNumber = !inString && (c == '-' || (c >= '0' && c <= '9'));
    if (!isNumber) {
      if (c == '"') inString = !inString;
      if (inString && c == '\\' && i + 1 < text.size()) out += text[i++];
      out += text[i];
      continue;
    }
    const std::size_t end = std::min(text.find_first_not_of("0123456789+-.eE", i), text.size());
    const std::string number(text.substr(i, end - i));
    const bool isHuge = number.find_first_of("eE") != std::string::npos || number.size() > 300;
    out += isHuge ? '"' + number + '"' : number;
    i = end - 1;
  }
  return out;
}

/// Members of which an item has one, whatever else it lacks.
bool holdsWork(const Json& item) {
  if (!item.is_object()) return false;
  for (const char* name : {"title", "DOI", "PMID", "PMCID", "URL", "ISBN", "ISSN", "author", "editor", "issued",
                           "container-title", "abstract", "note", "id", "publisher"})
    if (item.contains(name)) return true;
  return false;
}

}  // namespace

bool isMember(std::string_view name) {
  static constexpr std::string_view kMembers[] = {"DOI",
                                                  "ISBN",
                                                  "ISSN",
                                                  "PMCID",
                                                  "PMID",
                                                  "URL",
                                                  "abstract",
                                                  "accessed",
                                                  "annote",
                                                  "archive",
                                                  "archive_location",
                                                  "author",
                                                  "authority",
                                                  "available-date",
                                                  "call-number",
                                                  "categories",
                                                  "chair",
                                                  "chapter-number",
                                                  "citation-key",
                                                  "citation-label",
                                                  "citation-number",
                                                  "collection-editor",
                                                  "collection-number",
                                                  "collection-title",
                                                  "compiler",
                                                  "composer",
                                                  "container-author",
                                                  "container-title",
                                                  "container-title-short",
                                                  "contributor",
                                                  "curator",
                                                  "custom",
                                                  "dimensions",
                                                  "director",
                                                  "division",
                                                  "edition",
                                                  "editor",
                                                  "editorial-director",
                                                  "event",
                                                  "event-date",
                                                  "event-place",
                                                  "event-title",
                                                  "executive-producer",
                                                  "first-reference-note-number",
                                                  "genre",
                                                  "guest",
                                                  "host",
                                                  "id",
                                                  "illustrator",
                                                  "interviewer",
                                                  "issue",
                                                  "issued",
                                                  "journalAbbreviation",
                                                  "jurisdiction",
                                                  "keyword",
                                                  "language",
                                                  "locator",
                                                  "medium",
                                                  "narrator",
                                                  "note",
                                                  "number",
                                                  "number-of-pages",
                                                  "number-of-volumes",
                                                  "organizer",
                                                  "original-author",
                                                  "original-date",
                                                  "original-publisher",
                                                  "original-publisher-place",
                                                  "original-title",
                                                  "page",
                                                  "page-first",
                                                  "part",
                                                  "part-number",
                                                  "part-title",
                                                  "performer",
                                                  "printing",
                                                  "producer",
                                                  "publisher",
                                                  "publisher-place",
                                                  "recipient",
                                                  "references",
                                                  "reviewed-author",
                                                  "reviewed-genre",
                                                  "reviewed-title",
                                                  "scale",
                                                  "script-writer",
                                                  "section",
                                                  "series-creator",
                                                  "shortTitle",
                                                  "source",
                                                  "status",
                                                  "submitted",
                                                  "supplement",
                                                  "title",
                                                  "title-short",
                                                  "translator",
                                                  "type",
                                                  "version",
                                                  "volume",
                                                  "volume-title",
                                                  "year-suffix"};
  return std::binary_search(std::begin(kMembers), std::end(kMembers), name);
}

std::uint16_t rawFlags(std::string_view member) {
  return static_cast<std::uint16_t>((isMember(member) ? WINNOW_FIELD_KNOWN : 0) |
                                    (formats::isVolatileName(member) ? WINNOW_FIELD_VOLATILE : 0));
}

bool writeItem(std::string_view text, std::uint32_t line, formats::RawTags& raws, const formats::Tags& tags,
               std::uint32_t rule, RecordWriter& writer, Fault& fault) {
  Json item;
  constexpr std::size_t kDeepest = 100;
  if (const std::size_t deep = findDepth(text, kDeepest); deep != std::string_view::npos) {
    fault = {deep, "lists and objects are nested more than 100 deep"};
    return false;
  }
  try {
    try {
      item = Json::parse(text);
    } catch (const nlohmann::json::out_of_range&) {
      item = Json::parse(withNumbersAsText(text));
    }
  } catch (const nlohmann::json::parse_error& error) {
    fault.offset = error.byte == 0 ? 0 : error.byte - 1;
    fault.what = error.what();
    // "[json.exception.parse_error.101] parse error at line 1, column 9: syntax error while ..."
    if (const std::size_t words = fault.what.find("syntax error"); words != std::string::npos)
      fault.what.erase(0, words);
    if (const std::size_t read = fault.what.find("; last read"); read != std::string::npos) fault.what.resize(read);
    return false;
  }
  if (!holdsWork(item)) {
    fault = {0, "it has no title, no authors, no date and no identifier", true};
    return false;
  }
  Mapping(item, line, raws, tags, rule, writer).run();
  return true;
}

}  // namespace winnow::csl
