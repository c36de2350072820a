#include "BibtexEntry.hpp"

#include <algorithm>

#include <winnow/formats/text.hpp>

#include "BibtexSlices.hpp"

namespace winnow::bibtex {

namespace {

/// BibTeX (Patashnik, "BibTeXing", 1988; btparse for what biblatex allows).
class Parsing {
 public:
  Parsing(Entry& entry, bool closed, const MacroOf& macroOf)
      : entry_(entry), text_(entry.text), closed_(closed), macroOf_(macroOf) {
    if (text_.find('\n') == std::string_view::npos) newline_ = '\r';
  }

  void run() {
    head();
    if (entry_.type == "comment" || entry_.type == "preamble") return;
    if (entry_.type != "string") key();
    while (field()) {
    }
    if (!closed_ && !toldUnclosed_)
      tell("bib.unbalanced-brace", "the entry is never closed", "closed where the next one begins", bodyPlace_);
  }

 private:
  void tell(std::string_view code, std::string message, std::string_view action, std::size_t at, bool isInfo = false) {
    constexpr std::size_t kMostDefects = 20;  // an entry that has more is none; telling each would take quadratic time
    if (entry_.defects.size() >= kMostDefects) return;
    const std::string_view before = text_.substr(0, at);
    const auto breaks = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), newline_));
    const std::size_t lineBegin = breaks == 0 ? 0 : before.rfind(newline_) + 1;
    entry_.defects.push_back({code, std::move(message), action, entry_.line + breaks,
                              static_cast<std::uint32_t>(at - lineBegin + (breaks == 0 ? entry_.column : 1)), isInfo});
  }
  void skipBlanks() {
    while (at_ < text_.size() && isBlankByte(text_[at_])) ++at_;
  }
  std::uint32_t lineOf(std::size_t at) {
    for (; counted_ < at; ++counted_)
      if (text_[counted_] == newline_) ++lines_;
    return entry_.line + lines_;
  }

  void head() {
    at_ = 1;
    while (at_ < text_.size() && text_[at_] != '{' && text_[at_] != '(') {
      if (text_[at_] == '%')
        while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
      const std::size_t begin = at_;
      while (at_ < text_.size() && isWord(text_[at_])) ++at_;
      if (at_ > begin)
        entry_.type = formats::lower(text_.substr(begin, at_ - begin));
      else
        ++at_;
    }
    bodyPlace_ = at_;
    close_ = at_ < text_.size() && text_[at_] == '(' ? ')' : '}';
    ++at_;
  }

  /// A field begins at `from`: a name and "=".
  bool isField(std::size_t from) const {
    while (from < text_.size() && isBlankByte(text_[from])) ++from;
    const std::size_t name = from;
    while (from < text_.size() && (isWord(text_[from]) || text_[from] == ' ')) ++from;
    while (from < text_.size() && isBlankByte(text_[from])) ++from;
    return from > name && from < text_.size() && text_[from] == '=';
  }

  /// Keys hold what programs put into them: blanks, commas, nothing at all.
  void key() {
    skipBlanks();
    const std::size_t begin = at_;
    if (isField(begin)) return tell("bib.no-key", "the entry has no key", "read without", begin);
    std::size_t end = begin;
    while (end < text_.size() && text_[end] != ',' && text_[end] != '=' && text_[end] != newline_ &&
           !(end + 1 == text_.size() && text_[end] == close_))
      ++end;
    // A comma behind which no field begins belongs to the key.
    while (end < text_.size() && text_[end] == ',' && !isField(end + 1)) {
      std::size_t next = end + 1;
      while (next < text_.size() && text_[next] != ',' && text_[next] != '=' && text_[next] != newline_ &&
             text_[next] != '{' && text_[next] != '}')
        ++next;
      if (next >= text_.size() || text_[next] != ',' || next == end + 1) break;
      end = next;
    }
    entry_.key = formats::trim(text_.substr(begin, end - begin));
    at_ = end;
    if (entry_.key.find_first_of(", \t") != std::string_view::npos)
      tell("bib.odd-key", "the key '" + std::string(entry_.key) + "' holds a blank or a comma", "taken as it stands",
           begin, entry_.key.find(',') == std::string_view::npos);
    if (begin > bodyPlace_ + 1 && text_[bodyPlace_ + 1] == ' ')
      tell("bib.odd-key", "a blank before the key '" + std::string(entry_.key) + "'", "read without", bodyPlace_ + 1,
           true);
    skipBlanks();
    if (at_ < text_.size() && text_[at_] == ',')
      ++at_;
    else if (isField(at_))
      tell("bib.missing-comma", "a comma is missing behind the key", "read as if it stood there", end);
  }

  /// Reads one field. False: no more.
  bool field() {
    for (skipBlanks(); at_ < text_.size() && text_[at_] == ','; skipBlanks()) ++at_;
    if (at_ >= text_.size()) return false;
    if (text_[at_] == close_ && (at_ + 1 == text_.size() || !isField(at_ + 1))) return isBehindExtraBrace();
    const std::size_t begin = at_;
    std::size_t end = begin;
    while (end < text_.size() && text_[end] != '=' && text_[end] != ',' && text_[end] != '{' && text_[end] != '}' &&
           text_[end] != '"' && text_[end] != '#')
      ++end;
    const std::string_view name = formats::trim(text_.substr(begin, end - begin));
    if (end >= text_.size() || text_[end] != '=' || name.empty()) {
      if (!name.empty() || (end < text_.size() && text_[end] != close_)) noField(begin, end);
      at_ = std::max(end, begin + 1);
      return at_ < text_.size();
    }
    if (name.find_first_of(" \t\r\n") != std::string_view::npos)
      tell("bib.field-name", "the field name '" + formats::collapsed(name) + "' holds a blank", "read as one name",
           begin, true);
    at_ = end + 1;
    const std::uint32_t line = lineOf(begin);
    const std::string_view value = readValue();
    std::string lowerName = formats::lower(formats::collapsed(name));
    constexpr std::size_t kMostCompared =
        256;  // what has more fields is no entry; comparing all would take quadratic time
    const Field* same =
        entry_.fields.size() > kMostCompared || entry_.type == "string" ? nullptr : entry_.find(lowerName);
    if (same != nullptr && same->value != value)
      tell("bib.duplicate-field", "the field '" + lowerName + "' stands twice", "the last one counts", begin, true);
    entry_.fields.push_back({std::move(lowerName), value, line});
    behindValue();
    return true;
  }

  bool isBehindExtraBrace() {
    ++at_;
    std::size_t i = at_;
    while (i < text_.size() && (isBlankByte(text_[i]) || text_[i] == ',')) ++i;
    return i < text_.size() && isField(i);
  }

  void noField(std::size_t begin, std::size_t end) {
    if (toldNoField_) return;
    toldNoField_ = true;
    std::string shown(text_.substr(begin, std::min<std::size_t>(end - begin, 40)));
    tell("bib.no-field", "'" + formats::collapsed(shown) + "' is no field", "left out", begin);
  }

  void behindValue() {
    const std::size_t end = at_;
    skipBlanks();
    if (at_ >= text_.size() || text_[at_] == ',' || text_[at_] == close_) return;
    if (isField(at_))
      return tell("bib.missing-comma", "a comma is missing behind the value", "read as if it stood there", end);
    // Text behind a closed value: what stands there up to the comma is no field.
    const std::size_t rest = at_;
    while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != newline_) ++at_;
    noField(rest, at_);
  }

  std::string_view readValue() {
    std::string_view first;
    std::string* all = nullptr;
    bool isFirst = true;
    for (;;) {
      skipBlanks();
      const std::string_view part = readPart();
      if (isFirst)
        first = part;
      else {
        if (all == nullptr) all = &entry_.joined.emplace_back(first);
        all->append(part);
      }
      isFirst = false;
      const std::size_t behind = at_;
      skipBlanks();
      if (at_ >= text_.size() || text_[at_] != '#') {
        at_ = behind;
        break;
      }
      ++at_;
    }
    return all == nullptr ? first : std::string_view(*all);
  }

  std::string_view readPart() {
    if (at_ >= text_.size()) return {};
    if (text_[at_] == '{') return readDelimited('}');
    if (text_[at_] == '"') return readDelimited('"');
    const std::size_t begin = at_;
    while (at_ < text_.size() && !isBlankByte(text_[at_]) && text_[at_] != ',' && text_[at_] != '#' &&
           text_[at_] != close_ && text_[at_] != '{' && text_[at_] != '"')
      ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (word.empty() || word.find_first_not_of("0123456789") == std::string_view::npos) return word;
    if (const std::string* text = macroOf_(formats::lower(word))) {
      constexpr std::size_t kMostExpanded = 1 << 20;  // macros of macros double with each line
      if ((expanded_ += text->size()) <= kMostExpanded) return entry_.joined.emplace_back(*text);
      tell("bib.macro-too-large", "the macros of the entry stand for more than 1 MiB of text",
           "the name of this one was taken as the value", begin);
      return word;
    }
    const bool isNumber = word[0] >= '0' && word[0] <= '9';
    tell(isNumber ? "bib.unquoted-value" : "bib.undefined-macro",
         isNumber ? "the value '" + std::string(word) + "' stands without braces"
                  : "the macro '" + std::string(word) + "' is not defined",
         "its name was taken as the value", begin);
    return word;
  }

  /// Text in braces or quotation marks; braces within count in both. Not recursive: depth is a number.
  std::string_view readDelimited(char close) {
    const std::size_t open = at_;
    std::size_t depth = 0;
    for (std::size_t i = open + 1; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c != '{' && c != '}' && c != close) continue;
      if (c == '{') {
        ++depth;
      } else if (depth == 0 && c == close && !(close == '"' ? isEscaped(i) : isExtra(i))) {
        // In an entry that lacks a brace, the value that holds further fields is where it is missing.
        if (!closed_ && holdsField(open, i)) return unclosed(open, close);
        at_ = i + 1;
        return text_.substr(open + 1, i - open - 1);
      } else if (c == '}' && depth > 0) {
        --depth;
      }
    }
    return unclosed(open, close);
  }
  bool holdsField(std::size_t open, std::size_t end) const {
    for (std::size_t at = text_.find(newline_, open); at < end; at = text_.find(newline_, at + 1))
      if (isField(at)) return true;
    return false;
  }
  /// \" outside of braces is an accent in what many programs write, though BibTeX itself ends the value there.
  bool isEscaped(std::size_t at) const {
    return at > 0 && text_[at - 1] == '\\' &&
           !(at + 1 < text_.size() && (text_[at + 1] == ',' || text_[at + 1] == newline_ || text_[at + 1] == '\r'));
  }

  /// A brace behind which, on the same line, a comma and something else than a field follow does not end a value.
  bool isExtra(std::size_t at) const {
    if (at + 1 >= text_.size() || text_[at + 1] != ',') return false;
    const std::size_t next = text_.find_first_not_of(" \t", at + 2);
    if (next == std::string_view::npos) return false;
    const char c = text_[next];
    return c != '\n' && c != '\r' && c != '%' && c != ',' && c != close_ && !isField(next) &&
           text_.find("},", next) != std::string_view::npos;
  }

  /// The value never ends: it is taken to end where a line closes and a field begins on the next one.
  std::string_view unclosed(std::size_t open, char close) {
    tell("bib.unbalanced-brace", close == '}' ? "a brace is never closed" : "a quotation mark is never closed",
         "the value ends where the next field begins", open);
    toldUnclosed_ = true;
    for (std::size_t end = text_.find(newline_, open); end != std::string_view::npos;
         end = text_.find(newline_, end + 1)) {
      std::size_t last = end;
      while (last > open && isBlankByte(text_[last])) --last;
      if ((text_[last] != ',' && text_[last] != close) || !isField(end)) continue;
      at_ = last == open ? end : last + (text_[last] == close ? 1 : 0);
      return formats::trim(text_.substr(open + 1, withoutSigns(open, last, close) - open - 1));
    }
    at_ = text_.size();
    std::size_t last = text_.size() - 1;
    while (last > open && (isBlankByte(text_[last]) || text_[last] == close_)) --last;
    return text_.substr(open + 1, last - open);
  }
  std::size_t withoutSigns(std::size_t open, std::size_t last, char close) const {
    if (last > open && text_[last] == ',') --last;
    while (last > open && isBlankByte(text_[last])) --last;
    return last > open && text_[last] == close ? last : last + 1;
  }

  Entry& entry_;
  std::string_view text_;
  bool closed_;
  const MacroOf& macroOf_;
  char newline_ = '\n', close_ = '}';
  std::size_t at_ = 0, bodyPlace_ = 0, counted_ = 0, expanded_ = 0;
  std::uint32_t lines_ = 0;
  bool toldNoField_ = false, toldUnclosed_ = false;
};

}  // namespace

const Field* Entry::find(std::string_view name) const {
  for (auto field = fields.rbegin(); field != fields.rend(); ++field)
    if (field->name == name) return &*field;
  return nullptr;
}

void readEntry(Entry& entry, bool closed, const MacroOf& macroOf) { Parsing(entry, closed, macroOf).run(); }

}  // namespace winnow::bibtex
