// Checks that every kind of stage must pass.
#include <locale.h>
#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <memory>
#include <thread>

#include <winnow/plugin.hpp>

#include "Live.hpp"
#include "config/OptionChecker.hpp"
#include "plugins/Catalogue.hpp"

namespace winnow::conform::stage {

namespace {

using Clock = std::chrono::steady_clock;

// A sanitized build runs an order of magnitude slower.
#if defined(WINNOW_SANITIZED)
constexpr int kCancelMilliseconds = 1000;
#else
constexpr int kCancelMilliseconds = 100;
#endif

/// Lets the stage work once with `rows`, whatever its kind; importers read `text`.
void workOnce(Live& live, Rows& rows, std::string_view text) {
  const winnow_batch batch = rows.batch(0, rows.size());
  switch (live.stage().kind) {
    case WINNOW_IMPORTER:
      live.read(text);
      break;
    case WINNOW_FILTER:
      live.process(batch);
      break;
    case WINNOW_MATCHER:
      live.keys(batch);
      live.match(batch);
      break;
    case WINNOW_SAMPLER:
      live.keys(batch);
      break;
    case WINNOW_ANNOTATOR:
      live.annotate(batch);
      break;
    case WINNOW_RANKER: {
      live.take(batch);
      if (batch.count != 0) live.learn({{1, 1, 0}});
      live.rank();
      break;
    }
    default:
      live.write(rows);
  }
}

std::string sampleOr(const Subject& subject, std::string otherwise) {
  return subject.samples.empty() ? std::move(otherwise) : sampleText(subject);
}

std::vector<std::string> split(std::string_view bars) {
  std::vector<std::string> parts;
  while (!bars.empty()) {
    const std::size_t end = std::min(bars.find('|'), bars.size());
    parts.emplace_back(bars.substr(0, end));
    bars.remove_prefix(std::min(end + 1, bars.size()));
  }
  return parts;
}

/// An instance with one setting replaced; a refusal must say why.
void tryWith(const Subject& subject, const std::string& name, const std::string& value) {
  Subject changed = subject;
  std::erase_if(changed.settings, [&](const auto& s) { return s.first == name; });
  changed.settings.emplace_back(name, value);
  try {
    Live live(changed);
  } catch (const Skip&) {  // refused with a reason
  } catch (const Fault& fault) {
    throw Fault{"with " + name + " = " + value + ": " + fault.reason};
  }
}

}  // namespace

void options(const Subject& subject) {
  for (std::size_t i = 0; i < subject.stage->option_count; ++i) {
    const winnow_option& option = *subject.stage->options[i];
    const std::string name(view(option.name));
    if (option.help.size == 0) throw Fault{"option '" + name + "' has no help"};
    const bool isMany = option.type == WINNOW_LIST || option.type == WINNOW_MAP;
    for (const std::string& value :
         isMany ? split(view(option.fallback)) : std::vector<std::string>{std::string(view(option.fallback))}) {
      if (value.empty() || option.type == WINNOW_MAP) continue;
      if (const auto problem = config::checkOption(option, value))
        throw Fault{"the default of option '" + name + "' is refused by its own declaration: " + *problem};
    }
    if (option.type == WINNOW_CHOICE && option.choices.size == 0)
      throw Fault{"option '" + name + "' is a choice without choices"};
    if ((option.flags & WINNOW_OPTION_REQUIRED) != 0 && option.fallback.size != 0)
      throw Fault{"option '" + name + "' is required and has a default; one of the two is wrong"};
  }
}

void settings(const Subject& subject) {
  { Live live(subject); }
  for (std::size_t i = 0; i < subject.stage->option_count; ++i) {
    const winnow_option& option = *subject.stage->options[i];
    const std::string name(view(option.name));
    if (option.type == WINNOW_CHOICE)
      for (const std::string& choice : split(view(option.choices))) tryWith(subject, name, choice);
    if (option.type == WINNOW_BOOLEAN)
      for (const char* value : {"true", "false"}) tryWith(subject, name, value);
    for (const winnow_str bound : {option.minimum, option.maximum})
      if (bound.size != 0) tryWith(subject, name, std::string(view(bound)));
  }
}

void unknownOption(const Subject& subject) { tryWith(subject, "no_such_option", "\xFF"); }

void unknownExtension(const Subject& subject) {
  if (subject.plugin->extension != nullptr && subject.plugin->extension("winnow.no-such/9") != nullptr)
    throw Fault{"the plugin answers to the extension 'winnow.no-such/9', which does not exist; compare the whole id"};
  Live live(subject);
  if (subject.stage->extension != nullptr && subject.stage->extension(live.self(), "winnow.no-such/9") != nullptr)
    throw Fault{"the stage answers to the extension 'winnow.no-such/9', which does not exist; compare the whole id"};
}

void emptyBatch(const Subject& subject) {
  Live live(subject);
  Rows none(live.tags);
  if (subject.stage->kind == WINNOW_FILTER && !live.process(none.batch(0, 0)).empty())
    throw Fault{"it judged records of an empty batch"};
  if (subject.stage->kind == WINNOW_MATCHER &&
      (!live.keys(none.batch(0, 0)).empty() || !live.match(none.batch(0, 0)).empty()))
    throw Fault{"it gave keys or pairs for an empty batch"};
  if (subject.stage->kind == WINNOW_SAMPLER && !live.keys(none.batch(0, 0)).empty())
    throw Fault{"it gave keys for an empty batch"};
  if (subject.stage->kind == WINNOW_ANNOTATOR && !live.annotate(none.batch(0, 0)).empty())
    throw Fault{"it annotated records of an empty batch"};
  if (subject.stage->kind == WINNOW_RANKER) {
    live.take(none.batch(0, 0));
    live.learn({});
    if (!live.rank().empty()) throw Fault{"it ranked records of an empty batch"};
  }
  if (subject.stage->kind == WINNOW_IMPORTER && !live.read("").records.empty())
    throw Fault{"it made a record out of nothing"};
  if (subject.stage->kind == WINNOW_EXPORTER) {
    const winnow_status status = live.write(none).first;
    // an exporter of a document that this test does not have may refuse, with a reason
    const bool isTold =
        std::any_of(live.told.begin(), live.told.end(), [](const Told& t) { return t.severity == WINNOW_ERROR; });
    if (status != WINNOW_OK && !isTold) throw Fault{"write() gave up on a sink without records and did not say why"};
  }
}

void hostileRecords(const Subject& subject) {
  auto live = std::make_unique<Live>(subject);
  const auto work = [&](const std::vector<Rows::Fields>& records) {
    // A ranker takes no record after its first order.
    if (subject.stage->kind == WINNOW_RANKER) live = std::make_unique<Live>(subject);
    Rows rows(live->tags);
    for (const Rows::Fields& fields : records) rows.add(fields);
    workOnce(*live, rows, {});
  };
  for (const Rows::Fields& fields : conform::hostileRecords()) work({fields});  // one by one, so that each is met
  work(conform::hostileRecords());
}

void exceptions(const Subject& subject) {
  Live live(subject);
  Rows rows(live.tags);
  for (const Rows::Fields& fields : plainRecords()) rows.add(fields);
  for (const Rows::Fields& fields : conform::hostileRecords()) rows.add(fields);
  workOnce(live, rows, sampleOr(subject, "no sample\n"));
  if (subject.stage->kind == WINNOW_IMPORTER) {
    live.probe(std::string("\0\xFF\xFE<{[\"", 7));
    live.read(std::string(4096, '\xFF'));
    live.read(sampleOr(subject, "no sample\n"), 64, 2);  // a disk that fails
  }
  if (subject.stage->kind == WINNOW_EXPORTER) live.write(rows, 10);
}

void deterministic(const Subject& subject) {
  if ((subject.stage->flags & WINNOW_DETERMINISTIC) == 0)
    throw Skip{"it does not claim WINNOW_DETERMINISTIC, so its answers are never kept"};
  Subject here = subject;
  for (std::filesystem::path& sample : here.samples) sample = std::filesystem::absolute(sample);
  const std::vector<std::string> first = answers(here);
  if (::chdir("/") != 0) throw Skip{"this machine does not let a program change its folder"};
  ::setenv("TZ", "Pacific/Kiritimati", 1);
  ::setenv("LC_ALL", "tr_TR.UTF-8", 1);
  ::setlocale(LC_ALL, "");
  for (int i = 0; i < 3; ++i)
    if (const std::string other = difference(first, answers(here)); !other.empty())
      throw Fault{"it gave " + other +
                  " for the same input; no clock, no address, no locale and no random number may decide"};
}

void parallel(const Subject& subject) {
  if ((subject.stage->flags & WINNOW_PARALLEL_INSTANCES) == 0)
    throw Skip{"it does not claim WINNOW_PARALLEL_INSTANCES, so instances work one after the other"};
  const std::vector<std::string> alone = answers(subject);
  std::vector<std::thread> threads;
  std::vector<std::string> faults(4);
  std::exception_ptr other;
  for (std::string& fault : faults)
    threads.emplace_back([&] {
      try {
        for (int i = 0; i < 8 && fault.empty(); ++i) fault = difference(alone, answers(subject));
      } catch (const Fault& f) {
        fault = f.reason;
      } catch (...) {
        fault = "an exception";
      }
    });
  for (std::thread& thread : threads) thread.join();
  for (const std::string& fault : faults)
    if (!fault.empty()) throw Fault{"four instances at once gave " + fault + "; keep nothing in globals"};
}

void cancellation(const Subject& subject) {
  Live live(subject);
  Clock::time_point asked{};
  const auto cancelAt = [&](std::size_t call) {
    if (call == 20) {
      plugins::cancelRequested() = true;
      asked = Clock::now();
    }
    return call <= 20 ||
           Clock::now() - asked < std::chrono::seconds(2);  // a plugin that never asks would go on for ever
  };
  Rows rows(live.tags);
  for (const Rows::Fields& fields : plainRecords()) rows.add(fields);
  constexpr std::size_t kManyTimes = 1 << 20;
  const bool isProgram = plugins::isProgram(subject.file);
  if (isProgram && subject.stage->kind != WINNOW_IMPORTER && subject.stage->kind != WINNOW_EXPORTER)
    throw Skip{"a program is ended by the host when the run is cancelled"};
  if (subject.stage->kind == WINNOW_IMPORTER) {
    const std::string text = sampleText(subject);
    live.read(text, std::max<std::size_t>(text.size() / 4, 64), SIZE_MAX, cancelAt, kManyTimes);
  } else if (subject.stage->kind == WINNOW_EXPORTER) {
    live.write(rows, SIZE_MAX, kManyTimes, cancelAt);
  } else {
    asked = Clock::now();  // the host asks between batches: one batch must be quick
    workOnce(live, rows, {});
  }
  const auto took = Clock::now() - asked;
  if (asked == Clock::time_point{}) throw Skip{"it ended before it could be cancelled"};
  if (took > std::chrono::milliseconds(kCancelMilliseconds))
    throw Fault{"it ended " + std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()) +
                " ms after the run was cancelled; ask host->cancelled() after every batch"};
}

void destroyUnfinished(const Subject& subject) {
  { Live live(subject); }
  const std::string text = sampleOr(subject, "no sample\n");
  for (std::size_t cut = 0; cut < 3; ++cut) {
    Live live(subject);
    Rows rows(live.tags);
    for (const Rows::Fields& fields : plainRecords()) rows.add(fields);
    if (subject.stage->kind == WINNOW_IMPORTER) {
      if (live.read(text, std::max<std::size_t>(text.size() / 3, 1), cut).status == WINNOW_OK)
        throw Fault{"read() says that all went well although its source failed; return what next() said"};
    } else if (subject.stage->kind == WINNOW_EXPORTER) {
      live.write(rows, cut);
    } else {
      const winnow_batch part = rows.batch(0, cut);
      if (subject.stage->kind == WINNOW_FILTER)
        live.process(part);
      else if (subject.stage->kind == WINNOW_ANNOTATOR)
        live.annotate(part);
      else if (subject.stage->kind == WINNOW_RANKER)
        live.take(part);
      else
        live.keys(part);
    }
  }
}

void memory(const Subject& subject) {
  if (plugins::isProgram(subject.file)) throw Skip{"a program has a process of its own, which ends with its work"};
  const std::string text = sampleOr(subject, "no sample\n").substr(0, 4096);
  const auto live = [&](int lives) {
    for (int i = 0; i < lives; ++i) {
      Live one(subject);
      Rows rows(one.tags);
      for (const Rows::Fields& fields : {Rows::Fields{{"title", "A title"}}, Rows::Fields{{"title", "Another"}}})
        rows.add(fields);
      workOnce(one, rows, text);
    }
    return static_cast<std::uint64_t>(mallinfo2().uordblks + mallinfo2().hblkhd);
  };
  const std::uint64_t before = live(100), after = live(1000);
  if (before == 0) throw Skip{"this build's allocator does not count (a sanitizer)"};
  constexpr std::uint64_t kAllowed = 64 * 1024;
  if (after > before + kAllowed)
    throw Fault{"1 000 lives left " + std::to_string((after - before) / 1000) +
                " bytes each behind; free in destroy() what create() made"};
}

}  // namespace winnow::conform::stage
