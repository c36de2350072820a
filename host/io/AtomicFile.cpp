#include "AtomicFile.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

#include "Error.hpp"

namespace winnow::io {

namespace {

constexpr std::size_t kBuffer = 1 << 16;

Error failure(const char* what, const std::filesystem::path& path) {
  return Error(std::string(what) + " '" + path.string() + "': " + std::strerror(errno));
}

}  // namespace

AtomicFile::AtomicFile(std::filesystem::path target) : target_(std::move(target)), temporary_(target_) {
  temporary_ += ".part";
  std::error_code ignored;
  if (target_.has_parent_path()) std::filesystem::create_directories(target_.parent_path(), ignored);
  if (std::filesystem::is_directory(target_, ignored))
    throw Error("cannot write '" + target_.string() + "': it is a folder");
  descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor_ < 0) throw failure("cannot write", target_);
}

AtomicFile::~AtomicFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(temporary_.c_str());
}

void AtomicFile::write(std::string_view bytes) {
  buffer_.append(bytes);
  if (buffer_.size() >= kBuffer) flush();
}

void AtomicFile::flush() {
  hash_.add(buffer_);
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t done = ::write(descriptor_, rest.data(), rest.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) throw failure("cannot write", target_);
    rest.remove_prefix(static_cast<std::size_t>(done));
  }
  buffer_.clear();
}

const std::string& AtomicFile::seal() {
  if (!sealed_.empty()) return sealed_;
  flush();
  if (::fsync(descriptor_) != 0) throw failure("cannot write", target_);
  sealed_ = hex(hash_.finish());
  return sealed_;
}

void AtomicFile::commit() {
  seal();
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) throw failure("cannot write", target_);
  ::close(descriptor_);
  descriptor_ = -1;
}

void writeFile(const std::filesystem::path& target, std::string_view bytes) {
  AtomicFile file(target);
  file.write(bytes);
  file.commit();
}

std::string readFile(const std::filesystem::path& file) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) throw Error("cannot read '" + file.string() + "': it is a folder");
  std::ifstream in(file, std::ios::binary);
  if (!in) throw failure("cannot read", file);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad()) throw failure("cannot read", file);
  return text;
}

}  // namespace winnow::io
