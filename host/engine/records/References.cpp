#include "References.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <tuple>

#include <winnow/plugin.hpp>
#include <winnow/tags.hpp>

#include "io/Hash.hpp"

namespace winnow::engine {

namespace {

constexpr std::size_t kDistinctiveWords = 5;

/// The hash and rank of "anything:0123456789abcdef" or "...:0123456789abcdef.2".
std::optional<std::pair<std::uint64_t, std::size_t>> keyParts(std::string_view key) {
  const std::size_t colon = key.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view digits = key.substr(colon + 1);
  std::size_t rank = 1;
  if (const std::size_t dot = digits.find('.'); dot != std::string_view::npos) {
    const std::string_view number = digits.substr(dot + 1);
    if (std::from_chars(number.data(), number.data() + number.size(), rank).ptr != number.data() + number.size())
      return std::nullopt;
    digits = digits.substr(0, dot);
  }
  std::uint64_t hash = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), hash, 16);
  if (digits.size() != 16 || error != std::errc() || end != digits.data() + digits.size() || rank == 0)
    return std::nullopt;
  return std::pair{hash, rank};
}

/// The family name of the first author of "Berg, Anna; Lund, Ola", "Berg A, Lund O", "Anna Berg".
std::string firstFamily(std::string_view authors) {
  const std::string plain = plainName(authors.substr(0, authors.find_first_of(",;|")));
  return plain;
}

bool sameAuthor(const std::string& family, const std::string& written) {
  if (family.empty() || written.empty()) return false;
  return written == family || written.rfind(family + " ", 0) == 0 ||
         (written.size() > family.size() &&
          written.compare(written.size() - family.size() - 1, std::string::npos, " " + family) == 0);
}

}  // namespace

std::string plainName(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out += blank ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

References::References(const Records& records, const ledger::Ledger& ledger, plugins::TagTable& tags)
    : records_(records),
      ledger_(ledger),
      doi_(tags.number(tags::kDoi)),
      pmid_(tags.number(tags::kPmid)),
      title_(tags.number(tags::kTitle)),
      local_(tags.number(tags::kLocalId)),
      number_(tags.number(tags::kAccession)),
      year_(tags.number(tags::kIssuedYear)),
      family_(tags.number(tags::kAuthorFamily)),
      literal_(tags.number(tags::kAuthorLiteral)) {}

void References::sort(std::vector<RecordId>& list) const {
  std::sort(list.begin(), list.end(),
            [&](RecordId a, RecordId b) { return records_.position(a) < records_.position(b); });
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

std::vector<RecordId> References::all(const Hashed& hashed, std::uint64_t hash) const {
  std::vector<RecordId> found;
  for (auto it = std::lower_bound(hashed.begin(), hashed.end(), std::pair{hash, RecordId{0}});
       it != hashed.end() && it->first == hash; ++it)
    found.push_back(it->second);
  sort(found);
  return found;
}

// ---- keys

void References::indexKeys() const {
  if (hasKeys_) return;
  hasKeys_ = true;
  for (const RecordId id : records_.order()) identities_.emplace_back(records_.identity(id), id);
  for (const ActiveFile& file : records_.files())
    ledger_.forEachSighting(file.row.id, [&](const ledger::Sighting& s) {
      const RecordId record = records_.recordOf(s.record);
      for (const std::uint64_t hash : {s.number, s.lasting, s.content})
        if (hash != 0 && hash != records_.identity(record)) aliases_.emplace_back(hash, record);
    });
  std::sort(identities_.begin(), identities_.end());
  std::sort(aliases_.begin(), aliases_.end());
  aliases_.erase(std::unique(aliases_.begin(), aliases_.end()), aliases_.end());
}

/// By what the key shows, else by what it showed at another time. Keys of version 0.1 begin with the name of a source.
std::vector<RecordId> References::keyed(std::string_view key) const {
  indexKeys();
  const auto parts = keyParts(key);
  if (!parts) return beginningWith(key);
  const auto [hash, rank] = *parts;
  std::vector<RecordId> found = all(identities_, hash);
  if (found.empty()) found = all(aliases_, hash);
  const std::string_view prefix = key.substr(0, key.rfind(':'));
  std::vector<RecordId> ofSource;
  for (const RecordId id : found)
    if (ledger::slug(records_.source(id).name) == prefix) ofSource.push_back(id);
  if (!ofSource.empty()) found = std::move(ofSource);
  if (found.size() >= rank) return {found[rank - 1]};
  return found.size() == 1 ? found : std::vector<RecordId>{};  // equal entries that have a number are one record
}

/// "r:5f1c" and longer.
std::vector<RecordId> References::beginningWith(std::string_view key) const {
  constexpr std::string_view kPrefix = "r:";
  constexpr std::size_t kShortest = 2, kDigits = 16;
  if (key.substr(0, kPrefix.size()) != kPrefix) return {};
  const std::string digits(key.substr(kPrefix.size()));
  if (digits.size() < kShortest || digits.size() > kDigits) return {};
  const auto number = [&](char filler) -> std::optional<std::uint64_t> {
    const std::string whole = digits + std::string(kDigits - digits.size(), filler);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), value, 16);
    if (error != std::errc() || end != whole.data() + whole.size()) return std::nullopt;
    return value;
  };
  const auto low = number('0'), high = number('f');
  if (!low || !high) return {};
  std::vector<RecordId> found;
  for (auto it = std::lower_bound(identities_.begin(), identities_.end(), std::pair{*low, RecordId{0}});
       it != identities_.end() && it->first <= *high; ++it)
    found.push_back(it->second);
  sort(found);
  return found;
}

// ---- names

namespace {

/// Spreadsheets take digits for a number and drop the zeros before it.
std::string_view withoutZeros(std::string_view name) {
  if (name.find_first_not_of("0123456789") != std::string_view::npos) return name;
  return name.substr(std::min(name.find_first_not_of('0'), name.size() - 1));
}

std::uint64_t nameHash(std::string_view prefix, std::string_view name) {
  const bool isNumber = prefix == "number" && !name.empty();
  return io::ValueHash().add(prefix).add(plainName(isNumber ? withoutZeros(name) : name)).value();
}

}  // namespace

void References::indexNames() const {
  if (hasNames_) return;
  hasNames_ = true;
  const std::pair<std::uint32_t, std::string_view> named[] = {
      {doi_, "doi"}, {pmid_, "pmid"}, {title_, "title"}, {number_, "number"}, {local_, ""}};
  constexpr std::size_t kBatch = 1024;
  ledger::RecordBlock block;
  std::vector<RecordId> ids;
  const std::vector<RecordId>& order = records_.order();
  for (std::size_t begin = 0; begin < order.size(); begin += kBatch) {
    ids.assign(order.begin() + static_cast<std::ptrdiff_t>(begin),
               order.begin() + static_cast<std::ptrdiff_t>(std::min(begin + kBatch, order.size())));
    ledger_.read(ids, false, block, [&](RecordId id) { return records_.home(id).line; });
    for (std::size_t i = 0; i < ids.size(); ++i)
      for (std::size_t f = block.begins[i]; f < block.begins[i + 1]; ++f)
        for (const auto& [tag, prefix] : named)
          if (block.fields[f].tag == tag) names_.emplace_back(nameHash(prefix, view(block.fields[f].value)), ids[i]);
  }
  std::sort(names_.begin(), names_.end());
}

std::vector<RecordId> References::named(std::string_view prefix, std::string_view name) const {
  if (name.empty()) return {};
  indexNames();
  return all(names_, nameHash(prefix, name));
}

std::vector<RecordId> References::find(std::string_view name) const {
  if (keyParts(name))
    if (std::vector<RecordId> found = keyed(name); !found.empty()) return found;
  for (const std::string_view prefix : {"doi", "pmid", "title"})
    if (name.size() > prefix.size() && plainName(name.substr(0, prefix.size())) == prefix && name[prefix.size()] == ':')
      return named(prefix, name.substr(prefix.size() + 1));
  std::vector<RecordId> found = named("", name);
  return found.empty() ? keyed(name) : found;
}

std::vector<RecordId> References::byTitle(const RecordDescription& d) const {
  std::vector<RecordId> found = named("title", d.title);
  const std::string title = plainName(d.title), year = plainName(d.year), author = firstFamily(d.author);
  if (year.empty() && author.empty()) {
    const auto words = static_cast<std::size_t>(std::count(title.begin(), title.end(), ' ')) + 1;
    return words >= kDistinctiveWords ? found : std::vector<RecordId>{};
  }
  ledger::RecordBlock block;
  ledger_.read(found, false, block, [&](RecordId id) { return records_.home(id).line; });
  std::vector<RecordId> fitting;
  for (std::size_t i = 0; i < found.size(); ++i) {
    std::string itsYear, itsAuthor;
    for (std::size_t f = block.begins[i]; f < block.begins[i + 1]; ++f) {
      const winnow_field& field = block.fields[f];
      if (field.tag == year_ && itsYear.empty()) itsYear = view(field.value);
      if ((field.tag == family_ || field.tag == literal_) && itsAuthor.empty())
        itsAuthor = plainName(view(field.value));
    }
    if ((year.empty() || itsYear == year) && (author.empty() || sameAuthor(itsAuthor, author)))
      fitting.push_back(found[i]);
  }
  return fitting;
}

Described References::describedBy(const RecordDescription& d) const {
  const std::tuple<std::string_view, std::string_view, const char*> numbers[] = {
      {"number", d.number, "database number"}, {"doi", d.doi, "DOI"}, {"pmid", d.pmid, "PMID"}};
  for (const auto& [prefix, value, by] : numbers)
    if (std::vector<RecordId> found = named(prefix, value); !found.empty()) return {std::move(found), by};
  if (d.title.empty()) return {};
  std::vector<RecordId> found = byTitle(d);
  return found.empty() ? Described{} : Described{std::move(found), "title"};
}

bool References::isKey(std::string_view name) { return keyParts(name).has_value(); }

}  // namespace winnow::engine
