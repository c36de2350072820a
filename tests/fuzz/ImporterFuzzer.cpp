// Any bytes, in chunks of any size, into one importer (WINNOW_FUZZ_STAGE): it must not crash or hang, the places it
// gives must lie in the input and in order, no byte may be in a record and declared or declared twice, and what it
// could not read it must tell.
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include <winnow/plugin.hpp>

#include "io/ByteAccount.hpp"
#include "io/Error.hpp"
#include "plugins/Catalogue.hpp"
#include "plugins/Instance.hpp"

namespace {

using namespace winnow;

[[noreturn]] void broken(const char* what) {
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

const winnow_stage& stage() {
  static const winnow_stage* const found = [] {
    const char* id = std::getenv("WINNOW_FUZZ_STAGE");
    if (id == nullptr) broken("set WINNOW_FUZZ_STAGE");
    static const plugins::Catalogue catalogue =
        plugins::Catalogue::discover({});  // those beside the fuzzer: within this process
    const plugins::StageEntry* entry = catalogue.find(id);
    if (entry == nullptr) broken("there is no such importer");
    return entry->stage;
  }();
  return *found;
}

/// Its options as they are without a word of the user; of lists and maps none.
plugins::SettingList defaults() {
  plugins::SettingList settings;
  for (std::size_t i = 0; i < stage().option_count; ++i) {
    const winnow_option& option = *stage().options[i];
    if (option.type != WINNOW_LIST && option.type != WINNOW_MAP && option.fallback.size != 0)
      settings.emplace_back(view(option.name), view(option.fallback));
  }
  return settings;
}

struct Input {
  winnow_source source;
  std::string_view text;
  std::size_t chunk, at = 0;
  io::ByteAccount account;

  Input(std::string_view bytes, std::size_t size)
      : source{sizeof source, 0, this, str("fuzz"), bytes.size(), next, emit, declare},
        text(bytes),
        chunk(size),
        account([this](auto byte, auto length) { return text.substr(byte, length); }) {}

  static winnow_status WINNOW_CALL next(const winnow_source* source, winnow_str* out) {
    Input& self = *static_cast<Input*>(source->impl);
    const std::string_view part = self.text.substr(self.at, self.chunk);
    self.at += part.size();
    *out = str(part);
    return part.empty() ? WINNOW_END : WINNOW_OK;
  }
  static winnow_status WINNOW_CALL emit(const winnow_source* source, const winnow_batch* batch) {
    Input& self = *static_cast<Input*>(source->impl);
    for (std::size_t i = 0; i < batch->count; ++i) self.take(batch->records[i]);
    return WINNOW_OK;
  }
  static winnow_status WINNOW_CALL declare(const winnow_source* source, const winnow_declaration* list,
                                           std::size_t count) {
    Input& self = *static_cast<Input*>(source->impl);
    for (std::size_t i = 0; i < count; ++i) accounting([&] { self.account.declare(list[i], self.at); });
    return WINNOW_OK;
  }
  template <class Work>
  static void accounting(Work&& work) {
    try {
      work();
    } catch (const Error& error) {
      broken(error.what());
    }
  }
  /// The byte law: nothing twice, nothing outside, and all is counted.
  const io::ByteCounts& finish(bool failed) {
    accounting([&] { account.finish(text.size(), failed); });
    if (account.counts().total() != text.size()) broken("bytes are missing from the account");
    return account.counts();
  }
  void take(const winnow_record& record) {
    if (record.at.length == 0) broken("a record has no bytes");
    if (record.at.line == 0) broken("a record has no line");
    accounting([&] { account.take(record.at, at); });
    for (std::size_t i = 0; i < record.field_count; ++i) {
      const winnow_field& field = record.fields[i];
      if (field.tag == 0) broken("a field has no tag");
      if (field.origin != WINNOW_NONE && field.origin >= record.field_count) broken("an origin is no field");
    }
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static constexpr std::size_t chunks[] = {1, 7, 64, 4096, 1 << 20};
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  plugins::TagTable tags;
  plugins::Services services(tags);
  std::size_t errors = 0, warnings = 0;
  services.onDiagnostic([&](const winnow_diagnostic& d) {
    errors += d.severity == WINNOW_ERROR ? 1 : 0;
    warnings += d.severity == WINNOW_WARNING ? 1 : 0;
  });
  plugins::Instance instance(&stage(), defaults(), services);
  instance.probe(text.substr(0, 65536), "fuzz");
  Input input(text, chunks[data[0] % std::size(chunks)]);
  const bool failed = instance.read(input.source) != WINNOW_OK;
  if (failed && errors == 0) broken("it gave up without a message");
  const io::ByteCounts& counts = input.finish(failed);
  if (!failed && counts.unreadable > 0 && errors + warnings == 0) broken("it could not read bytes and did not say so");
  return 0;
}
