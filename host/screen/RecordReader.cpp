#include "RecordReader.hpp"

#include <algorithm>
#include <map>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

namespace winnow::screen {

namespace {

/// Fields that a record has once, and where they go. Of several values the first counts.
constexpr std::pair<std::string_view, std::string RecordText::*> kSingle[] = {
    {tags::kRecordKey, &RecordText::key},
    {tags::kTitle, &RecordText::title},
    {tags::kAbstract, &RecordText::abstract},
    {tags::kIssuedYear, &RecordText::year},
    {tags::kContainerTitle, &RecordText::journal},
    {tags::kVolume, &RecordText::volume},
    {tags::kIssue, &RecordText::issue},
    {tags::kPage, &RecordText::pages},
    {tags::kArticleNumber, &RecordText::pages},
    {tags::kDoi, &RecordText::doi},
    {tags::kPmid, &RecordText::pmid},
    {tags::kAccession, &RecordText::number},
    {tags::kUrl, &RecordText::url},
    {tags::kLanguage, &RecordText::language},
    {tags::kType, &RecordText::type}};

std::string joined(std::string family, std::string_view given) {
  return given.empty() ? family : family.empty() ? std::string(given) : family + ", " + std::string(given);
}

/// Names in the order of their groups.
std::vector<std::string> authorsOf(const winnow_record& record, const plugins::TagTable& tags) {
  std::vector<std::string> authors;
  std::map<std::uint16_t, std::size_t> places;
  for (std::size_t f = 0; f < record.field_count; ++f) {
    const winnow_field& field = record.fields[f];
    const std::string_view tag = tags.name(field.tag);
    const bool isGiven = tag == tags::kAuthorGiven;
    if (!isGiven && tag != tags::kAuthorFamily && tag != tags::kAuthorLiteral) continue;
    const auto [place, isNew] = places.try_emplace(field.group, authors.size());
    if (isNew || field.group == 0) {
      place->second = authors.size();
      authors.emplace_back(view(field.value));
      continue;
    }
    std::string& name = authors[place->second];
    name = isGiven ? joined(name, view(field.value)) : joined(std::string(view(field.value)), name);
  }
  return authors;
}

std::string firstFamilyOf(const winnow_record& record, const plugins::TagTable& tags) {
  for (std::size_t f = 0; f < record.field_count; ++f) {
    const std::string_view tag = tags.name(record.fields[f].tag);
    if (tag == tags::kAuthorFamily || tag == tags::kAuthorLiteral) return std::string(view(record.fields[f].value));
  }
  return {};
}

RecordText textOf(const winnow_record& record, const plugins::TagTable& tags) {
  RecordText text;
  for (std::size_t f = 0; f < record.field_count; ++f) {
    const std::string_view tag = tags.name(record.fields[f].tag), value = view(record.fields[f].value);
    if (tag == tags::kKeyword) text.keywords.emplace_back(value);
    if (tag == tags::kRecordMember) text.members.emplace_back(value);
    for (const auto& [name, member] : kSingle)
      if (tag == name && (text.*member).empty()) text.*member = value;
  }
  text.authors = authorsOf(record, tags);
  text.firstFamily = firstFamilyOf(record, tags);
  return text;
}

std::vector<RecordText> textsOf(const winnow_batch& batch, const plugins::TagTable& tags) {
  std::vector<RecordText> texts;
  for (std::size_t i = 0; i < batch.count; ++i) texts.push_back(textOf(batch.records[i], tags));
  return texts;
}

std::size_t utf16Length(std::string_view utf8) {
  std::size_t length = 0;
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) length += byte >= 0xF0U ? 2 : 1;
  }
  return length;
}

const std::string* fieldOf(const RecordText& text, std::string_view tag, std::string& name) {
  for (const auto& [known, member] : kSingle)
    if (known == tag) {
      name = tag == tags::kContainerTitle ? "journal" : std::string(tag);
      return &(text.*member);
    }
  return nullptr;
}

/// "title: the words", perhaps with what they are ("... (sample size)") and more of the kind behind "; ", as a place in
/// the text: that of the first words that stand there.
void findWords(std::string_view evidence, const RecordText& text, Proposal& proposal) {
  const std::size_t colon = evidence.find(": ");
  if (colon == std::string_view::npos) return;
  const std::string* field = fieldOf(text, evidence.substr(0, colon), proposal.field);
  if (field == nullptr) return;
  const std::string_view all = evidence.substr(colon + 2), first = all.substr(0, all.find("; "));
  for (const std::string_view words : {all, first, first.substr(0, first.rfind(" ("))}) {
    const std::size_t found = words.empty() ? std::string::npos : field->find(words);
    if (found == std::string::npos) continue;
    proposal.begin = utf16Length(std::string_view(*field).substr(0, found));
    proposal.length = utf16Length(words);
    return;
  }
}

}  // namespace

struct RecordReader::Open {
  Open(const engine::Workspace& from, const engine::Evaluation& evaluation)
      : ledger(from.review.ledger, ledger::Access::ReadOnly, from.tags),
        work{from.review, from.catalogue, from.tags, ledger, from.outputs, from.tell, from.progress, from.given},
        views(from.review, ledger, evaluation.records(), evaluation.clusters(), from.tags, &evaluation.annotations()) {}

  ledger::Ledger ledger;
  const engine::Workspace work;
  engine::Views views;
  std::map<const engine::StepResult*, engine::ExtraFields> proposals;
};

RecordReader::RecordReader(const engine::Workspace& work, const engine::Evaluation& evaluation)
    : work_(work), evaluation_(evaluation) {}

RecordReader::~RecordReader() = default;

RecordReader::Open& RecordReader::open() {
  isUsed_ = true;
  if (!open_) open_ = std::make_unique<Open>(work_, evaluation_);
  return *open_;
}

void RecordReader::close() { open_.reset(); }

void RecordReader::rest() {
  if (!isUsed_) open_.reset();
  isUsed_ = false;
}

std::vector<RecordText> RecordReader::read(const std::vector<engine::RecordId>& ids) {
  return textsOf(open().views.merged(ids, false), work_.tags);
}

std::vector<RecordText> RecordReader::readSingle(const std::vector<engine::RecordId>& ids) {
  return textsOf(open().views.single(ids, false), work_.tags);
}

std::optional<Proposal> RecordReader::proposal(const engine::StepResult* step, engine::RecordId id,
                                               const RecordText& text) {
  if (step == nullptr) return std::nullopt;
  Open& now = open();
  const auto [known, isNew] = now.proposals.try_emplace(step);
  if (isNew) known->second = engine::proposalsOf(now.work, *step);
  if (!known->second) return std::nullopt;
  std::vector<engine::ExtraField> fields;
  known->second(id, fields);
  Proposal proposal;
  for (const engine::ExtraField& field : fields) {
    if (field.tag == tags::kProposalDecision) proposal.decision = field.value;
    if (field.tag == tags::kProposalReason) proposal.reason = field.value;
    if (field.tag == tags::kProposalEvidence) findWords(field.value, text, proposal);
  }
  return fields.empty() ? std::nullopt : std::optional<Proposal>(proposal);
}

}  // namespace winnow::screen
