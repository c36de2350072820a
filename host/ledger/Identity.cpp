#include <string>

#include <winnow/formats/text.hpp>

#include "Ledger.hpp"
#include "io/Sha256.hpp"

namespace winnow::ledger {

namespace {

constexpr std::string_view kBlank = " \t\n\r";

}  // namespace

std::string slug(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c - 'A' + 'a');
    } else if (letter) {
      out += c;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out.empty() ? "source" : out;
}

std::uint64_t contentHash(std::string_view raw) {
  std::string decoded;
  if (!formats::isUtf8(raw)) {  // importers read such a record as Windows-1252
    decoded = formats::cp1252ToUtf8(raw);
    raw = decoded;
  }
  const std::size_t begin = raw.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return io::prefix64(io::Sha256().finish());
  raw = raw.substr(begin, raw.find_last_not_of(kBlank) + 1 - begin);
  io::Sha256 hash;
  while (true) {
    const std::size_t carriage = raw.find('\r');
    hash.add(raw.substr(0, carriage));
    if (carriage == std::string_view::npos) break;
    hash.add("\n");
    raw.remove_prefix(carriage + 1);
    if (!raw.empty() && raw.front() == '\n') raw.remove_prefix(1);
  }
  return io::prefix64(hash.finish());
}

}  // namespace winnow::ledger
