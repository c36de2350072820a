#include "Index.hpp"

#include <algorithm>
#include <charconv>
#include <climits>
#include <set>

#include <nlohmann/json.hpp>

#include "io/Error.hpp"
#include "io/Machine.hpp"
#include "io/VersionRange.hpp"

namespace winnow::index {

namespace {

using Json = nlohmann::ordered_json;
using plugins::Manifest;

constexpr std::string_view kFormat = "winnow-index/1";
constexpr std::pair<const char*, std::string Manifest::*> kTexts[] = {
    {"id", &Manifest::id},
    {"version", &Manifest::version},
    {"license", &Manifest::license},
    {"vendor", &Manifest::vendor},
    {"homepage", &Manifest::homepage},
    {"support", &Manifest::support},
    {"host", &Manifest::host},
    {"python", &Manifest::python},
    {"description", &Manifest::description},
    {"keywords", &Manifest::keywords},
};

/// One member of an entry, or what is wrong with it.
class Reader {
 public:
  Reader(const Json& json, std::size_t number) : json_(json), where_("entry " + std::to_string(number)) {
    if (!json.is_object()) refuse("is no object");
  }

  Entry run() {
    Entry entry;
    for (const auto& [name, member] : kTexts) entry.manifest.*member = text(name);
    where_ += " ('" + entry.manifest.id + "')";
    if (!plugins::isPackageId(entry.manifest.id)) refuse("has an 'id' that is none");
    if (!plugins::isPackageVersion(entry.manifest.version)) refuse("has a 'version' that is none");
    for (const std::string* range : {&entry.manifest.host, &entry.manifest.python})
      if (!range->empty() && !io::VersionRange::parse(*range)) refuse("has a range of versions that is none");
    entry.platform = needed("platform");
    entry.file = needed("file");
    entry.sha256 = needed("sha256");
    if (entry.sha256.size() != 64 || entry.sha256.find_first_not_of("0123456789abcdef") != std::string::npos)
      refuse("has a 'sha256' that is none");
    entry.size = number(json_, "size");
    if (entry.size == 0 || entry.size > kLargestArchive) refuse("has a 'size' that no package has");
    readStages(entry);
    if (json_.contains("tests")) readTests(json_["tests"], entry.tests);
    return entry;
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw Error("the index cannot be used: " + where_ + " " + what);
  }

  static const Json* find(const Json& json, const char* name) {
    const auto found = json.find(name);
    return found == json.end() ? nullptr : &*found;
  }
  std::string text(const Json& json, const char* name) const {
    const Json* found = find(json, name);
    if (found == nullptr) return {};
    if (!found->is_string()) refuse(std::string("has '") + name + "', which is no text");
    std::string value = found->get<std::string>();
    if (value.size() > 2000) refuse(std::string("has '") + name + "' of more than 2000 bytes");
    return value;
  }
  std::string text(const char* name) const { return text(json_, name); }
  std::string needed(const char* name) const {
    std::string value = text(name);
    if (value.empty()) refuse(std::string("has no '") + name + "'");
    return value;
  }
  std::uint64_t number(const Json& json, const char* name) const {
    const Json* found = find(json, name);
    if (found == nullptr || !found->is_number_unsigned()) refuse(std::string("has no number '") + name + "'");
    return found->get<std::uint64_t>();
  }
  void readStages(Entry& entry) const {
    const Json* stages = find(json_, "stages");
    if (stages == nullptr) return;
    if (!stages->is_array()) refuse("has 'stages', which is no list");
    for (const Json& stage : *stages) {
      if (!stage.is_object()) refuse("has a stage that is no object");
      entry.stages.push_back({text(stage, "id"), text(stage, "kind"), text(stage, "help")});
    }
  }
  void readTests(const Json& json, KitResult& tests) const {
    if (!json.is_object()) refuse("has 'tests', which is no object");
    tests = {text(json, "winnow"), number(json, "passed"), number(json, "failed"), number(json, "skipped")};
  }

  const Json& json_;
  std::string where_;
};

Json asJson(const Entry& entry) {
  Json json;
  for (const auto& [name, member] : kTexts)
    if (!(entry.manifest.*member).empty()) json[name] = entry.manifest.*member;
  json["platform"] = entry.platform;
  json["file"] = entry.file;
  json["size"] = entry.size;
  json["sha256"] = entry.sha256;
  json["stages"] = Json::array();
  for (const ListedStage& stage : entry.stages)
    json["stages"].push_back({{"id", stage.id}, {"kind", stage.kind}, {"help", stage.help}});
  if (!entry.tests.winnow.empty())
    json["tests"] = {{"winnow", entry.tests.winnow},
                     {"passed", entry.tests.passed},
                     {"failed", entry.tests.failed},
                     {"skipped", entry.tests.skipped}};
  return json;
}

unsigned long takeNumber(std::string_view& text) {
  unsigned long number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return error == std::errc::result_out_of_range ? ULONG_MAX : number;
}

bool isBefore(const Entry& a, const Entry& b) {
  if (a.manifest.id != b.manifest.id) return a.manifest.id < b.manifest.id;
  if (const int order = compareVersions(a.manifest.version, b.manifest.version); order != 0) return order < 0;
  return a.platform < b.platform;
}

}  // namespace

std::string platformHere() { return io::platform(); }

std::vector<Entry> parseIndex(std::string_view json) {
  const Json whole = Json::parse(json, nullptr, false);
  if (whole.is_discarded() || !whole.is_object()) throw Error("the index cannot be used: it is no JSON object");
  const auto format = whole.find("format");
  if (format == whole.end() || *format != kFormat)
    throw Error("the index cannot be used: its 'format' is not " + std::string(kFormat));
  const auto packages = whole.find("packages");
  if (packages == whole.end() || !packages->is_array())
    throw Error("the index cannot be used: it has no list 'packages'");
  std::vector<Entry> entries;
  std::set<std::string> seen;
  for (const Json& one : *packages) {
    entries.push_back(Reader(one, entries.size() + 1).run());
    const Entry& entry = entries.back();
    const std::string name = entry.manifest.id + " " + entry.manifest.version;
    if (!seen.insert(name + " " + entry.platform).second)
      throw Error("the index cannot be used: it has " + name + " twice");
  }
  return entries;
}

std::string renderIndex(std::vector<Entry> entries) {
  std::sort(entries.begin(), entries.end(), isBefore);
  Json json{{"format", kFormat}, {"packages", Json::array()}};
  for (const Entry& entry : entries) json["packages"].push_back(asJson(entry));
  return json.dump(1) + "\n";
}

int compareVersions(std::string_view a, std::string_view b) {
  const auto isDigit = [](std::string_view text) {
    return !text.empty() && text.front() >= '0' && text.front() <= '9';
  };
  while (isDigit(a) || isDigit(b)) {
    const unsigned long left = isDigit(a) ? takeNumber(a) : 0, right = isDigit(b) ? takeNumber(b) : 0;
    if (left != right) return left < right ? -1 : 1;
    if (!a.empty() && a.front() == '.') a.remove_prefix(1);
    if (!b.empty() && b.front() == '.') b.remove_prefix(1);
  }
  // 1.0-rc1 comes before 1.0.
  if (a.empty() != b.empty()) return a.empty() ? 1 : -1;
  return a.compare(b);
}

std::string unusable(const Entry& entry) {
  if (entry.platform != "any" && entry.platform != platformHere())
    return "is built for " + entry.platform + "; this is " + platformHere();
  return plugins::unmetHost(entry.manifest);
}

}  // namespace winnow::index
