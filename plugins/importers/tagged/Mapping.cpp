#include "Mapping.hpp"

#include <algorithm>
#include <bitset>
#include <optional>
#include <utility>

#include <re2/re2.h>

#include <winnow/formats/dates.hpp>
#include <winnow/formats/identifiers.hpp>
#include <winnow/formats/names.hpp>
#include <winnow/formats/pages.hpp>
#include <winnow/formats/publication_types.hpp>
#include <winnow/formats/text.hpp>

#include "Decoding.hpp"
#include "LabelledText.hpp"
#include "Pattern.hpp"
#include "PersonNames.hpp"

namespace winnow::tagged {

namespace {

using formats::Role;
using Origin = RecordWriter::Origin;

/// Fields of which a record has one.
bool isSingle(Target to) {
  switch (to) {
    case Target::Author:
    case Target::Editor:
    case Target::Translator:
    case Target::CollectionEditor:
    case Target::PublicationType:
    case Target::Serial:
    case Target::Accession:
    case Target::Abstract:
    case Target::AbstractCopyright:
    case Target::Language:
    case Target::Keyword:
    case Target::Url:
    case Target::Note:
    case Target::Subtitle:
    case Target::Date:
      return false;
    default:
      return true;
  }
}

/// Group names are words: container_title stands for container.title.
Target targetOfGroup(std::string name) {
  const bool hyphenated = name == "article_number" || name == "publication_type";
  std::replace(name.begin(), name.end(), '_', hyphenated ? '-' : '.');
  return targetOf(name);
}

/// A DOI stands alone, or where an address or the word says so.
bool isBareDoi(std::string_view text) {
  text = formats::trim(text);
  return text.substr(0, 3) == "10." || formats::startsWithIgnoringCase(text, "doi") ||
         text.find("doi.org/") != std::string_view::npos;
}

/// Page 101 of 10 pages: "110". Empty where one of them is no number.
std::string lastPage(std::string_view first, std::string_view count) {
  const auto isNumber = [](std::string_view text) {
    return !text.empty() && text.size() <= 6 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  first = formats::trim(first);
  count = formats::trim(count);
  if (!isNumber(first) || !isNumber(count)) return {};
  const int pages = std::stoi(std::string(count));
  return pages < 1 ? std::string() : std::to_string(std::stoi(std::string(first)) + pages - 1);
}

/// A number of one or two digits from 1 to `most`; 0 for anything else.
int smallNumber(std::string_view text, int most) {
  text = formats::trim(text);
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || text.size() > 2) return 0;
    value = value * 10 + (c - '0');
  }
  return value <= most ? value : 0;
}

}  // namespace

std::uint32_t TagNames::number(std::string_view name) {
  if (const auto known = numbers_.find(name); known != numbers_.end()) return known->second;
  const auto number = static_cast<std::uint32_t>(names_.size());
  numbers_.emplace(names_.emplace_back(name), number);
  return number;
}

Mapper::Mapper(const Host& host, const formats::Tags& tags, const Table& table, const Numbering& number)
    : tags_(tags), table_(table) {
  for (const Rule& rule : table.rules) {
    Compiled compiled{&rule, {}, host.tag(rule.name.empty() ? table.id + ".map" : rule.name), 0};
    for (const std::string& tag : rule.tags) {
      compiled.tags.push_back(number(tag));
      compiled.bits |= bitOf(compiled.tags.back());
    }
    bits_ |= compiled.bits;
    rules_.push_back(std::move(compiled));
  }
}

/// One record while its fields are made.
class Mapper::Run {
 public:
  Run(const Mapper& mapper, const std::vector<Value>& record, RecordWriter& writer, bool replaces,
      const std::vector<Person>& persons = {})
      : mapper_(mapper),
        tags_(mapper.tags_),
        record_(record),
        persons_(persons),
        writer_(writer),
        derive_(tags_, writer),
        replaces_(replaces),
        bits_(bitsOf(record)) {}

  const Value* run(std::string_view type) {
    type_ = type;
    for (const Compiled& rule : mapper_.rules_)
      if (rule.rule->to == Target::Type) apply(rule);
    if (!replaces_ || typeFound_) writeType();
    for (const Compiled& rule : mapper_.rules_)
      if (rule.rule->to != Target::Type) apply(rule);
    finish();
    return badDate_;
  }

 private:
  bool isDone(Target to) const { return done_[static_cast<std::size_t>(to)]; }
  void setDone(Target to, bool is) { done_[static_cast<std::size_t>(to)] = is; }

  void writeType() {
    if (!typeFound_) type_ = mapper_.table_.defaultType;
    clear(Target::Type);
    writer_.derive(tags_.type, writer_.keep(type_), typeOrigin_);
    derive_.text(tags_.typeRaw, typeRaw_, typeOrigin_);
  }

  void apply(const Compiled& compiled) {
    const Rule& rule = *compiled.rule;
    if ((compiled.bits & bits_) == 0) return;
    if (rule.onlyIfMissing && has(fieldsOf(rule.to))) return;
    if (!rule.whenTypes.empty() &&
        std::find(rule.whenTypes.begin(), rule.whenTypes.end(), type_) == rule.whenTypes.end())
      return;
    if (isSingle(rule.to) && isDone(rule.to) && rule.to != Target::None) return;
    if (rule.take == Take::All && compiled.tags.size() > 1 && !isSingle(rule.to)) {  // in the order of the file
      for (const Value& v : record_)
        if (std::find(compiled.tags.begin(), compiled.tags.end(), v.tag) != compiled.tags.end()) use(compiled, v);
      return;
    }
    for (const std::uint32_t tag : compiled.tags) {
      bool found = false, isFirst = true;
      for (const Value& v : record_) {
        if (v.tag != tag || (rule.take == Take::Rest && std::exchange(isFirst, false)) || !use(compiled, v)) continue;
        found = true;
        if (rule.take == Take::First || isSingle(rule.to)) return;
      }
      if (found && rule.take == Take::FirstTag) return;
    }
  }

  bool saysNothing(std::string_view text, Target to) const {
    if (formats::isBlank(text)) return true;
    if (to != Target::Language && formats::isPlaceholder(text)) return true;
    const std::vector<std::string>& drop = mapper_.table_.drop;
    return std::find(drop.begin(), drop.end(), formats::trim(text)) != drop.end();
  }

  /// True if the value gave something.
  bool use(const Compiled& compiled, const Value& v) {
    const Rule& rule = *compiled.rule;
    if (saysNothing(v.text, rule.to)) return false;
    const re2::StringPiece piece(v.text.data(), v.text.size());
    if (rule.match && !re2::RE2::PartialMatch(piece, rule.match->compiled())) return false;
    if (rule.unless && re2::RE2::PartialMatch(piece, rule.unless->compiled())) return false;
    const Origin from{v.raw, compiled.name, 0, 0};
    if (v.person != 0) return one(rule, std::string(v.text), v, from);
    if (!rule.set.empty() && rule.to == Target::Type)
      return setType(rule.set, rule.match ? v.text : std::string_view{}, from);
    if (!rule.set.empty()) return one(rule, rule.set, v, from);
    if (!rule.labels.empty()) return labelled(rule, v, from);
    if (rule.takesAsItIs()) return one(rule, std::string(v.text), v, from);
    if (rule.extract.empty()) return give(rule, std::string(v.text), v, from);
    const std::string text(v.text);
    if (rule.extractAll) return extractAll(rule, text, v, from);
    for (const auto& pattern : rule.extract)
      if (extract(rule, pattern->compiled(), text, v, from)) return true;
    return false;
  }

  bool labelled(const Rule& rule, const Value& v, Origin from) {
    bool any = false;
    for (const std::string& label : rule.labels) {
      const std::string text(labelledText(v.text, label, mapper_.table_.labels));
      if (text.empty()) continue;
      any = (rule.extract.empty() ? give(rule, text, v, from)
                                  : extract(rule, rule.extract.front()->compiled(), text, v, from)) ||
            any;
    }
    return any;
  }

  bool extractAll(const Rule& rule, const std::string& text, const Value& v, Origin from) {
    re2::StringPiece rest(text);
    std::string found;
    bool any = false;
    while (!rest.empty()) {
      const std::size_t before = rest.size();
      if (!re2::RE2::FindAndConsume(&rest, rule.extract.front()->compiled(), &found)) break;
      any = give(rule, found, v, from) || any;
      if (rest.size() == before) rest.remove_prefix(1);  // an empty match
    }
    return any;
  }

  bool extract(const Rule& rule, const re2::RE2& pattern, const std::string& text, const Value& v, Origin from) {
    const int groups = pattern.NumberOfCapturingGroups();
    std::vector<re2::StringPiece> found(static_cast<std::size_t>(groups) + 1);
    if (!pattern.Match(text, 0, text.size(), re2::RE2::UNANCHORED, found.data(), groups + 1)) return false;
    const auto& names = pattern.CapturingGroupNames();
    if (names.empty()) return give(rule, std::string(found[1].data() == nullptr ? "" : found[1].as_string()), v, from);
    for (const auto& [number, name] : names) {
      const re2::StringPiece& part = found[static_cast<std::size_t>(number)];
      if (part.empty()) continue;
      Rule one = rule;
      one.to = targetOfGroup(name);
      if (isSingle(one.to) && isDone(one.to)) continue;
      give(one, part.as_string(), v, from);
    }
    return true;
  }

  bool give(const Rule& rule, std::string text, const Value& v, Origin from) {
    if (rule.decode != Decode::Plain) text = decoded(text, rule.decode);
    if (rule.split.empty() && !rule.runTogether) return part(rule, std::move(text), v, from);
    cutOut(rule, text);  // a separator inside of what is cut out separates nothing
    bool any = false;
    for (const std::string_view piece : rule.runTogether ? namesRunTogether(text) : partsOf(text, rule.split))
      any = part(rule, std::string(piece), v, from) || any;
    return any;
  }

  static void cutOut(const Rule& rule, std::string& text) {
    for (const auto& pattern : rule.strip) re2::RE2::GlobalReplace(&text, pattern->compiled(), "");
  }
  bool part(const Rule& rule, std::string text, const Value& v, Origin from) {
    cutOut(rule, text);
    return !saysNothing(text, rule.to) && one(rule, text, v, from);
  }

  bool one(const Rule& rule, const std::string& text, const Value& v, Origin from) {
    const bool isFirst = !isDone(rule.to);
    setDone(rule.to, true);
    if (isFirst && replaces_) clear(rule.to);
    const std::size_t before = writer_.fieldCount();
    switch (rule.to) {
      case Target::Type:
        return type(text, v, from);
      case Target::Author:
        person(Role::Author, rule, text, v, from);
        break;
      case Target::Editor:
        person(Role::Editor, rule, text, v, from);
        break;
      case Target::Translator:
        person(Role::Translator, rule, text, v, from);
        break;
      case Target::CollectionEditor:
        person(Role::CollectionEditor, rule, text, v, from);
        break;
      case Target::Date:
        return date(text, v, from);
      case Target::Title:
        title_ = text, titleOrigin_ = from;
        return true;
      case Target::Month:
        month_ = smallNumber(text, 12), monthOrigin_ = from;
        return month_ != 0;
      case Target::Day:
        day_ = smallNumber(text, 31);
        return day_ != 0;
      case Target::Subtitle:
        subtitle_ += ": " + formats::collapsed(text);
        return true;
      case Target::PageFirst:
        pageFirst_ = text, pageOrigin_ = from;
        return true;
      case Target::PageLast:
        pageLast_ = text;
        if (pageFirst_.empty()) pageOrigin_ = from;
        return true;
      case Target::PageCount:
        pageCount_ = text;
        return true;
      case Target::Page:
        derive_.pages(writer_.keep(text), {}, from);
        break;
      case Target::Doi:
        derive_.doi(writer_.keep(text), from, !isBareDoi(text));
        break;
      case Target::Pmid:
        derive_.copy(tags_.pmid, formats::normalisePmid(text), from);
        break;
      case Target::Pmcid:
        derive_.copy(tags_.pmcid, formats::normalisePmcid(text), from);
        break;
      case Target::Serial:
        derive_.serialNumbers(text, from);
        break;
      case Target::Abstract:
        abstract(text, from);
        return true;
      case Target::Language:
        derive_.languages(writer_.keep(text), from);
        break;
      case Target::PublicationType:
        derive_.publicationTypes(writer_.keep(text), from);
        break;
      case Target::Keyword:
        keyword(text, from);
        break;
      default:
        derive_.copy(fieldOf(rule.to), text, from);
    }
    const bool gave = writer_.fieldCount() > before;
    if (!gave && isFirst && isSingle(rule.to)) setDone(rule.to, false);
    return gave;
  }

  bool type(const std::string& text, const Value& v, Origin from) {
    std::string_view found;
    for (const auto& [word, csl] : mapper_.table_.types)
      if (found.empty() && formats::equalsIgnoringCase(word, formats::trim(text))) found = csl;
    if (found.empty()) found = formats::cslTypeOfName(formats::trim(text));
    if (typeRaw_.empty()) {
      typeRaw_ = v.text;
      typeOrigin_ = from;
    }
    if (!found.empty()) return setType(found, v.text, from);
    setDone(Target::Type, false);  // another rule may know it
    return false;
  }
  /// `words`: what the export calls it; empty where the rule follows from another field.
  bool setType(std::string_view csl, std::string_view words, Origin from) {
    setDone(Target::Type, true);
    if (typeRaw_.empty()) typeRaw_ = words;
    type_ = std::string(csl);
    typeFound_ = true;
    typeOrigin_ = from;
    return true;
  }

  void person(Role role, const Rule& rule, const std::string& text, const Value& v, Origin from) {
    if (v.person != 0) return person(role, rule, persons_[v.person - 1], from);
    if (rule.names == Names::Body) return void(derive_.person(role, personName(text, rule.names), from));
    for (const std::string_view name : formats::splitNames(text, formats::NameList::Sure))
      derive_.person(role, personName(name, rule.names), from);
  }
  void person(Role role, const Rule& rule, const Person& person, Origin from) {
    from.group = derive_.person(
        role,
        person.whole.empty() ? static_cast<const formats::PersonName&>(person) : personName(person.whole, rule.names),
        from);
    if (from.group == 0 || role != Role::Author) return;
    derive_.copy(tags_.orcid, person.orcid, from);
    for (const std::string& affiliation : person.affiliations) derive_.copy(tags_.affiliation, affiliation, from);
  }

  /// The first value with a year; others of the same year tell month and day.
  bool date(const std::string& text, const Value& v, Origin from) {
    const auto found = formats::parseDate(text);
    if (!found || (found->year == 0 && found->month == 0)) {
      if (!date_ && badDate_ == nullptr) badDate_ = &v;
      return false;
    }
    if (!date_) {
      date_ = *found;
      dateOrigin_ = from;
      dateRaw_ = text;
      return true;
    }
    if (date_->year == 0) date_->year = found->year;
    if (date_->month == 0 && (found->year == 0 || found->year == date_->year)) {
      date_->month = found->month;
      date_->day = found->day;
      if (date_->season.empty()) date_->season = found->season;
    }
    return true;
  }

  void abstract(const std::string& text, Origin from) {
    const std::string part = formats::collapsed(text);
    if (formats::startsWithIgnoringCase(part, "Copyright of "))
      return derive_.copy(tags_.abstractCopyright, part, from);
    if (abstract_.empty()) abstractOrigin_ = from;
    if (abstract_ != part) abstract_ += (abstract_.empty() ? "" : "\n\n") + part;
  }

  void keyword(std::string_view text, Origin from) {
    text = formats::trim(text);
    while (!text.empty() && text.front() == '*') text.remove_prefix(1);
    while (!text.empty() && text.back() == '*') text.remove_suffix(1);
    derive_.copy(tags_.keyword, text, from);
  }

  void finish() {
    if (!title_.empty()) {
      std::string whole = formats::collapsed(title_);
      writer_.derive(tags_.title, writer_.keep(whole + subtitle_), titleOrigin_);
    }
    if (pageLast_.empty()) pageLast_ = lastPage(pageFirst_, pageCount_);
    if (!pageFirst_.empty() || !pageLast_.empty())
      derive_.pages(writer_.keep(pageFirst_), writer_.keep(pageLast_), pageOrigin_);
    if (!abstract_.empty()) writer_.derive(tags_.abstract, writer_.keep(abstract_), abstractOrigin_);
    if (date_ && date_->year != 0) {
      derive_.date(*date_, dateOrigin_);
      derive_.copy(tags_.issuedRaw, dateRaw_, dateOrigin_);
      badDate_ = nullptr;
    }
    if (month_ == 0 || !has({tags_.year}) || has({tags_.month})) return;
    derive_.copy(tags_.month, std::to_string(month_), monthOrigin_);
    if (day_ != 0) derive_.copy(tags_.day, std::to_string(day_), monthOrigin_);
  }

  std::uint32_t fieldOf(Target to) const {
    switch (to) {
      case Target::TitleShort:
        return tags_.titleShort;
      case Target::TitleOriginal:
        return tags_.titleOriginal;
      case Target::TitleTranslated:
        return tags_.titleTranslated;
      case Target::Container:
        return tags_.container;
      case Target::ContainerAbbreviation:
        return tags_.containerShort;
      case Target::Collection:
        return tags_.collection;
      case Target::Volume:
        return tags_.volume;
      case Target::Issue:
        return tags_.issue;
      case Target::ArticleNumber:
        return tags_.articleNumber;
      case Target::Accession:
        return tags_.accession;
      case Target::LocalId:
        return tags_.localId;
      case Target::AbstractCopyright:
        return tags_.abstractCopyright;
      case Target::Url:
        return tags_.url;
      case Target::Publisher:
        return tags_.publisher;
      case Target::Place:
        return tags_.place;
      case Target::Edition:
        return tags_.edition;
      case Target::Database:
        return tags_.database;
      case Target::Provider:
        return tags_.provider;
      default:
        return tags_.note;
    }
  }

  /// Takes back what another mapping gave for the same field.
  void clear(Target to) {
    if (replaces_) writer_.removeDerived(fieldsOf(to));
  }
  bool has(const std::vector<std::uint32_t>& fields) const {
    for (std::size_t i = 0; i < writer_.fieldCount(); ++i) {
      const winnow_field& field = writer_.field(i);
      if ((field.flags & WINNOW_FIELD_DERIVED) != 0 &&
          std::find(fields.begin(), fields.end(), field.tag) != fields.end())
        return true;
    }
    return false;
  }
  /// The fields of a record that a target fills.
  std::vector<std::uint32_t> fieldsOf(Target to) const {
    const auto person = [&](Role role) {
      const auto& p = tags_.person[static_cast<int>(role)];
      return std::vector<std::uint32_t>{p.family, p.given, p.suffix, p.literal};
    };
    switch (to) {
      case Target::Type:
        return {tags_.type, tags_.typeRaw};
      case Target::PublicationType:
        return {tags_.publicationType, tags_.publicationTypeRaw};
      case Target::Title:
        return {tags_.title};
      case Target::Author:
        return person(Role::Author);
      case Target::Editor:
        return person(Role::Editor);
      case Target::Translator:
        return person(Role::Translator);
      case Target::CollectionEditor:
        return person(Role::CollectionEditor);
      case Target::Date:
        return {tags_.year, tags_.month, tags_.day, tags_.season, tags_.issuedRaw};
      case Target::Page:
      case Target::PageFirst:
      case Target::PageLast:
      case Target::PageCount:
        return {tags_.page};
      case Target::Doi:
        return {tags_.doi};
      case Target::Pmid:
        return {tags_.pmid};
      case Target::Pmcid:
        return {tags_.pmcid};
      case Target::Serial:
        return {tags_.issn, tags_.isbn};
      case Target::Abstract:
        return {tags_.abstract};
      case Target::Language:
        return {tags_.language, tags_.languageRaw};
      case Target::Keyword:
        return {tags_.keyword};
      case Target::Subtitle:
      case Target::Month:
      case Target::Day:
      case Target::None:
        return {};
      default:
        return {fieldOf(to)};
    }
  }

  const Mapper& mapper_;
  const formats::Tags& tags_;
  const std::vector<Value>& record_;
  const std::vector<Person>& persons_;
  RecordWriter& writer_;
  formats::Deriver derive_;
  bool replaces_;
  int month_ = 0, day_ = 0;
  std::bitset<64> done_;
  std::uint64_t bits_;
  std::string type_;
  std::string_view typeRaw_;
  Origin typeOrigin_{};
  bool typeFound_ = false;
  std::string title_, subtitle_, pageFirst_, pageLast_, pageCount_, abstract_, dateRaw_;
  Origin titleOrigin_{}, pageOrigin_{}, monthOrigin_{}, abstractOrigin_{}, dateOrigin_{};
  std::optional<formats::Date> date_;
  const Value* badDate_ = nullptr;
};

const Value* Mapper::map(const std::vector<Value>& record, RecordWriter& writer,
                         const std::vector<Person>& persons) const {
  return Run(*this, record, writer, false, persons).run({});
}

const Value* Mapper::mapOver(const std::vector<Value>& record, std::string_view type, RecordWriter& writer) const {
  if ((bits_ & bitsOf(record)) == 0) return nullptr;
  return Run(*this, record, writer, true).run(type);
}

}  // namespace winnow::tagged
