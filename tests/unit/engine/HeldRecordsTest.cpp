// Records are read again where they lie: from files, more than may be open at once, and from what is no file.
#include "engine/stream/HeldRecords.hpp"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <thread>

#include <winnow/plugin.hpp>

#include "engine/reading/StreamWriter.hpp"

namespace winnow::engine {
namespace {

namespace fs = std::filesystem;

class HeldRecordsTest : public testing::Test {
 protected:
  HeldRecordsTest() {
    std::string pattern = (fs::temp_directory_path() / "held-records-XXXXXX").string();
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  ~HeldRecordsTest() override { fs::remove_all(folder_); }

  /// A stream of `count` records from `first` on, titled by their number; longer ones further behind.
  std::string stream(std::uint64_t first, std::uint64_t count, const std::string& name = "r") {
    std::string text;
    StreamWriter writer([&text](std::string_view more) { text += more; }, {"records", "", "", "", false});
    for (std::uint64_t i = first; i < first + count; ++i) {
      const std::string title = titleOf(i);
      winnow_field field{tags_.number("title"), WINNOW_NONE, 0, WINNOW_FIELD_DERIVED, 0, str(title), 0, 0};
      writer.line(recordLine({name + std::to_string(i), 0, i, 0, i, 0, {}}, {i, &field, 1, {}}, tags_));
    }
    writer.end({});
    return text;
  }
  static std::string titleOf(std::uint64_t i) {
    return std::to_string(i) + std::string(i * 7 % 5000, 'x') + "\n\"\xFF";
  }

  std::string put(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }
  std::vector<std::string> titles(HeldRecords& held) {
    std::vector<std::string> titles;
    for (const RecordId id : held.order()) {
      const winnow_batch& batch = held.batch({id});
      EXPECT_EQ(batch.count, 1u);
      EXPECT_EQ(batch.records[0].field_count, 1u);
      titles.emplace_back(view(batch.records[0].fields[0].value));
    }
    return titles;
  }
  /// Files that this process has open.
  static std::size_t openFiles() {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator()));
  }
  static void read(HeldRecords& held, const std::vector<std::string>& files) {
    StreamReader reader(files, {"records"});
    held.read(reader, [](StreamLine&) {});
  }

  fs::path folder_;
  plugins::TagTable tags_;
};

TEST_F(HeldRecordsTest, moreFilesThanMayBeOpenGiveWhatTheyHeld) {
  std::vector<std::string> files, wanted;
  for (std::uint64_t i = 0; i < 10; ++i) files.push_back(put(std::to_string(i), "\n" + stream(i * 30, 30)));
  files.push_back(put("two", stream(300, 30) + stream(330, 30)));
  for (std::uint64_t i = 0; i < 360; ++i) wanted.push_back(titleOf(i));
  HeldRecords held(tags_, HeldRecords::Fields::readAgain, 3);
  read(held, files);
  const std::size_t before = openFiles();
  EXPECT_EQ(titles(held), wanted);
  EXPECT_EQ(openFiles(), before + 3);
  std::vector<RecordId> backwards(held.order().rbegin(), held.order().rend());
  const winnow_batch& batch = held.batch(backwards);
  ASSERT_EQ(batch.count, 360u);
  for (std::size_t i = 0; i < 360; ++i) EXPECT_EQ(view(batch.records[i].fields[0].value), wanted[359 - i]);
  EXPECT_EQ(openFiles(), before + 3);
}

TEST_F(HeldRecordsTest, aPipeBesideFilesGivesWhatItHeld) {
  const std::string pipe = (folder_ / "pipe").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const std::string piped = stream(100, 100), before = put("before", stream(0, 100)),
                    behind = put("behind", stream(200, 100));
  std::jthread writer([&] { std::ofstream(pipe, std::ios::binary) << piped; });
  HeldRecords held(tags_);
  read(held, {before, pipe, behind});
  writer.join();
  std::vector<std::string> wanted;
  for (std::uint64_t i = 0; i < 300; ++i) wanted.push_back(titleOf(i));
  EXPECT_EQ(titles(held), wanted);
}

TEST_F(HeldRecordsTest, aFileThatChangedIsNotTakenForWhatItWas) {
  const std::string before = stream(10, 10);
  std::string edited = before;
  edited.at(edited.find("{\"hex\":\"") + 8) = '4';  // the title "10..." becomes "A0..."
  const std::string file = (folder_ / "file").string();
  const auto saidOf = [&](const std::function<void()>& change) -> std::string {
    put("file", before);
    HeldRecords held(tags_);
    read(held, {file});
    change();
    try {
      titles(held);
    } catch (const UsageError&) {
      return "tried again it would fail again";
    } catch (const Error& error) {
      return error.what();
    }
    return "nothing";
  };
  const std::string first =
      "'" + file +
      "' changed while it was read: line 2 is another one now; give files that stay as they are until this has ended";
  EXPECT_EQ(saidOf([&] { put("file", edited); }), first);
  EXPECT_EQ(saidOf([&] { put("file", ""); }), first);
  const std::string last = saidOf([&] { put("file", before.substr(0, before.size() - 300)); });
  EXPECT_NE(last.find("line 11 is another one now"), std::string::npos) << last;
  const std::string gone = saidOf([&] { fs::remove(file); });
  EXPECT_NE(gone.find("cannot read '" + file + "'"), std::string::npos) << gone;
}

}  // namespace
}  // namespace winnow::engine
