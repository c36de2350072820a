// The run of every XML importer: cut out a record, decode it, parse it, fix it if need be, hand it over.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <winnow/formats/clean_text.hpp>
#include <winnow/formats/raw_tags.hpp>
#include <winnow/plugin.hpp>
#include <winnow/record_writer.hpp>

#include "RecordSlices.hpp"
#include "Tree.hpp"

namespace winnow::xml {

/// Reads one source. Derived classes parse a record's text and put it on the writer.
class Reading {
 public:
  Reading(Host host, Source source, std::vector<std::string_view> elements, std::string elementShown)
      : host_(host),
        writer_(host, source),
        clean_(host, writer_),
        slices_(source, writer_, std::move(elements)),
        shown_(std::move(elementShown)) {}
  virtual ~Reading() = default;
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  winnow_status run();

 protected:
  /// Parses the text of one record; false: fault() says where and why, and what came before it can be emitted.
  virtual bool parse(std::string_view text) = 0;
  virtual const Fault& fault() const = 0;
  /// Fills the open record from what was parsed. False: it is none of this format and is left out.
  virtual bool fill() = 0;

  /// True for the text from a start tag to the next one if the element only wraps records of the same name, as answers
  /// of catalogues do (SRU, OAI-PMH). It is left out.
  virtual bool isWrapper(std::string_view text) const {
    (void)text;
    return false;
  }

  void tell(std::uint32_t severity, std::string_view code, std::uint32_t line, std::uint32_t column,
            std::string_view message, std::string_view action);
  /// The number of "raw:" + path, and the flags of its values.
  formats::RawTag rawTag(const std::string& path);
  /// The file's line of a line in the parsed text.
  std::uint32_t fileLine(std::uint32_t line) const noexcept { return slice_.line + line - 1; }

  Host host_;
  RecordWriter writer_;

 private:
  bool refuseEntities();
  void tellSecondDocument();
  void readSlice();
  void readDamaged(std::string_view text);
  bool isDeclaredLatin() const;
  std::string_view decodedSlice();

  formats::CleanText clean_;
  RecordSlices slices_;
  std::string shown_;
  Slice slice_;
  std::string decoded_;
  std::map<std::string, formats::RawTag> rawTags_;
  std::size_t rawBytes_ = 0;
  static constexpr std::size_t kMostRawBytes = 16 << 20;
  bool secondTold_ = false;
};

/// A Reading whose records are trees; every leaf becomes a raw field.
class TreeReading : public Reading {
 public:
  using Reading::Reading;

 protected:
  /// Derives the fields of the record below `root`. False: it is no record of this format.
  virtual bool derive(Element root) = 0;
  /// Where a value came from: the raw field of that element, or of the first leaf below it.
  RecordWriter::Origin from(Element element, std::uint32_t rule) const;

 private:
  bool parse(std::string_view text) final { return tree_.parse(text); }
  const Fault& fault() const final { return tree_.fault(); }
  bool fill() final;
  std::uint32_t addRaw(const std::string& path, std::string_view value, std::uint32_t line);

  Tree tree_;
  std::vector<std::uint32_t> rawOf_;  ///< by node: its raw field
};

}  // namespace winnow::xml
