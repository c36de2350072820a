#include "StreamWriter.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include <winnow/formats/text.hpp>

#include "io/Hash.hpp"

namespace winnow::engine {

StreamWriter::StreamWriter(std::vector<Sink> sinks, const StreamHeader& header)
    : sinks_(std::move(sinks)), counts_(sinks_.size()) {
  out_ = "{\"winnow\":\"stage\",\"version\":" + std::to_string(kStreamVersion) + ",\"holds\":";
  appendJson(out_, header.holds);
  const auto member = [this](const char* name, const std::string& value) {
    if (value.empty()) return;
    out_ += std::string(",\"") + name + "\":";
    appendJson(out_, value);
  };
  member("stage", header.stage);
  member("plugin", header.plugin);
  member("key", header.key);
  if (header.hasRaw) out_ += ",\"raw\":true";
  out_ += "}\n";
  for (const Sink& sink : sinks_) sink(out_);
}

std::size_t StreamWriter::partOf(std::string_view name) const {
  return sinks_.size() == 1 ? 0 : io::hash64(name) % sinks_.size();
}

void StreamWriter::to(std::size_t part, std::string_view json) {
  out_.assign(json);
  out_ += '\n';
  sinks_[part](out_);
  ++counts_[part];
}

std::uint64_t StreamWriter::count() const noexcept {
  return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

void StreamWriter::end(const std::map<std::string, std::uint64_t>& in, const std::map<std::string, std::string>& more) {
  for (std::size_t part = 0; part < sinks_.size(); ++part) {
    out_ = "{\"end\":true,\"in\":{";
    bool isFirst = true;
    for (const auto& [holds, count] : in) {
      out_ += isFirst ? "" : ",";
      isFirst = false;
      appendJson(out_, holds);
      out_ += ":" + std::to_string(part == 0 ? count : 0);
    }
    out_ += "},\"out\":" + std::to_string(counts_[part]);
    for (const auto& [name, value] : more) {
      out_ += ",";
      appendJson(out_, name);
      out_ += ":";
      appendJson(out_, value);
    }
    out_ += "}\n";
    sinks_[part](out_);
  }
}

namespace {

/// Bytes of a character that some languages take for the end of a line (U+0085, U+2028, U+2029); 0: of none.
std::size_t lineEndAt(std::string_view text, std::size_t at) {
  const std::string_view three = text.substr(at, 3);
  if (three == "\xE2\x80\xA8" || three == "\xE2\x80\xA9") return 3;
  return text.substr(at, 2) == "\xC2\x85" ? 2 : 0;
}

}  // namespace

void appendJson(std::string& json, std::string_view text) {
  constexpr char kDigits[] = "0123456789abcdef";
  if (!formats::isUtf8(text)) {
    json += "{\"hex\":\"";
    for (const char c : text) {
      json += kDigits[static_cast<unsigned char>(c) >> 4];
      json += kDigits[static_cast<unsigned char>(c) & 15];
    }
    json += "\"}";
    return;
  }
  json += '"';
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t ends = byte >= 0xC2 ? lineEndAt(text, i) : 0;
    if (byte >= 0x20 && byte != '"' && byte != '\\' && ends == 0) continue;
    json.append(text, plain, i - plain);
    plain = i + std::max<std::size_t>(ends, 1);
    if (ends != 0) {
      json += ends == 2 ? "\\u0085" : text[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += ends - 1;
    } else if (byte == '"' || byte == '\\') {
      json += '\\';
      json += text[i];
    } else {
      json += "\\u00";
      json += kDigits[byte >> 4];
      json += kDigits[byte & 15];
    }
  }
  json.append(text, plain, text.size() - plain);
  json += '"';
}

void appendJson(std::string& json, double number) {
  if (!std::isfinite(number)) {
    json += "null";
    return;
  }
  char digits[40];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number);
  json.append(digits, error == std::errc() ? end : digits);
}

void appendHash(std::string& json, std::uint64_t hash) {
  constexpr char kDigits[] = "0123456789abcdef";
  json += '"';
  for (int shift = 60; shift >= 0; shift -= 4) json += kDigits[hash >> shift & 15];
  json += '"';
}

}  // namespace winnow::engine
