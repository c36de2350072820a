// winnow sample: the same draw over a plain list of ids, so that anyone can check it with sha256sum.
#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <winnow/ext/command.h>

#include "SampleFilter.hpp"

namespace winnow::sample {

namespace {

constexpr winnow_option kSeed = option(WINNOW_STRING, "seed", "", "Any text.", {}, {}, {}, WINNOW_OPTION_REQUIRED);
constexpr winnow_option kShare = option(WINNOW_STRING, "share", "0.2", "Share of the ids, as a decimal or per cent.");
constexpr winnow_option kStrata =
    option(WINNOW_STRING, "strata", "",
           "CSV of record_id,stratum: the share is drawn within each stratum, by largest remainder.");
constexpr winnow_option kMinimum =
    option(WINNOW_INTEGER, "min_per_stratum", "0", "At least this many of each stratum.", {}, "0", "1000000");
constexpr const winnow_option* kOptions[] = {&kSeed, &kShare, &kStrata, &kMinimum};

/// Lines without their ends; the last may lack its.
std::vector<std::string> lines(std::string_view text) {
  std::vector<std::string> list;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string line(text.substr(0, end));
    if (!line.empty() && line.back() == '\r') line.pop_back();
    list.push_back(std::move(line));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return list;
}

/// The first k of the ids in the order of their keys.
std::vector<std::string> firstOf(std::vector<std::string> ids, std::string_view seed, std::uint64_t k) {
  std::vector<std::pair<std::string, std::string>> order;
  for (std::string& id : ids) order.emplace_back(orderKey(seed, id), std::move(id));
  std::sort(order.begin(), order.end());
  std::vector<std::string> taken;
  for (std::size_t i = 0; i < order.size() && i < k; ++i) taken.push_back(std::move(order[i].second));
  return taken;
}

using Strata = std::map<std::string, std::vector<std::string>>;

Strata strataOf(const std::vector<std::string>& ids, std::string_view csv) {
  std::map<std::string, std::string> stratum;
  const std::vector<std::string> rows = lines(csv);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const std::size_t comma = rows[i].rfind(',');
    if (rows[i].empty()) continue;
    if (comma == std::string::npos)
      throw std::invalid_argument("row " + std::to_string(i + 1) + " of the strata has no comma");
    stratum[rows[i].substr(0, comma)] = rows[i].substr(comma + 1);
  }
  Strata strata;
  for (const std::string& id : ids) {
    const auto found = stratum.find(id);
    if (found == stratum.end()) throw std::invalid_argument("'" + id + "' has no stratum");
    strata[found->second].push_back(id);
  }
  return strata;
}

/// Largest remainder over K = ceil(share x N); ties by the name of the stratum.
std::map<std::string, std::uint64_t> allot(const Strata& strata, const Share& share, std::uint64_t total,
                                           std::uint64_t minimum) {
  std::map<std::string, std::uint64_t> counts;
  std::vector<std::pair<std::uint64_t, std::string>> remainders;
  const std::uint64_t wanted = share.of(total);
  std::uint64_t given = 0;
  for (const auto& [name, ids] : strata) {
    // Largest remainder of wanted * size / total.
    const std::uint64_t product = wanted * ids.size();
    counts[name] = product / total;
    given += counts[name];
    remainders.emplace_back(product % total, name);
  }
  std::sort(remainders.begin(), remainders.end(),
            [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  for (std::size_t i = 0; given < wanted && i < remainders.size(); ++i, ++given) ++counts[remainders[i].second];
  for (auto& [name, count] : counts) count = std::max(count, std::min<std::uint64_t>(minimum, strata.at(name).size()));
  return counts;
}

std::vector<std::string> draw(const winnow_invocation& invocation, const Settings& settings) {
  winnow_str text{};
  if (invocation.argument_count != 1)
    throw std::invalid_argument("one file of ids is needed: winnow sample --seed S --share 0.2 IDS.txt");
  if (invocation.read(&invocation, 0, &text) != WINNOW_OK) throw std::runtime_error("the ids could not be read");
  const std::vector<std::string> ids = lines(view(text));
  std::set<std::string> once;
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (!once.insert(ids[i]).second)
      throw std::invalid_argument("the id '" + ids[i] + "' stands twice, again in line " + std::to_string(i + 1));
  const Share share = parseShare(settings.text("share"));
  const std::string_view seed = settings.text("seed");
  if (settings.text("strata").empty()) return firstOf(ids, seed, share.of(ids.size()));
  winnow_str csv{};
  if (invocation.read_path(&invocation, str(settings.text("strata")), &csv) != WINNOW_OK)
    throw std::runtime_error("the strata could not be read");
  const Strata strata = strataOf(ids, view(csv));
  const auto counts = allot(strata, share, ids.size(), static_cast<std::uint64_t>(settings.integer("min_per_stratum")));
  std::vector<std::string> sample;
  for (const auto& [name, members] : strata)
    for (std::string& id : firstOf(members, seed, counts.at(name))) sample.push_back(std::move(id));
  return sample;
}

std::int32_t WINNOW_CALL run(const winnow_host* host, const winnow_invocation* invocation) {
  try {
    std::vector<std::string> sample = draw(*invocation, Settings(invocation->settings, invocation->setting_count));
    std::sort(sample.begin(), sample.end());
    std::string out;
    for (const std::string& id : sample) out += id + "\n";
    invocation->print(invocation, str(out));
    return 0;
  } catch (const std::exception& error) {
    Host(host).diagnose({WINNOW_ERROR, "sample.refused", error.what(), "nothing was drawn", {}, 0});
    return 1;
  }
}

constexpr winnow_command kCommand{sizeof(winnow_command),
                                  0,
                                  str("sample"),
                                  str("Draw a reproducible share of a list of ids\nOrders the ids by the SHA-256 of "
                                      "seed, line feed and id, takes the first ceil(share x n), prints "
                                      "them in byte order.\n  $ winnow sample --seed 2020-12-15 --share 0.2 ids.txt"),
                                  str("IDS.txt"),
                                  kOptions,
                                  std::size(kOptions),
                                  run};
const winnow_command* WINNOW_CALL at(std::size_t index) { return index == 0 ? &kCommand : nullptr; }
constexpr winnow_commands kCommands{sizeof(winnow_commands), 0, at};

}  // namespace

const void* commands(const char* id) noexcept {
  return std::string_view(id) == WINNOW_EXT_COMMAND ? &kCommands : nullptr;
}

}  // namespace winnow::sample
