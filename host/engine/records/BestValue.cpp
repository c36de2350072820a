#include "BestValue.hpp"

#include <algorithm>
#include <string>

#include <winnow/formats/identifiers.hpp>
#include <winnow/formats/text.hpp>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

namespace winnow::engine {

namespace {

template <typename Fields>
std::string_view textOf(const Fields& fields) {
  return fields.empty() ? std::string_view() : view(fields.front()->value);
}

template <typename Fields>
std::string wholeText(const Fields& fields) {
  std::string text;
  for (const winnow_field* f : fields) text.append(view(f->value)).append("\n");
  return text;
}

template <typename Fields>
bool isSame(const Fields& a, const Fields& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const winnow_field* x, const winnow_field* y) {
    return x->tag == y->tag && view(x->value) == view(y->value);
  });
}

bool isDoi(const winnow_field& field) { return !formats::normaliseDoi(view(field.value)).empty(); }

}  // namespace

BestValue::BestValue(plugins::TagTable& tags) {
  const auto add = [&](tags::Name slot, Rule rule, tags::Name tag, Part part = Part::Whole) {
    slots_[tags.number(tag)] = {tags.number(slot), rule, part};
  };
  for (const tags::Name one : {tags::kLanguage, tags::kLanguageRaw, tags::kPublicationType, tags::kPublicationTypeRaw,
                               tags::kPmid, tags::kPmcid, tags::kIssn, tags::kIsbn, tags::kAccession, tags::kUrl})
    add(one, Rule::Unite, one);
  add(tags::kKeyword, Rule::UniteWords, tags::kKeyword);
  add(tags::kDoi, Rule::Doi, tags::kDoi);
  add(tags::kTitle, Rule::Title, tags::kTitle);
  add(tags::kAbstract, Rule::Abstract, tags::kAbstract);
  add(tags::kAbstract, Rule::Abstract, tags::kAbstractCopyright, Part::Beside);
  add(tags::kContainerTitle, Rule::Journal, tags::kContainerTitle);
  add(tags::kPage, Rule::Pages, tags::kPage);
  add(tags::kType, Rule::Type, tags::kType);
  add(tags::kType, Rule::Type, tags::kTypeRaw, Part::Beside);
  add(tags::kIssuedYear, Rule::Date, tags::kIssuedYear, Part::Year);
  add(tags::kIssuedYear, Rule::Date, tags::kIssuedMonth, Part::Month);
  add(tags::kIssuedYear, Rule::Date, tags::kIssuedDay, Part::Day);
  add(tags::kIssuedYear, Rule::Date, tags::kIssuedSeason, Part::Season);
  add(tags::kIssuedYear, Rule::Date, tags::kIssuedRaw, Part::Beside);
  for (const std::string role : {"author", "editor", "translator", "collection-editor"}) {
    const std::string slot = role + ".family";
    add(slot, Rule::People, slot, Part::Family);
    add(slot, Rule::People, role + ".given", Part::Given);
    add(slot, Rule::People, role + ".literal", Part::Literal);
    for (const char* beside : {".suffix", ".orcid", ".affiliation"})
      add(slot, Rule::People, role + beside, Part::Beside);
  }
}

BestValue::Slot BestValue::slotOf(std::uint32_t tag) const {
  const auto found = slots_.find(tag);
  return found == slots_.end() ? Slot{tag} : found->second;
}

std::string_view BestValue::reason(Rule rule) {
  switch (rule) {
    case Rule::People:
      return "more of the names";
    case Rule::Title:
      return "more of the title";
    case Rule::Abstract:
      return "more of the text";
    case Rule::Date:
      return "more precise";
    case Rule::Journal:
      return "written out";
    case Rule::Pages:
      return "the whole range";
    case Rule::Type:
      return "more specific";
    default:
      return "united";
  }
}

// ---- measures

/// People by group; a field without a group is a person of its own.
std::vector<NamedPerson> BestValue::people(const Fields& fields) const {
  std::vector<NamedPerson> people;
  std::uint16_t group = 0;
  for (const winnow_field* f : fields) {
    const Part part = slotOf(f->tag).part;
    if (part == Part::Beside) continue;
    if (people.empty() || f->group == 0 || f->group != group) people.emplace_back();
    group = f->group;
    NamedPerson& p = people.back();
    (part == Part::Family ? p.family : part == Part::Given ? p.given : p.literal) = view(f->value);
  }
  return people;
}

std::string_view BestValue::part(const Fields& fields, Part wanted) const {
  for (const winnow_field* f : fields)
    if (slotOf(f->tag).part == wanted) return view(f->value);
  return {};
}

/// Another year is another date (ahead of print, or an error), which is not for us to fix.
std::optional<Completeness> BestValue::precision(const Fields& own, const Fields& other) const {
  const std::string_view year = part(other, Part::Year), ownYear = part(own, Part::Year);
  if (!ownYear.empty() && ownYear != year) return std::nullopt;
  const bool hasMonth = !part(other, Part::Month).empty();
  if (hasMonth) return Completeness{!year.empty(), part(other, Part::Day).empty() ? 2 : 3};
  return Completeness{!year.empty(), part(other, Part::Season).empty() ? 0 : 1};
}

std::optional<Completeness> BestValue::measure(Rule rule, const Fields& own, const Fields& other) const {
  switch (rule) {
    case Rule::People:
      return listCompleteness(people(own), people(other));
    case Rule::Title:
      return titleCompleteness(textOf(own), textOf(other));
    case Rule::Abstract:
      return abstractCompleteness(part(own, Part::Whole), part(other, Part::Whole));
    case Rule::Date:
      return precision(own, other);
    case Rule::Journal:
      return journalCompleteness(textOf(own), textOf(other));
    case Rule::Pages:
      return pageCompleteness(textOf(own), textOf(other));
    case Rule::Type:
      return typeCompleteness(part(own, Part::Whole), part(other, Part::Whole));
    // No rule of its own: nothing is better than what the representative says, and of others the one that says most.
    default:
      return own.empty() ? std::optional(Completeness{static_cast<std::int64_t>(wholeText(other).size())})
                         : std::nullopt;
  }
}

/// The member that gives the slot.
std::size_t BestValue::winner(const Said& said) const {
  const Fields& own = said.by.front();
  std::size_t best = 0;
  std::optional<Completeness> most;
  for (std::size_t m = 1; m < said.by.size(); ++m) {
    const Fields& other = said.by[m];
    if (other.empty() || isSame(other, said.by[best])) continue;
    const std::optional<Completeness> found = measure(said.slot.rule, own, other);
    if (!found) continue;
    if (!most && !own.empty()) most = measure(said.slot.rule, own, own);
    const bool isSmaller = best != 0 && most == found && wholeText(other) < wholeText(said.by[best]);
    if (most && *found <= *most && !isSmaller) continue;
    best = m;
    most = found;
  }
  return best;
}

/// What two values of a united slot are compared by.
std::string BestValue::comparable(Rule rule, const winnow_field& field) const {
  if (rule == Rule::Doi && isDoi(field)) return formats::comparableDoi(formats::normaliseDoi(view(field.value)));
  if (rule == Rule::UniteWords) return formats::lower(formats::collapsed(view(field.value)));
  return std::string(view(field.value));
}

// ---- merging

/// One merged record in the making.
class BestValue::Merging {
 public:
  Merging(const BestValue& best, std::span<const std::span<const winnow_field>> members)
      : best_(best), members_(members), isKept_(members.front().size(), true), shift_(members.size()) {
    std::uint16_t groups = 0;
    for (std::size_t m = 0; m < members_.size(); ++m) {
      shift_[m] = groups;
      std::uint16_t largest = 0;
      for (const winnow_field& f : members_[m]) largest = std::max(largest, f.group);
      groups = static_cast<std::uint16_t>(groups + largest);
    }
  }

  MergedFields done() {
    for (const Said& said : collected()) decide(said);
    MergedFields merged = own();
    for (const auto& [field, member, why] : added_) {
      merged.fields.push_back(*field);
      winnow_field& f = merged.fields.back();
      f.origin = WINNOW_NONE;
      if (f.group != 0) f.group = static_cast<std::uint16_t>(f.group + shift_[member]);
      merged.from.push_back(static_cast<std::uint32_t>(member));
      merged.why.push_back(why);
    }
    return merged;
  }

 private:
  struct Added {
    const winnow_field* field;
    std::size_t member;
    std::string_view why;
  };

  /// By slot, in the order in which the members first speak of it.
  std::vector<Said> collected() const {
    std::vector<Said> all;
    for (std::size_t m = 0; m < members_.size(); ++m)
      for (const winnow_field& f : members_[m]) {
        if ((f.flags & WINNOW_FIELD_RAW) != 0) continue;
        const Slot slot = best_.slotOf(f.tag);
        auto said = std::find_if(all.begin(), all.end(), [&](const Said& s) { return s.slot.number == slot.number; });
        if (said == all.end()) said = all.insert(all.end(), {slot, std::vector<Fields>(members_.size())});
        said->by[m].push_back(&f);
      }
    return all;
  }

  void decide(const Said& said) {
    const Rule rule = said.slot.rule;
    if (rule == Rule::Unite || rule == Rule::UniteWords || rule == Rule::Doi) return unite(said);
    const std::size_t winner = best_.winner(said);
    if (winner == 0) return;
    forget(said.by.front());
    for (const winnow_field* f : said.by[winner])
      added_.push_back({f, winner, said.by.front().empty() ? "only there" : reason(rule)});
  }

  void unite(const Said& said) {
    std::vector<std::pair<std::uint32_t, std::string>> known;
    const auto take = [&](std::size_t m, const winnow_field* f, std::string_view why) {
      std::pair<std::uint32_t, std::string> value{f->tag, best_.comparable(said.slot.rule, *f)};
      if (std::find(known.begin(), known.end(), value) != known.end()) return;
      known.push_back(std::move(value));
      if (m != 0 || !why.empty()) added_.push_back({f, m, why});
    };
    const Fields& own = said.by.front();
    // Whoever needs one DOI takes the first: one that is none goes behind those that are.
    const bool isNone = said.slot.rule == Rule::Doi && !own.empty() &&
                        std::none_of(own.begin(), own.end(), [](const winnow_field* f) { return isDoi(*f); });
    if (isNone)
      forget(own);
    else
      for (const winnow_field* f : own) take(0, f, {});
    for (std::size_t m = 1; m < said.by.size(); ++m)
      for (const winnow_field* f : said.by[m]) take(m, f, own.empty() ? "only there" : "united");
    if (isNone)
      for (const winnow_field* f : own) take(0, f, "no DOI by its form");
  }

  void forget(const Fields& own) {
    for (const winnow_field* f : own) isKept_[static_cast<std::size_t>(f - members_.front().data())] = false;
  }

  /// What is left of the representative's fields; origins are places in the record, so they move along.
  MergedFields own() const {
    const std::span<const winnow_field> fields = members_.front();
    std::vector<std::uint32_t> place(fields.size(), WINNOW_NONE);
    std::uint32_t next = 0;
    for (std::size_t i = 0; i < fields.size(); ++i)
      if (isKept_[i]) place[i] = next++;
    MergedFields merged;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (!isKept_[i]) continue;
      merged.fields.push_back(fields[i]);
      std::uint32_t& origin = merged.fields.back().origin;
      if (origin != WINNOW_NONE) origin = origin < place.size() ? place[origin] : WINNOW_NONE;
    }
    merged.from.assign(merged.fields.size(), 0);
    merged.why.assign(merged.fields.size(), {});
    return merged;
  }

  const BestValue& best_;
  std::span<const std::span<const winnow_field>> members_;
  std::vector<bool> isKept_;          ///< by field of the representative
  std::vector<std::uint16_t> shift_;  ///< by member: so that no two members share a group
  std::vector<Added> added_;
};

MergedFields BestValue::merge(std::span<const std::span<const winnow_field>> members) const {
  return Merging(*this, members).done();
}

}  // namespace winnow::engine
