// What a worker declared is found again, and only as it was written.
#include "plugins/worker/DeclarationCache.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <memory>

#include "io/AtomicFile.hpp"

namespace winnow::plugins::worker {
namespace {

namespace fs = std::filesystem;

class DeclarationCaches : public ::testing::Test {
 protected:
  DeclarationCaches() {
    std::string pattern = (fs::temp_directory_path() / "winnow-cache-XXXXXX").string();
    folder_ = fs::canonical(::mkdtemp(pattern.data()));
    if (const char* value = ::getenv("XDG_CACHE_HOME")) before_ = value;
    ::setenv("XDG_CACHE_HOME", folder_.c_str(), 1);
    io::writeFile(folder_ / "a.so", "first");
    plugin_ = PluginFile::copied(folder_ / "a.so");
  }
  ~DeclarationCaches() override {
    if (before_.empty())
      ::unsetenv("XDG_CACHE_HOME");
    else
      ::setenv("XDG_CACHE_HOME", before_.c_str(), 1);
    fs::remove_all(folder_);
  }
  /// The one file that was kept.
  fs::path kept() const { return fs::directory_iterator(folder_ / "winnow/declarations")->path(); }

  fs::path folder_;
  std::string before_;
  std::shared_ptr<const PluginFile> plugin_;
};

TEST_F(DeclarationCaches, FindsWhatWasKept) {
  EXPECT_FALSE(keptDeclaration(*plugin_));
  keepDeclaration(*plugin_, {"the declaration", {{"rlimits", "seccomp"}, {}}});
  const std::optional<KeptDeclaration> found = keptDeclaration(*plugin_);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->payload, "the declaration");
  EXPECT_EQ(found->confinement.activeText(), "rlimits, seccomp");
  io::writeFile(folder_ / "a.so", "second");
  EXPECT_FALSE(keptDeclaration(*PluginFile::copied(folder_ / "a.so"))) << "another program";
}

TEST_F(DeclarationCaches, KeepsNothingWhereALimitIsMissing) {
  KeptDeclaration weak{"the declaration", {{"rlimits"}, {}}};
  weak.confinement.missing.push_back({"landlock", "this kernel does not have it"});
  keepDeclaration(*plugin_, weak);
  EXPECT_FALSE(keptDeclaration(*plugin_));
}

/// Each byte flipped, and cut at each place: the plugin is asked again.
TEST_F(DeclarationCaches, DamageIsNoDeclaration) {
  keepDeclaration(*plugin_, {"the declaration", {{"rlimits"}, {}}});
  const fs::path file = kept();
  const std::string sound = io::readFile(file);
  for (std::size_t at = 0; at < sound.size(); ++at) {
    std::string flipped = sound;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    io::writeFile(file, flipped);
    EXPECT_FALSE(keptDeclaration(*plugin_)) << at;
    io::writeFile(file, sound.substr(0, at));
    EXPECT_FALSE(keptDeclaration(*plugin_)) << "cut at " << at;
  }
  io::writeFile(file, sound);
  EXPECT_TRUE(keptDeclaration(*plugin_));
}

}  // namespace
}  // namespace winnow::plugins::worker
