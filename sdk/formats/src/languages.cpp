#include <winnow/formats/languages.hpp>
#include <winnow/formats/text.hpp>

#include <algorithm>
#include <string>
#include <unordered_map>

namespace winnow::formats {

namespace {

// code | English name | other codes and names. ISO 639-1 codes first (ISO 639 registration authority lists), native
// names as the languages write them, in lower case.
constexpr std::string_view kTable[] = {
    "en|English|eng|engelsk|englisch|anglais|inglés|ingles|inglês",
    "de|German|deu|ger|deutsch|tysk|allemand|alemán|aleman|alemão|alemao",
    "fr|French|fra|fre|français|francais|fransk|francés|frances|francês",
    "es|Spanish|spa|español|espanol|castellano|castilian|spansk|espanhol|espagnol",
    "it|Italian|ita|italiano|italiensk|italien",
    "pt|Portuguese|por|português|portugues|portugisisk|portugués",
    "nl|Dutch|nld|dut|flemish|nederlands|nederlandsk|hollandsk",
    "no|Norwegian|nor|norsk",
    "nb|Norwegian Bokmål|nob|bokmål|bokmal|norwegian bokmal|norsk bokmål|norsk (bokmål)",
    "nn|Norwegian Nynorsk|nno|nynorsk|norsk nynorsk|norsk (nynorsk)",
    "da|Danish|dan|dansk",
    "sv|Swedish|swe|svenska|svensk",
    "fi|Finnish|fin|suomi|finsk",
    "is|Icelandic|isl|ice|íslenska|islandsk",
    "fo|Faroese|fao|færøysk",
    "se|Northern Sami|sme|sami|samisk|nordsamisk",
    "ru|Russian|rus|русский|russisk",
    "uk|Ukrainian|ukr|українська|ukrainsk",
    "be|Belarusian|bel|byelorussian",
    "pl|Polish|pol|polski|polsk",
    "cs|Czech|ces|cze|čeština|cesky|tsjekkisk",
    "sk|Slovak|slk|slo|slovenčina",
    "hu|Hungarian|hun|magyar|ungarsk",
    "ro|Romanian|ron|rum|română|moldavian",
    "bg|Bulgarian|bul|български",
    "sr|Serbian|srp|scc|српски",
    "hr|Croatian|hrv|scr|hrvatski",
    "bs|Bosnian|bos|bosanski",
    "sl|Slovenian|slv|slovene|slovenščina",
    "mk|Macedonian|mkd|mac",
    "sq|Albanian|sqi|alb|shqip",
    "el|Greek|ell|gre|greek, modern|ελληνικά",
    "la|Latin|lat",
    "tr|Turkish|tur|türkçe|turkce|tyrkisk",
    "ar|Arabic|ara|العربية|arabisk",
    "fa|Persian|fas|per|farsi|فارسی|persisk",
    "he|Hebrew|heb|עברית|hebraisk",
    "hi|Hindi|hin",
    "bn|Bengali|ben|bangla",
    "ur|Urdu|urd",
    "ta|Tamil|tam",
    "te|Telugu|tel",
    "th|Thai|tha",
    "vi|Vietnamese|vie|tiếng việt",
    "id|Indonesian|ind|bahasa indonesia",
    "ms|Malay|msa|may",
    "zh|Chinese|zho|chi|mandarin|中文|kinesisk",
    "ja|Japanese|jpn|日本語|japansk",
    "ko|Korean|kor|한국어|koreansk",
    "et|Estonian|est|eesti",
    "lv|Latvian|lav|latviešu",
    "lt|Lithuanian|lit|lietuvių",
    "ca|Catalan|cat|català",
    "gl|Galician|glg|galego",
    "eu|Basque|eus|baq|euskara",
    "cy|Welsh|cym|wel|cymraeg",
    "ga|Irish|gle|gaeilge",
    "gd|Scottish Gaelic|gla|gaelic",
    "af|Afrikaans|afr",
    "sw|Swahili|swa|kiswahili",
    "ka|Georgian|kat|geo",
    "hy|Armenian|hye|arm",
    "az|Azerbaijani|aze",
    "kk|Kazakh|kaz",
    "uz|Uzbek|uzb",
    "mn|Mongolian|mon",
    "ne|Nepali|nep",
    "tl|Tagalog|tgl|filipino",
    "eo|Esperanto|epo",
    "yi|Yiddish|yid",
    "ml|Malayalam|mal",
    "kn|Kannada|kan",
    "mr|Marathi|mar",
    "gu|Gujarati|guj",
    "pa|Punjabi|pan|panjabi",
    "am|Amharic|amh",
    "so|Somali|som",
    "mt|Maltese|mlt|malti"};

/// Calls each(alias) for code, name and aliases of one row.
template <class Each>
void forEachAlias(std::string_view row, Each&& each) {
  for (;;) {
    const std::size_t end = row.find('|');
    each(row.substr(0, end));
    if (end == std::string_view::npos) return;
    row.remove_prefix(end + 1);
  }
}

std::string_view codeOf(std::string_view row) { return row.substr(0, row.find('|')); }

std::string plain(std::string_view text) {
  text = trim(text);
  while (!text.empty() && text.back() == '.') text.remove_suffix(1);
  for (const std::string_view brackets : {"[]", "()"}) {  // around the word, not those of "norsk (bokmål)"
    const bool isOpened = !text.empty() && text.front() == brackets[0];
    if (isOpened) text.remove_prefix(1);
    const bool isOwn = isOpened || text.find(brackets[0]) == std::string_view::npos;
    while (isOwn && !text.empty() && (text.back() == brackets[1] || text.back() == '.')) text.remove_suffix(1);
  }
  return lower(trim(text));
}

/// By every name in lower case; the first row that has a name counts.
const std::unordered_map<std::string, std::string_view>& codesByName() {
  static const auto codes = [] {
    std::unordered_map<std::string, std::string_view> map;
    for (const std::string_view row : kTable)
      forEachAlias(row, [&](std::string_view alias) { map.emplace(lower(alias), codeOf(row)); });
    return map;
  }();
  return codes;
}

/// `word` in lower case.
std::string_view lookUp(const std::string& word) {
  const auto found = codesByName().find(word);
  return found == codesByName().end() ? std::string_view{} : found->second;
}

bool isNoLanguage(std::string_view word) {
  static constexpr std::string_view kWords[] = {
      "mul", "multilingual", "flerspråklig", "flerspråkleg", "multiple", "multiple languages",
      "und", "undetermined", "unknown",      "zxx",          ""};
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

}  // namespace

std::string_view languageCode(std::string_view text) {
  const std::string word = plain(text);
  if (isNoLanguage(word)) return {};
  if (const std::string_view code = lookUp(word); !code.empty()) return code;
  const std::size_t end = word.find_first_of("-_(");  // "en-US", "English (UK)"
  return end == std::string::npos ? std::string_view{}
                                  : lookUp(std::string(trim(std::string_view(word).substr(0, end))));
}

std::vector<std::string_view> languageCodes(std::string_view text, int* unknown) {
  std::vector<std::string_view> codes;
  const auto add = [&](std::string_view part) {
    const std::string_view code = languageCode(part);
    if (code.empty()) {
      if (unknown != nullptr) ++*unknown;
    } else if (std::find(codes.begin(), codes.end(), code) == codes.end()) {
      codes.push_back(code);
    }
  };
  if (const std::string_view whole = languageCode(text); !whole.empty()) return {whole};  // "Greek, Modern" is one
  for (std::string_view part : split(text, ";,/|\n")) {
    for (std::size_t at; (at = part.find(" and ")) != std::string_view::npos; part.remove_prefix(at + 5))
      add(part.substr(0, at));
    add(part);
  }
  return codes;
}

std::string_view languageName(std::string_view code) {
  for (std::string_view row : kTable)
    if (codeOf(row) == code) {
      row.remove_prefix(code.size() + 1);
      return row.substr(0, row.find('|'));
    }
  return {};
}

}  // namespace winnow::formats
