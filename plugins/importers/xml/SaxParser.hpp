// libxml2's SAX parser over the records of one file: no DOM, no DTD, no network.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

struct _xmlParserCtxt;

namespace winnow::xml {

/// A local name. Equal names of one parser are one pointer, valid as long as the parser.
using Name = const char*;

/// The attributes of a start tag, valid during the call. References in values stand as written.
class Attributes {
 public:
  Attributes(const unsigned char** first, int count) : first_(first), count_(count) {}
  template <class Each>
  void each(Each&& each) const {
    for (int i = 0; i < count_; ++i) {
      const unsigned char** a = first_ + 5 * i;  // name, prefix, URI, begin and end of the value: the form of libxml2
      each(reinterpret_cast<Name>(a[0]),
           std::string_view(reinterpret_cast<const char*>(a[3]), static_cast<std::size_t>(a[4] - a[3])));
    }
  }

 private:
  const unsigned char** first_;
  int count_;
};

/// What the text of one record says, in order.
class SaxEvents {
 public:
  virtual ~SaxEvents() = default;
  /// A text begins, or begins anew: what was said before is void.
  virtual void begin() = 0;
  virtual void open(Name name, const Attributes& attributes) = 0;
  virtual void close(Name name) = 0;
  /// A run of text, one of several perhaps; valid during the call.
  virtual void text(std::string_view run) = 0;
};

/// Where a text is not well-formed, and why. Lines and columns of the text, from 1.
struct Fault {
  std::uint32_t line = 0, column = 0;
  std::string what;
};

/// Parses one text after the other. Sound ones stand below one root of one endless document, because a new document
/// costs as much as a small record; a defect ends that document. One thread.
class SaxParser {
 public:
  explicit SaxParser(SaxEvents& events);
  ~SaxParser();
  SaxParser(const SaxParser&) = delete;
  SaxParser& operator=(const SaxParser&) = delete;

  /// False: the text is not one well-formed element; the events tell what came before the defect, fault() its place.
  /// Nesting deeper than kDeepest and a tag with more than kMostAttributes attributes count as defects: no export has
  /// them, and they take quadratic time and memory.
  bool parse(std::string_view text);
  const Fault& fault() const noexcept { return fault_; }
  /// The line within the text that the current event stands on.
  std::uint32_t line() const noexcept;
  /// Called by an event: the rest of the text is not read.
  void stop(std::string_view why);
  /// The pointer that stands for a name.
  Name intern(std::string_view name);

  static constexpr std::size_t kDeepest = 200, kMostAttributes = 1000;

 private:
  struct Handlers;
  friend struct Handlers;
  bool parseWithin(std::string_view text);
  bool parseAlone(std::string_view text);
  void reset();

  SaxEvents& events_;
  _xmlParserCtxt* parser_ = nullptr;
  Fault fault_;
  bool isFaulty_ = false;
  bool isWithin_ = false;  ///< the root of the endless document is open
  std::size_t depth_ = 0, opened_ = 0;
  int linesBefore_ = 0;
};

}  // namespace winnow::xml
