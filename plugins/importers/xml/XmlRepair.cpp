#include "XmlRepair.hpp"

#include <algorithm>
#include <charconv>

#include <winnow/formats/ascii.hpp>

namespace winnow::xml {

namespace {

bool isForbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 && c != '\t' && c != '\n' && c != '\r';
}
using formats::isLetter;

/// One repair of a text: walks it once, keeping the place.
class Mending {
 public:
  Mending(std::string_view text, std::uint32_t line, std::uint32_t column, std::vector<Defect>& defects)
      : text_(text), line_(line), column_(column), defects_(defects) {}

  std::string run() {
    std::string out;
    out.reserve(text_.size() + 16);
    for (std::size_t i = 0; i < text_.size();) {
      const std::size_t used = step(i, out);
      for (std::size_t k = i; k < i + used; ++k) {
        column_ = text_[k] == '\n' ? 1 : column_ + 1;
        line_ += text_[k] == '\n' ? 1 : 0;
      }
      i += used;
    }
    return out;
  }

 private:
  void tell(const char* code, std::string message, const char* action) {
    const bool known = std::any_of(defects_.begin(), defects_.end(), [&](const Defect& d) { return d.code == code; });
    if (!known) defects_.push_back({code, std::move(message), action, line_, column_});
  }

  std::size_t step(std::size_t i, std::string& out) {
    const char c = text_[i];
    if (isForbidden(c)) {
      tell("xml.control-char", "the record holds a control character, which XML does not allow", "left out");
      return 1;
    }
    if (c == '&') return reference(i, out);
    if (c == '<' && !opensMarkup(i)) {
      tell("xml.bare-less-than", "a '<' that opens no tag", "read as the character");
      out += "&lt;";
      return 1;
    }
    out += c;
    return 1;
  }

  bool opensMarkup(std::size_t i) const {
    if (i + 1 >= text_.size()) return false;
    const char next = text_[i + 1];
    if (next == '/' || next == '!' || next == '?') return true;
    // "p <b> 0.05" is rare; "<" and a letter opens a tag only if a ">" comes before the next "<".
    const std::size_t close = text_.find_first_of("<>", i + 1);
    return isLetter(next) && close != std::string_view::npos && text_[close] == '>';
  }

  std::size_t reference(std::size_t i, std::string& out) {
    const std::size_t end = text_.substr(i, 32).find(';');
    const std::string_view body = end == std::string_view::npos ? std::string_view{} : text_.substr(i + 1, end - 1);
    const bool isName = !body.empty() && std::all_of(body.begin(), body.end(), [](char c) {
      return isLetter(c) || (c >= '0' && c <= '9') || c == '#';
    });
    if (!isName) {
      tell("xml.bare-ampersand", "a '&' that begins no reference", "read as the character");
      out += "&amp;";
      return 1;
    }
    if (body[0] == '#') return numeric(body, end + 1, i, out);
    for (const std::string_view known : {"amp", "lt", "gt", "quot", "apos"})
      if (body == known) {
        out += text_.substr(i, end + 1);
        return end + 1;
      }
    tell("xml.undefined-entity", "the entity '&" + std::string(body) + ";' is not defined in XML",
         body == "nbsp" ? "read as a no-break space" : "kept as it stands");
    if (body == "nbsp")
      out += "\xC2\xA0";
    else
      out += "&amp;" + std::string(body) + ";";
    return end + 1;
  }

  std::size_t numeric(std::string_view body, std::size_t size, std::size_t i, std::string& out) {
    const bool isHex = body.size() > 1 && (body[1] == 'x' || body[1] == 'X');
    const std::string_view digits = body.substr(isHex ? 2 : 1);
    std::uint32_t code = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, isHex ? 16 : 10);
    const bool isNumber = error == std::errc() && end == digits.data() + digits.size() && !digits.empty();
    const bool isAllowed = isNumber && (code == 9 || code == 10 || code == 13 || (code >= 0x20 && code < 0xD800) ||
                                        (code >= 0xE000 && code <= 0x10FFFF && code != 0xFFFE && code != 0xFFFF));
    if (isAllowed) {
      out += text_.substr(i, size);
      return size;
    }
    tell("xml.control-char",
         "the reference '&" + std::string(body) + ";' stands for a character that XML does not allow", "left out");
    return size;
  }

  std::string_view text_;
  std::uint32_t line_, column_;
  std::vector<Defect>& defects_;
};

}  // namespace

bool hasForbiddenCharacter(std::string_view text) { return std::any_of(text.begin(), text.end(), isForbidden); }

std::string repair(std::string_view text, std::uint32_t line, std::uint32_t column, std::vector<Defect>& defects) {
  return Mending(text, line, column, defects).run();
}

}  // namespace winnow::xml
