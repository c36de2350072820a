#include "OutputPolicy.hpp"

#include <sys/stat.h>

#include <algorithm>

#include "Error.hpp"

namespace winnow::io {

namespace fs = std::filesystem;

namespace {

const char* word(FileRole role) {
  switch (role) {
    case FileRole::Configuration:
      return "the configuration";
    case FileRole::Input:
      return "an input";
    case FileRole::Decisions:
      return "a file of decisions";
    case FileRole::Assignments:
      return "the file of assignments, which the run writes by itself";
    case FileRole::Ledger:
      return "the ledger";
    case FileRole::Lock:
      return "the lock file, which the run writes by itself";
    case FileRole::Nothing:
      break;
  }
  return "in use";
}

fs::path realPath(const fs::path& path) {
  std::error_code error;
  const fs::path given = fs::absolute(path, error);
  const fs::path found = fs::weakly_canonical(given, error);
  return error ? given.lexically_normal() : found;
}

/// By name behind all links, or as one file under two names.
bool isSame(const fs::path& a, const fs::path& b) {
  struct stat left {
  }, right{};
  if (::stat(a.c_str(), &left) == 0 && ::stat(b.c_str(), &right) == 0)
    return left.st_dev == right.st_dev && left.st_ino == right.st_ino;
  return realPath(a) == realPath(b);
}

bool isDescriptorOf(const OutputPlace& place, const fs::path& file) {
  struct stat left {
  }, right{};
  return ::fstat(place.descriptor, &left) == 0 && S_ISREG(left.st_mode) && ::stat(file.c_str(), &right) == 0 &&
         left.st_dev == right.st_dev && left.st_ino == right.st_ino;
}

bool isWithin(const fs::path& path, const fs::path& folder) {
  const auto [end, rest] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return end == folder.end() || (std::next(end) == folder.end() && end->empty());
}

fs::path partOf(const fs::path& file) {
  fs::path part = file;
  part += ".part";
  return part;
}

/// A file that is written is not read at the same time; a device or pipe may serve several outputs.
bool isWrittenOver(const OutputPlace& place, const fs::path& file) {
  switch (place.kind) {
    case OutputPlace::Kind::Descriptor:
      return isDescriptorOf(place, file);
    case OutputPlace::Kind::Special:
      return false;
    case OutputPlace::Kind::File:
      return isSame(place.path, file) || isSame(partOf(place.path), file);
  }
  return false;
}

}  // namespace

void OutputPolicy::protect(const fs::path& file, FileRole role) {
  if (!file.empty()) protected_.push_back({fs::absolute(file), role});
}

void OutputPolicy::confine(const fs::path& folder) { folders_.insert(folders_.begin(), realPath(folder)); }

void OutputPolicy::allow(const fs::path& folder) { folders_.push_back(realPath(folder)); }

std::string OutputPolicy::outside(const fs::path& path, const fs::path& base) const {
  return outside(realPath(base / path), base / path, path);
}

std::string OutputPolicy::outside(const fs::path& real, const fs::path& given, const fs::path& shown) const {
  const bool isInside =
      std::any_of(folders_.begin(), folders_.end(), [&](const fs::path& folder) { return isWithin(real, folder); });
  if (isInside || folders_.empty()) return {};
  std::error_code ignored;
  const fs::path folder = fs::is_directory(real, ignored) ? real : real.parent_path();
  const bool isLink = real != fs::absolute(given).lexically_normal();
  return "'" + shown.string() + "' lies outside the review's folder" +
         (isLink ? " (it leads to '" + real.string() + "')" : "") + "; only --allow-write " + folder.string() +
         " permits that";
}

std::string OutputPolicy::refusal(const fs::path& target, NamedBy by, FileRole own, const fs::path& base) const {
  const OutputPlace place = outputPlace(base / target);
  const std::string name = target == "-" ? "standard output" : "'" + target.string() + "'";
  for (const Protected& kept : protected_)
    if (kept.role != own && isWrittenOver(place, kept.file))
      return name + " would be written over " +
             (kept.role == FileRole::Input ? "'" + kept.file.filename().string() + "', which is read"
                                           : word(kept.role)) +
             "; name another file";
  const auto isSameFile = [&](const fs::path& other) {
    return isWrittenOver(place, other) || (place.kind == OutputPlace::Kind::File && isSame(place.path, partOf(other)));
  };
  for (const Protected& other : opened_)
    if (isSameFile(other.file) && (own == FileRole::Nothing || other.role != own))  // two steps append to one file
      return name + " would be written twice; name another file for one of the outputs";
  if (by == NamedBy::CommandLine) return {};
  const bool isFile = place.kind == OutputPlace::Kind::File;
  return outside(isFile ? place.path : realPath(base / target), base / target, target);
}

std::unique_ptr<AtomicFile> OutputPolicy::open(const fs::path& target, NamedBy by, FileRole own) {
  if (const std::string why = refusal(target, by, own); !why.empty()) throw UsageError(why);
  auto file = std::make_unique<AtomicFile>(target);
  if (const OutputPlace place = outputPlace(target); place.kind == OutputPlace::Kind::File)
    opened_.push_back({place.path, own});
  return file;
}

void OutputPolicy::write(const fs::path& target, std::string_view bytes) {
  const auto file = open(target, NamedBy::CommandLine);
  file->write(bytes);
  file->commit();
}

}  // namespace winnow::io
