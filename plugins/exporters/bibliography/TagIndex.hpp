#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <string_view>

#include "winnow/tags.hpp"

namespace winnow::bibliography {

/// What says something about the publication, in the order of winnow/tags.hpp.
inline constexpr tags::Name kWorkTags[] = {tags::kType,
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
/// What the host adds: identity, votes, fate.
inline constexpr tags::Name kHostTags[] = {tags::kRecordKey,
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

/// The place of a tag among kWorkTags, then kHostTags: numbers that compile-time tables and sets go by.
using TagIndex = std::uint8_t;
inline constexpr std::size_t kWorkCount = std::size(kWorkTags), kTagCount = kWorkCount + std::size(kHostTags);
inline constexpr TagIndex kNoIndex = 255;
static_assert(kTagCount < kNoIndex);

namespace detail {

constexpr std::size_t kPlaces = 512;  // a power of two, sparse: the next place is nearly always free

constexpr std::size_t placeOf(std::string_view name) {
  std::uint32_t hash = 2166136261u;  // FNV-1a
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash % kPlaces;
}

constexpr tags::Name nameAt(std::size_t index) {
  return index < kWorkCount ? kWorkTags[index] : kHostTags[index - kWorkCount];
}

constexpr std::array<TagIndex, kPlaces> places() {
  std::array<TagIndex, kPlaces> table{};
  for (TagIndex& index : table) index = kNoIndex;
  for (std::size_t i = 0; i < kTagCount; ++i) {
    std::size_t place = placeOf(nameAt(i));
    while (table[place] != kNoIndex) place = (place + 1) % kPlaces;
    table[place] = static_cast<TagIndex>(i);
  }
  return table;
}
inline constexpr std::array<TagIndex, kPlaces> kPlaceTable = places();

}  // namespace detail

/// The index of a tag; kNoIndex for one outside the vocabulary. Constant time.
constexpr TagIndex indexOf(tags::Name tag) {
  for (std::size_t place = detail::placeOf(tag); detail::kPlaceTable[place] != kNoIndex;
       place = (place + 1) % detail::kPlaces)
    if (detail::nameAt(detail::kPlaceTable[place]) == tag) return detail::kPlaceTable[place];
  return kNoIndex;
}
constexpr tags::Name nameOf(TagIndex index) { return detail::nameAt(index); }

/// A set of tags of kind `work`.
using TagMask = std::uint64_t;
static_assert(kWorkCount <= 64);

constexpr TagMask maskOf(TagIndex index) { return index < kWorkCount ? TagMask{1} << index : TagMask{0}; }
constexpr TagMask maskOf(std::initializer_list<tags::Name> tags) {
  TagMask mask = 0;
  for (const tags::Name tag : tags) mask |= maskOf(indexOf(tag));
  return mask;
}

}  // namespace winnow::bibliography
