// winnow/formats/derive.hpp: normalised values onto a record, the same way in every importer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>
#include "dates.hpp"
#include "names.hpp"

namespace winnow::formats {

enum class Role { Author, Editor, Translator, CollectionEditor };

/// Numbers of the agreed tags (tags.hpp), interned once per importer.
struct Tags {
  explicit Tags(const Host& host);

  struct Person {
    std::uint32_t family, given, suffix, literal;
  };
  Person person[4];  ///< by Role
  std::uint32_t type, typeRaw, publicationType, publicationTypeRaw, title, titleTranslated, titleOriginal, titleShort,
      year, month, day, season, issuedRaw, container, containerShort, collection, volume, issue, page, articleNumber,
      doi, pmid, pmcid, issn, isbn, accession, localId, winnowId, abstract, abstractCopyright, language, languageRaw,
      keyword, url, note, publisher, place, edition, database, provider, orcid, affiliation;
  std::uint32_t wrongCheckDigit;  ///< the rule that explain names beside such a number
};

/// Puts values onto the writer's open record. text(), languages() and publicationTypes() keep views of what they are
/// given, which must outlive the batch as raw values do, and so do not compile with a temporary string; the others copy
/// into the writer's memory.
class Deriver {
 public:
  using Origin = RecordWriter::Origin;
  template <class Text>
  using OfTemporary = std::enable_if_t<std::is_same_v<Text, std::string>>;
  Deriver(const Tags& tags, RecordWriter& writer) : tags_(tags), writer_(writer) {}

  /// `value` must outlive the batch (a raw view); collapsed copies are made only where blanks must go.
  void text(std::uint32_t tag, std::string_view value, Origin from);
  template <class Text, class = OfTemporary<Text>>
  void text(std::uint32_t tag, Text&& value, Origin from) = delete;  // copy() takes it
  /// As text(), for a value that does not outlive the call.
  void copy(std::uint32_t tag, std::string_view value, Origin from);
  /// Gives the group of the person's fields, for what else is known of them; 0 for an empty name.
  std::uint16_t person(Role role, const PersonName& name, Origin from);
  /// The names in a field of one name, or of several if `several` (NameList::Sure, Any).
  void people(Role role, std::string_view value, Origin from, NameStyle style, bool several);
  void date(const Date& date, Origin from);
  /// True if the field holds a DOI. `labelled`: only where "doi" stands before it (URLs, notes).
  bool doi(std::string_view value, Origin from, bool labelled);
  /// ISSN and ISBN, each once a record; one with a wrong check digit says so as its rule.
  void serialNumbers(std::string_view value, Origin from);
  /// Codes, each once a record, and the words of the export.
  void languages(std::string_view value, Origin from);
  template <class Text, class = OfTemporary<Text>>
  void languages(Text&& value, Origin from) = delete;  // RecordWriter::keep() it first
  /// Publication types of a list, each once a record, with the words of the export in its group.
  void publicationTypes(std::string_view value, Origin from);
  template <class Text, class = OfTemporary<Text>>
  void publicationTypes(Text&& value, Origin from) = delete;  // RecordWriter::keep() it first
  void pages(std::string_view first, std::string_view last, Origin from);

 private:
  /// True if the open record has that value already among its newest 2000 fields, whatever its case.
  bool holds(std::uint32_t tag, std::string_view value) const;
  bool isMissing(std::uint32_t tag, std::string_view value) const;

  const Tags& tags_;
  RecordWriter& writer_;
};

/// The prefix of the value in which our own RIS and EndNote XML carry what those formats cannot hold
/// (plugins/exporters/bibliography/README.md).
inline constexpr std::string_view kWinnowLine = "winnow:";

/// Applies such a line to the writer's open record, after everything else was derived. False: it is none (no JSON, or
/// not of that form); nothing was changed then.
bool applyWinnowLine(std::string_view line, const Host& host, RecordWriter& writer, RecordWriter::Origin from);

/// The key behind "winnow-id: " in a note: our own line in what was sent to screening programs. Empty if there is none.
std::string_view findWinnowId(std::string_view note);

}  // namespace winnow::formats
