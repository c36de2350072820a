// What a library says about itself, whatever its bytes are.
#include "plugins/Elf.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <random>

#include "io/AtomicFile.hpp"
#include "io/Descriptor.hpp"
#include "plugins/Library.hpp"

namespace winnow::plugins {
namespace {

io::Descriptor holding(const std::string& bytes) {
  io::Descriptor file(::memfd_create("elf", MFD_CLOEXEC));
  EXPECT_EQ(::write(file.get(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  return file;
}

std::string aPlugin() { return io::readFile(programFolder().parent_path() / "lib/winnow/plugins/importers-ris.so"); }

TEST(Elf, NamesWhatAPluginExportsAndNeeds) {
  const io::Descriptor file = holding(aPlugin());
  const auto read = readElf(file.get());
  ASSERT_TRUE(std::holds_alternative<ElfFacts>(read));
  const ElfFacts& facts = std::get<ElfFacts>(read);
  EXPECT_EQ(facts.exported, std::vector<std::string>{"winnow_plugin_v1"});
  EXPECT_NE(std::find(facts.needed.begin(), facts.needed.end(), "libc.so.6"), facts.needed.end());
}

TEST(Elf, OtherFilesAreRefusedWithWords) {
  for (const std::string& bytes : {std::string("no library"),
                                   std::string("\x7f"
                                               "ELF"),
                                   std::string(5000, '\0')}) {
    const io::Descriptor file = holding(bytes);
    const auto read = readElf(file.get());
    ASSERT_TRUE(std::holds_alternative<std::string>(read));
    EXPECT_NE(std::get<std::string>(read).find("no shared library"), std::string::npos);
  }
  const io::Descriptor empty = holding("");
  EXPECT_EQ(std::get<std::string>(readElf(empty.get())), "is empty");
}

/// Cut and flipped files: an answer, never a crash, never more memory than the file.
TEST(Elf, DamageIsSurvived) {
  const std::string whole = aPlugin();
  std::mt19937 random(1);
  for (int i = 0; i < 400; ++i) {
    std::string bytes = whole;
    if (i % 2 == 0) bytes.resize(random() % bytes.size());
    for (auto flips = random() % 40; flips > 0 && !bytes.empty(); --flips) {
      // Headers are where lengths and offsets stand: the beginning, and the section table at the end.
      const std::size_t where =
          random() % 3 == 0 ? random() % bytes.size() : random() % std::min<std::size_t>(bytes.size(), 64);
      bytes[random() % 2 == 0 ? where : bytes.size() - 1 - where] = static_cast<char>(random());
    }
    const io::Descriptor file = holding(bytes);
    readElf(file.get());
  }
}

}  // namespace
}  // namespace winnow::plugins
