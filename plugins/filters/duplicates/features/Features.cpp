#include "Features.hpp"

#include <algorithm>
#include <utility>

#include <xxhash.h>

#include <winnow/tags.hpp>

#include "Fold.hpp"
#include "TitleTails.hpp"

namespace winnow::duplicates {

namespace {

WorkKind kindOfType(std::string_view type) {
  struct Entry {
    std::string_view name;
    WorkKind kind;
  };
  constexpr Entry kKinds[] = {{"article-journal", WorkKind::article},
                              {"paper-conference", WorkKind::meeting},
                              {"conference-abstract", WorkKind::meeting},
                              {"conference-paper", WorkKind::meeting},
                              {"chapter", WorkKind::chapter},
                              {"book", WorkKind::book},
                              {"thesis", WorkKind::thesis},
                              {"preprint", WorkKind::preprint},
                              {"registration", WorkKind::registration}};
  for (const auto& [name, kind] : kKinds)
    if (type == name) return kind;
  return WorkKind::unknown;
}

/// What the journal and the identifiers say outranks the type cell, which exports fill carelessly.
WorkKind refinedKind(const Features& f) {
  if (f.journal.isPreprintServer || f.ids.doi.isPreprint()) return WorkKind::preprint;
  if (f.journal.isThesis) return WorkKind::thesis;
  if (f.journal.isRegistry) return WorkKind::registration;
  if (f.journal.isProceedings && f.kind != WorkKind::chapter) return WorkKind::meeting;
  return f.kind;
}

/// Collects one record's fields.
class Reader {
 public:
  Reader(const FeatureTags& tags, Features& features) : tags_(tags), f_(features) {}

  void read(const Record& record) {
    for (const winnow_field& field : record)
      if ((field.flags & WINNOW_FIELD_RAW) == 0 && field.value.size != 0) take(field);
    endAuthor();
    if (!cutEntity_.empty()) f_.authors.addText(cutEntity_);
    f_.journal.finish();
    if (f_.pages.empty()) f_.pages = articleNumber_;
    f_.ids.addTrials(f_.ids.accession);
  }

 private:
  void take(const winnow_field& field) {
    const std::string_view value = view(field.value);
    if (field.tag == tags_.authorFamily || field.tag == tags_.authorGiven || field.tag == tags_.authorLiteral)
      return takeAuthor(field);
    if (field.tag == tags_.title && f_.title.empty())
      takeTitle(value);
    else if (field.tag == tags_.titleOriginal || field.tag == tags_.titleTranslated)
      f_.otherTitles.push_back(parseTitle(value));
    else if (field.tag == tags_.year && f_.year == 0)
      f_.year = static_cast<std::uint32_t>(firstNumber(value) % 10000);
    else if (field.tag == tags_.containerTitle || field.tag == tags_.containerAbbreviation)
      f_.journal.addName(value);
    else if (field.tag == tags_.volume && f_.volume.empty())
      f_.volume = parseNumbering(value);
    else if (field.tag == tags_.issue && f_.issue.empty())
      f_.issue = parseNumbering(value);
    else if (field.tag == tags_.page && f_.pages.empty())
      f_.pages = parsePages(value);
    else if (field.tag == tags_.articleNumber)
      articleNumber_ = parseArticleNumber(value);
    else if (field.tag == tags_.abstract && f_.abstract.empty())
      f_.abstract = sketchAbstract(value);
    else if (field.tag == tags_.type || field.tag == tags_.publicationType)
      takeType(value);
    else
      takeIdentifier(field.tag, value);
  }
  void takeTitle(std::string_view value) {
    const ParallelTitle titles = splitParallelTitle(value);
    f_.title = parseTitle(titles.first);
    if (titles.second.empty()) return;
    Title second = parseTitle(titles.second);
    if (areOtherLanguages(f_.title, second))
      f_.otherTitles.push_back(std::move(second));
    else
      f_.title = parseTitle(value);  // "women aged > or = 50 years"
  }
  void takeIdentifier(std::uint32_t tag, std::string_view value) {
    if (tag == tags_.doi && f_.ids.doi.empty())
      f_.ids.doi = parseDoi(value);
    else if (tag == tags_.pmid && f_.ids.pmid == 0)
      f_.ids.pmid = firstNumber(value);
    else if (tag == tags_.pmcid && f_.ids.pmcid == 0)
      f_.ids.pmcid = firstNumber(value);
    else if (tag == tags_.issn)
      f_.journal.addIssns(value);
    else if (tag == tags_.isbn)
      f_.ids.addIsbns(value);
    else if (tag == tags_.accession && f_.ids.accession.empty())
      f_.ids.accession = fold(value);
    else if (tag == tags_.database && f_.ids.database.empty())
      f_.ids.database = fold(value);
  }
  void takeType(std::string_view value) {
    const WorkKind kind = kindOfType(value);
    if (kind != WorkKind::unknown && (f_.kind == WorkKind::unknown || f_.kind == WorkKind::article)) f_.kind = kind;
  }
  void takeAuthor(const winnow_field& field) {
    if (field.tag == tags_.authorLiteral) {
      endAuthor();
      joined_ = takeCutEntity(view(field.value));
      joined_.append(view(field.value));
      if (endsInEntity(joined_))
        cutEntity_ = joined_ + ";";
      else
        f_.authors.addText(joined_);
      return;
    }
    if (field.group == 0 || field.group != group_) endAuthor();
    group_ = field.group;
    (field.tag == tags_.authorFamily ? family_ : given_) = view(field.value);
  }
  /// "B&#252" of "B&#252;rch": a list of names was split at the semicolon of an entity; the rest follows.
  static bool endsInEntity(std::string_view name) {
    constexpr std::size_t kLongest = 8;
    const std::size_t mark = name.rfind('&');
    if (mark == std::string_view::npos || name.size() - mark < 3 || name.size() - mark > kLongest) return false;
    return name.find_first_of(" ;,.", mark) == std::string_view::npos;
  }
  /// What was cut off before `next`, if that goes on with a small letter; otherwise a name ended in an entity.
  std::string takeCutEntity(std::string_view next) {
    std::string cut;
    cut.swap(cutEntity_);
    if (cut.empty() || (!next.empty() && next[0] >= 'a' && next[0] <= 'z')) return cut;
    f_.authors.addText(cut);
    return {};
  }
  void endAuthor() {
    if (family_.empty() && given_.empty()) return;
    completed_ = takeCutEntity(family_);
    if (!completed_.empty()) family_ = completed_.append(family_);
    // A dot that runs into the next family name tells that an export joined several people in one name.
    joined_.clear();
    joined_.append(family_);
    if (!given_.empty()) joined_.append(family_.empty() ? "" : ", ").append(given_);
    if (endsInEntity(joined_))
      cutEntity_ = joined_ + ";";
    else if (given_.empty() || family_.empty())
      f_.authors.addText(joined_);
    else
      f_.authors.addParts(family_, given_);
    family_ = given_ = {};
    group_ = 0;
  }

  const FeatureTags& tags_;
  Features& f_;
  Pages articleNumber_;
  std::string_view family_, given_;
  std::string joined_, cutEntity_, completed_;
  std::uint16_t group_ = 0;
};

/// Hash of all that was understood.
class ContentHash {
 public:
  void add(std::string_view text) { hash_ = XXH3_64bits_withSeed(text.data(), text.size(), hash_); }
  void add(std::uint64_t number) { hash_ = XXH3_64bits_withSeed(&number, sizeof number, hash_); }
  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0;
};

std::uint64_t contentOf(const Features& f) {
  ContentHash hash;
  hash.add(f.title.letters);
  hash.add(static_cast<std::uint64_t>(f.title.notice));
  for (const Title& title : f.otherTitles) hash.add(title.letters);
  for (const Author& author : f.authors.list) {
    hash.add(author.family);
    hash.add(author.initials);
  }
  for (const std::string& name : f.journal.names) hash.add(name);
  for (const std::uint64_t issn : f.journal.issns) hash.add(issn);
  for (const std::uint64_t number :
       {std::uint64_t{f.year}, std::uint64_t{f.volume.number}, std::uint64_t{f.issue.number},
        std::uint64_t{f.issue.isSupplement}, std::uint64_t{f.pages.first}, std::uint64_t{f.pages.last}, f.ids.pmid,
        f.ids.pmcid, std::uint64_t{f.ids.doi.version}, static_cast<std::uint64_t>(f.kind)})
    hash.add(number);
  hash.add(f.pages.prefix);
  hash.add(f.ids.doi.text);
  hash.add(f.ids.accession);
  hash.add(f.ids.database);
  for (const std::string& isbn : f.ids.isbns) hash.add(isbn);
  for (const std::uint32_t part : f.abstract.hashes) hash.add(std::uint64_t{part});
  return hash.value();
}

/// Values only: numbers of tags differ from run to run.
std::uint64_t exactOf(const Record& record, const FeatureTags& tags) {
  ContentHash hash;
  for (const winnow_field& field : record) {
    if ((field.flags & WINNOW_FIELD_RAW) != 0) continue;
    if (!std::binary_search(tags.ofTheRecord.begin(), tags.ofTheRecord.end(), field.tag)) hash.add(view(field.value));
  }
  return hash.value();
}

std::uint64_t fileOf(const Record& record, const FeatureTags& tags) {
  ContentHash hash;
  for (const winnow_field& field : record)
    if (field.tag == tags.source || field.tag == tags.file) hash.add(view(field.value));
  return hash.value();
}

}  // namespace

FeatureTags::FeatureTags(const Host& host)
    : type(host.tag(tags::kType)),
      publicationType(host.tag(tags::kPublicationType)),
      title(host.tag(tags::kTitle)),
      titleOriginal(host.tag(tags::kTitleOriginal)),
      titleTranslated(host.tag(tags::kTitleTranslated)),
      authorFamily(host.tag(tags::kAuthorFamily)),
      authorGiven(host.tag(tags::kAuthorGiven)),
      authorLiteral(host.tag(tags::kAuthorLiteral)),
      year(host.tag(tags::kIssuedYear)),
      containerTitle(host.tag(tags::kContainerTitle)),
      containerAbbreviation(host.tag(tags::kContainerAbbreviation)),
      volume(host.tag(tags::kVolume)),
      issue(host.tag(tags::kIssue)),
      page(host.tag(tags::kPage)),
      articleNumber(host.tag(tags::kArticleNumber)),
      doi(host.tag(tags::kDoi)),
      pmid(host.tag(tags::kPmid)),
      pmcid(host.tag(tags::kPmcid)),
      issn(host.tag(tags::kIssn)),
      isbn(host.tag(tags::kIsbn)),
      accession(host.tag(tags::kAccession)),
      abstract(host.tag(tags::kAbstract)),
      database(host.tag(tags::kDatabase)),
      source(host.tag(tags::kRecordSource)),
      file(host.tag(tags::kRecordFile)) {
  for (const tags::Name name :
       {tags::kRecordKey, tags::kRecordSource, tags::kRecordWave, tags::kRecordFile, tags::kRecordLine,
        tags::kRecordByte, tags::kRecordImporter, tags::kRecordDialect, tags::kRecordMember, tags::kLocalId})
    ofTheRecord.push_back(host.tag(name));
  std::sort(ofTheRecord.begin(), ofTheRecord.end());
}

bool Features::namesWork() const {
  const bool hasIdentifier =
      !ids.doi.empty() || ids.pmid != 0 || ids.pmcid != 0 || !ids.trials.empty() || !ids.accession.empty();
  return hasIdentifier || (!title.empty() && !title.isGeneric) || (!volume.empty() && !pages.empty());
}

bool Features::isEmpty() const {
  const bool hasPlace = !volume.empty() || !issue.empty() || !pages.empty();
  const bool hasText = !title.empty() || !otherTitles.empty() || !abstract.empty();
  return !hasPlace && !hasText && authors.empty() && journal.empty() && ids.isbns.empty() && !namesWork();
}

Features featuresOf(const Record& record, const FeatureTags& tags) {
  Features features;
  Reader(tags, features).read(record);
  features.kind = refinedKind(features);
  features.content = contentOf(features);
  features.exact = exactOf(record, tags);
  features.file = fileOf(record, tags);
  return features;
}

}  // namespace winnow::duplicates
