#include "Remote.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

#include <winnow/ext/reasons.h>

#include "../Declarations.hpp"
#include "Command.hpp"
#include "DeclarationCache.hpp"
#include "RemoteInstance.hpp"

namespace winnow::plugins::worker {

namespace {

constexpr std::size_t kSlots = 512;    // stages in workers, of all plugins together
constexpr std::size_t kPlugins = 128;  // plugins in workers

std::array<RemoteStage*, kSlots>& slots() {
  static std::array<RemoteStage*, kSlots> list{};
  return list;
}
std::size_t usedSlots = 0;

/// A plugin whose tables describe what its workers do.
struct RemotePlugin {
  RemotePlugin(std::shared_ptr<const PluginFile> whole, Tier tier, std::shared_ptr<const Policy> how)
      : file(whole), policy(how), workers(std::move(whole), tier, std::move(how)) {}

  std::shared_ptr<const PluginFile> file;
  std::shared_ptr<const Policy> policy;
  Workers workers;
  Confinement confinement;
  winnow_plugin table{};
  std::deque<std::string> texts;
  std::deque<RemoteStage> stages;
};

constexpr winnow_importer kImporter{
    sizeof(winnow_importer), 0,
    [](void* self, winnow_str head, winnow_str name, winnow_probe* out) {
      return instanceOf(self).probe(head, name, out);
    },
    [](void* self, const winnow_source* source) { return instanceOf(self).read(*source); }};
constexpr winnow_filter kFilter{sizeof(winnow_filter), 0,
                                [](void* self, const winnow_batch* batch, const winnow_out* out) {
                                  return instanceOf(self).process(*batch, *out);
                                }};
winnow_status WINNOW_CALL keysOf(void* self, const winnow_batch* batch, const winnow_out* out) {
  return instanceOf(self).keys(*batch, *out);
}
winnow_status WINNOW_CALL matchOf(void* self, const winnow_batch* batch, const winnow_out* out) {
  return instanceOf(self).match(*batch, *out);
}
winnow_status WINNOW_CALL settleOf(void* self, const winnow_batch* batch, const winnow_pair* list, std::size_t count,
                                   const winnow_out* out) {
  return instanceOf(self).settle(*batch, list, count, *out);
}
constexpr winnow_matcher kMatcher{sizeof(winnow_matcher), 0, keysOf, matchOf, nullptr},
    kSettler{sizeof(winnow_matcher), 0, keysOf, matchOf, settleOf};
constexpr winnow_sampler kSampler{sizeof(winnow_sampler), 0, keysOf,
                                  [](void* self, std::uint32_t space, std::uint64_t count, std::uint64_t* taken) {
                                    return instanceOf(self).take(space, count, taken);
                                  }};
constexpr winnow_annotator kAnnotator{sizeof(winnow_annotator), 0,
                                      [](void* self, const winnow_batch* batch, const winnow_out* out) {
                                        return instanceOf(self).annotate(*batch, *out);
                                      }};
constexpr winnow_ranker kRanker{
    sizeof(winnow_ranker), 0, [](void* self, const winnow_batch* batch) { return instanceOf(self).take(*batch); },
    [](void* self, const winnow_label* labels, std::size_t count) { return instanceOf(self).learn(labels, count); },
    [](void* self, const winnow_out* out) { return instanceOf(self).rank(*out); }};
constexpr winnow_exporter kExporter{sizeof(winnow_exporter), 0,
                                    [](void* self, const winnow_sink* sink) { return instanceOf(self).write(*sink); }};

const void* methodsOf(std::uint32_t kind, bool settles) {
  switch (kind) {
    case WINNOW_IMPORTER:
      return &kImporter;
    case WINNOW_FILTER:
      return &kFilter;
    case WINNOW_MATCHER:
      return settles ? &kSettler : &kMatcher;
    case WINNOW_SAMPLER:
      return &kSampler;
    case WINNOW_ANNOTATOR:
      return &kAnnotator;
    case WINNOW_RANKER:
      return &kRanker;
    default:
      return &kExporter;
  }
}

void* createOn(std::size_t slot, const winnow_host* host, const winnow_setting* settings, std::size_t count) {
  auto made = std::make_unique<RemoteInstance>(*slots()[slot], host, settings, count);
  return made->isMade() ? made.release() : nullptr;
}
void WINNOW_CALL destroy(void* self) { delete &instanceOf(self); }
const void* WINNOW_CALL extension(void* self, const char* id) {
  static constexpr winnow_reasons kReasons{sizeof(winnow_reasons), 0,
                                           [](void* me) { return instanceOf(me).ownReasons(); },
                                           [](void* me, std::size_t index) { return instanceOf(me).ownReason(index); }};
  if (std::string_view(id) == WINNOW_EXT_SURVEY) return instanceOf(self).survey();
  return std::string_view(id) == WINNOW_EXT_REASONS ? &kReasons : nullptr;
}

/// create() of the ABI knows no stage, so each slot has a function of its own.
using Create = void*(WINNOW_CALL*)(const winnow_host*, const winnow_setting*, std::size_t);
template <std::size_t... Slot>
constexpr std::array<Create, sizeof...(Slot)> makeCreators(std::index_sequence<Slot...>) {
  return {+[](const winnow_host* host, const winnow_setting* settings, std::size_t count) {
    return createOn(Slot, host, settings, count);
  }...};
}
constexpr std::array<Create, kSlots> kCreators = makeCreators(std::make_index_sequence<kSlots>{});

/// winnow_plugin.stage knows no plugin either; a small table by slot serves the same way.
std::array<RemotePlugin*, kPlugins>& plugins() {
  static std::array<RemotePlugin*, kPlugins> list{};
  return list;
}
std::size_t usedPlugins = 0;
using StageAt = const winnow_stage*(WINNOW_CALL*)(std::size_t);
template <std::size_t... Slot>
constexpr std::array<StageAt, sizeof...(Slot)> makeStageAt(std::index_sequence<Slot...>) {
  return {+[](std::size_t index) -> const winnow_stage* {
    const RemotePlugin& plugin = *plugins()[Slot];
    return index < plugin.stages.size() ? &plugin.stages[index].table : nullptr;
  }...};
}
constexpr std::array<StageAt, kPlugins> kStageAt = makeStageAt(std::make_index_sequence<kPlugins>{});

void readStage(RemotePlugin& plugin, Decoder& from) {
  RemoteStage& stage = plugin.stages.emplace_back();
  stage.workers = &plugin.workers;
  if (usedSlots == kSlots) throw Broken("declares more stages than " + std::to_string(kSlots));
  winnow_stage& t = stage.table;
  t.struct_size = sizeof t;
  t.kind = from.u32();
  t.flags = from.u32();
  t.id = stage.keep(from.text());
  t.version = stage.keep(from.text());
  t.help = stage.keep(from.text());
  for (std::uint32_t n = from.count(36); n > 0; --n) {
    winnow_option& o = stage.options.emplace_back();
    o.struct_size = sizeof o;
    o.type = from.u32();
    o.flags = from.u32();
    for (winnow_str winnow_option::*member :
         {&winnow_option::name, &winnow_option::fallback, &winnow_option::help, &winnow_option::choices,
          &winnow_option::minimum, &winnow_option::maximum, &winnow_option::replaced_by})
      o.*member = stage.keep(from.text());
    stage.optionPointers.push_back(&o);
  }
  for (std::uint32_t n = from.count(12); n > 0; --n) {
    const winnow_str code = stage.keep(from.text()), label = stage.keep(from.text());
    stage.reasons.push_back({code, label, from.u32(), 0});
  }
  const bool settles = from.number<std::uint8_t>() != 0;
  for (std::vector<winnow_str>* tags : {&stage.reads, &stage.gives})
    for (std::uint32_t n = from.count(4); n > 0; --n) tags->push_back(stage.keep(from.text()));
  t.options = stage.optionPointers.data();
  t.option_count = stage.optionPointers.size();
  t.reasons = stage.reasons.data();
  t.reason_count = stage.reasons.size();
  t.reads = stage.reads.data();
  t.read_count = stage.reads.size();
  t.gives = stage.gives.data();
  t.give_count = stage.gives.size();
  t.methods = methodsOf(t.kind, settles);
  t.create = kCreators[usedSlots];
  t.destroy = destroy;
  t.extension = extension;
  slots()[usedSlots++] = &stage;
}

void readDeclaration(RemotePlugin& plugin, std::string_view payload) {
  Decoder from(payload);
  plugin.table = {};
  plugin.table.struct_size = sizeof(winnow_plugin);
  plugin.table.abi_major = WINNOW_ABI_MAJOR;
  plugin.table.abi_minor = WINNOW_ABI_MINOR;
  for (winnow_str winnow_plugin::*member :
       {&winnow_plugin::vendor, &winnow_plugin::name, &winnow_plugin::version, &winnow_plugin::license,
        &winnow_plugin::description, &winnow_plugin::homepage, &winnow_plugin::support, &winnow_plugin::keywords})
    plugin.table.*member = str(plugin.texts.emplace_back(from.text()));
  for (std::uint32_t n = from.count(40); n > 0; --n) readStage(plugin, from);
}

/// What the plugin declared earlier, so that it need not be started. False: it must be asked.
bool readKept(RemotePlugin& plugin) {
  if (plugin.policy->mayBeWeak) return false;
  const auto kept = keptDeclaration(*plugin.file);
  if (!kept) return false;
  const std::size_t before = usedSlots;
  try {
    readDeclaration(plugin, kept->payload);
  } catch (const Broken&) {
    plugin.stages.clear();
    usedSlots = before;
    return false;
  }
  plugin.confinement = kept->confinement;
  return true;
}

}  // namespace

std::variant<const winnow_plugin*, Refusal> remotePlugin(std::shared_ptr<const PluginFile> file, Tier tier,
                                                         std::shared_ptr<const Policy> policy) {
  if (usedPlugins == kPlugins)
    return Refusal{"is one too many: " + std::to_string(kPlugins) + " plugins run in workers already"};
  // Never freed: its tables live as long as the process.
  static auto& all = *new std::deque<std::unique_ptr<RemotePlugin>>;
  RemotePlugin& plugin = *all.emplace_back(std::make_unique<RemotePlugin>(std::move(file), tier, std::move(policy)));
  try {
    if (!readKept(plugin)) {
      if (tier == Tier::Program)
        if (std::string why = interpreterProblem(plugin.file->descriptor(), plugin.file->path()); !why.empty())
          return Refusal{std::move(why)};
      std::unique_ptr<Worker> worker = plugin.workers.start();
      plugin.confinement = worker->confinement;
      const Message message = Workers::hello(*worker);
      if (message.type == Frame::Refused) return Refusal{std::string(Decoder(message.payload).text())};
      if (message.type != Frame::Declare)
        return Refusal{"answered with a frame of type " + std::to_string(static_cast<int>(message.type)) +
                       " instead of its declaration"};
      readDeclaration(plugin, message.payload);
      keepDeclaration(*plugin.file, {std::string(message.payload), plugin.confinement});
      plugin.workers.release(std::move(worker));
    }
  } catch (const Failed& failed) {
    return Refusal{"did not start in a worker: " + failed.what};
  } catch (const std::exception& error) {
    return Refusal{std::string("did not start in a worker: it ") + error.what()};
  }
  plugin.table.stage = kStageAt[usedPlugins];
  plugins()[usedPlugins++] = &plugin;
  if (std::string problem = declarationProblem(plugin.table); !problem.empty()) return Refusal{std::move(problem)};
  return &plugin.table;
}

Confinement confinementOf(const winnow_plugin* plugin) {
  for (std::size_t i = 0; i < usedPlugins; ++i)
    if (&plugins()[i]->table == plugin) return plugins()[i]->confinement;
  return {};
}

}  // namespace winnow::plugins::worker
