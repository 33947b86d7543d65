// SPDX-License-Identifier: Apache-2.0
#include "app/gold_claims.h"

#include <map>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "app/gold_text.h"
#include "core/unicode.h"
#include "tag/normalise.h"
#include "tag/quantities.h"
#include "tag/quantity_numbers.h"

namespace litmill::app {
namespace {

/// Words of the agent's label that tell what it is.
std::vector<std::string> AgentWords(const Quantity& q, const RuleSet& rules) {
  std::vector<std::string> words;
  if (q.agent == kNoConcept) return words;
  const std::string label = FoldWords(rules.concepts[q.agent].label);
  for (const std::string_view word : SplitText(label, ' '))
    if (word.size() > 3) words.emplace_back(word);
  return words;
}

/// The quantity as it is displayed, with its unit and no more, and each time with one thing more.
void AddDose(const Quantity& q, const RuleSet& rules, std::set<std::string>& claims) {
  Quantity grain;
  grain.kind = q.kind;
  grain.amount = q.amount;
  grain.upper = q.upper;
  const auto add = [&] {
    const std::string claim = "dose:" + std::string(TrimAscii(tag::DisplayForm(grain)));
    claims.insert(claim);
    if (!q.basis.empty()) claims.insert(claim + "@" + q.basis);
    for (const std::string& word : AgentWords(q, rules)) claims.insert(fmt::format("{} {}", claim, word));
  };
  add();
  grain.unit = q.unit;
  add();
  grain.per = q.per;
  add();
}

void AddDuration(const Quantity& q, std::set<std::string>& claims) {
  std::string kind = q.kind == "duration" ? "treatment" : q.kind;
  for (char& c : kind)
    if (c == '-') c = '_';
  claims.insert("duration:" + tag::DisplayForm(q));
  claims.insert(fmt::format("duration:{} {}", kind, tag::DisplayForm(q)));
}

void AddEffect(const Quantity& q, std::set<std::string>& claims) {
  static const std::map<std::string, std::string> kNames = {
      {"OR", "odds_ratio"},      {"RR", "risk_ratio"},       {"HR", "hazard_ratio"}, {"SMD", "smd"},
      {"MD", "mean_difference"}, {"WMD", "mean_difference"}, {"r", "correlation"},
  };
  const auto name = kNames.find(q.unit);
  if (name != kNames.end()) claims.insert("stat:" + name->second);
  if (q.ci_low) claims.insert("stat:confidence_interval");
}

void AddQuantity(const Quantity& q, const RuleSet& rules, std::set<std::string>& claims) {
  claims.insert(fmt::format("stat:value={}", q.amount));
  if (q.kind == "dose") {
    AddDose(q, rules, claims);
  } else if (q.kind == "sample-size") {
    if (q.basis == "studies")
      claims.insert(fmt::format("stat:studies={}", q.amount));
    else if (q.basis != "arm" && q.basis != "screened")
      claims.insert(fmt::format("stat:sample_size={}", q.amount));
  } else if (q.kind == "p-value") {
    claims.insert("stat:p_value");
    claims.insert(fmt::format("stat:p_value={}", q.amount));
  } else if (q.kind == "effect") {
    AddEffect(q, claims);
  } else {
    AddDuration(q, claims);
  }
}

}  // namespace

std::set<std::string> ClaimsOf(const TaggedRecord& tagged, const RuleSet& rules) {
  const auto name_of = [&rules](std::uint32_t index) {
    return rules.concepts[index].facet + ":" + rules.concepts[index].id;
  };
  std::set<std::string> claims;
  for (const Tag& tag : tagged.tags) {
    claims.insert(name_of(tag.concept_index));
    claims.insert(fmt::format("{}@{}", name_of(tag.concept_index), AssertionName(tag.assertion)));
  }
  for (const Mention& mention : tagged.mentions)
    claims.insert(fmt::format("{}@{}", name_of(mention.concept_index), AssertionName(mention.assertion)));
  for (const Quantity& q : tagged.quantities) AddQuantity(q, rules, claims);
  return claims;
}

std::optional<double> TotalParticipants(const TaggedRecord& tagged) {
  const Quantity* analysed = nullptr;
  std::size_t analysed_count = 0;
  for (const Quantity& q : tagged.quantities) {
    if (q.kind != "sample-size") continue;
    if (q.basis == "total" || q.basis.empty()) return q.amount;
    if (q.basis != "analysed") continue;
    analysed = &q;
    ++analysed_count;
  }
  if (analysed_count == 1) return analysed->amount;
  return std::nullopt;
}

std::optional<double> NumberInWords(const std::string& phrase) {
  std::vector<tag::Number> numbers;
  tag::FindNumbers(tag::Normalise(phrase).text, numbers);
  if (numbers.empty()) return std::nullopt;
  return numbers.front().value;
}

}  // namespace litmill::app
