#include "PluginFile.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <mutex>
#include <vector>

#include "Catalogue.hpp"
#include "Package.hpp"
#include "io/AtomicFile.hpp"
#include "io/Error.hpp"
#include "io/FileHash.hpp"
#include "io/ReadWrite.hpp"
#include "io/Sha256.hpp"
#include "io/Waiting.hpp"

namespace winnow::plugins {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMostBytes = 1ull << 30;

Error failure(const fs::path& file, const std::string& why) {
  return Error("cannot read '" + file.string() + "': " + why);
}

io::Descriptor openRegular(const fs::path& file) {
  io::Descriptor opened = io::openForReading(file);
  struct stat about {};
  if (::fstat(opened.get(), &about) != 0 || !S_ISREG(about.st_mode)) throw failure(file, "it is no regular file");
  if (static_cast<std::uint64_t>(about.st_size) > kMostBytes) throw failure(file, "it is larger than 1 GiB");
  return opened;
}

/// Since Linux 6.3 a file in memory says whether it may be run; before, the flag is unknown and all may.
io::Descriptor createInMemory(const fs::path& file) {
  constexpr unsigned kExec = 0x10;  // MFD_EXEC
  const std::string name = file.filename().string().substr(0, 200);
  for (const unsigned more : {kExec, 0u})
    if (io::Descriptor made(::memfd_create(name.c_str(), MFD_CLOEXEC | MFD_ALLOW_SEALING | more)); made) return made;
  throw failure(file, std::string("there is no memory for a copy: ") + std::strerror(errno));
}

/// A group of which the user is the only member (many systems make one for each user and let it write).
bool isOwnGroup(gid_t group) {
  const passwd* user = ::getpwuid(::geteuid());
  if (user == nullptr || user->pw_gid != group) return false;
  const std::string name = user->pw_name;
  const ::group* members = ::getgrgid(group);
  if (members == nullptr || name != members->gr_name) return false;
  for (char** member = members->gr_mem; *member != nullptr; ++member)
    if (name != *member) return false;
  return true;
}

bool othersMayWrite(const struct stat& about) {
  return (about.st_mode & S_IWOTH) != 0 || ((about.st_mode & S_IWGRP) != 0 && !isOwnGroup(about.st_gid));
}

}  // namespace

std::shared_ptr<const PluginFile> PluginFile::installed(const fs::path& file) {
  return std::shared_ptr<const PluginFile>(new PluginFile(file, false, openRegular(file), {}));
}

std::shared_ptr<const PluginFile> PluginFile::copied(const fs::path& file) {
  const io::Descriptor from = openRegular(file);
  io::Descriptor copy = createInMemory(file);
  io::Sha256 hash;
  std::vector<char> buffer(1 << 18);
  std::uint64_t size = 0;
  while (const std::size_t got = io::readSome(from.get(), buffer.data(), buffer.size(), file.string())) {
    if ((size += got) > kMostBytes) throw failure(file, "it is larger than 1 GiB");
    hash.add({buffer.data(), got});
    if (const int error = io::writeAll(copy.get(), {buffer.data(), got}); error != 0)
      throw failure(file, std::string("there is no memory for a copy: ") + std::strerror(error));
  }
  if (::fcntl(copy.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0)
    throw failure(file, std::string("its copy cannot be sealed: ") + std::strerror(errno));
  return std::shared_ptr<const PluginFile>(new PluginFile(file, true, std::move(copy), io::hex(hash.finish())));
}

std::shared_ptr<const PluginFile> PluginFile::complete(const fs::path& file) {
  const fs::path package = packageOf(file);
  const bool isScript = isProgram(file);
  if (package.empty() && !isScript) return copied(file);
  const std::shared_ptr<const PluginFile> main = copied(file);
  auto whole = std::shared_ptr<PluginFile>(
      new PluginFile(file, true, io::Descriptor(::fcntl(main->descriptor(), F_DUPFD_CLOEXEC, 3)), {}));
  whole->package_ = package;
  // Every line names one file and its hash, so that no two packages have one text.
  std::string text = "main " + file.filename().string() + " " + main->sha256() + "\n";
  std::uint64_t size = 0;
  for (const std::string& name : package.empty() ? filesBeside(file) : filesOfPackage(package, file)) {
    const fs::path path = file.parent_path() / name;
    if ((size += fs::file_size(path)) > kMostBytes) throw failure(file, "its package is larger than 1 GiB");
    const std::string line = "file " + name + " ";
    if (package.empty()) {
      text += line + io::sha256OfFile(path) + "\n";
      continue;
    }
    std::string bytes = io::readFile(path);
    text += line + io::sha256Hex(bytes) + "\n";
    whole->resources_.emplace(name, std::move(bytes));
  }
  if (isScript) text += "interpreter " + interpreterOf(file) + "\n";
  whole->sha256_ = io::sha256Hex(text);
  return whole;
}

fs::path PluginFile::loadPath() const {
  return isCopy_ ? fs::path("/proc/self/fd/" + std::to_string(descriptor_.get())) : path_;
}

const std::string& PluginFile::sha256() const {
  if (sha256_.empty()) sha256_ = io::sha256File(path_).first;
  return sha256_;
}

const std::string* PluginFile::resource(std::string_view name) const {
  const auto found = resources_.find(name);
  return found == resources_.end() ? nullptr : &found->second;
}

namespace {

/// Tables live as long as the process, and so does what they came from.
struct Origins {
  std::mutex mutex;
  std::map<const winnow_stage*, std::shared_ptr<const PluginFile>> files;
};

Origins& origins() {
  static auto& all = *new Origins;
  return all;
}

}  // namespace

void rememberFile(const winnow_stage& stage, std::shared_ptr<const PluginFile> file) {
  const std::lock_guard lock(origins().mutex);
  origins().files[&stage] = std::move(file);
}

const std::string* resourceOf(const winnow_stage& stage, std::string_view name) {
  const std::lock_guard lock(origins().mutex);
  const auto found = origins().files.find(&stage);
  return found == origins().files.end() ? nullptr : found->second->resource(name);
}

std::string unsafePath(const fs::path& path, uid_t owner) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  if (error) return "cannot be looked into: " + error.message();
  for (fs::path at = real;; at = at.parent_path()) {
    struct stat about {};
    if (::stat(at.c_str(), &about) != 0) return "cannot be looked into: " + std::string(std::strerror(errno));
    const bool isOurs = at != real || about.st_uid == 0 || about.st_uid == ::geteuid() || about.st_uid == owner;
    const bool isSticky = at != real && (about.st_mode & S_ISVTX) != 0;
    if (!isOurs || (othersMayWrite(about) && !isSticky))
      return "may be changed by others" + (at == real ? std::string() : " through '" + at.string() + "'") +
             (isOurs ? "; 'chmod go-w' makes it safe" : "; make it belong to you or to root");
    if (at == at.root_path()) return {};
  }
}

}  // namespace winnow::plugins
