// SPDX-License-Identifier: Apache-2.0
#include "app/gold_claims.h"

#include <map>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "app/gold_text.h"
#include "core/unicode.h"

namespace litmill::app {
namespace {

std::string Amount(const Quantity& q) {
  return q.upper ? fmt::format("{}-{}", q.amount, *q.upper) : fmt::format("{}", q.amount);
}

/// Words of the agent's label that tell what it is.
std::vector<std::string> AgentWords(const Quantity& q, const RuleSet& rules) {
  std::vector<std::string> words;
  if (q.agent == kNoConcept) return words;
  const std::string label = FoldWords(rules.concepts[q.agent].label);
  for (const std::string_view word : SplitText(label, ' '))
    if (word.size() > 3) words.emplace_back(word);
  return words;
}

void AddDose(const Quantity& q, const RuleSet& rules, std::set<std::string>& claims) {
  std::vector<std::string> grains{"dose:" + Amount(q)};
  grains.push_back(grains.back() + " " + q.unit);
  if (!q.per.empty()) grains.push_back(grains.back() + "/" + q.per);
  for (const std::string& grain : grains) {
    claims.insert(grain);
    if (!q.basis.empty()) claims.insert(grain + "@" + q.basis);
    for (const std::string& word : AgentWords(q, rules)) claims.insert(fmt::format("{} {}", grain, word));
  }
}

void AddDuration(const Quantity& q, std::set<std::string>& claims) {
  std::string kind = q.kind == "duration" ? "treatment" : q.kind;
  for (char& c : kind)
    if (c == '-') c = '_';
  for (const std::string& unit : {q.unit, q.unit + "s"}) {
    claims.insert(fmt::format("duration:{} {}", Amount(q), unit));
    claims.insert(fmt::format("duration:{} {} {}", kind, Amount(q), unit));
  }
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

/// Value of "seven", "forty", "twelve"; 0 for any other word.
int SmallNumber(std::string_view word) {
  static const std::map<std::string_view, int> kNumbers = {
      {"one", 1},       {"two", 2},       {"three", 3},    {"four", 4},     {"five", 5},       {"six", 6},
      {"seven", 7},     {"eight", 8},     {"nine", 9},     {"ten", 10},     {"eleven", 11},    {"twelve", 12},
      {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18},
      {"nineteen", 19}, {"twenty", 20},   {"thirty", 30},  {"forty", 40},   {"fifty", 50},     {"sixty", 60},
      {"seventy", 70},  {"eighty", 80},   {"ninety", 90}};
  const auto found = kNumbers.find(word);
  return found == kNumbers.end() ? 0 : found->second;
}

bool IsDigits(std::string_view word) {
  return !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos;
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
  const std::string folded = FoldWords(phrase);
  double whole = 0;  // Thousands that are complete.
  double part = 0;   // Below the next thousand.
  bool has_number = false;
  bool in_digits = false;
  for (const std::string_view word : SplitText(folded, ' ')) {
    if (IsDigits(word) && word.size() < 10) {
      // "10 576": digits in groups of three go on with the number.
      if (has_number && !(in_digits && word.size() == 3)) break;
      double group = 0;
      for (const char c : word) group = 10 * group + (c - '0');
      part = in_digits ? 1000 * part + group : group;
      has_number = in_digits = true;
      continue;
    }
    if (in_digits) break;
    if (const int small = SmallNumber(word); small > 0) {
      part += small;
      has_number = true;
    } else if (word == "hundred") {
      part = part == 0 ? 100 : part * 100;
      has_number = true;
    } else if (word == "thousand") {
      whole += part == 0 ? 1000 : part * 1000;
      part = 0;
      has_number = true;
    } else if (has_number && word != "and") {
      break;
    }
  }
  if (!has_number) return std::nullopt;
  return whole + part;
}

}  // namespace litmill::app
