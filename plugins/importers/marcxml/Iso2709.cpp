#include "Iso2709.hpp"

#include <algorithm>
#include <vector>

#include <winnow/formats/ascii.hpp>
#include <winnow/formats/text.hpp>

#include "Marc8.hpp"

namespace winnow::marc {

namespace {

constexpr std::size_t kLeader = 24, kEntry = 12, kTag = 3;

bool areDigits(std::string_view text) { return std::all_of(text.begin(), text.end(), formats::isDigit); }

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '"')
      out += "&quot;";
    else if (static_cast<unsigned char>(c) >= 0x20)
      out += c;
    else
      out += ' ';
  }
  return out;
}

class Writing {
 public:
  explicit Writing(std::string_view record) : record_(record), isUnicode_(record[9] == 'a') {}

  AsXml run() {
    result_.text = "<record><leader>" + escaped(record_.substr(0, kLeader)) + "</leader>";
    const std::size_t end = record_.find(kFieldEnd);
    const std::string_view directory = record_.substr(kLeader, std::min(end, record_.size()) - kLeader);
    const std::string_view body = end == std::string_view::npos ? std::string_view{} : record_.substr(end + 1);
    std::size_t next = 0;
    for (std::size_t at = 0; at + kTag <= directory.size() && !body.empty(); at += kEntry) {
      const std::size_t begin = beginOf(directory.substr(at, kEntry), body, next);
      if (begin >= body.size()) break;
      const std::size_t stop = std::min(body.find(kFieldEnd, begin), body.size());
      field(directory.substr(at, kTag), body.substr(begin, stop - begin));
      next = stop + 1;
    }
    result_.text += "</record>";
    return std::move(result_);
  }

 private:
  /// Where the entry says that its field begins, if one ends there; else behind the field before.
  static std::size_t beginOf(std::string_view entry, std::string_view body, std::size_t next) {
    const std::string_view digits = entry.substr(std::min<std::size_t>(7, entry.size()));
    if (digits.size() != 5 || !areDigits(digits)) return next;
    const std::size_t stated = std::stoul(std::string(digits));
    const bool isBegin = stated == 0 || (stated < body.size() && body[stated - 1] == kFieldEnd);
    return isBegin ? stated : next;
  }
  std::string decoded(std::string_view bytes) {
    if (!isUnicode_) {
      bool isWhole = true;
      std::string text = marc8ToUtf8(bytes, isWhole);
      result_.isWhole = result_.isWhole && isWhole;
      return text;
    }
    if (formats::isUtf8(bytes)) return std::string(bytes);
    result_.isRepaired = true;
    return formats::cp1252ToUtf8(bytes);
  }
  void field(std::string_view tag, std::string_view data) {
    const std::string name = escaped(tag);
    if (tag.substr(0, 2) == "00") {
      result_.text += "<controlfield tag=\"" + name + "\">" + escaped(decoded(data)) + "</controlfield>";
      return;
    }
    const auto indicator = [&](std::size_t i) { return escaped(i < data.size() ? data.substr(i, 1) : " "); };
    result_.text += "<datafield tag=\"" + name + "\" ind1=\"" + indicator(0) + "\" ind2=\"" + indicator(1) + "\">";
    for (std::size_t at = data.find(kSubfield); at != std::string_view::npos && at + 1 < data.size();) {
      const std::size_t next = std::min(data.find(kSubfield, at + 1), data.size());
      const std::string_view value = data.substr(at + 1, next - at - 1);
      if (!value.empty())
        result_.text += "<subfield code=\"" + escaped(value.substr(0, 1)) + "\">" + escaped(decoded(value.substr(1))) +
                        "</subfield>";
      at = next < data.size() ? next : std::string_view::npos;
    }
    result_.text += "</datafield>";
  }

  std::string_view record_;
  bool isUnicode_;
  AsXml result_;
};

}  // namespace

bool beginsRecord(std::string_view bytes) {
  return bytes.size() >= kLeader + kEntry && areDigits(bytes.substr(0, 5)) && areDigits(bytes.substr(12, 5)) &&
         bytes.substr(10, 2) == "22" && areDigits(bytes.substr(kLeader + kTag, kEntry - kTag));
}

AsXml asXml(std::string_view record) {
  if (record.size() >= kLeader && areDigits(record.substr(0, 5))) return Writing(record).run();
  AsXml none;
  none.fault = "it does not begin with a leader of MARC 21";
  return none;
}

}  // namespace winnow::marc
