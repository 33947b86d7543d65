// SPDX-License-Identifier: Apache-2.0
#include "tag/abbreviation_licence.h"

#include <algorithm>

#include <fmt/format.h>

namespace litmill::tag {

std::string_view AbbreviationLicences::Singular(std::string_view short_form) {
  if (short_form.size() > 2 && short_form.back() == 's') short_form.remove_suffix(1);
  return short_form;
}

std::string_view AbbreviationLicences::Words(ByteSpan span) const {
  return std::string_view(text_->buffer).substr(span.start, span.end - span.start);
}

void AbbreviationLicences::Start(const CompiledRules& rules, const Record& record, const JoinedText& text,
                                 const std::vector<Candidate>& candidates) {
  rules_ = &rules;
  record_ = &record;
  text_ = &text;
  answers_.clear();
  has_indexed_ = false;
  FindAbbreviationDefinitions(text, definitions_);
  std::stable_sort(definitions_.begin(), definitions_.end(), [this](const auto& a, const auto& b) {
    return Singular(Words(a.short_form)) < Singular(Words(b.short_form));
  });
  spelled_.clear();
  for (const Candidate& c : candidates) {
    if (rules.rules[c.rule].rule->abbreviation != AbbreviationPolicy::kNone) continue;
    const bool same = !spelled_.empty() && spelled_.back().concept_index == c.concept_index;
    spelled_.push_back({{c.start, c.end}, c.concept_index, same ? std::max(spelled_.back().reach, c.end) : c.end});
  }
}

std::string AbbreviationLicences::Refusal(const Candidate& candidate) {
  const Rule& rule = *rules_->rules[candidate.rule].rule;
  const std::string_view short_form = Words({candidate.start, candidate.end});
  const Answer& answer = AnswerFor(Singular(short_form), candidate.concept_index);
  if (answer.defined_as_it) return "";
  if (answer.other.end != 0) return fmt::format("{} is {} here", short_form, Words(answer.other));
  if (rule.abbreviation != AbbreviationPolicy::kDefined || Indexed(candidate.concept_index)) return "";
  return fmt::format("the record does not define {}", short_form);
}

const AbbreviationLicences::Answer& AbbreviationLicences::AnswerFor(std::string_view short_form,
                                                                    std::uint32_t concept_index) {
  const auto [found, is_new] = answers_.try_emplace({short_form, concept_index});
  Answer& answer = found->second;
  if (!is_new) return answer;
  auto definition = std::lower_bound(
      definitions_.begin(), definitions_.end(), short_form,
      [this](const AbbreviationDefinition& d, std::string_view s) { return Singular(Words(d.short_form)) < s; });
  const auto defines = [this, short_form](const AbbreviationDefinition& d) {
    return Singular(Words(d.short_form)) == short_form;
  };
  if (definition == definitions_.end() || !defines(*definition)) return answer;
  FillFamily(concept_index);
  for (; definition != definitions_.end() && defines(*definition); ++definition) {
    if (Spells(definition->long_form))
      answer.defined_as_it = true;
    else if (answer.other.end == 0)
      answer.other = definition->long_form;
    if (answer.defined_as_it) break;
  }
  return answer;
}

bool AbbreviationLicences::IsOrNarrows(std::uint32_t narrow, std::uint32_t concept_index) const {
  const std::vector<std::uint32_t>& ancestors = rules_->concepts[narrow].ancestors;
  return narrow == concept_index || std::binary_search(ancestors.begin(), ancestors.end(), concept_index);
}

void AbbreviationLicences::FillFamily(std::uint32_t concept_index) {
  family_.clear();
  for (std::size_t i = 0; i < spelled_.size(); ++i) {
    const std::uint32_t spelled = spelled_[i].concept_index;
    const bool is_new = i == 0 || spelled != spelled_[i - 1].concept_index;
    if (is_new && IsOrNarrows(spelled, concept_index)) family_.push_back(spelled);
  }
}

bool AbbreviationLicences::Spells(ByteSpan long_form) const {
  return std::any_of(family_.begin(), family_.end(), [&](std::uint32_t c) { return Overlaps(long_form, c); });
}

bool AbbreviationLicences::Overlaps(ByteSpan long_form, std::uint32_t concept_index) const {
  // Of the concept's matches that start before the long form ends, the one that reaches farthest meets it if any does.
  const auto after = std::lower_bound(spelled_.begin(), spelled_.end(), std::make_pair(concept_index, long_form.end),
                                      [](const Spelled& s, const std::pair<std::uint32_t, std::uint32_t>& key) {
                                        return std::make_pair(s.concept_index, s.span.start) < key;
                                      });
  if (after == spelled_.begin()) return false;
  const Spelled& last = *std::prev(after);
  return last.concept_index == concept_index && last.reach > long_form.start;
}

bool AbbreviationLicences::Indexed(std::uint32_t concept_index) {
  if (!has_indexed_) CollectIndexed();
  return std::any_of(indexed_.begin(), indexed_.end(), [&](std::uint32_t c) { return IsOrNarrows(c, concept_index); });
}

void AbbreviationLicences::CollectIndexed() {
  has_indexed_ = true;
  indexed_.clear();
  const auto collect = [this](const auto& terms) {
    for (const auto& term : terms)
      if (const auto found = rules_->concepts_of_mesh.find(term.ui); found != rules_->concepts_of_mesh.end())
        indexed_.insert(indexed_.end(), found->second.begin(), found->second.end());
  };
  collect(record_->mesh_headings);
  collect(record_->chemicals);
  collect(record_->supplementary_concepts);
}

}  // namespace litmill::tag
