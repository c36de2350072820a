#include "Package.hpp"

#include <zip.h>

#include <cstdint>
#include <memory>
#include <stdexcept>

namespace winnow::office {

namespace {

constexpr zip_uint16_t kTime = 0, kDate = (1 << 5) | 1;  // 1 January 1980, the first day of MS-DOS

[[noreturn]] void refuse(const char* why) {
  throw std::runtime_error(std::string("the archive cannot be made: ") + why);
}

struct SourceFree {
  void operator()(zip_source_t* source) const noexcept { zip_source_free(source); }
};
struct Discard {
  void operator()(zip_t* archive) const noexcept { zip_discard(archive); }
};

void addPart(zip_t* archive, const std::string& name, const std::string& bytes) {
  zip_source_t* part = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
  if (part == nullptr) refuse(zip_strerror(archive));
  const zip_int64_t index = zip_file_add(archive, name.c_str(), part, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(part);
    refuse(zip_strerror(archive));
  }
  const auto at = static_cast<zip_uint64_t>(index);
  if (zip_file_set_dostime(archive, at, kTime, kDate, 0) != 0 ||
      zip_set_file_compression(archive, at, ZIP_CM_DEFLATE, 6) != 0)
    refuse(zip_strerror(archive));
}

std::string readAll(zip_source_t* source) {
  zip_stat_t stat;
  if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0) refuse("no bytes");
  std::string bytes(stat.size, '\0');
  const zip_int64_t read = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (read < 0 || static_cast<zip_uint64_t>(read) != stat.size) refuse("bytes are missing");
  return bytes;
}

/// Length of the UTF-8 sequence at `at`, 0 if there is none.
std::size_t sequence(std::string_view text, std::size_t at, char32_t& value) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) return value = first, 1;
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + size > text.size()) return 0;
  value = first & (0xFFu >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return 0;
    value = value << 6 | (byte(at + i) & 0x3F);
  }
  const bool isLong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
  return isLong || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000) ? 0 : size;
}

bool isLeftOut(char32_t c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0 && c != 0x85) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || (c & 0xFFFE) == 0xFFFE;
}

}  // namespace

std::string Package::bytes() const {
  zip_error_t error;
  zip_error_init(&error);
  std::unique_ptr<zip_source_t, SourceFree> whole(zip_source_buffer_create(nullptr, 0, 0, &error));
  if (!whole) refuse(zip_error_strerror(&error));
  std::unique_ptr<zip_t, Discard> archive(zip_open_from_source(whole.get(), ZIP_CREATE | ZIP_TRUNCATE, &error));
  if (!archive) refuse(zip_error_strerror(&error));
  zip_source_keep(whole.get());  // the archive has one hold of it, we have the other
  for (const auto& [name, bytes] : parts_) addPart(archive.get(), name, bytes);
  if (zip_close(archive.get()) != 0) refuse(zip_strerror(archive.get()));
  static_cast<void>(archive.release());
  return readAll(whole.get());
}

std::string xmlText(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    char32_t value = 0;
    const std::size_t size = sequence(text, at, value);
    if (size == 0) {
      out += "\uFFFD";
      ++at;
      continue;
    }
    if (value == '&')
      out += "&amp;";
    else if (value == '<')
      out += "&lt;";
    else if (value == '>')
      out += "&gt;";
    else if (value == '"')
      out += "&quot;";
    else if (value == '\'')
      out += "&#39;";
    else if (!isLeftOut(value))
      out += text.substr(at, size);
    at += size;
  }
  return out;
}

std::string coreProperties(std::string_view title) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties "
         "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
         "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>" +
         xmlText(title) + "</dc:title></cp:coreProperties>";
}

}  // namespace winnow::office
