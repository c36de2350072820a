#include "RecordReader.hpp"

#include <winnow/tags.hpp>

namespace winnow::search {

using match::Field;

namespace {

/// "2019/01/02 06:00" -> "20190102".
std::string digitsOf(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c >= '0' && c <= '9' && out.size() < 8) out += c;
  return out;
}

}  // namespace

RecordReader::RecordReader(Host host)
    : pmid_(host.tag(tags::kPmid)),
      accession_(host.tag(tags::kAccession)),
      local_(host.tag(tags::kLocalId)),
      key_(host.tag(tags::kRecordKey)),
      given_(host.tag(tags::kAuthorGiven)) {
  const auto tag = [&](std::string_view name, Role role, Field field = Field::Other, std::string_view date = {}) {
    known_[host.tag(name)] = {role, field, date};
  };
  tag(tags::kTitle, Role::Value, Field::Title);
  tag(tags::kTitleOriginal, Role::Value, Field::OriginalTitle);
  tag(tags::kTitleTranslated, Role::Value, Field::Title);
  tag(tags::kAbstract, Role::Value, Field::Abstract);
  tag(tags::kKeyword, Role::Keyword);
  tag(tags::kPublicationType, Role::Value, Field::Type);
  tag(tags::kPublicationTypeRaw, Role::Value, Field::Type);
  tag(tags::kLanguage, Role::Language);
  tag(tags::kLanguageRaw, Role::Language);
  tag(tags::kAuthorFamily, Role::Family);
  tag(tags::kAuthorLiteral, Role::Value, Field::Author);
  tag(tags::kContainerTitle, Role::Value, Field::Journal);
  tag(tags::kContainerAbbreviation, Role::Value, Field::Journal);
  tag(tags::kIssn, Role::Value, Field::Issn);
  tag(tags::kAuthorAffiliation, Role::Value, Field::Affiliation);
  tag(tags::kDoi, Role::Value, Field::Doi);
  tag(tags::kPmid, Role::Value, Field::Id);
  tag(tags::kAccession, Role::Value, Field::Id);
  tag(tags::kIssuedYear, Role::Value, Field::Year);
  tag("raw:MH", Role::RawHeading);
  // PubMed XML: NLM's element descriptions. A star is an attribute before the name.
  const std::string mesh = "raw:MedlineCitation/MeshHeadingList/MeshHeading/";
  tag(mesh + "DescriptorName", Role::Descriptor);
  tag(mesh + "QualifierName", Role::Qualifier);
  tag(mesh + "DescriptorName@MajorTopicYN", Role::Major);
  tag(mesh + "QualifierName@MajorTopicYN", Role::Major);
  tag("raw:MedlineCitation/ChemicalList/Chemical/NameOfSubstance", Role::Value, Field::Substance);
  tag("raw:MedlineCitation/ChemicalList/Chemical/RegistryNumber", Role::Value, Field::Substance);
  tag("raw:RN", Role::Value, Field::Substance);
  tag("raw:NM", Role::Value, Field::Substance);
  tag("raw:EDAT", Role::Date, Field::Other, "ed");
  tag("raw:MHDA", Role::Date, Field::Other, "em");
  tag("raw:CRDT", Role::Date, Field::Other, "dt");
}

/// Put together as nbib writes it: "Burns, Chemical/*ethics/therapy".
void RecordReader::readPart(const Known& known, std::string_view text, std::uint32_t field, match::Document& document) {
  if (known.role == Role::Major) {
    heading_.major = text == "Y";
    return;
  }
  if (known.role == Role::Descriptor) {
    closeHeading(document);
    heading_.field = field;
  }
  heading_.text +=
      std::string(known.role == Role::Qualifier ? "/" : "") + (heading_.major ? "*" : "") + std::string(text);
  heading_.major = false;
}

void RecordReader::closeHeading(match::Document& document) {
  if (!heading_.text.empty()) document.addHeading(texts_.emplace_back(std::move(heading_.text)), heading_.field);
  heading_.text.clear();
}

/// "Smith J", as databases index authors.
void RecordReader::readAuthor(Record record, std::uint32_t field, match::Document& document) {
  std::string name(record.value(field));
  for (std::size_t i = 0; i < record.size(); ++i)
    if (record[i].tag == given_ && record[i].group == record[field].group && record[i].group != 0) {
      name += " " + std::string(record.value(i));
      break;
    }
  texts_.push_back(std::move(name));
  document.values.push_back({Field::Author, texts_.back(), field});
}

void RecordReader::read(Record record, match::Document& document) {
  document.clear();
  texts_.clear();
  heading_ = {};
  for (std::uint32_t i = 0; i < record.size(); ++i) {
    const auto found = known_.find(record[i].tag);
    if (found == known_.end()) continue;
    const Known& known = found->second;
    const std::string_view text = record.value(i);
    switch (known.role) {
      case Role::Value:
        document.values.push_back({known.field, text, i});
        break;
      case Role::Descriptor:
      case Role::Qualifier:
      case Role::Major:
        readPart(known, text, i, document);
        break;
      case Role::RawHeading:
        document.addHeading(text, i);
        break;
      case Role::Date:
        document.dates.push_back({known.date, digitsOf(text)});
        break;
      case Role::Family:
        readAuthor(record, i, document);
        break;
      case Role::Language:
        document.values.push_back({Field::Language, text, i});
        for (const std::string_view name : match::languageNames(text))
          document.values.push_back({Field::Language, name, i});
        break;
      case Role::Keyword: {
        // A keyword that was made from a heading is no author's keyword.
        const std::uint32_t origin = record[i].origin;
        const auto from = origin < record.size() ? known_.find(record[origin].tag) : known_.end();
        if (from == known_.end() || !isHeading(from->second.role)) document.values.push_back({Field::Keyword, text, i});
        break;
      }
    }
  }
  closeHeading(document);
}

std::string RecordReader::idOf(Record record) const {
  for (const std::uint32_t tag : {key_, pmid_, accession_, local_})
    if (const std::string_view value = record.first(tag); !value.empty()) return std::string(value);
  return {};
}

}  // namespace winnow::search
