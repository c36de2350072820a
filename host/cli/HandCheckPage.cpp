#include "HandCheckPage.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "WordDiff.hpp"

namespace winnow::cli {

namespace {

constexpr std::size_t kLongText = 60;  ///< words; longer texts are shown by their differences
constexpr std::size_t kBegin = 30;     ///< words of a long text without differences
constexpr std::size_t kContext = 6;    ///< words around a difference

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n')
      out += c;
  }
  return out;
}

bool hasOwn(const std::vector<DiffWord>& words) {
  return std::any_of(words.begin(), words.end(), [](const DiffWord& w) { return w.isOwn; });
}

/// The words, neighbours that differ in one mark. Of a long text only what differs, with some words around.
std::string marked(const std::vector<DiffWord>& words, bool isShort) {
  std::vector<bool> isShown(words.size(), isShort);
  if (!hasOwn(words))
    std::fill(isShown.begin(), isShown.begin() + static_cast<std::ptrdiff_t>(std::min(kBegin, words.size())), true);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].isOwn) continue;
    const std::size_t from = i > kContext ? i - kContext : 0, to = std::min(i + kContext + 1, words.size());
    for (std::size_t k = from; k < to; ++k) isShown[k] = true;
  }
  std::string out;
  bool isMarked = false, isLeftOut = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!isShown[i]) {
      isLeftOut = true;
      continue;
    }
    const bool isOwn = words[i].isOwn;
    if (isMarked && !isOwn) out += "</mark>";
    out += out.empty() ? "" : " ";
    if (isLeftOut) out += "&hellip; ";
    if (isOwn && !isMarked) out += "<mark>";
    out += escaped(words[i].text);
    isMarked = isOwn;
    isLeftOut = false;
  }
  if (isMarked) out += "</mark>";
  return out + (isLeftOut ? " &hellip;" : "");
}

std::string cellOf(const std::string& name, const std::string& text, const std::vector<DiffWord>& words) {
  if (text.empty()) return "<td class=\"none\">not given</td>";
  if (name == "doi" && text.find(';') == std::string::npos)
    return "<td><a href=\"https://doi.org/" + escaped(text) + "\" rel=\"noreferrer\">" + marked(words, true) +
           "</a></td>";
  if (words.size() <= kLongText) return "<td>" + marked(words, true) + "</td>";
  return "<td>" + marked(words, false) + "\n<details><summary>all " + std::to_string(words.size()) +
         " words</summary>" + marked(words, true) + "</details></td>";
}

std::string rowOf(const PageRow& row) {
  WordDiff diff = diffWords(row.left, row.right, row.name == "authors" ? Words::Names : Words::Text);
  if (row.left.empty() || row.right.empty())
    for (std::vector<DiffWord>* side : {&diff.left, &diff.right})
      for (DiffWord& word : *side) word.isOwn = false;  // only one record says it: nothing to compare
  const bool isSame = !row.left.empty() && !row.right.empty() && !hasOwn(diff.left) && !hasOwn(diff.right);
  return std::string("<tr") + (isSame ? " class=\"same\"" : "") + "><th scope=\"row\">" + row.name + "</th>" +
         cellOf(row.name, row.left, diff.left) + cellOf(row.name, row.right, diff.right) + "</tr>\n";
}

std::string linkTo(std::size_t number, const char* word) {
  return "<a href=\"#pair-" + std::to_string(number) + "\">" + word + "</a>";
}

}  // namespace

std::string pageHead(std::size_t pairs) {
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
         "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Pairs to check by hand</title>\n<style>\n"
         "body{font:16px/1.45 system-ui,sans-serif;margin:1.5rem auto;max-width:76rem;padding:0 "
         "1rem;color:#1d232b;background:#fff}\n"
         "section{border:1px solid #c6ced6;border-radius:6px;margin:1.2rem 0;padding:.6rem "
         "1rem;scroll-margin-top:.5rem}\n"
         "section:target{border-color:#1d4f91;box-shadow:0 0 0 2px #1d4f91}\n"
         "h2{font-size:1.05rem;margin:.2rem 0 .5rem;display:flex;justify-content:space-between;gap:1rem}h2 "
         "nav{font-weight:400;white-space:nowrap}\n"
         "table{border-collapse:collapse;width:100%;table-layout:fixed}col.name{width:6.5rem}\n"
         "th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-top:1px solid "
         "#e4e9ed;overflow-wrap:anywhere}\n"
         "thead th,thead td{border-top:0;font-size:.9em}thead "
         ".note{font-weight:400}th[scope=row]{font-weight:600;padding-left:0;color:#4a5560}tr.same "
         "td,.note{color:#4a5560}\n"
         "td.none{color:#5c6670;font-style:italic}mark{background:#ffe08a;color:inherit;text-decoration:underline;text-"
         "underline-offset:.15em}\n"
         "a{color:#1d4f91}summary{cursor:pointer;color:#1d4f91}details[open] summary{margin-bottom:.3rem}\n"
         "@media "
         "print{body{max-width:none;font-size:11pt}section{break-inside:avoid}nav,summary{display:none}mark{print-"
         "color-adjust:exact;font-weight:600}}\n"
         "</style>\n</head>\n<body>\n<h1>Pairs to check by hand: " +
         std::to_string(pairs) +
         "</h1>\n<p>What differs is marked; case, accents and punctuation are no difference. Write <code>same</code> "
         "or <code>distinct</code> into the "
         "column <code>decision</code> of the CSV form of this list, and save it where the step's "
         "<code>decisions</code> are read from.</p>\n";
}

std::string pageSection(const PagePair& pair, std::size_t number, std::size_t count) {
  std::string out = "<section id=\"pair-" + std::to_string(number) + "\">\n<h2><span>" + std::to_string(number) + ". " +
                    escaped(pair.why) + "</span> <nav>";
  if (number > 1) out += linkTo(number - 1, "previous") + " ";
  if (number < count) out += linkTo(number + 1, "next");
  out += "</nav></h2>\n<table>\n<colgroup><col class=\"name\"><col><col></colgroup>\n<thead><tr><td></td>";
  for (const auto& [name, place] : {std::pair(&pair.left, &pair.leftPlace), std::pair(&pair.right, &pair.rightPlace)})
    out += "<th scope=\"col\"><code>" + escaped(*name) + "</code><br><span class=\"note\">" + escaped(*place) +
           "</span></th>";
  out += "</tr></thead>\n<tbody>\n";
  for (const PageRow& row : pair.rows)
    if (!row.left.empty() || !row.right.empty()) out += rowOf(row);
  return out + "</tbody>\n</table>\n<p class=\"note\">How alike: " + escaped(pair.note) + "</p>\n</section>\n";
}

std::string pageEnd() { return "</body>\n</html>\n"; }

}  // namespace winnow::cli
