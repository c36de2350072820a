#include "FieldCounts.hpp"

#include <algorithm>
#include <initializer_list>

#include <winnow/blank.hpp>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

namespace winnow::engine {

namespace {

constexpr std::string_view kRaw = "raw:";

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

FieldCounts::FieldCounts(plugins::TagTable& tags, bool isFilledIn) : tags_(tags), isFilledIn_(isFilledIn) {
  for (const std::string_view title : {tags::kTitle, tags::kTitleOriginal, tags::kTitleTranslated})
    titles_.push_back(tags.number(title));
}

void FieldCounts::addPage(std::size_t page) {
  if (page >= counters_.size()) counters_.resize(page + 1);
  counters_[page] = std::make_unique<Page>();
}

bool FieldCounts::add(const winnow_record& record) {
  if (isFilledIn_) return true;
  made_.assign(record.field_count, 0);
  bool hasTitle = false;
  for (std::size_t i = 0; i < record.field_count; ++i) {
    const winnow_field& field = record.fields[i];
    if ((field.flags & WINNOW_FIELD_RAW) != 0) continue;
    hasTitle = hasTitle || std::find(titles_.begin(), titles_.end(), field.tag) != titles_.end();
    const bool hasOrigin = field.origin < record.field_count;
    if (hasOrigin) made_[field.origin] = 1;
    const Derived derived{hasOrigin ? record.fields[field.origin].tag : 0, field.tag};
    if (Derived& noted = noted_[(derived.origin * 31 + derived.tag) % noted_.size()]; noted != derived) {
      noteDerived(derived);
      noted = derived;
    }
  }
  for (std::size_t i = 0; i < record.field_count; ++i)
    if ((record.fields[i].flags & WINNOW_FIELD_RAW) != 0) addRaw(record.fields[i], made_[i] != 0);
  return hasTitle;
}

void FieldCounts::noteDerived(Derived derived) {
  counterOf(derived.tag).isDerived = true;
  if (derived.origin == 0) return;
  auto& made = counterOf(derived.origin).made;
  const auto known =
      std::find_if(made.begin(), made.end(), [&](std::uint32_t tag) { return tag == 0 || tag == derived.tag; });
  if (known != made.end()) *known = derived.tag;
}

void FieldCounts::addRaw(const winnow_field& field, bool isUsed) {
  if (skipBlank(view(field.value)) == field.value.size) return;
  Counter& counter = counterOf(field.tag);
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

std::string_view FieldCounts::nameOf(std::uint32_t tag) const {
  const std::string_view name = tags_.name(tag);
  return name.substr(0, kRaw.size()) == kRaw ? name.substr(kRaw.size()) : name;
}

FieldUse FieldCounts::useOf(std::uint32_t tag) const {
  const Counter& counter = counted(tag);
  FieldUse use{std::string(nameOf(tag)), counter.values, counter.used, counter.known, {}, counter.line};
  for (const std::uint32_t made : counter.made)
    if (made != 0) use.made.emplace_back(tags_.name(made));
  return use;
}

std::vector<FieldUse> FieldCounts::uses() const {
  std::vector<FieldUse> list;
  list.reserve(rawTags_.size());
  for (const std::uint32_t tag : rawTags_) list.push_back(useOf(tag));
  return list;
}

std::vector<std::string> FieldCounts::mostlyLost(std::size_t most) const {
  const auto lostOf = [&](std::uint32_t tag) {
    const Counter& counter = counted(tag);
    return counter.values - counter.used - counter.known;
  };
  std::vector<std::uint32_t> tags;
  for (const std::uint32_t tag : rawTags_) {
    if (lostOf(tag) == 0) continue;
    const auto behind =
        std::find_if(tags.begin(), tags.end(), [&](std::uint32_t other) { return lostOf(other) < lostOf(tag); });
    tags.insert(behind, tag);
    if (tags.size() > most) tags.pop_back();
  }
  std::vector<std::string> names;
  for (const std::uint32_t tag : tags) names.emplace_back(nameOf(tag));
  return names;
}

bool FieldCounts::hasDerived(std::string_view prefix) const {
  for (std::size_t page = 0; page < counters_.size(); ++page)
    for (std::size_t i = 0; counters_[page] != nullptr && i < kPage; ++i) {
      const auto tag = static_cast<std::uint32_t>(page * kPage + i);
      if ((*counters_[page])[i].isDerived && tags_.name(tag).substr(0, prefix.size()) == prefix) return true;
    }
  return false;
}

std::vector<FieldCounts::Overlooked> FieldCounts::overlooked() const {
  std::vector<const Word*> missing;  // no record has such a field
  for (const Word& word : kWords)
    if (std::none_of(word.fields.begin(), word.fields.end(), [&](std::string_view field) { return hasDerived(field); }))
      missing.push_back(&word);
  std::vector<Overlooked> list;
  for (const std::uint32_t tag : rawTags_) {
    if (counted(tag).used + counted(tag).known > 0) continue;
    const std::vector<std::string> words = wordsOf(nameOf(tag));
    const bool isOther = std::any_of(std::begin(kOthers), std::end(kOthers),
                                     [&](std::string_view other) { return holds(words, other); });
    if (isOther) continue;
    const auto word =
        std::find_if(missing.begin(), missing.end(), [&](const Word* w) { return holds(words, w->word); });
    if (word != missing.end()) list.push_back({useOf(tag), (*word)->meaning});
  }
  return list;
}

}  // namespace winnow::engine
