// The thesaurus that the user loaded: headings, what is below them, their other names.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow::search::mesh {

/// One heading.
struct Heading {
  std::string name;                  ///< as the file writes it
  std::vector<std::string> numbers;  ///< tree numbers
};

/// Immutable after load(); any thread.
class Tree {
 public:
  /// Reads NLM's tree file (`heading;tree number` lines) or its ASCII descriptors (*NEWRECORD, MH, MN, ENTRY); which
  /// one is seen from the text. `name` is the file's name: a year in it ("mtrees2019.bin") is kept. Lines that are
  /// neither are counted in skipped(). Never throws.
  static Tree load(std::string_view text, std::string_view name);

  /// The heading of that name, ignoring case and runs of blanks; null if there is none.
  const Heading* find(std::string_view name) const;
  /// Itself and all below, sorted as find() folds names, each once.
  std::vector<const Heading*> explode(const Heading& heading) const;
  /// Headings that the user may have meant: entry terms, inverted names, nearly equal names; at most three.
  std::vector<std::string> near(std::string_view name) const;

  bool empty() const noexcept { return headings_.empty(); }
  /// This tree, or null if it has no heading: nothing was loaded.
  const Tree* orNull() const noexcept { return empty() ? nullptr : this; }
  std::size_t size() const noexcept { return headings_.size(); }
  /// As load() was given it.
  const std::string& file() const noexcept { return file_; }
  /// "2019", or empty if the file's name tells none.
  const std::string& year() const noexcept { return year_; }
  std::uint64_t skipped() const noexcept { return skipped_; }
  /// The line of the first of them, from 1; 0 if there is none.
  std::uint32_t firstSkipped() const noexcept { return firstSkipped_; }

 private:
  Heading& heading(std::string_view name);
  void loadTree(std::string_view text);
  void loadDescriptors(std::string_view text);
  void index();
  std::vector<Heading> headings_;
  std::unordered_map<std::string, std::uint32_t> byName_;        ///< folded name
  std::unordered_map<std::string, std::uint32_t> byEntry_;       ///< folded entry term
  std::vector<std::pair<std::string, std::uint32_t>> byNumber_;  ///< sorted tree numbers
  std::string file_, year_;
  std::uint64_t skipped_ = 0;
  std::uint32_t firstSkipped_ = 0;
};

/// Lower case (ASCII), single blanks: how heading names are compared.
std::string foldName(std::string_view name);
/// The same into a text that is used again.
void foldName(std::string_view name, std::string& out);

}  // namespace winnow::search::mesh
