// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "tag/analysis.h"
#include "tag/assertion.h"
#include "tag/compiled_rules.h"
#include "tag/findings.h"
#include "tag/index_evidence.h"
#include "tag/quantities.h"
#include "tag/resolve.h"
#include "tag/tag.h"

namespace litmill::tag {
namespace {

constexpr std::uint32_t kNoTag = 0xFFFFFFFF;

/// What tagging a record needs and the next record can use again.
struct Scratch {
  Analysis analysis;
  Resolver resolver;
  std::vector<RefusedCandidate> refused;
  std::vector<std::uint32_t> tag_of_concept;  ///< By concept its tag's index; all kNoTag between records.
};

Mention ToMention(const Candidate& candidate, const JoinedText& text) {
  const Field& field = text.FieldAt(candidate.start);
  const ByteSpan stored = text.Stored(field, candidate.start, candidate.end);
  Mention mention;
  mention.concept_index = candidate.concept_index;
  mention.rule_index = candidate.rule;
  mention.evidence = field.kind == FieldKind::kKeyword ? Evidence::kKeyword : Evidence::kText;
  mention.field = FieldName(field.kind);
  mention.position = field.position;
  mention.start = stored.start;
  mention.end = stored.end;
  mention.text = field.stored.substr(stored.start, stored.end - stored.start);
  mention.assertion = candidate.assertion;
  return mention;
}

Rejection ToRejection(const RefusedCandidate& refused, const JoinedText& text) {
  Mention mention = ToMention(refused.candidate, text);
  return {mention.concept_index, mention.rule_index, std::move(mention.field), mention.position,
          mention.start,         mention.end,        std::move(mention.text),  refused.reason};
}

void AddEvidence(const Mention& mention, Tag& tag) {
  switch (mention.evidence) {
    case Evidence::kText:
    case Evidence::kKeyword:
      tag.from_text = true;
      break;
    case Evidence::kMesh:
    case Evidence::kChemical:
    case Evidence::kPublicationType:
      tag.from_index = true;
      break;
  }
  if (mention.evidence == Evidence::kText && mention.field == FieldName(FieldKind::kTitle)) tag.in_title = true;
  if (mention.major) tag.major = true;
  tag.assertion = std::min(tag.assertion, mention.assertion);
  tag.weight = std::max(tag.weight, mention.weight);
}

/// Cues are words about other words, not evidence.
void SetCuesApart(const CompiledRules& rules, Analysis& analysis) {
  const auto is_no_cue = [&rules](const Candidate& c) { return !rules.concepts[c.concept_index].is_cue; };
  const auto first_cue = std::stable_partition(analysis.standing.begin(), analysis.standing.end(), is_no_cue);
  analysis.cues.assign(first_cue, analysis.standing.end());
  analysis.standing.erase(first_cue, analysis.standing.end());
}

void Weigh(const CompiledRules& rules, std::vector<Mention>& mentions) {
  for (Mention& mention : mentions)
    if (const auto* const weights = rules.concepts[mention.concept_index].weights; weights != nullptr)
      mention.weight = (*weights)[static_cast<std::size_t>(mention.role)];
}

/// A finding's evidence is its sentence, word for word.
void QuoteSentences(const JoinedText& text, std::vector<Finding>& findings) {
  for (Finding& finding : findings)
    for (const Field& field : text.fields)
      if (FieldName(field.kind) == finding.field && field.position == finding.position)
        finding.sentence = field.stored.substr(finding.start, finding.end - finding.start);
}

/// One tag a concept: its own mentions are counted; evidence also flows up to its ancestors.
void MakeTags(const CompiledRules& rules, Scratch& scratch, TaggedRecord& result) {
  scratch.tag_of_concept.resize(std::max(scratch.tag_of_concept.size(), rules.concepts.size()), kNoTag);
  const auto tag_of = [&](std::uint32_t concept_index) -> Tag& {
    std::uint32_t& at = scratch.tag_of_concept[concept_index];
    if (at == kNoTag) {
      at = static_cast<std::uint32_t>(result.tags.size());
      Tag& tag = result.tags.emplace_back();
      tag.concept_index = concept_index;
      tag.assertion = Assertion::kNegated;
    }
    return result.tags[at];
  };
  result.tags.reserve(result.mentions.size());
  for (const Mention& mention : result.mentions) {
    Tag& own = tag_of(mention.concept_index);
    ++own.mention_count;
    AddEvidence(mention, own);
    for (const std::uint32_t ancestor : rules.concepts[mention.concept_index].ancestors)
      AddEvidence(mention, tag_of(ancestor));
  }
  for (Tag& tag : result.tags) {
    tag.implied = tag.mention_count == 0;
    scratch.tag_of_concept[tag.concept_index] = kNoTag;
  }
  std::sort(result.tags.begin(), result.tags.end(),
            [](const Tag& a, const Tag& b) { return a.concept_index < b.concept_index; });
}

}  // namespace

struct Tagger::Impl {
  std::unique_ptr<CompiledRules> rules;
  std::optional<IndexTerms> index_terms;
};

Tagger::Tagger(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Tagger::~Tagger() = default;

Result<std::unique_ptr<Tagger>> Tagger::Compile(RuleSet rules) {
  auto impl = std::make_unique<Impl>();
  LITMILL_TRY(impl->rules, CompiledRules::Make(std::move(rules)));
  impl->index_terms.emplace(*impl->rules);
  return std::unique_ptr<Tagger>(new Tagger(std::move(impl)));
}

Result<TaggedRecord> Tagger::TagRecord(const Record& record, bool explain) const {
  thread_local Scratch scratch;
  const CompiledRules& rules = *impl_->rules;
  TaggedRecord result;
  scratch.refused.clear();
  Analysis& analysis = scratch.analysis;
  analysis.text.Fill(record);
  analysis.passages.Fill(analysis.text, record);
  scratch.resolver.Resolve(rules, record, analysis.text, analysis.standing, explain ? &scratch.refused : nullptr);
  SetCuesApart(rules, analysis);
  Assert(rules, analysis);
  FindQuantities(rules, analysis, result.quantities);
  FindFindings(rules, analysis, result);
  result.mentions.reserve(analysis.standing.size() + 4);
  for (const Candidate& candidate : analysis.standing) {
    result.mentions.push_back(ToMention(candidate, analysis.text));
    result.mentions.back().role = analysis.passages.At(candidate.start).role;
  }
  impl_->index_terms->AppendMentions(record, result.mentions);
  Weigh(rules, result.mentions);
  QuoteSentences(analysis.text, result.findings);
  MakeTags(rules, scratch, result);
  std::stable_sort(
      scratch.refused.begin(), scratch.refused.end(), [](const RefusedCandidate& a, const RefusedCandidate& b) {
        const Candidate& x = a.candidate;
        const Candidate& y = b.candidate;
        return std::tie(x.start, x.end, x.concept_index, x.rule) < std::tie(y.start, y.end, y.concept_index, y.rule);
      });
  for (const RefusedCandidate& refused : scratch.refused)
    result.rejections.push_back(ToRejection(refused, analysis.text));
  if (explain) {
    for (const Candidate& cue : analysis.cues) result.cues.push_back(ToMention(cue, analysis.text));
  }
  return result;
}

const RuleSet& Tagger::rule_set() const { return impl_->rules->rule_set; }
const std::string& Tagger::hash() const { return impl_->rules->hash; }

}  // namespace litmill::tag
