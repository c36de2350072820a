#include "PagePack.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "Page.hpp"
#include "io/Error.hpp"

namespace winnow::screen {

namespace {

constexpr std::size_t kWrittenAtOnce = 256;
constexpr std::string_view kPlace = "<script type=\"application/json\" id=\"pack\">";

/// JSON that no browser takes for the end of the element that it stands in.
std::string within(const Json& json) {
  std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace), safe;
  for (const char c : text) c == '<' ? safe += "\\u003c" : safe += c;
  return safe;
}

/// Steps that need the server are left out; those that the server cannot write to are not closed in a file, which is
/// saved by hand.
Json packSession(Reading& reading, const std::string& reader, const Manner& manner) {
  Json session = reading.session(reader, manner, "");
  Json steps = Json::array();
  for (Json& step : session["steps"])
    if (step["kind"] != "conflicts" && step["kind"] != "pairs") {
      if (step["progress"]["total"] != 0) step["closed"] = nullptr;
      steps.push_back(std::move(step));
    }
  session["steps"] = std::move(steps);
  return session;
}

std::size_t writeRecords(Reading& reading, ReadingStep& step, const std::function<void(std::string_view)>& write) {
  std::vector<engine::RecordId> ids;
  const std::vector<std::size_t> sequence = step.sequence();
  for (const std::size_t position : sequence) ids.push_back(step.id(position));
  for (std::size_t begin = 0; begin < ids.size(); begin += kWrittenAtOnce) {
    const std::size_t end = std::min(begin + kWrittenAtOnce, ids.size());
    const auto texts = reading.records().read(
        {ids.begin() + static_cast<std::ptrdiff_t>(begin), ids.begin() + static_cast<std::ptrdiff_t>(end)});
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const auto proposal = reading.records().proposal(step.judged(), ids[begin + i], texts[i]);
      write((begin + i == 0 ? "" : ",\n") +
            within(jsonOf(texts[i], step.own(sequence[begin + i]), step.revision(sequence[begin + i]), proposal,
                          step.step().plugin)));
    }
  }
  return ids.size();
}

}  // namespace

std::size_t writePack(Reading& reading, const std::string& reader, const Manner& manner,
                      const std::function<void(std::string_view)>& write) {
  const std::string_view page = builtPage();
  const std::size_t place = page.find(kPlace);
  if (place == std::string_view::npos) throw Error("this build's page has no place for a pack");
  for (const std::string& id : reading.stepsOf(reader)) reading.step(reader, id)->settle();
  write(page.substr(0, place + kPlace.size()));
  write("{\"session\":" + within(packSession(reading, reader, manner)) + ",\n\"records\":{");
  std::size_t count = 0;
  bool isFirst = true;
  for (const std::string& id : reading.stepsOf(reader)) {
    write((isFirst ? "" : ",\n") + within(Json(id)) + ":[");
    count += writeRecords(reading, *reading.step(reader, id), write);
    write("]");
    isFirst = false;
  }
  write("}}");
  write(page.substr(place + kPlace.size()));
  return count;
}

}  // namespace winnow::screen
