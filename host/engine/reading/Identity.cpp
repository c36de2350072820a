#include "Identity.hpp"

#include <string>

#include <winnow/formats/ascii.hpp>
#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "io/Sha256.hpp"

namespace winnow::engine {

namespace {

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// Lower case without blanks: databases print "2020 123" and "2020123".
std::string compact(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (!isBlank(c)) out += formats::lower(c);
  return out;
}

}  // namespace

std::string databaseName(std::string_view written) {
  std::string name;
  for (const char c : written.substr(0, written.find_first_of("<([0123456789"))) {
    if (isBlank(c) && (name.empty() || name.back() == ' ')) continue;
    name += isBlank(c) ? ' ' : formats::lower(c);
  }
  while (!name.empty() && name.back() == ' ') name.pop_back();
  return name;
}

IdentityHasher::IdentityHasher(plugins::TagTable& tags)
    : accession_(tags.number(tags::kAccession)),
      pmid_(tags.number(tags::kPmid)),
      database_(tags.number(tags::kDatabase)),
      title_(tags.number(tags::kTitle)) {}

IdentityHashes IdentityHasher::of(const winnow_record& record, std::uint64_t content, std::string_view dialect,
                                  std::string_view importer) const {
  return {number(record, dialect, importer), lasting(record, content)};
}

std::uint64_t IdentityHasher::number(const winnow_record& record, std::string_view dialect,
                                     std::string_view importer) const {
  std::string_view accession, pmid, database, title;
  for (std::size_t i = 0; i < record.field_count; ++i) {
    const winnow_field& field = record.fields[i];
    if (field.tag == accession_ && accession.empty()) accession = view(field.value);
    if (field.tag == pmid_ && pmid.empty()) pmid = view(field.value);
    if (field.tag == database_ && database.empty()) database = view(field.value);
    if (field.tag == title_ && title.empty()) title = view(field.value);
  }
  const std::string number = compact(accession.empty() ? pmid : accession);
  if (number.empty()) return 0;
  std::string name = databaseName(database);
  if (name.empty()) name = dialect;
  // Nobody says whose number it is: "7" of one list is not "7" of another. A PMID is PubMed's, whoever prints it.
  if (name.empty()) name = std::string(importer) + (number == compact(pmid) ? "" : "\n" + compact(title));
  const std::uint64_t hash = io::prefix64(io::Sha256().add(name).add("\n").add(number).finish());
  return hash == 0 ? 1 : hash;
}

std::uint64_t IdentityHasher::lasting(const winnow_record& record, std::uint64_t content) const {
  bool isVolatile = false;
  for (std::size_t i = 0; i < record.field_count; ++i)
    isVolatile = isVolatile || (record.fields[i].flags & WINNOW_FIELD_VOLATILE) != 0;
  if (!isVolatile) return content;
  io::Sha256 hash;
  for (std::size_t i = 0; i < record.field_count; ++i) {
    const winnow_field& field = record.fields[i];
    if ((field.flags & WINNOW_FIELD_RAW) == 0 || (field.flags & WINNOW_FIELD_VOLATILE) != 0) continue;
    hash.add(view(field.value)).add("\n");
  }
  return io::prefix64(hash.finish());
}

}  // namespace winnow::engine
