#include "DuplicatesMatcher.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>
#include <string>
#include <unordered_map>

#include "BlockingKeys.hpp"
#include "Settlement.hpp"
#include "evidence/Weights.hpp"

namespace winnow::duplicates {

namespace {

std::uint32_t ruleOf(std::string_view code) {
  for (std::uint32_t rule = 0; rule < kRuleCount; ++rule)
    if (isSwitchable(rule) && view(RuleTable::reasons[rule].code) == code) return rule;
  throw std::invalid_argument("'off' names \"" + std::string(code) + "\", which is no rule of filters.duplicates");
}

Policy policyOf(const Settings& settings) {
  Policy policy;
  const std::string_view profile = settings.text("profile");
  policy.profile = profile == "strict" ? Profile::strict : profile == "broad" ? Profile::broad : Profile::normal;
  policy.mergeVersions = settings.text("versions") == "merge";
  policy.yearGap = static_cast<int>(settings.integer("year_gap"));
  policy.off.resize(kRuleCount);
  for (const std::string_view code : settings.list("off")) policy.off[ruleOf(code)] = true;
  for (const auto& [name, words] : settings.map("rules")) policy.own.push_back(readRule(name, words));
  return policy;
}

/// What people read beside a pair.
std::string noteOf(const Comparison& comparison, const Decision& decision, const Policy& policy) {
  std::string note = describe(comparison).append("; ").append(describe(levelsOf(comparison)));
  if (decision.outcome != Outcome::maybe || !decision.joining || decision.rule == *decision.joining) return note;
  const std::uint32_t rule = *decision.joining;
  const std::string_view code =
      rule < kRuleCount ? view(RuleTable::reasons[rule].code) : std::string_view(policy.own[rule - kRuleCount].code);
  return note.append("; ").append(code).append(" would join them");
}

}  // namespace

DuplicatesMatcher::DuplicatesMatcher(Host host, const Settings& settings)
    : Matcher(host), tags_(host), cache_(tags_), policy_(policyOf(settings)), answers_(kAnswers) {
  for (const OwnRule& rule : policy_.own)
    ownReasons_.push_back(
        {rule.asks ? std::uint32_t{WINNOW_UNSURE} : std::uint32_t{WINNOW_DROP}, rule.code, rule.label});
}

std::vector<FeatureCache::Pointer> DuplicatesMatcher::featuresOfAll(const Batch& batch) {
  std::vector<FeatureCache::Pointer> features;
  features.reserve(batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i) features.push_back(cache_.of(batch[i]));
  return features;
}

void DuplicatesMatcher::keys(Record record, Keys& keys) { addKeys(record.id(), keyFeaturesOf(record, tags_), keys); }

void DuplicatesMatcher::survey(Batch block, Keys& facts) {
  const std::vector<FeatureCache::Pointer> features = featuresOfAll(block);
  std::map<std::uint64_t, std::vector<const Features*>> titles;  // a block may hold translated titles, and collisions
  for (const FeatureCache::Pointer& f : features) titles[f->title.subject].push_back(f.get());
  for (const auto& [subject, records] : titles) {
    if (subject == 0 || records.size() < surveyFewest || !areSeveralWorks(records)) continue;
    std::array<char, sizeof subject> bytes;
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(subject >> (8 * i));
    facts.add(0, surveySpace, {bytes.data(), bytes.size()});
  }
}

void DuplicatesMatcher::learn(const std::vector<winnow_key>& facts) {
  std::vector<std::uint64_t> subjects;
  for (const winnow_key& fact : facts) {
    std::uint64_t subject = 0;
    for (std::size_t i = 0; i < fact.value.size; ++i)
      subject |= std::uint64_t{static_cast<unsigned char>(fact.value.data[i])} << (8 * i);
    subjects.push_back(subject);
  }
  recurring_.learn(std::move(subjects));
  answers_.assign(kAnswers, {});
}

const DuplicatesMatcher::Answer& DuplicatesMatcher::answer(const Features& a, const Features& b) {
  const std::uint64_t left = std::min(a.bytes, b.bytes), right = std::max(a.bytes, b.bytes);
  Answer& known = answers_[(left ^ (right * 0x9E3779B97F4A7C15ull)) % kAnswers];
  if (known.left == left && known.right == right) return known;
  known.left = left;
  known.right = right;
  known.outcome = Outcome::distinct;
  if (!worthComparing(a, b)) return known;
  const Comparison comparison = compare(a, b, recurring_);
  const Decision decision = decide(comparison, policy_);
  known.outcome = decision.outcome;
  if (decision.outcome == Outcome::distinct) return known;
  known.rule = decision.rule;
  known.score = decision.score;
  known.note = noteOf(comparison, decision, policy_);
  return known;
}

void DuplicatesMatcher::match(Batch block, Pairs& pairs) {
  const std::vector<FeatureCache::Pointer> features = featuresOfAll(block);
  for (std::size_t i = 0; i < features.size(); ++i)
    for (std::size_t k = i + 1; k < features.size(); ++k) {
      const Answer& found = answer(*features[i], *features[k]);
      if (found.outcome != Outcome::distinct)
        pairs.add(block[i].id(), block[k].id(), {found.rule, found.outcome == Outcome::maybe, found.score, found.note});
    }
}

void DuplicatesMatcher::settle(Batch component, const std::vector<winnow_pair>& pairs, Pairs& standing) {
  const std::vector<FeatureCache::Pointer> features = featuresOfAll(component);
  std::unordered_map<std::uint64_t, std::size_t> places;
  for (std::size_t i = 0; i < component.size(); ++i) places.emplace(component[i].id(), i);
  std::vector<Edge> edges;
  std::vector<const winnow_pair*> sure;
  for (const winnow_pair& pair : pairs) {
    if (pair.maybe != 0) continue;
    edges.push_back({places.at(pair.left), places.at(pair.right), pair.score, pair.rule});
    sure.push_back(&pair);
  }
  // Two records of one file that say the same and name no work are two, also where both equal a record of another file.
  const auto forbidden = [&](std::size_t a, std::size_t b) {
    if (answer(*features[a], *features[b]).outcome == Outcome::merge) return false;
    return features[a]->content == features[b]->content ||
           areApart(compare(*features[a], *features[b], recurring_), policy_);
  };
  const auto order = [&](std::size_t i) { return features[i]->content; };
  const std::vector<bool> stands = settleEdges(component.size(), edges, forbidden, order);
  for (std::size_t i = 0; i < edges.size(); ++i)
    if (stands[i])
      standing.add(sure[i]->left, sure[i]->right,
                   {sure[i]->rule, false, sure[i]->score, std::string(view(sure[i]->note))});
}

}  // namespace winnow::duplicates

WINNOW_PLUGIN(winnow::PluginMetadata("winnow", "duplicates", "2.0.0", "Apache-2.0"),
              winnow::duplicates::DuplicatesMatcher)
