// Verbs that bring together what a part needs: meet (which records share a key) and send (their lines).
#include "Meeting.hpp"

#include <algorithm>
#include <unordered_map>

#include <winnow/abi.h>

#include "BlockLine.hpp"
#include "KeyLine.hpp"
#include "RecordLine.hpp"
#include "SeenTexts.hpp"
#include "engine/steps/Blocks.hpp"
#include "io/Cancel.hpp"
#include "io/Error.hpp"
#include "io/SpillingBytes.hpp"
#include "io/SpillingSort.hpp"

namespace winnow::engine {

namespace {

/// A key as it is sorted on disk.
struct Met {
  std::uint64_t hash = 0;  ///< of space and value
  std::uint64_t name = 0;  ///< place of the record's
  std::uint32_t size = 0;  ///< of the name
  std::uint32_t space = 0;

  bool operator<(const Met& other) const { return hash != other.hash ? hash < other.hash : name < other.name; }
};

/// Writes a block as a line, for the part of its first record: two records that share many keys meet in one part.
class BlockLines {
 public:
  explicit BlockLines(const VerbCall& call) : call_(call), survey_(call.stage.instance().surveyed()) {}

  void add(std::uint32_t space, std::vector<std::string> records) {
    std::sort(records.begin(), records.end());
    records.erase(std::unique(records.begin(), records.end()), records.end());
    if (records.size() < 2) return;
    // A block above the cap is compared nowhere; the matcher may want to count it.
    const bool isSurveyed = survey_ != nullptr && survey_->space == space && records.size() >= survey_->fewest;
    if (records.size() > kLargestBlock && !isSurveyed) return large_.add(space, records.size());
    const BlockLine block{isSurveyed ? space : kNoSpace, std::move(records)};
    const std::string json = blockJson(block);
    if (!written_.add(json)) return;  // two records share a dozen keys
    const std::string& first = block.records.front();
    call_.writer.line(json, first);
    for (const std::string& record : block.records) want(call_, record, first);
  }
  void report() const { large_.report(call_.stage.tell()); }

 private:
  const VerbCall& call_;
  const winnow_survey* survey_;
  LargeBlocks large_;
  SeenTexts written_;
};

}  // namespace

void want(const VerbCall& call, std::string_view record, std::string_view of) {
  if (call.wants == nullptr) return;
  std::string json = "{\"record\":";
  appendJson(json, record);
  call.wants->line(json + ",\"part\":" + std::to_string(call.writer.partOf(of)) + "}", record);
}

void meetLines(const VerbCall& call) {
  call.stage.check(call.reader);
  call.reader.leaveLines();
  io::SpillingBytes names(kSortMemory);
  io::SpillingSort<Met> met(kSortMemory / sizeof(Met));
  StreamLine line;
  KeyLine key;
  while (call.reader.next(line)) {
    readKeys(line, key);
    const std::uint64_t name = names.append(key.record.data(), key.record.size());
    const auto size = static_cast<std::uint32_t>(key.record.size());
    for (const auto& [space, value] : key.keys) met.add({keyHash(space, value), name, size, space});
  }
  BlockLines blocks(call);
  const auto nameOf = [&](const Met& one) {
    std::string name(one.size, '\0');
    names.read(one.name, name.data(), name.size());
    return name;
  };
  std::vector<std::string> records;
  Met first;
  bool isFirst = true;
  for (Met one; met.next(one); isFirst = false) {
    if (isFirst || one.hash != first.hash) {
      if (!records.empty()) blocks.add(first.space, std::move(records));
      records = {};
      first = one;
      io::stopIfCancelled();
      continue;
    }
    if (records.empty()) records.push_back(nameOf(first));  // most keys are one record's alone, whose name nobody needs
    records.push_back(nameOf(one));
  }
  if (!records.empty()) blocks.add(first.space, std::move(records));
  blocks.report();
  call.writer.end(call.reader.counts());
  if (call.wants != nullptr) call.wants->end(call.reader.counts());
}

void sendLines(const VerbCall& call) {
  call.stage.check(call.reader);
  call.reader.leaveLines();
  struct Wanted {
    std::vector<std::uint32_t> parts;
    bool isSent = false;
  };
  std::unordered_map<std::string, Wanted> wanted;
  bool areRecords = false;
  StreamLine line;
  while (call.reader.next(line)) {
    if (line.header.holds == "wants") {
      line.parse();
      if (areRecords)
        line.refuse("stage.late-want", "this line comes behind records", "give the streams of wants first");
      const std::uint64_t part = line.number("part");
      if (part >= call.writer.parts())
        line.refuse("stage.bad-line",
                    "'part' is " + std::to_string(part) + " of " + std::to_string(call.writer.parts()) +
                        " parts, counted from 0",
                    "divide every stream of one work into as many parts", "part");
      std::vector<std::uint32_t>& parts = wanted[line.string("record")].parts;
      if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(static_cast<std::uint32_t>(part));
      continue;
    }
    areRecords = true;
    const std::string name = recordName(line);
    const auto found = wanted.find(name);
    if (found == wanted.end()) continue;
    if (found->second.isSent)
      line.refuse("stage.record-twice", "the record '" + name + "' came before", "give every record of the set once",
                  "record");
    found->second.isSent = true;
    for (const std::uint32_t part : found->second.parts) call.writer.line(line.text, std::uint64_t{part});
  }
  const std::string* missing = nullptr;  // the first by name, whatever the order of the map
  for (const auto& [record, one] : wanted)
    if (!one.isSent && (missing == nullptr || record < *missing)) missing = &record;
  if (missing != nullptr)
    throw UsageError("the record '" + *missing +
                     "' is wanted, and none of the streams of records has it; give all that the lines name");
  call.writer.end(call.reader.counts());
}

}  // namespace winnow::engine
