#include "Elf.hpp"

#include <elf.h>
#include <link.h>
#include <sys/stat.h>

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string_view>

#include "io/ReadWrite.hpp"

namespace winnow::plugins {

namespace {

constexpr const char* kForeign = "is no shared library of this machine (damaged, truncated or another format)";
constexpr std::uint64_t kLargestTable = 256u << 20;  // of one table; no plugin comes near it

#if defined(__x86_64__)
constexpr unsigned kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr unsigned kMachine = EM_AARCH64;
#else
constexpr unsigned kMachine = EM_NONE;  // the loader knows
#endif

struct Damaged {};

/// The bytes of the file; whatever a header says, nothing outside is read.
class Bytes {
 public:
  explicit Bytes(int descriptor) : descriptor_(descriptor) {
    struct stat about {};
    if (::fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode)) size_ = static_cast<std::uint64_t>(about.st_size);
  }
  std::uint64_t size() const noexcept { return size_; }
  std::string at(std::uint64_t offset, std::uint64_t size) const {
    if (size > kLargestTable || offset > size_ || size > size_ - offset) throw Damaged{};
    std::string bytes(size, '\0');
    if (io::readAt(descriptor_, offset, bytes.data(), size).size != size) throw Damaged{};
    return bytes;
  }
  template <class Item>
  std::vector<Item> list(std::uint64_t offset, std::uint64_t size) const {
    const std::string bytes = at(offset, size);
    std::vector<Item> items(bytes.size() / sizeof(Item));
    if (!items.empty()) std::memcpy(items.data(), bytes.data(), items.size() * sizeof(Item));
    return items;
  }

 private:
  int descriptor_;
  std::uint64_t size_ = 0;
};

/// The text that begins at `at` of a string table.
std::string textAt(const std::string& strings, std::uint64_t at) {
  if (at >= strings.size()) throw Damaged{};
  const std::size_t end = strings.find('\0', at);
  if (end == std::string::npos) throw Damaged{};
  return strings.substr(at, end - at);
}

bool isOfThisMachine(const ElfW(Ehdr) & header) {
  const bool isElf = std::memcmp(header.e_ident, ELFMAG, SELFMAG) == 0;
  const bool isWidth = header.e_ident[EI_CLASS] == (sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32);
  return isElf && isWidth && header.e_type == ET_DYN && (kMachine == EM_NONE || header.e_machine == kMachine);
}

void takeSymbols(const Bytes& file, const ElfW(Shdr) & section, const std::string& strings, ElfFacts& facts) {
  for (const auto& symbol : file.list<ElfW(Sym)>(section.sh_offset, section.sh_size)) {
    const auto binding = symbol.st_info >> 4;
    const auto visibility = symbol.st_other & 3;
    const bool isForOthers = (binding == STB_GLOBAL || binding == STB_WEAK || binding == STB_GNU_UNIQUE) &&
                             (visibility == STV_DEFAULT || visibility == STV_PROTECTED);
    if (symbol.st_shndx != SHN_UNDEF && isForOthers) facts.exported.push_back(textAt(strings, symbol.st_name));
  }
}

void takeNeeded(const Bytes& file, const ElfW(Shdr) & section, const std::string& strings, ElfFacts& facts) {
  for (const auto& entry : file.list<ElfW(Dyn)>(section.sh_offset, section.sh_size)) {
    if (entry.d_tag == DT_NULL) return;
    if (entry.d_tag == DT_RUNPATH || entry.d_tag == DT_RPATH) facts.searched = textAt(strings, entry.d_un.d_val);
    if (entry.d_tag == DT_NEEDED) facts.needed.push_back(textAt(strings, entry.d_un.d_val));
  }
}

ElfFacts read(const Bytes& file) {
  const auto headers = file.list<ElfW(Ehdr)>(0, sizeof(ElfW(Ehdr)));
  const ElfW(Ehdr)& header = headers.front();
  if (!isOfThisMachine(header) || header.e_shentsize != sizeof(ElfW(Shdr))) throw Damaged{};
  const auto sections = file.list<ElfW(Shdr)>(header.e_shoff, std::uint64_t{header.e_shnum} * sizeof(ElfW(Shdr)));
  ElfFacts facts;
  for (const auto& section : sections) {
    if (section.sh_type != SHT_DYNSYM && section.sh_type != SHT_DYNAMIC) continue;
    if (section.sh_link >= sections.size()) throw Damaged{};
    const ElfW(Shdr)& names = sections[section.sh_link];
    const std::string strings = file.at(names.sh_offset, names.sh_size);
    if (section.sh_type == SHT_DYNSYM)
      takeSymbols(file, section, strings, facts);
    else
      takeNeeded(file, section, strings, facts);
  }
  return facts;
}

}  // namespace

std::variant<ElfFacts, std::string> readElf(int descriptor) {
  const Bytes file(descriptor);
  if (file.size() == 0) return std::string("is empty");
  try {
    return read(file);
  } catch (const Damaged&) {
    return std::string(kForeign);
  }
}

}  // namespace winnow::plugins
