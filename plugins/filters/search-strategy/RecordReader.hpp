// A record of the review as the document that a strategy searches.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include <winnow/plugin.hpp>

#include "search-strategy/strategy/match/Document.hpp"

namespace winnow::search {

/// Knows which tag is which field. Headings are taken from raw:MH (PubMed's NBIB) and raw MeshHeading (PubMed's XML);
/// other exports have keywords only, and their headings are unknown. One thread.
class RecordReader {
 public:
  explicit RecordReader(Host host);
  /// Fills the document; its views live as long as the record and until the next call. Value::index is the field's.
  void read(Record record, match::Document& document);
  /// PMID, other id, or empty.
  std::string idOf(Record record) const;

 private:
  enum class Role : std::uint8_t { Value, Keyword, RawHeading, Descriptor, Qualifier, Major, Date, Language, Family };
  /// A field of which the importer made a keyword too.
  static bool isHeading(Role role) {
    return role == Role::RawHeading || role == Role::Descriptor || role == Role::Qualifier || role == Role::Major;
  }
  struct Known {
    Role role;
    match::Field field = match::Field::Other;
    std::string_view date = {};
  };
  /// A heading of PubMed XML, whose parts are raw fields of their own.
  struct Parts {
    std::string text;
    std::uint32_t field = 0;
    bool major = false;
  };
  void readPart(const Known& known, std::string_view text, std::uint32_t field, match::Document& document);
  void closeHeading(match::Document& document);
  void readAuthor(Record record, std::uint32_t field, match::Document& document);
  std::unordered_map<std::uint32_t, Known> known_;
  std::uint32_t pmid_, accession_, local_, key_, given_;
  std::deque<std::string> texts_;
  Parts heading_;
};

}  // namespace winnow::search
