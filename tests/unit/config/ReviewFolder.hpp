// A review's folder for one test, and what the loader says about a text in it.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "FakeStages.hpp"
#include "config/ReviewLoader.hpp"

namespace winnow::config {

/// Text up to the keys that a test is about: a review with one database.
inline const std::string reviewHead =
    "version: 1\n"
    "review: {title: T}\n"
    "reviewers: {KBAA: first, ON: second}\n"
    "sources:\n"
    "  - {wave: first, searched: 2020-08-31, databases: {MEDLINE: {files: a.ris}}}\n";

class ReviewFolder : public testing::Test {
 protected:
  ReviewFolder() {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    folder = std::filesystem::path(testing::TempDir()) / (std::string(info->test_suite_name()) + "-" + info->name());
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    write("a.ris", "");
  }
  ~ReviewFolder() override { std::filesystem::remove_all(folder); }

  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder / name).parent_path());
    std::ofstream(folder / name, std::ios::binary) << text;
  }
  Loaded read(const std::string& text) const { return readReview(text, folder / "review.yaml", fakeStages()); }
  /// The messages about `text`, "line:column: word: message" a line.
  std::string problemsOf(const std::string& text) const {
    std::string all;
    const Loaded loaded = read(text);
    for (const Problem& problem : loaded.problems.all()) {
      all += std::to_string(problem.at.line) + ":" + std::to_string(problem.at.column) + ": " +
             (problem.severity == Severity::Error ? "error" : "warning") + ": " + problem.message + "\n";
    }
    return all;
  }
  /// As problemsOf, for steps below the head; `steps` are lines indented by four, beginning in line 8.
  std::string stepProblems(const std::string& steps) const {
    return problemsOf(reviewHead + "selection:\n  steps:\n" + steps);
  }

  std::filesystem::path folder;
};

inline std::string contentOf(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace winnow::config
