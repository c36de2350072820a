#include "bibliography/Vocabulary.hpp"

#include <algorithm>

namespace winnow::bibliography {
namespace {

constexpr tags::Name kWork[] = {tags::kType,
                                tags::kTypeRaw,
                                tags::kPublicationType,
                                tags::kPublicationTypeRaw,
                                tags::kTitle,
                                tags::kTitleTranslated,
                                tags::kTitleOriginal,
                                tags::kTitleShort,
                                tags::kAuthorFamily,
                                tags::kAuthorGiven,
                                tags::kAuthorSuffix,
                                tags::kAuthorLiteral,
                                tags::kAuthorOrcid,
                                tags::kAuthorAffiliation,
                                tags::kEditorFamily,
                                tags::kEditorGiven,
                                tags::kEditorSuffix,
                                tags::kEditorLiteral,
                                tags::kTranslatorFamily,
                                tags::kTranslatorGiven,
                                tags::kTranslatorSuffix,
                                tags::kTranslatorLiteral,
                                tags::kCollectionEditorFamily,
                                tags::kCollectionEditorGiven,
                                tags::kCollectionEditorSuffix,
                                tags::kCollectionEditorLiteral,
                                tags::kIssuedYear,
                                tags::kIssuedMonth,
                                tags::kIssuedDay,
                                tags::kIssuedSeason,
                                tags::kIssuedRaw,
                                tags::kContainerTitle,
                                tags::kContainerAbbreviation,
                                tags::kCollectionTitle,
                                tags::kVolume,
                                tags::kIssue,
                                tags::kPage,
                                tags::kArticleNumber,
                                tags::kDoi,
                                tags::kPmid,
                                tags::kPmcid,
                                tags::kIssn,
                                tags::kIsbn,
                                tags::kAccession,
                                tags::kLocalId,
                                tags::kWinnowId,
                                tags::kAbstract,
                                tags::kAbstractCopyright,
                                tags::kLanguage,
                                tags::kLanguageRaw,
                                tags::kKeyword,
                                tags::kUrl,
                                tags::kNote,
                                tags::kPublisher,
                                tags::kPublisherPlace,
                                tags::kEdition,
                                tags::kDatabase,
                                tags::kDatabaseProvider};

constexpr tags::Name kHost[] = {tags::kRecordKey,
                                tags::kRecordSource,
                                tags::kRecordWave,
                                tags::kRecordFile,
                                tags::kRecordLine,
                                tags::kRecordByte,
                                tags::kRecordImporter,
                                tags::kRecordDialect,
                                tags::kRecordMember,
                                tags::kVoteAssigned,
                                tags::kVoteReviewer,
                                tags::kVoteDecision,
                                tags::kVoteReason,
                                tags::kVoteNote,
                                tags::kResolutionBy,
                                tags::kResolutionDecision,
                                tags::kResolutionReason,
                                tags::kResolutionNote,
                                tags::kProposalDecision,
                                tags::kProposalReason,
                                tags::kProposalEvidence,
                                tags::kMapValue,
                                tags::kStudy,
                                tags::kStudyReport,
                                tags::kFate,
                                tags::kFateStep,
                                tags::kFateReason,
                                tags::kFateBy,
                                tags::kFateLane,
                                tags::kFateCounted,
                                tags::kFateUndecided,
                                tags::kSeenSource,
                                tags::kSeenWave};

}  // namespace

std::span<const tags::Name> Vocabulary::workTags() noexcept { return kWork; }

Vocabulary::Vocabulary(const Host& host) {
  for (const tags::Name name : kWork) entries_.push_back({host.tag(name), name, Kind::work});
  for (const tags::Name name : kHost) entries_.push_back({host.tag(name), name, Kind::host});
  std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) { return a.number < b.number; });
}

Vocabulary::Entry Vocabulary::find(std::uint32_t number) const {
  const auto found = std::lower_bound(entries_.begin(), entries_.end(), number,
                                      [](const Entry& entry, std::uint32_t wanted) { return entry.number < wanted; });
  if (found == entries_.end() || found->number != number) return {number, {}, Kind::unknown};
  return *found;
}

}  // namespace winnow::bibliography
