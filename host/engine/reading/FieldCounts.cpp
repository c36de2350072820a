#include "FieldCounts.hpp"

#include <algorithm>
#include <initializer_list>

#include <winnow/blank.hpp>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

namespace winnow::engine {

namespace {

constexpr std::string_view kRaw = "raw:", kCell = "cell.", kSheet = "sheet.";
constexpr std::size_t kMostMade = 8;  ///< kinds of fields from one tag that are named

/// A word of headings, what it means, and the fields of which one must be there where it was read.
struct Word {
  std::string_view word, meaning;
  std::initializer_list<std::string_view> fields;
};

/// The words by which exports name what every record has; a heading holds one of them, alone or among others.
const Word kWords[] = {{"doi", "a DOI", {"id.doi"}},
                       {"pmid", "a PMID", {"id.pmid"}},
                       {"issn", "an ISSN", {"id.issn"}},
                       {"isbn", "an ISBN", {"id.isbn"}},
                       {"url", "an address", {"url"}},
                       {"volume", "a volume", {"volume"}},
                       {"issue", "an issue", {"issue"}},
                       {"pages", "pages", {"page", "article-number"}},
                       {"page", "pages", {"page", "article-number"}},
                       {"pagination", "pages", {"page", "article-number"}},
                       {"year", "a year", {"issued."}},
                       {"date", "a date", {"issued."}},
                       {"published", "a date", {"issued."}},
                       {"author", "authors", {"author.", "editor."}},
                       {"authors", "authors", {"author.", "editor."}},
                       {"creator", "authors", {"author.", "editor."}},
                       {"creators", "authors", {"author.", "editor."}},
                       {"journal", "a journal", {"container."}},
                       {"abstract", "an abstract", {"abstract"}},
                       {"summary", "an abstract", {"abstract"}},
                       {"keyword", "keywords", {"keyword"}},
                       {"keywords", "keywords", {"keyword"}},
                       {"language", "a language", {"language"}},
                       {"publisher", "a publisher", {"publisher"}},
                       {"title", "a title", {"title"}}};

/// Beside one of these a word means something else: "Author Affiliations", "Date Added", "Cited by year".
constexpr std::string_view kOthers[] = {
    "id",        "ids",        "orcid",     "count",    "affiliation", "affiliations", "address", "addresses",
    "email",     "added",      "modified",  "accessed", "access",      "updated",      "created", "export",
    "exported",  "retrieved",  "entry",     "revised",  "received",    "accepted",     "cited",   "citation",
    "citations", "references", "reference", "funding",  "status",      "rank",         "query",   "update",
    "last",      "insertion",  "entered",   "position", "index",       "conference",   "event",   "completion",
    "completed", "creation",   "link",      "links",    "type",        "place",        "city",    "location",
    "country",   "notes",      "open",      "license"};

/// The words of a heading in small letters: "PublishedYear", "published_year" and "Published Year" have two.
std::vector<std::string> wordsOf(std::string_view heading) {
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < heading.size(); ++i) {
    const char c = heading[i];
    const bool isUpper = c >= 'A' && c <= 'Z', isLower = c >= 'a' && c <= 'z';
    const bool beginsWord = isUpper && i > 0 && heading[i - 1] >= 'a' && heading[i - 1] <= 'z';
    if ((beginsWord || (!isUpper && !isLower)) && !words.back().empty()) words.emplace_back();
    if (isUpper || isLower) words.back() += isUpper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

bool holds(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

FieldCounts::FieldCounts(plugins::TagTable& tags) : tags_(tags) {
  for (const std::string_view title : {tags::kTitle, tags::kTitleOriginal, tags::kTitleTranslated})
    titles_.push_back(tags.number(title));
}

FieldCounts::Counter& FieldCounts::counterOf(std::uint32_t tag) {
  if (tag >= counters_.size()) counters_.resize(tag + 64);
  Counter& counter = counters_[tag];
  if (counter.isNew) {
    counter.isNew = false;
    const std::string_view name = tags_.name(tag);
    counter.isCell = name.starts_with(kCell) || name.starts_with(kSheet);  // what people filled in, not a work
  }
  return counter;
}

bool FieldCounts::add(const winnow_record& record) {
  made_.assign(record.field_count, false);
  bool hasTitle = false, isSheet = false;
  for (std::size_t i = 0; i < record.field_count; ++i) {
    const winnow_field& field = record.fields[i];
    Counter& counter = counterOf(field.tag);
    isSheet = isSheet || counter.isCell;
    if ((field.flags & WINNOW_FIELD_RAW) != 0) continue;
    ++counter.derived;
    hasTitle = hasTitle || std::find(titles_.begin(), titles_.end(), field.tag) != titles_.end();
    if (field.origin >= record.field_count) continue;
    made_[field.origin] = true;
    std::vector<std::uint32_t>& made = counterOf(record.fields[field.origin].tag).made;
    if (made.size() < kMostMade && std::find(made.begin(), made.end(), field.tag) == made.end())
      made.push_back(field.tag);
  }
  if (isSheet) return true;
  for (std::size_t i = 0; i < record.field_count; ++i)
    if ((record.fields[i].flags & WINNOW_FIELD_RAW) != 0) addRaw(record.fields[i], made_[i]);
  return hasTitle;
}

void FieldCounts::addRaw(const winnow_field& field, bool isUsed) {
  if (skipBlank(view(field.value)) == field.value.size) return;
  Counter& counter = counters_[field.tag];
  if (counter.values++ == 0) {
    counter.line = field.line;
    rawTags_.push_back(field.tag);
  }
  ++values_;
  if (isUsed)
    ++counter.used;
  else if ((field.flags & (WINNOW_FIELD_KNOWN | WINNOW_FIELD_VOLATILE)) != 0)
    ++counter.known;
  else
    ++lost_;
}

std::vector<FieldUse> FieldCounts::uses() const {
  std::vector<FieldUse> list;
  for (const std::uint32_t tag : rawTags_) {
    const Counter& counter = counters_[tag];
    const std::string_view name = tags_.name(tag);
    FieldUse use{std::string(name.substr(0, kRaw.size()) == kRaw ? name.substr(kRaw.size()) : name),
                 counter.values,
                 counter.used,
                 counter.known,
                 {},
                 counter.line};
    for (const std::uint32_t made : counter.made) use.made.emplace_back(tags_.name(made));
    list.push_back(std::move(use));
  }
  return list;
}

bool FieldCounts::hasDerived(std::string_view prefix) const {
  for (std::uint32_t tag = 1; tag < counters_.size(); ++tag)
    if (counters_[tag].derived != 0 && tags_.name(tag).substr(0, prefix.size()) == prefix) return true;
  return false;
}

std::vector<FieldCounts::Overlooked> FieldCounts::overlooked() const {
  std::vector<Overlooked> list;
  for (FieldUse& use : uses()) {
    if (use.used + use.known > 0) continue;
    const std::vector<std::string> words = wordsOf(use.name);
    const bool isOther = std::any_of(std::begin(kOthers), std::end(kOthers),
                                     [&](std::string_view other) { return holds(words, other); });
    if (isOther) continue;
    const auto word = std::find_if(std::begin(kWords), std::end(kWords), [&](const Word& w) {
      return holds(words, w.word) &&
             std::none_of(w.fields.begin(), w.fields.end(), [&](std::string_view field) { return hasDerived(field); });
    });
    if (word != std::end(kWords)) list.push_back({std::move(use), word->meaning});
  }
  return list;
}

}  // namespace winnow::engine
