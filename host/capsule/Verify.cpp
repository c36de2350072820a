#include "Verify.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "io/AtomicFile.hpp"
#include "io/Error.hpp"
#include "io/Sha256.hpp"
#include "io/StoredZip.hpp"

namespace winnow::capsule {

namespace {

/// The manifest must name every member with its hash, in its order, and nothing else.
void checkManifest(const std::filesystem::path& folder, const std::vector<std::string>& members) {
  std::string expected;
  for (const std::string& member : members)
    if (member != kManifest) expected += manifestLine(io::sha256File(folder / member).first, member);
  if (members.empty() || members.back() != kManifest || members.front() != kMetadata)
    throw Error("the archive is no capsule: it does not begin with " + std::string(kMetadata) + " and end with " +
                std::string(kManifest));
  if (io::readFile(folder / kManifest) != expected)
    throw Error("the hashes in " + std::string(kManifest) + " are not those of the files");
}

/// Brings in what is not in the capsule. Names what is not there or is another file.
std::vector<std::string> completeInputs(const std::filesystem::path& folder, const std::vector<PackedFile>& missing,
                                        const std::optional<std::filesystem::path>& exports) {
  std::vector<std::string> absent;
  for (const PackedFile& file : missing) {
    std::error_code ignored;
    if (!exports || !std::filesystem::is_regular_file(*exports / file.entry.path, ignored)) {
      absent.push_back(file.entry.path);
    } else if (io::sha256File(*exports / file.entry.path).first != file.sha256) {
      throw Error("'" + (*exports / file.entry.path).string() + "' is not the file that the capsule was made from");
    } else {
      copyFiles(*exports, folder, {file.entry});
    }
  }
  return absent;
}

/// The configuration is the file that the metadata say was run.
std::string configurationOf(const std::string& metadata) {
  const auto crate = nlohmann::json::parse(metadata, nullptr, false);
  if (crate.is_object() && crate.contains("@graph"))
    for (const auto& entity : crate["@graph"])
      if (entity.is_object() && entity.value("@id", "") == "#run") {
        const std::string name = entity.value("name", "");
        const std::string begin = "winnow run ";
        if (name.rfind(begin, 0) == 0) return name.substr(begin.size());
      }
  throw Error(std::string(kMetadata) + " names no run");
}

/// Plugins as the metadata name them: id -> version and hash.
std::map<std::string, std::pair<std::string, std::string>> pluginsOf(const std::string& metadata) {
  std::map<std::string, std::pair<std::string, std::string>> list;
  const auto crate = nlohmann::json::parse(metadata, nullptr, false);
  for (const auto& entity : crate["@graph"])
    if (entity.is_object() && entity.value("@id", "").rfind("#plugin-", 0) == 0)
      list[entity.value("name", "")] = {entity.value("version", ""), entity.value("sha256", "")};
  return list;
}

std::vector<std::string> otherPlugins(const std::string& metadata, const Replayed& replayed) {
  std::vector<std::string> words;
  const auto packed = pluginsOf(metadata);
  for (const UsedPlugin& here : replayed.plugins) {
    const auto found = packed.find(here.id);
    if (found == packed.end())
      words.push_back(here.id + " was not used");
    else if (found->second.first != here.version)
      words.push_back(here.id + " " + found->second.first + " was packed, " + here.version + " is here");
    else if (found->second.second != here.sha256)
      words.push_back(here.id + " " + here.version + " is another build");
  }
  return words;
}

}  // namespace

VerifyReport verify(const Program& program, const std::filesystem::path& archive,
                    const std::optional<std::filesystem::path>& exports, const std::filesystem::path& scratch) {
  VerifyReport report;
  const std::filesystem::path packed = scratch / "packed", again = scratch / "again";
  const std::vector<std::string> members = io::unpackStoredZip(archive, packed);
  report.members = members.size();
  checkManifest(packed, members);
  const std::string metadata = io::readFile(packed / kMetadata), configuration = configurationOf(metadata);
  report.missing = completeInputs(packed, missingFiles(metadata), exports);
  if (!report.missing.empty()) return report;

  io::OutputPolicy nothing;  // is written there
  const config::Review review = program.read(packed / configuration, nothing);
  copyFiles(packed, again, inputsOf(review));
  const Replayed replayed = replay(program, again / configuration);
  report.isReplayed = true;
  report.plugins = otherPlugins(metadata, replayed);
  for (const FileEntry& output : outputsOf(review)) {
    if (output.role == Role::Lock) continue;  // it names the builds of plugins, which are compared above
    if (io::sha256File(packed / output.path).first == io::sha256File(again / output.path).first)
      ++report.equal;
    else
      report.differing.push_back(output.path);
  }
  return report;
}

}  // namespace winnow::capsule
