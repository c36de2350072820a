// What is hashed is what is loaded; folders of others are not used.
#include "plugins/PluginFile.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "io/AtomicFile.hpp"
#include "io/Error.hpp"
#include "io/Sha256.hpp"
#include "plugins/worker/Command.hpp"

namespace winnow::plugins {
namespace {

namespace fs = std::filesystem;

class PluginFiles : public ::testing::Test {
 protected:
  PluginFiles() {
    std::string pattern = (fs::temp_directory_path() / "winnow-plugin-XXXXXX").string();
    folder = fs::canonical(::mkdtemp(pattern.data()));
  }
  ~PluginFiles() override { fs::remove_all(folder); }
  fs::path folder;
};

TEST_F(PluginFiles, ACopyKeepsItsContentAndItsHash) {
  io::writeFile(folder / "a.so", "first");
  const auto file = PluginFile::copied(folder / "a.so");
  io::writeFile(folder / "a.so", "second");
  EXPECT_EQ(file->sha256(), io::sha256Hex("first"));
  EXPECT_EQ(io::readFile(file->loadPath()), "first");
}

TEST_F(PluginFiles, NobodyCanChangeACopy) {
  io::writeFile(folder / "a.so", "first");
  const auto file = PluginFile::copied(folder / "a.so");
  EXPECT_LT(::write(file->descriptor(), "x", 1), 0);
  EXPECT_LT(::ftruncate(file->descriptor(), 0), 0);
  const int again = ::open(file->loadPath().c_str(), O_RDWR);
  EXPECT_TRUE(again < 0 || ::write(again, "x", 1) < 0);
  if (again >= 0) ::close(again);
  EXPECT_EQ(io::readFile(file->loadPath()), "first");
}

TEST_F(PluginFiles, WhatIsNoFileIsRefused) {
  ASSERT_EQ(::mkfifo((folder / "pipe.so").c_str(), 0600), 0);
  EXPECT_THROW(PluginFile::copied(folder / "pipe.so"), Error);
  EXPECT_THROW(PluginFile::copied(folder / "missing.so"), Error);
  EXPECT_THROW(PluginFile::copied(folder), Error);
}

TEST_F(PluginFiles, FoldersThatOthersMayWriteAreUnsafe) {
  fs::create_directory(folder / "plugins");
  io::writeFile(folder / "plugins/a.so", "x");
  const auto unsafe = [&](const char* name) { return unsafePath(folder / name, ::geteuid()); };
  EXPECT_EQ(unsafe("plugins"), "");
  EXPECT_EQ(unsafe("plugins/a.so"), "");
  ::chmod((folder / "plugins/a.so").c_str(), 0666);
  EXPECT_NE(unsafe("plugins/a.so"), "");
  ::chmod((folder / "plugins/a.so").c_str(), 0644);
  ::chmod((folder / "plugins").c_str(), 0777);
  EXPECT_NE(unsafe("plugins"), "");
  EXPECT_NE(unsafe("plugins/a.so"), "");
  ::chmod((folder / "plugins").c_str(), 01777);  // others may add files: harmless above, not in the folder itself
  EXPECT_NE(unsafe("plugins"), "");
  EXPECT_EQ(unsafe("plugins/a.so"), "");
  ::chmod((folder / "plugins").c_str(), 0755);
  fs::create_directory_symlink("plugins", folder / "link");
  EXPECT_EQ(unsafe("link"), "");
  EXPECT_NE(unsafe("missing"), "");
  if (::geteuid() != 0) return;
  ASSERT_EQ(::chown((folder / "plugins").c_str(), 12345, 12345), 0);
  EXPECT_NE(unsafe("plugins"), "");
  EXPECT_EQ(unsafePath(folder / "plugins", 12345), "");
}

std::vector<std::string> command(const fs::path& folder, const std::string& text) {
  io::writeFile(folder / "x.plugin", text);
  const auto file = PluginFile::copied(folder / "x.plugin");
  std::vector<std::string> words = worker::commandOf(file->descriptor(), folder / "x.plugin");
  for (std::string& word : words)
    if (word == file->loadPath()) word = "OPEN";
  return words;
}

TEST_F(PluginFiles, AnInterpreterIsStartedItselfAndNotThroughEnv) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(command(folder,
                    "\x7f"
                    "ELF..."),
            Words{"OPEN"});
  EXPECT_EQ(command(folder, "#!/bin/sh -e\necho"), (Words{"/bin/sh", "-e", "OPEN"}));
  EXPECT_EQ(command(folder, "#!\n"), Words{"OPEN"});
  EXPECT_EQ(command(folder, "#! /usr/bin/env sh\n").front().substr(0, 1), "/");
  const Words python = command(folder, "#!/usr/bin/env -S python3 -u\nimport x\n");
  ASSERT_EQ(python.size(), 6u);
  EXPECT_EQ(fs::path(python[0]).filename(), "python3");
  EXPECT_EQ(python[1], "-u");
  EXPECT_EQ(python[2], "-c");
  EXPECT_EQ(python[4], folder / "x.plugin");
}

TEST_F(PluginFiles, AnInterpreterIsTheSystemsOrLiesBesideItsPlugin) {
  fs::create_directories(folder / "plugin/bin");
  fs::create_directory(folder / "elsewhere");
  for (const char* program : {"plugin/bin/run", "elsewhere/run"}) io::writeFile(folder / program, "");
  const auto problem = [&](const std::string& interpreter) {
    const fs::path plugin = folder / "plugin/x.plugin";
    io::writeFile(plugin, "#!" + interpreter + "\n");
    return worker::interpreterProblem(PluginFile::copied(plugin)->descriptor(), plugin);
  };
  EXPECT_EQ(problem("/bin/sh"), "");
  EXPECT_EQ(problem(folder / "plugin/bin/run"), "");
  EXPECT_NE(problem(folder / "elsewhere/run"), "");
  EXPECT_NE(problem(folder / "nowhere/run"), "");
}

}  // namespace
}  // namespace winnow::plugins
