// SPDX-License-Identifier: Apache-2.0
#include "tag/rule_usage.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

namespace litmill::tag {
namespace {

/// The span among `spans` (in order, not overlapping) that could hold the byte `at`; null when none starts before it.
const ByteSpan* SpanFrom(const std::vector<ByteSpan>& spans, std::uint32_t at) {
  const auto after = std::upper_bound(spans.begin(), spans.end(), at,
                                      [](std::uint32_t place, const ByteSpan& span) { return place < span.start; });
  return after == spans.begin() ? nullptr : &*std::prev(after);
}

bool Covers(const std::vector<ByteSpan>& spans, const ByteSpan& inner) {
  const ByteSpan* span = SpanFrom(spans, inner.start);
  return span != nullptr && span->end >= inner.end;
}

bool Touches(const std::vector<ByteSpan>& spans, const ByteSpan& other) {
  const ByteSpan* last = SpanFrom(spans, other.end - 1);  // spans are in order: the last that starts in time ends last
  return last != nullptr && last->end > other.start;
}

/// Whether a match of `cover` counts wherever a match of `rule` does: nothing is asked of it that is not asked of
/// `rule`.
bool CountsWherever(const Rule& cover, const Rule& rule) {
  const bool same_gate = cover.gate == rule.gate && cover.gate_scope == rule.gate_scope;
  const bool same_policy = cover.abbreviation == rule.abbreviation || cover.abbreviation == AbbreviationPolicy::kNone;
  return (cover.gate_scope == GateScope::kNone || same_gate) && same_policy;
}

/// A place in the stored text, as mentions and rejections give it.
using Place = std::tuple<std::string_view, std::int32_t, std::uint32_t, std::uint32_t, std::uint32_t>;

template <typename T>
Place PlaceOf(const T& evidence, std::uint32_t what) {
  return {evidence.field, evidence.position, evidence.start, evidence.end, what};
}

}  // namespace

Result<std::unique_ptr<RuleUsageCounter>> RuleUsageCounter::Make(const RuleSet& rules) {
  std::unique_ptr<RuleUsageCounter> counter(new RuleUsageCounter());
  LITMILL_TRY(counter->compiled_, CompiledRules::Make(rules));
  LITMILL_TRY(counter->tagger_, Tagger::Compile(rules));
  const CompiledRules& compiled = *counter->compiled_;
  counter->usage_.resize(compiled.rules.size());
  counter->mentions_.resize(compiled.concepts.size());
  counter->rules_of_concept_.resize(compiled.concepts.size());
  for (std::uint32_t r = 0; r < compiled.rules.size(); ++r)
    counter->rules_of_concept_[compiled.rules[r].concept_index].push_back(r);
  return counter;
}

Result<void> RuleUsageCounter::CountExamples() {
  const std::vector<Concept>& concepts = compiled_->rule_set.concepts;
  for (std::uint32_t i = 0; i < concepts.size(); ++i) {
    for (const Example& example : concepts[i].examples) {
      Record record;
      record.abstract_sections.resize(1);
      record.abstract_sections[0].body.text = example.text;
      LITMILL_CHECK(Count(record, i));
    }
  }
  return {};
}

Result<void> RuleUsageCounter::CountRecord(const Record& record) {
  ++records_;
  return Count(record, kNoConcept);
}

Result<void> RuleUsageCounter::Count(const Record& record, std::uint32_t example_of) {
  LITMILL_TRY(const TaggedRecord tagged, tagger_->TagRecord(record, /*explain=*/true));
  text_.Fill(record);
  spans_.Start(*compiled_, text_.buffer);
  CountMatches(example_of);
  CountMasks();
  CountStanding(tagged, example_of == kNoConcept);
  CountSameWords(tagged);
  return {};
}

void RuleUsageCounter::CountMatches(std::uint32_t example_of) {
  rules_found_.clear();
  for (std::uint32_t r = 0; r < usage_.size(); ++r) {
    const CompiledRule& rule = compiled_->rules[r];
    const std::vector<ByteSpan>& spans = spans_.Of(rule.pattern);
    if (spans.empty()) continue;
    rules_found_.push_back(r);
    if (rule.rule->kind == RuleKind::kInclude) NarrowCover(r);
    usage_[r].matches += spans.size();
    if (rule.concept_index == example_of) usage_[r].own_examples += spans.size();
  }
}

/// Of the rules that covered all matches of `rule` before, only those that cover the ones in this text too are left.
void RuleUsageCounter::NarrowCover(std::uint32_t rule) {
  RuleUsage& usage = usage_[rule];
  const CompiledRule& narrow = compiled_->rules[rule];
  if (usage.matches == 0) {
    for (const std::uint32_t other : rules_of_concept_[narrow.concept_index]) {
      const Rule& cover = *compiled_->rules[other].rule;
      if (other != rule && cover.kind == RuleKind::kInclude && CountsWherever(cover, *narrow.rule))
        usage.covered_by.push_back(other);
    }
  }
  for (const ByteSpan& span : spans_.Of(narrow.pattern)) {
    const auto misses = [&](std::uint32_t other) { return !Covers(spans_.Of(compiled_->rules[other].pattern), span); };
    usage.covered_by.erase(std::remove_if(usage.covered_by.begin(), usage.covered_by.end(), misses),
                           usage.covered_by.end());
  }
}

void RuleUsageCounter::CountMasks() {
  for (const std::uint32_t include : rules_found_) {
    const CompiledRule& rule = compiled_->rules[include];
    if (rule.rule->kind != RuleKind::kInclude) continue;
    for (const std::uint32_t m : compiled_->concepts[rule.concept_index].masks) {
      const std::vector<ByteSpan>& masks = spans_.Of(compiled_->rules[m].pattern);
      for (const ByteSpan& span : spans_.Of(rule.pattern)) usage_[m].touching += Touches(masks, span) ? 1U : 0U;
    }
  }
}

/// A match became a mention when its concept has one of the same words and the rule was not refused there (two rules of
/// a concept on the same words are one mention, which names the first).
void RuleUsageCounter::CountStanding(const TaggedRecord& tagged, bool is_record) {
  std::set<Place> mentioned, refused;
  for (const Mention& m : tagged.mentions) {
    if (m.rule_index == kNoRule) continue;
    mentioned.insert(PlaceOf(m, m.concept_index));
    ++mentions_[m.concept_index];
  }
  for (const Rejection& r : tagged.rejections) refused.insert(PlaceOf(r, r.rule_index));
  for (const std::uint32_t r : rules_found_) {
    const CompiledRule& rule = compiled_->rules[r];
    if (rule.rule->kind != RuleKind::kInclude) continue;
    std::uint64_t standing = 0;
    for (const ByteSpan& span : spans_.Of(rule.pattern)) {
      const Field& field = text_.FieldAt(span.start);
      const ByteSpan stored = text_.Stored(field, span.start, span.end);
      const auto place = [&](std::uint32_t what) {
        return Place{FieldName(field.kind), field.position, stored.start, stored.end, what};
      };
      standing += mentioned.count(place(rule.concept_index)) != 0 && refused.count(place(r)) == 0 ? 1U : 0U;
    }
    usage_[r].standing += standing;
    if (is_record && standing != 0) ++usage_[r].records;
  }
}

void RuleUsageCounter::CountSameWords(const TaggedRecord& tagged) {
  // Mentions are in order of field, position, start, end, concept: those of the same words stand together.
  const std::vector<Mention>& mentions = tagged.mentions;
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    if (mentions[i].rule_index == kNoRule) continue;
    for (std::size_t j = i + 1; j < mentions.size() && PlaceOf(mentions[j], 0) == PlaceOf(mentions[i], 0); ++j) {
      const std::uint32_t a = mentions[i].concept_index;
      const std::uint32_t b = mentions[j].concept_index;
      if (a != b && compiled_->concepts[a].facet == compiled_->concepts[b].facet)
        ++same_words_[{std::min(a, b), std::max(a, b)}];
    }
  }
}

}  // namespace litmill::tag
