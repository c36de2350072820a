// embed-tables NAMESPACE HEADER TABLE.yaml...: tables, checked, as bytes in a header, made while the program is built,
// so that a plugin opens no file and no start of the program reads YAML.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "../Node.hpp"
#include "../Table.hpp"

namespace {

namespace fs = std::filesystem;
using winnow::tagged::NodeProblem;
using winnow::tagged::TableProblem;

struct Failure {
  std::string message;
};

std::string bytesOf(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string yaml{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in) throw Failure{file.string() + " cannot be read"};
  std::vector<TableProblem> problems;
  winnow::tagged::readTable(yaml, problems);
  if (!problems.empty()) {
    const TableProblem& first = problems.front();
    throw Failure{file.string() + ":" + std::to_string(first.line) + ":" + std::to_string(first.column) + ": " +
                  first.message};
  }
  NodeProblem none;
  return winnow::tagged::toBytes(winnow::tagged::nodeFromYaml(yaml, none));
}

std::string headerOf(const std::string& space, const std::vector<fs::path>& files) {
  std::string out =
      "// Made from tables/*.yaml by embed-tables.\n#pragma once\n\n#include <string_view>\n\nnamespace " + space +
      " {\n\n";
  std::string names, choices = "auto";
  for (const fs::path& file : files) {
    const std::string name = file.stem().string();
    out += "inline constexpr std::string_view " + name + " = R\"table(" + bytesOf(file) + ")table\";\n\n";
    names += (names.empty() ? "" : ", ") + name;
    choices += "|" + name;
  }
  return out + "inline constexpr std::string_view all[] = {" + names +
         "};\n/// The names, as the choices of an option.\ninline constexpr char choices[] = \"" + choices +
         "\";\n\n}  // namespace " + space + "\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return std::fprintf(stderr, "usage: embed-tables NAMESPACE HEADER TABLE.yaml...\n"), 2;
  try {
    std::ofstream(argv[2], std::ios::binary) << headerOf(argv[1], {argv + 3, argv + argc});
    return 0;
  } catch (const Failure& failure) {
    std::fprintf(stderr, "%s\n", failure.message.c_str());
    return 1;
  }
}
