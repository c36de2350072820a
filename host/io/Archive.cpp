#include "Archive.hpp"

#include <zip.h>

#include "Error.hpp"

namespace winnow::io {

Archive::Archive(const std::filesystem::path& file, const std::string& member)
    : name_(member.empty() ? file.string() : file.string() + "/" + member) {
  if (member.empty()) {
    archive_ = zip_open(file.c_str(), ZIP_RDONLY, nullptr);
    return;
  }
  const Archive outer(file);
  if (outer.get() == nullptr) return;
  ArchiveFile within(outer, member);
  if (!within) return;
  std::string buffer(1 << 20, '\0');
  for (long got = 0; (got = within.read(buffer.data(), buffer.size())) > 0;) {
    bytes_.append(buffer, 0, static_cast<std::size_t>(got));
    if (bytes_.size() > kLargestWithin)
      throw Error("'" + name_ + "' is too large to be read within another archive; unpack it");
  }
  zip_source_t* source = zip_source_buffer_create(bytes_.data(), bytes_.size(), 0, nullptr);
  if (source == nullptr) return;
  archive_ = zip_open_from_source(source, ZIP_RDONLY, nullptr);
  if (archive_ == nullptr) zip_source_free(source);
}

Archive::~Archive() {
  if (archive_ != nullptr) zip_discard(archive_);
}

bool Archive::holds(const std::string& name) const {
  return archive_ != nullptr && zip_name_locate(archive_, name.c_str(), 0) >= 0;
}

ArchiveFile::ArchiveFile(const Archive& archive, const std::string& name) {
  if (!archive.holds(name)) return;
  zip_stat_t about;
  zip_stat_init(&about);
  if (zip_stat(archive.get(), name.c_str(), 0, &about) == 0 && (about.valid & ZIP_STAT_COMP_SIZE) != 0)
    packedSize_ = about.comp_size;
  file_ = zip_fopen(archive.get(), name.c_str(), 0);
}

ArchiveFile::~ArchiveFile() {
  if (file_ != nullptr) zip_fclose(file_);
}

long ArchiveFile::read(char* into, std::size_t size) { return static_cast<long>(zip_fread(file_, into, size)); }

}  // namespace winnow::io
