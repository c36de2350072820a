#include "Readers.hpp"

#include <algorithm>

#include "../Nearest.hpp"
#include "Values.hpp"
#include "Vocabulary.hpp"

namespace winnow::config {
namespace {

void addReader(const Written& name, std::string share, const Review& review, std::vector<Reader>& readers,
               Problems& problems) {
  checkReviewer(name, review, problems);
  const bool isTwice =
      std::any_of(readers.begin(), readers.end(), [&](const Reader& r) { return r.reviewer == name.text; });
  if (isTwice) return problems.error("config.twice", name.at, "'" + name.text + "' stands twice in 'by'");
  readers.push_back({name.text, std::move(share), name.at});
}

}  // namespace

void checkReviewer(const Written& name, const Review& review, Problems& problems) {
  std::vector<std::string> known;
  for (const Reviewer& reviewer : review.reviewers) known.push_back(reviewer.id);
  if (std::find(known.begin(), known.end(), name.text) != known.end()) return;
  problems.error("config.unknown-reviewer", name.at,
                 "'" + name.text + "' is no reviewer of this review" + didYouMeanOf(name.text, known));
}

std::vector<Reader> readReaders(const YamlNode& node, const Review& review, Problems& problems) {
  std::vector<Reader> readers;
  if (node.kind != YamlKind::Map) {
    for (const Written& name : readNames(node, "by", problems)) addReader(name, "all", review, readers, problems);
    return readers;
  }
  for (const WrittenEntry& entry : readTextMap(node, "by", problems)) {
    const auto share = shareText(entry.text);
    if (!share) {
      problems.error("config.share", entry.at,
                     "'" + entry.key + "' reads all or a share such as 20%, not '" + entry.text + "'");
    }
    addReader({entry.key, entry.keyAt}, share.value_or("all"), review, readers, problems);
  }
  return readers;
}

void checkReaders(const Step& step, Problems& problems) {
  const std::string verb(word(step.verb));
  if (step.verb != Verb::Screen) {
    for (const Reader& reader : step.readers)
      if (reader.share != "all")
        problems.error("config.share", reader.at,
                       "only a screen step draws a sample; in a " + verb + " step '" + reader.reviewer + "' reads all");
  }
  if ((step.verb == Verb::Remove || step.verb == Verb::Map) && step.readers.size() > 1) {
    problems.error(
        "config.readers", step.readers[1].at,
        "a " + verb + " step is decided by one reviewer; '" + step.readers[1].reviewer + "' would not be asked");
  }
  const bool isRead =
      std::any_of(step.readers.begin(), step.readers.end(), [](const Reader& r) { return r.share == "all"; });
  if (step.verb == Verb::Screen && !isRead && !step.readers.empty())
    problems.error("config.share", step.readers[0].at, "nobody reads all records of this step; one share must be all");
}

}  // namespace winnow::config
