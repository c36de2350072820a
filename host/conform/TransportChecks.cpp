// Checks of importers and exporters: bytes in, bytes out.
#include <algorithm>
#include <random>
#include <tuple>

#include <winnow/blank.hpp>
#include <winnow/plugin.hpp>

#include "Live.hpp"
#include "io/InputStream.hpp"
#include "plugins/Declarations.hpp"

namespace winnow::conform {

namespace {

constexpr std::size_t kMostCuts = 2048;  // every byte of a small sample; evenly spread over a large one

std::string lines(const Live::Record& record) {
  std::string all;
  for (const std::string& field : record.derived) all += field + "\n";
  return all;
}

std::vector<std::string> derivedOf(const Live::Reading& reading) {
  std::vector<std::string> all;
  for (const Live::Record& record : reading.records) all.push_back(lines(record));
  return all;
}

std::vector<std::string> everythingOf(const Live::Reading& reading) {
  std::vector<std::string> all = derivedOf(reading);
  for (const Live::Record& record : reading.records) {
    all.push_back("@" + std::to_string(record.at.byte) + "+" + std::to_string(record.at.length) + " line " +
                  std::to_string(record.at.line));
    all.insert(all.end(), record.raw.begin(), record.raw.end());
  }
  return all;
}

/// Of a sample that was handed over as other bytes than it holds, NULs among them: why, and what to do.
std::string decodedHint(const Subject& subject, const std::string& text) {
  io::InputStream bytes(subject.samples.front(), {}, {}, io::Contents::Bytes);
  const std::string_view head = bytes.head();
  const bool isDecoded = head.find('\0') != std::string_view::npos && text.substr(0, head.size()) != head;
  return isDecoded ? ", which was decoded as text; an importer of a binary format sets WINNOW_WANTS_BYTES" : "";
}

/// The sample read whole; it must hold a record, or nothing can be tested with it.
Live::Reading whole(const Subject& subject, Live& live, const std::string& text) {
  Live::Reading reading = live.read(text);
  if (reading.status != WINNOW_OK)
    throw Fault{"it gave up on its own sample '" + subject.samples.front().filename().string() + "'"};
  if (reading.records.empty())
    throw Fault{"it found no record in its own sample '" + subject.samples.front().filename().string() + "'" +
                decodedHint(subject, text)};
  return reading;
}

/// A binary format cannot be varied as people vary texts.
void requireText(const Subject& subject) {
  if (wantedContents(*subject.stage) == io::Contents::Bytes) throw Skip{"it reads a binary format"};
}

/// Without the flag the host decodes what begins as UTF-16 or gzip does, and the importer never sees its own format.
void requireNoBytes(const std::string& text) {
  if (text.find('\0') != std::string::npos)
    throw Fault{
        "its sample holds NUL bytes, as binary formats do; set WINNOW_WANTS_BYTES, or a file that begins like "
        "UTF-16 text or gzip reaches it decoded"};
}

bool isWarned(const Live& live) {
  return std::any_of(live.told.begin(), live.told.end(), [](const Told& t) { return t.severity != WINNOW_INFO; });
}

/// No byte is in a record and declared, none declared twice or too late, and what could not be read was reported.
void requireAccount(const Live& live, const Live::Reading& reading) {
  if (!reading.breach.empty()) throw Fault{"it " + reading.breach};
  if (reading.bytes.unreadable > 0 && !isWarned(live))
    throw Fault{"it declared " + std::to_string(reading.bytes.unreadable) +
                " bytes as unreadable and reported nothing; diagnose what is wrong with them"};
}

}  // namespace

namespace importer {

void probe(const Subject& subject) {
  Live live(subject);
  const std::string text = sampleText(subject);
  const winnow_probe own = live.probe(text.substr(0, 64 * 1024));
  if (own.confidence == 0) throw Fault{"it does not know its own sample"};
  if (own.confidence > 100) throw Fault{"it is " + std::to_string(own.confidence) + " % sure; 100 is the most"};
  std::mt19937 random(1);
  std::string noise(4096, '\0');
  for (char& c : noise) c = static_cast<char>(random());
  for (const std::string& other :
       {noise, std::string("Dear reader,\n\nthis is a letter.\n"), std::string(), std::string("\n")})
    if (const std::uint32_t sure = live.probe(other).confidence; sure != 0)
      throw Fault{"it is " + std::to_string(sure) +
                  " % sure of a text that is none of its format; look for a sign that only the format has"};
  if (!live.read(text, 1 << 20, 0).records.empty()) throw Fault{"it emitted records from a source that gave nothing"};
}

void positions(const Subject& subject) {
  Live live(subject);
  const std::string text = sampleText(subject);
  std::uint64_t end = 0;
  std::uint32_t line = 0;
  for (const Live::Record& record : whole(subject, live, text).records) {
    if (record.at.line == 0 || record.at.column == 0 || record.at.length == 0)
      throw Fault{"a record does not say where it stands (line, column, length)"};
    if (record.at.byte < end || record.at.line < line) throw Fault{"a record begins before the one before it ends"};
    end = record.at.byte + record.at.length;
    line = record.at.line;
    if (end > text.size()) throw Fault{"a record ends beyond the end of the input"};
    if (record.raw.empty()) throw Fault{"a record holds no raw field: nobody can see what was exported"};
  }
  live.read(text.substr(0, text.size() * 2 / 3));
  for (const Told& told : live.told) {
    if (told.code.empty() || told.message.empty()) throw Fault{"a problem was reported without a code or a message"};
    if (told.severity != WINNOW_INFO && told.at.line == 0)
      throw Fault{"the problem '" + told.code + "' was reported without a line"};
  }
}

void everyByte(const Subject& subject) {
  Live live(subject);
  const std::string text = sampleText(subject);
  const Live::Reading reading = whole(subject, live, text);
  requireAccount(live, reading);
  if (!reading.left.empty()) {
    const io::Unaccounted& first = reading.left.front();
    throw Fault{std::to_string(first.length) + " bytes in line " + std::to_string(first.line) +
                " of its own sample are in no record and were not declared: '" + first.text.substr(0, 60) +
                "'; declare what you recognise (source.declare)"};
  }
  const std::size_t step = std::max<std::size_t>(1, text.size() / kMostCuts);
  for (std::size_t cut = 0; cut < text.size(); cut += step)
    requireAccount(live, live.read(std::string_view(text).substr(0, cut)));
}

void joined(const Subject& subject) {
  Live live(subject);
  const std::string text = sampleText(subject);
  requireText(subject);
  const std::size_t count = whole(subject, live, text).records.size();
  const std::string tight = text.substr(0, endOfShown(text));
  for (const auto& [how, first, between] :
       {std::tuple{"as it is", &text, ""}, std::tuple{"with a byte order mark between", &text, "\xEF\xBB\xBF"},
        std::tuple{"with DOS's end of file (0x1A) between", &text, "\x1A"},
        std::tuple{"without a line end between", &tight, ""}}) {
    live.told.clear();
    const Live::Reading both = live.read(*first + between + text);
    requireAccount(live, both);
    if (both.records.size() >= 2 * count || !both.left.empty() || isWarned(live)) continue;
    throw Fault{"its sample twice, joined " + std::string(how) + ", gave " + std::to_string(both.records.size()) +
                " records instead of " + std::to_string(2 * count) +
                ", and nothing was reported; people join exports by hand"};
  }
}

void truncated(const Subject& subject) {
  Live live(subject);
  const std::string text = sampleText(subject);
  const Live::Reading all = whole(subject, live, text);
  const std::size_t step = std::max<std::size_t>(1, text.size() / kMostCuts);
  for (std::size_t cut = 0; cut < text.size(); cut += step) {
    const Live::Reading part = live.read(std::string_view(text).substr(0, cut));
    if (part.records.size() > all.records.size())
      throw Fault{"cut after byte " + std::to_string(cut) + ", the sample gave more records than whole"};
    std::size_t complete = 0;
    while (complete < all.records.size() && all.records[complete].at.byte + all.records[complete].at.length < cut)
      ++complete;
    if (complete > 0)
      --complete;  // where the format ends a record by the next one's begin, the last may still lack its end
    if (part.records.size() < complete)
      throw Fault{"cut after byte " + std::to_string(cut) + ", it gave " + std::to_string(part.records.size()) +
                  " of the " + std::to_string(complete) +
                  " records before the cut; a broken end costs the last record at most"};
    for (std::size_t i = 0; i < complete; ++i)
      if (lines(part.records[i]) != lines(all.records[i]))
        throw Fault{"cut after byte " + std::to_string(cut) + ", record " + std::to_string(i + 1) +
                    " before the cut changed"};
  }
}

void chunks(const Subject& subject) {
  Live live(subject);
  const std::string text = sampleText(subject);
  const std::vector<std::string> all = everythingOf(whole(subject, live, text));
  for (const std::size_t size : {1u, 7u, 4096u})
    if (const std::string other = difference(all, everythingOf(live.read(text, size))); !other.empty())
      throw Fault{"whole and in chunks of " + std::to_string(size) + " bytes it gave " + other +
                  "; a chunk may end anywhere"};
}

void lineEnds(const Subject& subject) {
  Live live(subject);
  const std::string sample = sampleText(subject);
  requireText(subject);
  std::string feeds, both;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (sample[i] == '\r') {
      if (i + 1 < sample.size() && sample[i + 1] == '\n') continue;
      feeds += '\n';
    } else {
      feeds += sample[i];
    }
  }
  for (const char c : feeds) both += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const Live::Reading plain = live.read(feeds), dos = live.read(both);
  if (plain.records.size() != dos.records.size())
    throw Fault{"it gave " + std::to_string(plain.records.size()) + " records with LF and " +
                std::to_string(dos.records.size()) + " with CR LF"};
  const auto fields = [](const Live::Reading& reading) {
    std::vector<std::string> list;
    for (const Live::Record& record : reading.records)
      for (std::string text : record.derived) {
        for (std::size_t at; (at = text.find("\r\n")) != std::string::npos;)
          text.erase(at, 1);  // inside of a value both are right
        list.push_back(std::move(text));
      }
    return list;
  };
  if (const std::string other = difference(fields(plain), fields(dos)); !other.empty())
    throw Fault{"with LF and CR LF it gave " + other};
}

void encodings(const Subject& subject) {
  Live live(subject);
  const std::string text = sampleText(subject);
  requireText(subject);
  requireNoBytes(text);
  const std::size_t count = whole(subject, live, text).records.size();
  // A letter in the middle of a word becomes a Latin-1 letter: what a re-saved export looks like.
  const auto isLetter = [](char c) { return c >= 'a' && c <= 'z'; };
  for (std::size_t at = text.size() / 2; at + 3 < text.size(); ++at) {
    if (!isLetter(text[at - 1]) || !isLetter(text[at]) || !isLetter(text[at + 1]) || !isLetter(text[at + 2])) continue;
    if (const std::size_t open = text.find_last_of("<>", at); open != std::string::npos && text[open] == '<')
      continue;  // a name of XML
    if (const std::size_t quote = text.find('"', at);
        (text.front() == '{' || text.front() == '[') && quote != std::string::npos && text.substr(quote + 1, 1) == ":")
      continue;  // a name of JSON
    std::string latin = text;
    latin[at + 1] = '\xE5';
    if (const std::size_t now = live.read(latin).records.size(); now != count)
      throw Fault{"with one byte that is no UTF-8 it gave " + std::to_string(now) + " records instead of " +
                  std::to_string(count) + "; keep the record, tell the place"};
    return;
  }
  throw Skip{"the sample holds no word to damage"};
}

void emptyInput(const Subject& subject) {
  Live live(subject);
  for (const std::string_view text : {"", "\n", "\r\n", " \n\n"}) {
    const Live::Reading reading = live.read(text);
    if (!reading.records.empty()) throw Fault{"it made a record out of an empty file"};
    const bool isTold =
        std::any_of(live.told.begin(), live.told.end(), [](const Told& t) { return t.severity == WINNOW_ERROR; });
    if (reading.status != WINNOW_OK && !isTold) throw Fault{"it gave up on an empty file without saying why"};
  }
}

}  // namespace importer

namespace exporter {

void failingSink(const Subject& subject) {
  std::size_t size = 0;
  {
    Live live(subject);
    Rows rows(live.tags);
    for (const Rows::Fields& fields : plainRecords()) rows.add(fields);
    const auto [status, text] = live.write(rows);
    if (status != WINNOW_OK) throw Skip{"it does not write without a document of the review"};
    size = text.size();
  }
  if (size == 0) throw Skip{"it wrote nothing about plain records"};
  for (const std::size_t most : {std::size_t{0}, size / 2, size - 1}) {
    Live live(subject);
    Rows rows(live.tags);
    for (const Rows::Fields& fields : plainRecords()) rows.add(fields);
    if (live.write(rows, most).first == WINNOW_OK)
      throw Fault{"write() says that all went well although the disk was full after " + std::to_string(most) +
                  " bytes; return what sink->write said"};
  }
}

void roundTrip(const Subject& subject) {
  const std::string id(view(subject.stage->id));
  const std::string wanted = "importers" + id.substr(id.find('.'));
  const winnow_stage* reader = nullptr;
  for (const winnow_stage* other : plugins::knownStages(*subject.plugin))
    if (view(other->id) == wanted) reader = other;
  Subject reading = subject;
  reading.settings.clear();
  reading.samples.clear();
  if (reader == nullptr && subject.partner != nullptr) {
    reader = subject.partner;
  }
  if (reader == nullptr) throw Skip{"there is no '" + wanted + "' to read it back"};
  reading.stage = reader;
  std::vector<std::string> titles;
  std::string text;
  {
    Live live(subject);
    Rows rows(live.tags);
    for (const Rows::Fields& fields : plainRecords()) {
      rows.add(fields);
      titles.push_back("title=" + fields.front().second);
    }
    const auto [status, written] = live.write(rows);
    if (status != WINNOW_OK) throw Fault{"it did not write plain records"};
    text = written;
  }
  Live live(reading);
  const Live::Reading back = live.read(text);
  if (back.records.size() != titles.size())
    throw Fault{std::to_string(titles.size()) + " records were written, " + std::to_string(back.records.size()) +
                " came back through " + wanted};
  for (std::size_t i = 0; i < titles.size(); ++i)
    if (std::find(back.records[i].derived.begin(), back.records[i].derived.end(), titles[i]) ==
        back.records[i].derived.end())
      throw Fault{"record " + std::to_string(i + 1) + " came back without its " + titles[i]};
}

}  // namespace exporter

}  // namespace winnow::conform
