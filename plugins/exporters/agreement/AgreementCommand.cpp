// winnow agreement: the same figures of any table of two raters.
#include <stdexcept>
#include <string>
#include <vector>

#include <winnow/ext/command.h>
#include <winnow/plugin.hpp>

#include "Table.hpp"

namespace winnow::agreement {

namespace {

constexpr winnow_option kCategories =
    option(WINNOW_LIST, "categories", "", "Categories in their order, with commas; unused ones are kept.");
constexpr const winnow_option* kOptions[] = {&kCategories};

std::int32_t WINNOW_CALL run(const winnow_host* host, const winnow_invocation* invocation) {
  try {
    winnow_str text{};
    if (invocation->argument_count != 1) {
      Host(host).diagnose({WINNOW_ERROR,
                           "agreement.usage",
                           "one table is needed: winnow agreement TABLE.csv",
                           "nothing was computed",
                           {},
                           0});
      return 2;
    }
    if (invocation->read(invocation, 0, &text) != WINNOW_OK) return 1;
    std::vector<std::string> categories;
    for (const std::string_view name : Settings(invocation->settings, invocation->setting_count).list("categories"))
      if (!name.empty()) categories.emplace_back(name);
    const Table table = readTable(view(text), categories);
    const Agreement agreement = agreementOf(table);
    const std::string out = invocation->json != 0 ? toJson(agreement) : toText(table, agreement, "rater A", "rater B");
    invocation->print(invocation, str(out));
    return 0;
  } catch (const std::exception& error) {
    Host(host).diagnose({WINNOW_ERROR, "agreement.refused", error.what(), "nothing was computed", {}, 0});
    return 1;
  }
}

constexpr winnow_command kCommand{sizeof(winnow_command),
                                  0,
                                  str("agreement"),
                                  str("Agreement of two raters: percent, kappa, PABAK, AC1, with intervals\nTABLE.csv "
                                      "holds counts (first cell 'counts') or labels (record_id, rater_a, "
                                      "rater_b).\n  $ winnow agreement table.csv --json"),
                                  str("TABLE.csv"),
                                  kOptions,
                                  std::size(kOptions),
                                  run};
const winnow_command* WINNOW_CALL at(std::size_t index) { return index == 0 ? &kCommand : nullptr; }
constexpr winnow_commands kCommands{sizeof(winnow_commands), 0, at};

}  // namespace

const void* commands(const char* id) noexcept {
  return std::string_view(id) == WINNOW_EXT_COMMAND ? &kCommands : nullptr;
}

}  // namespace winnow::agreement
