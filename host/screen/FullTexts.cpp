#include "FullTexts.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "io/Descriptor.hpp"
#include "io/Error.hpp"
#include "io/ReadWrite.hpp"

namespace winnow::screen {

namespace {

namespace fs = std::filesystem;

/// Lower case, with '_' for every sign that some file system does not take: "10.1000/ABC" as "10.1000_abc".
std::string plainStem(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    const bool isUpper = c >= 'A' && c <= 'Z';
    const bool isKept =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || (static_cast<unsigned char>(c) & 0x80U) != 0;
    plain += isUpper ? static_cast<char>(c - 'A' + 'a') : isKept ? c : '_';
  }
  return plain;
}

/// The folder, one part of its path after the other, none of which may be a link. -1 with errno.
io::Descriptor openFolder(const fs::path& review, const fs::path& folder) {
  io::Descriptor at(::open(review.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  for (const fs::path& part : folder) {
    if (!at || part.empty() || part == ".") continue;
    at.reset(::openat(at.get(), part.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  }
  return at;
}

std::string readAll(const io::Descriptor& file, std::uint64_t size) {
  std::string bytes(size, '\0');
  bytes.resize(io::readAt(file.get(), 0, bytes.data(), bytes.size()).size);
  return bytes;
}

}  // namespace

FullTexts::FullTexts(fs::path review, fs::path folder) : review_(std::move(review)), folder_(std::move(folder)) {
  if (folder_.empty()) return;
  io::Descriptor at = openFolder(review_, folder_);
  const int error = errno;
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(at ? ::fdopendir(at.get()) : nullptr, ::closedir);
  if (!entries) {
    const bool isLink = error == ELOOP || error == ENOTDIR;
    why_ =
        "no full text is shown: '" + folder_.string() + "' " +
        (isLink ? "is no folder or is reached through a link" : std::string("cannot be read: ") + std::strerror(error));
    return;
  }
  at.release();  // closedir closes it
  while (const dirent* entry = ::readdir(entries.get())) {
    const fs::path name(entry->d_name);
    if (plainStem(name.extension().string()) == ".pdf") names_.emplace(plainStem(name.stem().string()), name.string());
  }
}

std::string FullTexts::nameOf(const RecordText& text) const {
  if (names_.empty()) return {};
  std::vector<std::string> keys{text.key};
  keys.insert(keys.end(), text.members.begin(), text.members.end());
  std::vector<std::string> stems;
  for (const std::string& key : keys)
    for (const std::string& stem : {key, key.substr(key.find(':') + 1)}) stems.push_back(stem);
  stems.insert(stems.end(), {text.pmid, text.doi});
  for (const std::string& stem : stems)
    if (const auto found = names_.find(plainStem(stem)); !stem.empty() && found != names_.end()) return found->second;
  return {};
}

std::string FullTexts::read(const std::string& name) const {
  const io::Descriptor folder = openFolder(review_, folder_);
  const io::Descriptor file(
      folder ? ::openat(folder.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) : -1);
  struct stat about {};
  if (!file || ::fstat(file.get(), &about) != 0 || !S_ISREG(about.st_mode))
    throw Error("'" + name + "' is gone, or is no regular file of the folder");
  const auto size = static_cast<std::uint64_t>(about.st_size);
  if (size > kLargestFullText)
    throw Error("'" + name + "' is larger than the " + std::to_string(kLargestFullText >> 20U) +
                " MiB that the page shows");
  std::string bytes = readAll(file, size);
  constexpr std::size_t kBegin = 1024;  // where readers of PDF look for its sign
  if (bytes.substr(0, kBegin).find("%PDF-") == std::string::npos) throw Error("'" + name + "' is no PDF");
  return bytes;
}

std::vector<std::string> FullTexts::names() const {
  std::vector<std::string> list;
  for (const auto& [stem, name] : names_) list.push_back(name);
  return list;
}

}  // namespace winnow::screen
