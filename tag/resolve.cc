// SPDX-License-Identifier: Apache-2.0
#include "tag/resolve.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "tag/sentences.h"

namespace litmill::tag {
namespace {

auto Order(const Candidate& c) { return std::make_tuple(c.start, c.end, c.concept_index, c.rule); }

}  // namespace

void Resolver::Resolve(const CompiledRules& rules, const Record& record, const JoinedText& text,
                       std::vector<Candidate>& standing, std::vector<RefusedCandidate>* refused) {
  Start(rules, record, text, refused);
  standing.clear();
  CollectCandidates(standing);
  DropMasked(standing);
  DropUngated(standing);
  DropUnlicensed(standing);
  DropShorter(standing);
  std::sort(standing.begin(), standing.end(),
            [](const Candidate& a, const Candidate& b) { return Order(a) < Order(b); });
  // Two rules of one concept on the same words are one mention: the first rule's.
  const auto same = [](const Candidate& a, const Candidate& b) {
    return a.start == b.start && a.end == b.end && a.concept_index == b.concept_index;
  };
  standing.erase(std::unique(standing.begin(), standing.end(), same), standing.end());
}

void Resolver::Start(const CompiledRules& rules, const Record& record, const JoinedText& text,
                     std::vector<RefusedCandidate>* refused) {
  rules_ = &rules;
  record_ = &record;
  text_ = &text;
  refused_ = refused;
  spans_.Start(rules, text.buffer);
  sentence_field_ = nullptr;
  has_last_gate_ = false;
}

void Resolver::AddCandidates(std::uint32_t pattern, std::vector<Candidate>& candidates) {
  for (const std::uint32_t rule : rules_->includes_of_pattern[pattern]) {
    for (const ByteSpan& span : spans_.Of(pattern))
      candidates.push_back({span.start, span.end, rule, rules_->rules[rule].concept_index});
  }
}

void Resolver::CollectCandidates(std::vector<Candidate>& candidates) {
  // Cues are matched last, and only where there is something that they can speak of (or somebody wants to see them).
  for (const bool cues : {false, true}) {
    if (cues && candidates.empty() && refused_ == nullptr) break;
    for (const std::uint32_t pattern : spans_.possible())
      if ((rules_->only_cues[pattern] != 0) == cues) AddCandidates(pattern, candidates);
  }
  // By concept, so that each concept's masks are gathered once.
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tie(a.concept_index, a.start, a.end, a.rule) < std::tie(b.concept_index, b.start, b.end, b.rule);
  });
}

void Resolver::CollectMasks(std::uint32_t concept_index) {
  masks_.clear();
  for (const std::uint32_t r : rules_->concepts[concept_index].masks) {
    const CompiledRule& mask = rules_->rules[r];
    for (const ByteSpan& span : spans_.Of(mask.pattern)) {
      if (GateMet(mask, span.start)) masks_.push_back({span, r, 0});
    }
  }
  std::sort(masks_.begin(), masks_.end(), [](const MaskSpan& a, const MaskSpan& b) {
    return std::tie(a.span.start, a.span.end, a.rule) < std::tie(b.span.start, b.span.end, b.rule);
  });
  std::uint32_t reach = 0;
  for (std::uint32_t i = 0; i < masks_.size(); ++i) {
    if (masks_[i].span.end > masks_[reach].span.end) reach = i;
    masks_[i].reach = reach;
  }
}

const Resolver::MaskSpan* Resolver::MaskOver(const Candidate& candidate) const {
  // Of the masks that start before the candidate ends, the one that reaches farthest overlaps it if any does.
  const auto after = std::lower_bound(masks_.begin(), masks_.end(), candidate.end,
                                      [](const MaskSpan& mask, std::uint32_t end) { return mask.span.start < end; });
  if (after == masks_.begin()) return nullptr;
  const MaskSpan& farthest = masks_[std::prev(after)->reach];
  return farthest.span.end > candidate.start ? &farthest : nullptr;
}

void Resolver::DropMasked(std::vector<Candidate>& candidates) {
  std::uint32_t masks_of = kNoRule;
  const auto masked = [&](const Candidate& candidate) {
    if (candidate.concept_index != masks_of) {
      masks_of = candidate.concept_index;
      CollectMasks(masks_of);
    }
    const MaskSpan* mask = MaskOver(candidate);
    if (mask == nullptr) return false;
    if (refused_ != nullptr)
      Refuse(candidate, fmt::format("masked by {} (\"{}\")", rules_->rules[mask->rule].rule->name,
                                    Words(mask->span.start, mask->span.end)));
    return true;
  };
  // Not std::remove_if: it may copy its predicate, and this one remembers.
  std::size_t kept = 0;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (!masked(candidates[i])) candidates[kept++] = candidates[i];
  }
  candidates.resize(kept);
}

ByteSpan Resolver::SentenceAt(std::uint32_t at) {
  const Field& field = text_->FieldAt(at);
  if (sentence_field_ != &field) {
    sentence_field_ = &field;
    FindSentenceStarts(*text_, field, sentence_starts_);
  }
  const auto next = std::upper_bound(sentence_starts_.begin(), sentence_starts_.end(), at);
  return {*std::prev(next), next == sentence_starts_.end() ? field.end : *next};
}

bool Resolver::GateMet(const CompiledRule& rule, std::uint32_t at) {
  switch (rule.rule->gate_scope) {
    case GateScope::kNone:
      return true;
    case GateScope::kRecord:
      return !spans_.Of(rule.gate).empty();
    case GateScope::kSentence:
      break;
  }
  const ByteSpan sentence = SentenceAt(at);
  if (!has_last_gate_ || last_gate_.gate != rule.gate || !(last_gate_.sentence == sentence)) {
    last_gate_ = {rule.gate, sentence, spans_.AnyWithin(rule.gate, sentence)};
    has_last_gate_ = true;
  }
  return last_gate_.met;
}

void Resolver::DropUngated(std::vector<Candidate>& candidates) {
  std::size_t kept = 0;
  for (const Candidate& candidate : candidates) {
    const CompiledRule& rule = rules_->rules[candidate.rule];
    if (GateMet(rule, candidate.start)) {
      candidates[kept++] = candidate;
    } else if (refused_ != nullptr) {
      Refuse(candidate,
             fmt::format("gate not met: nothing in the {} matches \"{}\"",
                         rule.rule->gate_scope == GateScope::kRecord ? "record" : "sentence", rule.rule->gate));
    }
  }
  candidates.resize(kept);
}

void Resolver::DropUnlicensed(std::vector<Candidate>& candidates) {
  const auto is_short = [this](const Candidate& c) {
    return rules_->rules[c.rule].rule->abbreviation != AbbreviationPolicy::kNone;
  };
  if (std::none_of(candidates.begin(), candidates.end(), is_short)) return;
  licences_.Start(*rules_, *record_, *text_, candidates);
  std::size_t kept = 0;
  for (const Candidate& candidate : candidates) {
    const std::string refusal = is_short(candidate) ? licences_.Refusal(candidate) : "";
    if (refusal.empty())
      candidates[kept++] = candidate;
    else if (refused_ != nullptr)
      Refuse(candidate, refusal);
  }
  candidates.resize(kept);
}

void Resolver::DropShorter(std::vector<Candidate>& candidates) {
  const auto facet = [this](const Candidate& c) { return rules_->concepts[c.concept_index].facet; };
  std::sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
    return std::make_tuple(facet(a), Order(a)) < std::make_tuple(facet(b), Order(b));
  });
  // Candidates of one facet that hang together by their words decide among themselves; nearly all stand alone.
  auto kept = candidates.begin();
  for (auto first = candidates.begin(); first != candidates.end();) {
    auto last = std::next(first);
    for (std::uint32_t end = first->end; last != candidates.end() && facet(*last) == facet(*first) && last->start < end;
         ++last)
      end = std::max(end, last->end);
    const auto stay = last - first == 1 ? last : KeepLongest(first, last);
    kept = std::move(first, stay, kept);
    first = last;
  }
  candidates.erase(kept, candidates.end());
}

/// Of candidates of one facet: those that stand, moved to the front.
std::vector<Candidate>::iterator Resolver::KeepLongest(std::vector<Candidate>::iterator first,
                                                       std::vector<Candidate>::iterator last) {
  std::sort(first, last, [](const Candidate& a, const Candidate& b) {
    if (a.end - a.start != b.end - b.start) return a.end - a.start > b.end - b.start;
    return Order(a) < Order(b);
  });
  // What stands, by start: the spans never overlap, so a candidate can only meet its two neighbours.
  std::map<std::uint32_t, Candidate> taken;
  auto kept = first;
  for (; first != last; ++first) {
    const Candidate candidate = *first;
    const auto next = taken.lower_bound(candidate.start);
    const Candidate* longer = nullptr;
    if (next != taken.end() && next->second.start < candidate.end) longer = &next->second;
    if (longer == nullptr && next != taken.begin() && std::prev(next)->second.end > candidate.start)
      longer = &std::prev(next)->second;
    if (longer == nullptr) {
      taken.emplace_hint(next, candidate.start, candidate);
      *kept++ = candidate;
    } else if (longer->start == candidate.start && longer->end == candidate.end) {
      *kept++ = candidate;  // the same words can stand for two concepts
    } else if (refused_ != nullptr && longer->concept_index != candidate.concept_index) {
      const Concept& other = rules_->rule_set.concepts[longer->concept_index];
      Refuse(candidate, fmt::format("inside a longer mention of {}:{} (\"{}\")", other.facet, other.id,
                                    Words(longer->start, longer->end)));
    }
  }
  return kept;
}

void Resolver::Refuse(const Candidate& candidate, const std::string& reason) {
  refused_->push_back({candidate, reason});
}

std::string Resolver::Words(std::uint32_t start, std::uint32_t end) const {
  const Field& field = text_->FieldAt(start);
  const ByteSpan stored = text_->Stored(field, start, end);
  return std::string(field.stored.substr(stored.start, stored.end - stored.start));
}

}  // namespace litmill::tag
