#include "Pack.hpp"

#include <algorithm>

#include "io/Error.hpp"
#include "io/Sha256.hpp"
#include "io/StoredZip.hpp"

namespace winnow::capsule {

namespace {

/// Outputs beside the review must be those of a run from nothing, else the capsule would hold what nobody can compute.
void requireCurrent(const config::Review& review, const std::filesystem::path& scratch,
                    const std::vector<FileEntry>& outputs) {
  for (const FileEntry& file : outputs) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(review.folder / file.path, ignored))
      throw Error("'" + file.path + "' is missing; 'winnow run " + review.file.filename().string() + "' writes it");
    if (io::sha256File(review.folder / file.path).first != io::sha256File(scratch / file.path).first)
      throw Error("'" + file.path + "' is not what a run from nothing gives; run 'winnow run " +
                  review.file.filename().string() + "', then pack again");
  }
}

std::string lastSearch(const config::Review& review) {
  std::string last;
  for (const config::Source& source : review.sources) last = std::max(last, source.searched);
  while (!last.empty() && last.size() < 10) last += "-01";
  return last.empty() ? "1970-01-01" : last;
}

PackedFile packed(const std::filesystem::path& folder, const FileEntry& entry, bool isPacked) {
  const auto [hash, size] = io::sha256File(folder / entry.path);
  return {entry, hash, size, isPacked};
}

}  // namespace

PackReport pack(const Program& program, const config::Review& review, const PackRequest& request,
                const std::filesystem::path& scratch, io::AtomicFile& archive) {
  const std::vector<FileEntry> inputs = inputsOf(review), outputs = outputsOf(review);
  copyFiles(review.folder, scratch, inputs);
  const Replayed replayed = replay(program, scratch / review.file.filename());
  requireCurrent(review, scratch, outputs);

  PackReport report;
  report.isOpen = replayed.isOpen;
  std::vector<PackedFile> files;
  for (const FileEntry& entry : inputs) {
    const bool isPacked = request.withExports || entry.role != Role::Export;
    files.push_back(packed(scratch, entry, isPacked));
    ++(isPacked ? report.inputs : report.notPacked);
  }
  for (const FileEntry& entry : outputs) files.push_back(packed(scratch, entry, true));
  report.outputs = outputs.size();
  const Description description{request.published.empty() ? lastSearch(review) : request.published, request.license,
                                request.program};
  const std::string metadata = metadataOf(review, files, replayed.plugins, description);

  io::StoredZipWriter zip(archive);
  std::string manifest = manifestLine(io::sha256Hex(metadata), std::string(kMetadata));
  zip.add(std::string(kMetadata), metadata);
  for (const PackedFile& file : files) {
    if (!file.isPacked) continue;
    zip.addFile(file.entry.path, scratch / file.entry.path);
    manifest += manifestLine(file.sha256, file.entry.path);
  }
  zip.add(std::string(kManifest), manifest);
  zip.finish();
  return report;
}

}  // namespace winnow::capsule
