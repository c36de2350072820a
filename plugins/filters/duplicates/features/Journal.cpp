#include "Journal.hpp"

#include <algorithm>

#include <xxhash.h>

#include "Fold.hpp"
#include "Words.hpp"

namespace winnow::duplicates {

namespace {

constexpr std::size_t kMostNames = 6;

/// "d'anesthesie" is "d anesthesie": what abbreviates the word does not know the article before it.
std::string withoutElisions(std::string_view raw) {
  std::string text(raw);
  for (std::size_t i = 1; i < text.size(); ++i) {
    const char before = static_cast<char>(text[i - 1] | 0x20);
    const bool startsWord = i == 1 || text[i - 2] == ' ';
    if (text[i] == '\'' && startsWord && (before == 'd' || before == 'l')) text[i] = ' ';
  }
  return text;
}

/// "arXiv preprint arXiv:1701.00001" and "arXiv:1701.00001v2 [cs.CL]", as reference lists name it: the number is none
/// of the server's name.
std::string withoutArxivNumber(std::string name) {
  const std::size_t at = name.find("arxiv ");
  const bool isNumber = at != std::string::npos && at + 6 < name.size() && name[at + 6] >= '0' && name[at + 6] <= '9';
  const bool isPreprint = name.rfind("arxiv preprint", 0) == 0 || name.rfind("arxiv e prints", 0) == 0;
  return isPreprint || (at == 0 && isNumber) ? "arxiv" : name;
}

void addFolded(std::vector<std::string>& names, std::string_view raw) {
  if (names.size() == kMostNames) return;
  std::string name = raw.find('\'') == std::string_view::npos ? fold(raw) : fold(withoutElisions(raw));
  if (name.rfind("the ", 0) == 0) name.erase(0, 4);
  name = withoutArxivNumber(std::move(name));
  if (name.empty() || std::find(names.begin(), names.end(), name) != names.end()) return;
  names.push_back(std::move(name));
}

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool isPreprintName(std::string_view name) {
  for (const std::string_view server : {"arxiv", "biorxiv", "medrxiv", "chemrxiv", "psyarxiv", "socarxiv",
                                        "research square", "ssrn", "preprints org", "osf preprints"})
    if (holds(name, server)) return true;
  return name == "preprints" || name == "preprint";
}

bool isProceedingsName(std::string_view name) {
  for (const std::string_view word : {"workshop", "symposium", "conference", "annual meeting", "congress"})
    if (holds(name, word)) return true;
  return false;
}

/// "A. Conference: B" without the meeting that Embase names behind the journal.
std::string_view withoutConference(std::string_view raw) {
  const std::size_t at = std::min(raw.find(". Conference"), raw.find("Conference:"));
  return at == 0 ? raw : raw.substr(0, at);
}

/// "A (B)", "A [B]" and "A : B" without the second part; the text itself if it has none.
std::string_view withoutSubtitle(std::string_view raw) {
  const std::size_t end = std::min({raw.find(" : "), raw.find('('), raw.find('['), raw.find(": "), raw.find("; ")});
  return end == 0 ? raw : raw.substr(0, end);
}

/// True for a folded name that says what it names, a journal or a meeting.
bool namesKind(std::string_view name) {
  return isProceedingsName(name) || holds(name, "journal") || holds(name, "proceedings");
}

/// The parts of a name that name the journal by themselves: "JPEN. Journal of ...", "X / Y", "X = Y", "X [Y]".
void addParts(std::vector<std::string>& names, std::string_view raw) {
  constexpr std::size_t kShortestPart = 4;
  for (const std::string_view mark : {" / ", " = ", "/", "="}) {
    const std::size_t at = raw.find(mark);
    if (at == std::string_view::npos || at < kShortestPart) continue;
    addFolded(names, raw.substr(0, at));
    addFolded(names, raw.substr(at + mark.size()));
    return;
  }
  // A dash before a name that stands by itself: "ECOR - European Conference on ...".
  for (const std::string_view dash : {" - ", " \xE2\x80\x94 ", " \xE2\x80\x93 ", " &mdash; ", " &ndash; "}) {
    const std::size_t at = raw.find(dash);
    if (at == std::string_view::npos || at < 2) continue;
    const std::string_view second = raw.substr(at + dash.size());
    if (!namesKind(fold(second))) continue;
    addFolded(names, raw.substr(0, at));
    addFolded(names, second);
    return;
  }
  const std::size_t dot = raw.find(". ");
  const std::size_t colon = raw.find(": ");
  for (const std::size_t at : {dot, colon}) {
    if (at == std::string_view::npos || at < kShortestPart || raw.substr(0, at).find(' ') != std::string_view::npos)
      continue;
    addFolded(names, raw.substr(0, at));  // an acronym before the full name; abbreviated names have dots elsewhere
    addFolded(names, withoutSubtitle(raw.substr(at + 2)));
  }
}

void addBracketed(std::vector<std::string>& names, std::string_view raw) {
  const std::size_t open = raw.find('[');
  const std::size_t close = raw.find(']');
  if (open == std::string_view::npos || close == std::string_view::npos || close <= open + 8) return;
  addFolded(names, raw.substr(open + 1, close - open - 1));
}

}  // namespace

void Journal::addName(std::string_view raw) {
  const std::size_t whole = raw.size();
  raw = withoutConference(raw);
  if (raw.empty()) return;
  isProceedings = isProceedings || raw.size() < whole;
  addFolded(names, withoutSubtitle(raw));
  if (withoutSubtitle(raw).size() < raw.size()) addFolded(names, raw);
  addParts(names, raw);
  addBracketed(names, raw);
}

void Journal::addIssns(std::string_view raw) {
  std::string digits;
  for (std::size_t i = 0; i <= raw.size(); ++i) {
    const char c = i < raw.size() ? raw[i] : ' ';
    if ((c >= '0' && c <= '9') || ((c == 'X' || c == 'x') && digits.size() == 7)) {
      digits.push_back(c == 'x' ? 'X' : c);
    } else if (c != '-') {
      if (digits.size() == 8) issns.push_back(XXH3_64bits(digits.data(), digits.size()));
      digits.clear();
    }
  }
}

namespace {

/// A year between 1900 and 2099 that stands alone in a folded name, or 0.
std::uint32_t yearIn(std::string_view name) {
  for (std::size_t at = 0; at + 4 <= name.size(); ++at) {
    if (at > 0 && name[at - 1] != ' ') continue;
    const std::string_view word = name.substr(at, std::min(name.find(' ', at), name.size()) - at);
    const bool isYear = word.size() == 4 && (word.substr(0, 2) == "19" || word.substr(0, 2) == "20") &&
                        word.find_first_not_of("0123456789") == std::string_view::npos;
    if (isYear)
      return static_cast<std::uint32_t>((word[0] - '0') * 1000 + (word[1] - '0') * 100 + (word[2] - '0') * 10 +
                                        (word[3] - '0'));
  }
  return 0;
}

}  // namespace

void Journal::finish() {
  std::sort(issns.begin(), issns.end());
  issns.erase(std::unique(issns.begin(), issns.end()), issns.end());
  for (const std::string& name : names) {
    if (year == 0) year = yearIn(name);
    isPreprintServer = isPreprintServer || isPreprintName(name);
    isProceedings = isProceedings || isProceedingsName(name);
    isCochrane = isCochrane || (holds(name, "cochrane") && (holds(name, "database") || holds(name, "syst")));
    isThesis = isThesis || holds(name, "dissertation") || holds(name, "thesis");
    isRegistry = isRegistry || holds(name, "clinicaltrials gov") || holds(name, "isrctn") ||
                 holds(name, "clinical trials registry");
  }
}

void Journal::readNames() {
  for (const std::string& name : names) parsed.push_back(readContainerName(name));
}

std::string Journal::initials() const {
  std::string letters;
  if (names.empty()) return letters;
  std::string_view rest = names.front();
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (!isStopWordOrElision(rest.substr(0, end))) letters.push_back(rest[0]);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return letters;
}

}  // namespace winnow::duplicates
