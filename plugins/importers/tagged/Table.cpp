#include "Table.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace winnow::tagged {

namespace {

constexpr std::pair<std::string_view, Target> kTargets[] = {{"type", Target::Type},
                                                            {"publication-type", Target::PublicationType},
                                                            {"title", Target::Title},
                                                            {"title.short", Target::TitleShort},
                                                            {"title.original", Target::TitleOriginal},
                                                            {"title.translated", Target::TitleTranslated},
                                                            {"subtitle", Target::Subtitle},
                                                            {"author", Target::Author},
                                                            {"editor", Target::Editor},
                                                            {"translator", Target::Translator},
                                                            {"collection-editor", Target::CollectionEditor},
                                                            {"issued", Target::Date},
                                                            {"issued.month", Target::Month},
                                                            {"issued.day", Target::Day},
                                                            {"container.title", Target::Container},
                                                            {"container.abbreviation", Target::ContainerAbbreviation},
                                                            {"collection.title", Target::Collection},
                                                            {"volume", Target::Volume},
                                                            {"issue", Target::Issue},
                                                            {"page.first", Target::PageFirst},
                                                            {"page.last", Target::PageLast},
                                                            {"page", Target::Page},
                                                            {"article-number", Target::ArticleNumber},
                                                            {"id.doi", Target::Doi},
                                                            {"id.pmid", Target::Pmid},
                                                            {"id.pmcid", Target::Pmcid},
                                                            {"id.serial", Target::Serial},
                                                            {"id.accession", Target::Accession},
                                                            {"id.local", Target::LocalId},
                                                            {"abstract", Target::Abstract},
                                                            {"abstract.copyright", Target::AbstractCopyright},
                                                            {"language", Target::Language},
                                                            {"keyword", Target::Keyword},
                                                            {"url", Target::Url},
                                                            {"note", Target::Note},
                                                            {"publisher", Target::Publisher},
                                                            {"publisher.place", Target::Place},
                                                            {"edition", Target::Edition},
                                                            {"database", Target::Database},
                                                            {"database.provider", Target::Provider}};

template <class T>
void take(T& own, const T& parent) {
  if (own.empty()) own = parent;
}

}  // namespace

Target targetOf(std::string_view name) {
  const auto found =
      std::find_if(std::begin(kTargets), std::end(kTargets), [&](const auto& t) { return t.first == name; });
  return found == std::end(kTargets) ? Target::None : found->second;
}

std::string_view targetName(Target target) {
  const auto found =
      std::find_if(std::begin(kTargets), std::end(kTargets), [&](const auto& t) { return t.second == target; });
  return found == std::end(kTargets) ? std::string_view("none") : found->first;
}

Table extended(const Table& parent, const Table& own) {
  Table whole = own;
  if (!whole.hasShape) {
    whole.shape = parent.shape;
    whole.longestTag = parent.longestTag;
    whole.begins = parent.begins;
    whole.ends = parent.ends;
    whole.numbered = parent.numbered;
    whole.blankEnds = parent.blankEnds;
    whole.knownOnly = parent.knownOnly;
    whole.otherTags.insert(whole.otherTags.end(), parent.otherTags.begin(), parent.otherTags.end());
    whole.outsideTags = parent.outsideTags;
    whole.hasShape = parent.hasShape;
  }
  whole.lists.insert(whole.lists.end(), parent.lists.begin(), parent.lists.end());
  whole.labels.insert(whole.labels.end(), parent.labels.begin(), parent.labels.end());
  whole.types.insert(whole.types.end(), parent.types.begin(), parent.types.end());
  whole.drop.insert(whole.drop.end(), parent.drop.begin(), parent.drop.end());
  if (whole.defaultType == "document") whole.defaultType = parent.defaultType;
  take(whole.source, parent.source);
  for (const Rule& rule : parent.rules) {
    const bool isReplaced =
        std::any_of(own.rules.begin(), own.rules.end(), [&](const Rule& r) { return r.to == rule.to; });
    Rule kept = rule;
    std::erase_if(kept.tags, [&](const std::string& tag) {
      return std::find(own.raw.begin(), own.raw.end(), tag) != own.raw.end();
    });
    if (!isReplaced && !kept.tags.empty())
      whole.rules.push_back(std::move(kept));
    else
      whole.otherTags.insert(whole.otherTags.end(), rule.tags.begin(), rule.tags.end());
  }
  return whole;
}

bool isKnown(const Table& table, std::string_view tag) {
  const auto holds = [&](const std::vector<std::string>& list) {
    return std::find(list.begin(), list.end(), tag) != list.end();
  };
  return holds(table.begins) || holds(table.ends) || holds(table.lists) || holds(table.otherTags) ||
         std::any_of(table.rules.begin(), table.rules.end(), [&](const Rule& rule) { return holds(rule.tags); });
}

}  // namespace winnow::tagged
