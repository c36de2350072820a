#include <algorithm>

#include "Statements.hpp"
#include "Words.hpp"

namespace winnow::facts {

namespace {

using appendix::Source;

std::string named(const Source& source) {
  const bool isSame = source.platform.empty() || source.platform == source.name;
  return isSame ? source.name : source.name + " (" + source.platform + ")";
}

/// "MEDLINE (Ovid), Embase and Scopus" of one wave, with the registers behind the databases.
std::string sourcesIn(const Facts& facts, const std::string& wave) {
  std::vector<std::string> names;
  for (const char* kind : {"database", "register"})
    for (const Source& source : facts.search.sources)
      if (source.kind == kind && source.wave == wave) names.push_back(named(source));
  return listed(names);
}

/// The date of a wave; of sources that were searched on other days the span.
std::string dateOf(const Facts& facts, const std::string& wave) {
  std::string first, last;
  for (const Source& source : facts.search.sources) {
    if (source.wave != wave || source.searched.empty()) continue;
    first = first.empty() ? source.searched : std::min(first, source.searched);
    last = std::max(last, source.searched);
  }
  if (first.empty()) return "[write: the date of the search]";
  return first == last ? day(first) : day(first) + " to " + day(last);
}

std::string hits(const Facts& facts) {
  std::int64_t exported = 0;
  std::string taken;
  for (const Source& source : facts.search.sources) {
    if (source.kind == "other method") continue;
    exported += static_cast<std::int64_t>(source.imported);
    if (source.taken && source.reported && *source.taken < *source.reported)
      taken += " Of the " + picture::grouped(static_cast<std::int64_t>(*source.reported)) + " results that " +
               source.name + " reported, the first " + picture::grouped(static_cast<std::int64_t>(*source.taken)) +
               " were taken.";
  }
  return " " + records(exported) + " " + were(exported) + " exported." + taken;
}

std::string otherMethods(const Facts& facts) {
  const std::vector<const Source*> methods = facts.sourcesOf("other method");
  if (methods.empty()) return {};
  std::vector<std::string> names;
  std::int64_t n = 0;
  for (const Source* method : methods) names.push_back(method->name);
  for (const Source& source : facts.search.sources)
    if (source.kind == "other method") n += static_cast<std::int64_t>(source.imported);
  return " Other methods (" + listed(names) + ") gave " + records(n) + ".";
}

std::string strategy(const Facts& facts) {
  if (facts.search.text.empty()) return " [write: the full strategy of at least one database, and where it stands]";
  std::string out = " The full strategy stands in the appendix, line by line as it was run";
  if (facts.search.repairs.empty()) return out + ".";
  std::vector<std::string> lines;
  for (const appendix::Repair& repair : facts.search.repairs) lines.push_back(repair.line);
  return out + (lines.size() == 1 ? "; line " : "; lines ") + listed(lines) + (lines.size() == 1 ? " was" : " were") +
         " repaired, which is shown there.";
}

}  // namespace

std::string searchParagraph(const Facts& facts) {
  const std::size_t databases = facts.sourcesOf("database").size(), registers = facts.sourcesOf("register").size();
  std::string out;
  for (std::size_t w = 0; w < facts.waves.size(); ++w) {
    const std::string sources = sourcesIn(facts, facts.waves[w]);
    if (sources.empty()) continue;
    if (out.empty()) {
      out = "We searched " + counted(static_cast<std::int64_t>(databases), "database", "databases");
      if (registers != 0) out += " and " + counted(static_cast<std::int64_t>(registers), "register", "registers");
      out += " on " + dateOf(facts, facts.waves[w]) + ": " + sources + ".";
    } else {
      out += " The search was run again in " + sources + " on " + dateOf(facts, facts.waves[w]) + ".";
    }
  }
  if (out.empty()) return "[write: which sources were searched, and when]";
  if (!facts.searchFields.empty()) out += " Terms were searched in " + listed(facts.searchFields) + ".";
  return out + hits(facts) + otherMethods(facts) + strategy(facts);
}

}  // namespace winnow::facts
