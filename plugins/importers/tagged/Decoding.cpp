#include "Decoding.hpp"

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

#include <winnow/formats/text.hpp>

namespace winnow::tagged {

namespace {

/// "a+b%26c" -> "a b&c" (RFC 3986 2.1; '+' as in HTML forms, which OpenURL follows).
std::string urlDecoded(std::string_view text) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? digit(text[i + 1]) : -1,
              low = high < 0 ? -1 : digit(text[i + 2]);
    if (low >= 0) {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return formats::isUtf8(out) ? out : formats::cp1252ToUtf8(out);
}

/// Tags within a word ("H<sub>2</sub>O") leave no gap; all others end one.
bool isInline(std::string_view name) {
  static constexpr std::string_view kNames[] = {"i",  "b",   "u",    "em", "strong", "sub", "sup",
                                                "sc", "scp", "span", "tt", "inf",    "a"};
  return std::any_of(std::begin(kNames), std::end(kNames),
                     [&](std::string_view known) { return formats::equalsIgnoringCase(name, known); });
}

/// The end of the tag that opens at `at`, or npos: "p < 0.05 and q > 1" holds none.
std::size_t endOfTag(std::string_view text, std::size_t at, std::string_view& name) {
  std::size_t begin = at + 1;
  if (begin < text.size() && text[begin] == '/') ++begin;
  std::size_t end = begin;
  while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == ':')) ++end;
  name = text.substr(begin, end - begin);
  if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
  if (name.empty() || !std::isalpha(static_cast<unsigned char>(name[0]))) return std::string_view::npos;
  if (end < text.size() && std::string_view(" \t\r\n/>").find(text[end]) == std::string_view::npos)
    return std::string_view::npos;
  const std::size_t close = text.find_first_of("<>", end);
  return close == std::string_view::npos || text[close] == '<' ? std::string_view::npos : close;
}

std::string htmlDecoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string_view name;
    const std::size_t end = text[i] == '<' ? endOfTag(text, i, name) : std::string_view::npos;
    if (end == std::string_view::npos) {
      out += text[i];
      continue;
    }
    if (!isInline(name)) out += ' ';
    i = end;
  }
  return formats::collapsed(formats::decodeEntities(out));
}

/// {"Peers":[0],"work":[1,7]}: each word with the places where it stands (OpenAlex, Work object,
/// abstract_inverted_index).
class InvertedIndex {
 public:
  explicit InvertedIndex(std::string_view text) : text_(formats::trim(text)) {}

  /// False if the text is no such object.
  bool read() {
    if (!take('{')) return false;
    if (take('}')) return true;
    do {
      std::string word;
      if (!string(word) || !take(':') || !places(word)) return false;
    } while (take(','));
    return take('}');
  }
  std::string text() {
    std::stable_sort(words_.begin(), words_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::string all;
    for (const auto& [place, word] : words_) all.append(all.empty() ? "" : " ").append(word);
    return all;
  }

 private:
  static constexpr std::size_t kMostWords = 200'000;

  void skipBlanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
  }
  bool take(char sign) {
    skipBlanks();
    if (at_ >= text_.size() || text_[at_] != sign) return false;
    ++at_;
    return true;
  }
  bool places(const std::string& word) {
    if (!take('[')) return false;
    if (take(']')) return true;
    do {
      skipBlanks();
      std::size_t place = 0;
      const std::size_t begin = at_;
      while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9' && at_ - begin < 9)
        place = place * 10 + static_cast<std::size_t>(text_[at_++] - '0');
      if (at_ == begin || words_.size() >= kMostWords) return false;
      words_.emplace_back(place, word);
    } while (take(','));
    return take(']');
  }
  bool string(std::string& out) {
    if (!take('"')) return false;
    for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] != '\\')
        out += text_[at_];
      else if (!escape(out))
        return false;
    }
    return take('"');
  }
  /// At the backslash; leaves `at_` on the last character of the escape (RFC 8259, section 7).
  bool escape(std::string& out) {
    static constexpr std::string_view kSigns = "\"\\/bfnrt", kMeant = "\"\\/\b\f\n\r\t";
    if (++at_ >= text_.size()) return false;
    if (const std::size_t known = kSigns.find(text_[at_]); known != std::string_view::npos) {
      out += kMeant[known];
      return true;
    }
    char32_t code = 0;
    if (text_[at_] != 'u' || !hex(code)) return false;
    if (code >= 0xD800 && code < 0xDC00 && text_.substr(at_ + 1, 2) == "\\u") {
      char32_t low = 0;
      at_ += 2;
      if (!hex(low) || low < 0xDC00 || low > 0xDFFF) return false;
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    if (code >= 0xD800 && code <= 0xDFFF) code = 0xFFFD;
    formats::appendUtf8(out, code);
    return true;
  }
  /// Four digits behind `at_`.
  bool hex(char32_t& code) {
    for (int i = 0; i < 4; ++i) {
      if (++at_ >= text_.size() || !std::isxdigit(static_cast<unsigned char>(text_[at_]))) return false;
      const char c = text_[at_];
      code = code * 16 + static_cast<char32_t>(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::pair<std::size_t, std::string>> words_;
};

/// Of the scripts that have two cases, as far as names of the Latin, Greek and Cyrillic ones go (Unicode 15, blocks
/// Latin-1, Latin Extended-A, Greek, Cyrillic).
bool isCapital(char32_t c) {
  if (c >= 0x100 && c < 0x180)
    return (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E) ? c % 2 == 1 : c % 2 == 0;
  return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
         (c >= 0x400 && c <= 0x42F);
}
bool isSmall(char32_t c) {
  if (c >= 0x100 && c < 0x180) return !isCapital(c);
  return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7) || (c >= 0x3AC && c <= 0x3CE) ||
         (c >= 0x430 && c <= 0x45F);
}

/// "McDonald", "MacDonald", "DeVries", "LaRue", "VanHouten", "FitzGerald": the capital stands within one name.
bool isNamePrefix(std::string_view text) {
  static constexpr std::string_view kPrefixes[] = {"Mc", "Mac", "De", "Del", "Di",  "Da",
                                                   "Du", "La",  "Le", "Van", "Von", "Fitz"};
  return std::find(std::begin(kPrefixes), std::end(kPrefixes), text) != std::end(kPrefixes);
}

}  // namespace

std::vector<std::string_view> partsOf(std::string_view text, std::string_view separators) {
  const bool isAscii =
      std::all_of(separators.begin(), separators.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (isAscii) return formats::split(text, separators);
  std::u32string signs;
  for (std::size_t at = 0; at < separators.size();) signs += formats::nextCodePoint(separators, at);
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  const auto add = [&](std::size_t end) {
    if (const std::string_view part = formats::trim(text.substr(begin, end - begin)); !part.empty())
      parts.push_back(part);
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    if (signs.find(formats::nextCodePoint(text, at)) == std::u32string::npos) continue;
    add(here);
    begin = at;
  }
  add(text.size());
  return parts;
}

std::vector<std::string_view> namesRunTogether(std::string_view text) {
  std::vector<std::string_view> names;
  std::size_t begin = 0, word = 0;
  char32_t before = ' ';
  const auto add = [&](std::size_t end) {
    if (const std::string_view name = formats::trim(text.substr(begin, end - begin)); !name.empty())
      names.push_back(name);
    begin = word = end;
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    const char32_t code = formats::nextCodePoint(text, at);
    if (isCapital(code) && isSmall(before) && !isNamePrefix(text.substr(word, here - word))) add(here);
    if (code == ' ' || code == '-') word = at;
    before = code;
  }
  add(text.size());
  return names;
}

std::string decoded(std::string_view written, Decode form) {
  switch (form) {
    case Decode::Url:
      return urlDecoded(written);
    case Decode::Html:
      return htmlDecoded(written);
    case Decode::InvertedIndex:
      if (InvertedIndex index(written); index.read()) return index.text();
      break;
    case Decode::Plain:
      break;
  }
  return std::string(written);
}

}  // namespace winnow::tagged
