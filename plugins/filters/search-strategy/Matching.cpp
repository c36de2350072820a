#include "Matching.hpp"

#include <exception>
#include <stdexcept>

#include "search-strategy/strategy/mesh/MeshDocument.hpp"

namespace winnow::search {

namespace {

/// What the host's callback carries.
struct Walk {
  const RecordReader& reader;
  const std::function<void(const std::string&, Record)>& each;
  std::string file;
  std::uint64_t ordinal = 0;
  std::exception_ptr failure;

  static winnow_status WINNOW_CALL take(void* context, const winnow_batch* batch) {
    Walk& self = *static_cast<Walk*>(context);
    try {
      for (std::size_t i = 0; i < batch->count; ++i) {
        const Record record(batch->records[i]);
        ++self.ordinal;
        std::string id = self.reader.idOf(record);
        self.each(id.empty() ? self.file + "#" + std::to_string(self.ordinal) : id, record);
      }
      return WINNOW_OK;
    } catch (...) {
      self.failure = std::current_exception();
      return WINNOW_FAILED;
    }
  }
};

}  // namespace

mesh::Tree treeOf(const Host& host) {
  const std::string_view document = host.document("mesh");
  mesh::Tree tree = mesh::readDocument(document);
  if (!document.empty() && tree.empty()) throw std::runtime_error(mesh::noHeading(tree));
  return tree;
}

match::Headings headingsNamed(std::string_view name) {
  return name == "ignore"    ? match::Headings::Ignore
         : name == "as-text" ? match::Headings::AsText
                             : match::Headings::Evaluate;
}

std::size_t finalOf(const Settings& settings, const Strategy& strategy) {
  const std::int64_t number = settings.integer("final");
  const std::size_t index = match::finalLine(strategy, static_cast<std::uint32_t>(number));
  if (number != 0 && index == strategy.lines.size()) throw Usage{"the strategy has no line " + std::to_string(number)};
  return index;
}

void forRecords(const Call& call, const RecordReader& reader,
                const std::function<void(const std::string&, Record)>& each) {
  const winnow_invocation* invocation = call.raw();
  if (!WINNOW_HAS(winnow_invocation, invocation, records))
    throw std::runtime_error("this host cannot read records for commands; a newer one can");
  for (const std::string_view file : call.settings.list("records")) {
    Walk walk{reader, each, std::string(file), 0, nullptr};
    const winnow_status status = invocation->records(invocation, str(file), &walk, Walk::take);
    if (walk.failure) std::rethrow_exception(walk.failure);
    if (status != WINNOW_OK) throw Unread{};
  }
}

}  // namespace winnow::search
