// Any bytes as a handful of records through keys, pairs and groups: no exception, and what docs promise of any records
// holds.
//
// The first byte picks the options. Then a line is a field, a letter of kTags before its value; an empty line ends a
// record.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <winnow/plugin.hpp>

#include "duplicates/features/Features.hpp"
#include "duplicates/rules/Decision.hpp"
#include "engine/reading/ReadFile.hpp"
#include "engine/stages/Stages.hpp"
#include "engine/steps/Duplicates.hpp"
#include "plugins/Instance.hpp"

namespace {

using namespace winnow;

[[noreturn]] void broken(const std::string& what) {
  std::fprintf(stderr, "broken: %s\n", what.c_str());
  std::abort();
}

struct Tag {
  char letter;
  const char* name;
};
constexpr Tag kTags[] = {{'T', "title"},
                         {'t', "title.translated"},
                         {'O', "title.original"},
                         {'A', "author.literal"},
                         {'F', "author.family"},
                         {'G', "author.given"},
                         {'Y', "issued.year"},
                         {'J', "container.title"},
                         {'V', "volume"},
                         {'I', "issue"},
                         {'P', "page"},
                         {'N', "article-number"},
                         {'D', "id.doi"},
                         {'M', "id.pmid"},
                         {'C', "id.pmcid"},
                         {'S', "id.issn"},
                         {'B', "id.isbn"},
                         {'X', "id.accession"},
                         {'R', "database"},
                         {'K', "type"},
                         {'k', "publication-type"},
                         {'j', "container.abbreviation"},
                         {'a', "abstract"}};
constexpr std::string_view kOriginals = "originals.ris", kCopies = "copies.ris";
constexpr std::size_t kMostRecords = 10, kMostBytes = 4096;  // every pair is compared several times

constexpr std::size_t kAllInMemory = 1u << 20, kMostOnDisk = 128;  // bytes

/// The records that the bytes spell, as the host would hold them.
class Shelf {
 public:
  Shelf(std::string_view text, plugins::TagTable& tags) {
    records_.emplace_back();  // importers emit no record of nothing: one without a field is none here either
    std::uint16_t group = 0;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      const std::string_view line = text.substr(begin, end - begin);
      begin = end + 1;
      if (line.empty()) {
        if (records_.back().empty()) continue;
        if (records_.size() == kMostRecords) break;
        records_.emplace_back();
        group = 0;
        continue;
      }
      const auto tag =
          std::find_if(std::begin(kTags), std::end(kTags), [&](const Tag& t) { return t.letter == line.front(); });
      if (tag == std::end(kTags)) continue;
      if (tag->letter == 'F') ++group;
      const bool isName = tag->letter == 'F' || tag->letter == 'G';
      records_.back().push_back({tags.number(tag->name), WINNOW_NONE, isName ? group : std::uint16_t{0},
                                 WINNOW_FIELD_DERIVED, 0, str(line.substr(1)), 0, 0});
    }
    if (records_.back().empty()) records_.pop_back();
    // A second file with the same bytes: each record joins its copy, also one that names no work.
    copies_ = records_;
    const std::uint32_t file = tags.number("record.file");
    const auto from = [&](std::vector<std::vector<winnow_field>>& list, std::string_view name) {
      for (std::vector<winnow_field>& record : list)
        record.push_back({file, WINNOW_NONE, 0, WINNOW_FIELD_DERIVED, 0, str(name), 0, 0});
    };
    from(records_, kOriginals);
    from(copies_, kCopies);
  }

  std::size_t size() const { return records_.size(); }
  /// Records are numbered from 1; above size() stands a copy of each.
  winnow_record record(engine::RecordId id) const {
    const std::size_t place = (id - 1) % records_.size();
    const std::vector<winnow_field>& fields = id <= records_.size() ? records_[place] : copies_[place];
    return {id, fields.data(), fields.size(), {}};
  }
  std::uint64_t content(engine::RecordId id) const {
    std::uint64_t hash = 14695981039346656037ull;
    for (const winnow_field& f : records_[(id - 1) % records_.size()])
      for (const char c : std::to_string(f.tag) + std::string(view(f.value)))
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    return hash;
  }
  const winnow_batch& batch(const std::vector<engine::RecordId>& ids) {
    batchRecords_.clear();
    for (const engine::RecordId id : ids) batchRecords_.push_back(record(id));
    batch_ = {sizeof batch_, 0, batchRecords_.data(), batchRecords_.size()};
    return batch_;
  }

 private:
  std::vector<std::vector<winnow_field>> records_, copies_;
  std::vector<winnow_record> batchRecords_;
  winnow_batch batch_{};
};

struct Options {
  explicit Options(unsigned byte) : profile(byte % 3), versions(byte / 3 % 2) {}
  unsigned profile, versions;

  plugins::SettingList settings() const {
    static constexpr const char* kProfiles[] = {"strict", "default", "broad"};
    plugins::SettingList list = engine::defaultSettings(*winnow_plugin_v1.stage(0));
    for (auto& [name, value] : list) {
      if (name == "profile") value = kProfiles[profile];
      if (name == "versions") value = versions == 1 ? "merge" : "keep";
    }
    return list;
  }
  duplicates::Policy policy() const {
    static constexpr duplicates::Profile kProfiles[] = {duplicates::Profile::strict, duplicates::Profile::normal,
                                                        duplicates::Profile::broad};
    duplicates::Policy policy;
    policy.profile = kProfiles[profile];
    policy.mergeVersions = versions == 1;
    policy.off.resize(duplicates::kRuleCount);
    return policy;
  }
};

/// "rule score" of the pair that a block gives, by the numbers of its records; "?" if only to be checked by hand.
using Pairs = std::map<std::pair<std::uint64_t, std::uint64_t>, std::string>;

Pairs pairsOf(plugins::Instance& matcher, const winnow_batch& block) {
  Pairs pairs;
  matcher.match(block, [&](const winnow_pair& p) {
    pairs[{std::min(p.left, p.right), std::max(p.left, p.right)}] =
        matcher.reasons()[p.rule].code + (p.maybe != 0 ? "? " : " ") + std::to_string(p.score);
  });
  return pairs;
}

/// Two records get the same answer whichever comes first and whoever else is in the block.
void checkPairs(plugins::Instance& matcher, Shelf& shelf) {
  std::vector<engine::RecordId> all;
  for (engine::RecordId id = 1; id <= shelf.size(); ++id) all.push_back(id);
  Pairs alone;
  for (const engine::RecordId a : all)
    for (engine::RecordId b = a + 1; b <= shelf.size(); ++b) {
      const Pairs one = pairsOf(matcher, shelf.batch({a, b}));
      if (one != pairsOf(matcher, shelf.batch({b, a}))) broken("a pair is not symmetric");
      alone.insert(one.begin(), one.end());
    }
  if (alone != pairsOf(matcher, shelf.batch(all))) broken("a pair depends on the rest of the block");
}

std::vector<engine::RecordId> group(plugins::Instance& matcher, Shelf& shelf,
                                    const std::vector<engine::RecordId>& order, std::size_t memory) {
  const std::size_t limit = 2 * shelf.size() + 1;
  const engine::MatchInput input{
      order, [](engine::RecordId) { return std::size_t{0}; }, [&](engine::RecordId id) { return shelf.content(id); },
      [&](const std::vector<engine::RecordId>& ids) -> const winnow_batch& { return shelf.batch(ids); }, memory};
  std::vector<ledger::Pair> pairs;
  engine::findPairs(
      matcher, input, [](const io::Diagnostic&) {}, {}, [&](const ledger::PairRow& row) { pairs.push_back(row.pair); });
  return engine::cluster(input, pairs, {}, limit);
}

std::set<std::set<engine::RecordId>> partition(const std::vector<engine::RecordId>& lead,
                                               const std::vector<engine::RecordId>& order) {
  std::map<engine::RecordId, std::set<engine::RecordId>> sets;
  for (const engine::RecordId id : order) sets[lead[id]].insert(id);
  std::set<std::set<engine::RecordId>> all;
  for (auto& [leader, members] : sets) all.insert(std::move(members));
  return all;
}

/// Copies join, order is nothing, copies change nothing else, and no group holds two records that are plainly apart.
void checkGroups(plugins::Instance& matcher, Shelf& shelf, const duplicates::FeatureTags& tags,
                 const duplicates::Policy& policy) {
  std::vector<engine::RecordId> once, twice;
  for (engine::RecordId id = 1; id <= 2 * shelf.size(); ++id) (id <= shelf.size() ? once : twice).push_back(id);
  twice.insert(twice.begin(), once.begin(), once.end());
  std::vector<engine::RecordId> backwards(once.rbegin(), once.rend());
  const std::vector<engine::RecordId> lead = group(matcher, shelf, once, kAllInMemory),
                                      copied = group(matcher, shelf, twice, kAllInMemory);
  if (partition(lead, once) != partition(group(matcher, shelf, once, kMostOnDisk), once))
    broken("keys that are sorted on disk change the groups");
  if (partition(lead, once) != partition(group(matcher, shelf, backwards, kAllInMemory), once))
    broken("the order of the records changes the groups");
  for (const engine::RecordId id : once) {
    const winnow_record raw = shelf.record(id);
    if (duplicates::featuresOf(Record(raw), tags).isEmpty()) continue;  // an empty record is no duplicate of another
    if (copied[id] != copied[id + shelf.size()]) broken("a copy does not join its original: " + std::to_string(id));
  }
  if (partition(lead, once) != partition(copied, once)) broken("copies change the groups of the others");
  std::vector<duplicates::Features> features;
  for (const engine::RecordId id : once) {
    const winnow_record raw = shelf.record(id);
    features.push_back(duplicates::featuresOf(Record(raw), tags));
  }
  for (const engine::RecordId a : once)
    for (const engine::RecordId b : once) {
      if (lead[a] != lead[b] || features[a - 1].content == features[b - 1].content) continue;
      if (duplicates::areApart(duplicates::compare(features[a - 1], features[b - 1]), policy))
        broken("a group holds two records that are plainly apart: " + std::to_string(a) + " and " + std::to_string(b));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const Options options(data[0]);
  plugins::TagTable tags;
  plugins::Services services(tags);
  plugins::Instance matcher(winnow_plugin_v1.stage(0), options.settings(), services);
  Shelf shelf(std::string_view(reinterpret_cast<const char*>(data) + 1, std::min(size - 1, kMostBytes)), tags);
  if (shelf.size() == 0) return 0;
  checkPairs(matcher, shelf);
  checkGroups(matcher, shelf, duplicates::FeatureTags(Host(services.host())), options.policy());
  return 0;
}
