// winnow/tags.hpp: the names of derived fields, the words every importer writes and every filter and exporter reads.
// A record may hold any other tag as well; these are the ones with an agreed meaning. Raw fields are "raw:" + the name
// in the export ("raw:T1", "raw:LA").
#pragma once

#include <string_view>

namespace winnow::tags {

using Name = std::string_view;

// What the work is. `type` holds one CSL 1.0.2 item type ("article-journal"). `publication-type` may repeat; its value
// is one of: article review systematic-review meta-analysis editorial letter note erratum retraction conference-paper
// conference-abstract proceedings book chapter report thesis preprint protocol case-report trial guideline news comment
// interview dataset patent other. The words of the export stand beside it (same group) as `publication-type.raw`.
inline constexpr Name kType = "type";
inline constexpr Name kTypeRaw = "type.raw";
inline constexpr Name kPublicationType = "publication-type";
inline constexpr Name kPublicationTypeRaw = "publication-type.raw";

inline constexpr Name kTitle = "title";
inline constexpr Name kTitleTranslated = "title.translated";
inline constexpr Name kTitleOriginal = "title.original";
inline constexpr Name kTitleShort = "title.short";

// One person or body = one group of these. A body, or a name that cannot be split, is `.literal`.
inline constexpr Name kAuthorFamily = "author.family";
inline constexpr Name kAuthorGiven = "author.given";
inline constexpr Name kAuthorSuffix = "author.suffix";
inline constexpr Name kAuthorLiteral = "author.literal";
inline constexpr Name kAuthorOrcid = "author.orcid";
inline constexpr Name kAuthorAffiliation = "author.affiliation";
inline constexpr Name kEditorFamily = "editor.family";
inline constexpr Name kEditorGiven = "editor.given";
inline constexpr Name kEditorSuffix = "editor.suffix";
inline constexpr Name kEditorLiteral = "editor.literal";
inline constexpr Name kTranslatorFamily = "translator.family";
inline constexpr Name kTranslatorGiven = "translator.given";
inline constexpr Name kTranslatorSuffix = "translator.suffix";
inline constexpr Name kTranslatorLiteral = "translator.literal";
inline constexpr Name kCollectionEditorFamily = "collection-editor.family";
inline constexpr Name kCollectionEditorGiven = "collection-editor.given";
inline constexpr Name kCollectionEditorSuffix = "collection-editor.suffix";
inline constexpr Name kCollectionEditorLiteral = "collection-editor.literal";

// Dates: digits only, year with four, month and day without leading zero. A missing part is missing, never a guess.
inline constexpr Name kIssuedYear = "issued.year";
inline constexpr Name kIssuedMonth = "issued.month";
inline constexpr Name kIssuedDay = "issued.day";
inline constexpr Name kIssuedSeason = "issued.season";
inline constexpr Name kIssuedRaw = "issued.raw";

inline constexpr Name kContainerTitle = "container.title";
inline constexpr Name kContainerAbbreviation = "container.abbreviation";
inline constexpr Name kCollectionTitle = "collection.title";
inline constexpr Name kVolume = "volume";
inline constexpr Name kIssue = "issue";
inline constexpr Name kPage = "page";  // "943-947", "S12-S20", "iii + 20"
inline constexpr Name kArticleNumber = "article-number";

// Identifiers. DOI bare, case as found; PMID digits; PMCID "PMC" + digits; ISSN "1234-567X"; ISBN digits and X only.
inline constexpr Name kDoi = "id.doi";
inline constexpr Name kPmid = "id.pmid";
inline constexpr Name kPmcid = "id.pmcid";
inline constexpr Name kIssn = "id.issn";
inline constexpr Name kIsbn = "id.isbn";
inline constexpr Name kAccession = "id.accession";
inline constexpr Name kLocalId = "id.local";  // the id the file itself gives the record (record_id column, ID tag)

inline constexpr Name kWinnowId = "id.winnow";  // the record.key that a file of ours gave it, back from another program

inline constexpr Name kAbstract = "abstract";
inline constexpr Name kAbstractCopyright = "abstract.copyright";
inline constexpr Name kLanguage = "language";  // BCP 47: "en", "nb"; absent = unknown
inline constexpr Name kLanguageRaw = "language.raw";
inline constexpr Name kKeyword = "keyword";  // one a field
inline constexpr Name kUrl = "url";
inline constexpr Name kNote = "note";
inline constexpr Name kPublisher = "publisher";
inline constexpr Name kPublisherPlace = "publisher.place";
inline constexpr Name kEdition = "edition";
inline constexpr Name kDatabase = "database";  // as the export names it; the review's own name is `record.database`
inline constexpr Name kDatabaseProvider = "database.provider";

// Added by the host to records that filters, matchers, samplers and exporters see. Importers never write them.
inline constexpr Name kRecordKey = "record.key";            // durable identity, "r:5f1c09ab33d2e471"
inline constexpr Name kRecordSource = "record.source";      // repeats, one a source that delivered it
inline constexpr Name kRecordWave = "record.wave";          // the wave it was first found in
inline constexpr Name kRecordFile = "record.file";          // file of the first sighting, relative to the review
inline constexpr Name kRecordLine = "record.line";          // its 1-based line
inline constexpr Name kRecordByte = "record.byte";          // its byte offset
inline constexpr Name kRecordImporter = "record.importer";  // "importers.ris"
inline constexpr Name kRecordDialect = "record.dialect";
inline constexpr Name kRecordMember = "record.member";  // keys of merged duplicates, one a field
// For samplers: the smallest key of the merged records, which no order of the configuration changes.
inline constexpr Name kSampleKey = "record.sample-key";

// A person's vote in the current step: one group each. `vote.assigned` names the readers who must read the record.
inline constexpr Name kVoteAssigned = "vote.assigned";
inline constexpr Name kVoteReviewer = "vote.reviewer";
inline constexpr Name kVoteDecision = "vote.decision";  // include | exclude | maybe
inline constexpr Name kVoteReason = "vote.reason";
inline constexpr Name kVoteNote = "vote.note";
// The joint decision of readers who differed: one group.
inline constexpr Name kResolutionBy = "resolution.by";
inline constexpr Name kResolutionDecision = "resolution.decision";
inline constexpr Name kResolutionReason = "resolution.reason";
inline constexpr Name kResolutionNote = "resolution.note";
// What a filter proposed in a step whose decision is a person's (`mode: confirm`): one group.
inline constexpr Name kProposalDecision = "proposal.decision";  // exclude | undecided | keep
inline constexpr Name kProposalReason = "proposal.reason";      // the reason's label
inline constexpr Name kProposalEvidence = "proposal.evidence";  // the words that decided
// A cell of a people's sheet, read by importers.sheet: "cell." + column name as in the header, one field a cell.
// A value people gave in a map step; answers of the charting form as "chart." + item id.
inline constexpr Name kMapValue = "map.value";
inline constexpr Name kStudy = "study";               // of an included report whose study has several
inline constexpr Name kStudyReport = "study.report";  // keys of the study's other reports, one a field
inline constexpr Name kChartedBy = "chart.by";        // who charted it, one field a reader
// The fate, for exporters: "included", "excluded", "duplicate", "waiting"; with step, reason and who decided.
inline constexpr Name kFate = "fate";
inline constexpr Name kFateStep = "fate.step";
inline constexpr Name kFateReason = "fate.reason";
inline constexpr Name kFateBy = "fate.by";

}  // namespace winnow::tags
