#include "Parents.hpp"

#include <algorithm>

namespace winnow::engine {

std::size_t checkParents(const Workspace& work, const Evaluation& evaluation) {
  std::size_t problems = 0;
  const auto tell = [&](const config::Source& source, const char* code, const std::string& message) {
    ++problems;
    io::Diagnostic d;
    d.severity = io::Severity::Error;
    d.code = code;
    d.message = "'" + source.name + "' starts from " + message;
    d.action = "name an included record by its key, DOI or title";
    d.file = work.review.file.filename().string();
    d.line = source.at.line;
    d.column = source.at.column;
    work.tell(d);
  };
  for (const config::Source& source : work.review.sources)
    for (const std::string& parent : source.parents) {
      std::vector<RecordId> found = evaluation.references().find(parent);
      if (found.empty()) found = evaluation.references().find("doi:" + parent);
      if (found.empty()) found = evaluation.references().find("title:" + parent);
      if (found.empty()) {
        tell(source, "source.unknown-parent", "'" + parent + "', which is no record of this review");
        continue;
      }
      const RecordId lead = evaluation.clusters().representative(found.front());
      const End end = evaluation.end(lead);
      // While people still decide about it, it may yet be included.
      const bool isOut = end && evaluation.outcome(end).fate != Fate::Waiting;
      if (isOut)
        tell(source, "source.parent-not-included",
             evaluation.records().key(lead) + " ('" + parent + "'), which was excluded");
    }
  return problems;
}

}  // namespace winnow::engine
