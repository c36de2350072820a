#include "Charset.hpp"

#include <iconv.h>
#include <algorithm>
#include <cerrno>

#include "Error.hpp"

namespace winnow::io {

namespace {

const iconv_t kNone = reinterpret_cast<iconv_t>(-1);

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return out;
}

/// Names of Java that JabRef writes ("ISO8859_1", "Cp1250"), as iconv knows them.
std::string iconvName(std::string_view name) {
  std::string out = upper(name);
  if (out.rfind("ISO8859_", 0) == 0) return "ISO-8859-" + out.substr(8);
  return out;
}

std::string_view between(std::string_view text, std::string_view before, std::string_view ends) {
  const std::size_t at = text.find(before);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + before.size());
  return text.substr(0, text.find_first_of(ends));
}

}  // namespace

Charset::Charset(const std::string& name)
    : to_(iconv_open("UTF-8", iconvName(name).c_str())), back_(iconv_open(iconvName(name).c_str(), "UTF-8")) {
  if (to_ != kNone && back_ != kNone) return;
  if (to_ != kNone) iconv_close(to_);
  if (back_ != kNone) iconv_close(back_);
  throw Error("there is no encoding '" + name + "'; 'iconv --list' names all");
}

Charset::~Charset() {
  iconv_close(to_);
  iconv_close(back_);
}

std::size_t Charset::decode(std::string_view bytes, bool last, std::string& out) {
  char* in = const_cast<char*>(bytes.data());  // iconv's signature; the bytes are only read
  std::size_t left = bytes.size();
  char piece[4096];
  while (left > 0) {
    char* to = piece;
    std::size_t room = sizeof piece;
    const std::size_t result = iconv(to_, &in, &left, &to, &room);
    const int error = errno;
    out.append(piece, sizeof piece - room);
    if (result != static_cast<std::size_t>(-1) || error == E2BIG) continue;
    if (error == EINVAL && !last) break;  // the rest of the character comes with the next piece
    ++broken_;
    out += "\xEF\xBF\xBD";
    ++in;
    --left;
  }
  return bytes.size() - left;
}

std::size_t Charset::sizeOf(std::string_view text) const {
  char* in = const_cast<char*>(text.data());
  std::size_t left = text.size(), size = 0;
  char piece[4096];
  while (left > 0) {
    char* to = piece;
    std::size_t room = sizeof piece;
    const std::size_t result = iconv(back_, &in, &left, &to, &room);
    const int error = errno;
    size += sizeof piece - room;
    if (result != static_cast<std::size_t>(-1) || error == E2BIG) continue;
    ++size;  // U+FFFD: one byte that was none
    const std::size_t skip = std::min<std::size_t>(left, 3);
    in += skip;
    left -= skip;
  }
  return size;
}

bool Charset::isKnown(const std::string& name) {
  const iconv_t opened = iconv_open("UTF-8", iconvName(name).c_str());
  if (opened == kNone) return false;
  iconv_close(opened);
  return true;
}

std::string declaredCharset(std::string_view head) {
  std::string_view name;
  if (head.substr(0, 5) == "<?xml") {
    const std::string_view declaration = head.substr(0, head.find("?>"));
    name = between(declaration, "encoding=\"", "\"");
    if (name.empty()) name = between(declaration, "encoding='", "'");
  } else {
    name = between(head.substr(0, 2048), "% Encoding: ", " \r\n");
    if (name.empty()) name = between(head.substr(0, 2048), "%% Saved with string encoding ", " \r\n(");
  }
  const std::string known = iconvName(name);
  for (const char* plain : {"", "UTF-8", "UTF8", "UNICODE", "ASCII", "US-ASCII", "ISO-8859-1", "ISO-8859-15", "LATIN1",
                            "WINDOWS-1252", "CP1252", "UTF-16", "UTF-16LE", "UTF-16BE"})
    if (known == plain) return {};
  return Charset::isKnown(known) ? known : std::string();
}

}  // namespace winnow::io
