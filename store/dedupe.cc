// SPDX-License-Identifier: Apache-2.0
#include "store/dedupe.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "store/dedupe_cluster.h"

namespace litmill::store {
namespace {

/// One search for duplicates: the canonical order, the pairs that were judged, the works.
class Search {
 public:
  Search(const std::vector<RecordForm>& forms, const std::vector<PairDecision>& decisions)
      : forms_(forms), order_(forms.size()), place_of_(forms.size()) {
    std::iota(order_.begin(), order_.end(), 0U);
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return ComesBefore(forms[a], forms[b]); });
    for (std::uint32_t place = 0; place < order_.size(); ++place) place_of_[order_[place]] = place;
    TakeDecisions(decisions);
    JudgeCandidates();
    clusters_ = FormClusters(forms_, order_, judged_);
  }

  DedupeResult Result() {
    DedupeResult result;
    result.representative.resize(order_.size());
    for (std::size_t place = 0; place < order_.size(); ++place)
      result.representative[order_[place]] = order_[clusters_.representative[place]];
    for (const JudgedPair& pair : clusters_.joined) AddDecision(pair, result);
    AddDecisionsBetweenWorks(result);
    std::sort(result.decisions.begin(), result.decisions.end(), [&](const DedupeDecision& a, const DedupeDecision& b) {
      return std::tie(place_of_[a.record], place_of_[a.other]) < std::tie(place_of_[b.record], place_of_[b.other]);
    });
    AddConflicts(result);
    result.contradictions = std::move(contradictions_);
    for (const JudgedPair& pair : clusters_.held_apart)
      if (pair.by_person) result.contradictions.push_back({order_[pair.record], order_[pair.other], true});
    return result;
  }

 private:
  /// Of several decisions on one pair "not a duplicate" counts.
  void TakeDecisions(const std::vector<PairDecision>& decisions) {
    std::map<RecordPair, std::pair<bool, bool>> said;  // duplicate, not
    for (const PairDecision& decision : decisions) {
      const std::uint32_t a = place_of_[decision.record], b = place_of_[decision.other];
      if (a == b || forms_[decision.record].is_deleted || forms_[decision.other].is_deleted) continue;
      auto& both = said[{std::min(a, b), std::max(a, b)}];
      (decision.is_duplicate ? both.first : both.second) = true;
    }
    for (const auto& [pair, both] : said) {
      JudgedPair judged{pair.first, pair.second, {}, true};
      judged.judgement.is_decided = true;
      judged.judgement.rule = "person";
      judged.judgement.verdict = both.second ? DedupeVerdict::kRefused : DedupeVerdict::kMerged;
      judged.judgement.why = both.second ? "a person said: not a duplicate" : "a person said: a duplicate";
      judged_.push_back(judged);
      if (both.first && both.second) contradictions_.push_back({order_[pair.first], order_[pair.second], true});
    }
  }

  void JudgeCandidates() {
    std::vector<RecordPair> by_person;
    for (const JudgedPair& pair : judged_) by_person.emplace_back(pair.record, pair.other);
    for (const RecordPair& pair : FindCandidates(forms_, order_)) {
      if (std::binary_search(by_person.begin(), by_person.end(), pair)) continue;
      const RecordForm& a = Form(pair.first);
      const RecordForm& b = Form(pair.second);
      if (!AreWorthComparing(a, b)) continue;
      const Judgement judgement = Judge(a, b, Compare(a, b));
      if (judgement.is_decided) judged_.push_back({pair.first, pair.second, judgement, false});
    }
  }

  [[nodiscard]] const RecordForm& Form(std::uint32_t place) const { return forms_[order_[place]]; }

  void AddDecision(const JudgedPair& pair, DedupeResult& result) const {
    const RecordForm& a = Form(pair.record);
    const RecordForm& b = Form(pair.other);
    const Evidence evidence = Compare(a, b);
    DedupeDecision& decision = result.decisions.emplace_back();
    decision.record = order_[pair.record];
    decision.other = order_[pair.other];
    decision.verdict = pair.judgement.verdict;
    decision.relation = pair.judgement.relation;
    decision.rule = pair.judgement.rule;
    decision.evidence = pair.judgement.why;
    if (!evidence.shared_value.empty()) {
      const std::string shared = std::string(evidence.shared_scheme) + " " + std::string(evidence.shared_value);
      decision.evidence = decision.evidence.empty() ? shared : shared + ": " + decision.evidence;
    }
    decision.scores = ScoresOf(evidence);
  }

  /// Of each two works one decision, the one that says most: what a person said, related, refused, review.
  void AddDecisionsBetweenWorks(DedupeResult& result) const {
    std::vector<JudgedPair> pairs;
    for (const JudgedPair& pair : judged_)
      if (pair.judgement.verdict != DedupeVerdict::kMerged) pairs.push_back(pair);
    for (JudgedPair pair : clusters_.held_apart) {
      if (pair.by_person) continue;
      pair.judgement.verdict = DedupeVerdict::kReview;
      pair.judgement.why = "they agree, but records of their works contradict each other";
      pairs.push_back(pair);
    }
    const auto rank = [](const JudgedPair& pair) {
      if (pair.by_person) return 0;
      if (pair.judgement.verdict == DedupeVerdict::kRelated) return 1;
      return pair.judgement.verdict == DedupeVerdict::kRefused ? 2 : 3;
    };
    std::map<RecordPair, const JudgedPair*> best;
    for (const JudgedPair& pair : pairs) {
      const std::uint32_t a = clusters_.representative[pair.record], b = clusters_.representative[pair.other];
      if (a == b) continue;
      const JudgedPair*& known = best[{std::min(a, b), std::max(a, b)}];
      if (known == nullptr || std::make_tuple(rank(pair), pair.record, pair.other) <
                                  std::make_tuple(rank(*known), known->record, known->other))
        known = &pair;
    }
    for (const auto& [works, pair] : best) AddDecision(*pair, result);
  }

  void AddConflicts(DedupeResult& result) const {
    std::vector<std::tuple<std::string_view, std::string_view, std::uint32_t>> claims;
    for (std::uint32_t place = 0; place < order_.size(); ++place) {
      const RecordForm& form = Form(place);
      if (form.is_deleted) continue;
      for (const std::string_view value : form.pmids) claims.emplace_back("pmid", value, place);
      for (const std::string_view value : form.pmcids) claims.emplace_back("pmcid", value, place);
      for (const std::string_view value : form.dois) claims.emplace_back("doi", value, place);
      for (const std::string_view value : form.other_identifiers) {
        const std::size_t colon = value.find(':');
        claims.emplace_back(value.substr(0, colon), value.substr(colon + 1), place);
      }
    }
    std::sort(claims.begin(), claims.end());
    for (std::size_t begin = 0, end = 0; begin < claims.size(); begin = end) {
      bool is_split = false;
      for (end = begin; end < claims.size() && std::get<0>(claims[end]) == std::get<0>(claims[begin]) &&
                        std::get<1>(claims[end]) == std::get<1>(claims[begin]);
           ++end)
        is_split = is_split || clusters_.representative[std::get<2>(claims[end])] !=
                                   clusters_.representative[std::get<2>(claims[begin])];
      if (!is_split) continue;
      LinkConflict& conflict = result.conflicts.emplace_back();
      conflict.scheme = std::get<0>(claims[begin]);
      conflict.value = std::get<1>(claims[begin]);
      for (std::size_t c = begin; c < end; ++c) conflict.records.push_back(order_[std::get<2>(claims[c])]);
    }
  }

  const std::vector<RecordForm>& forms_;
  std::vector<std::uint32_t> order_;     ///< Records in canonical order.
  std::vector<std::uint32_t> place_of_;  ///< By record: its place in `order_`.
  std::vector<JudgedPair> judged_;
  std::vector<PairDecision> contradictions_;
  Clusters clusters_;
};

}  // namespace

std::string_view DedupeVerdictName(DedupeVerdict verdict) {
  switch (verdict) {
    case DedupeVerdict::kMerged:
      return "merged";
    case DedupeVerdict::kReview:
      return "review";
    case DedupeVerdict::kRelated:
      return "related";
    case DedupeVerdict::kRefused:
      break;
  }
  return "refused";
}

std::string_view DedupeRelationName(DedupeRelation relation) {
  switch (relation) {
    case DedupeRelation::kPreprint:
      return "preprint";
    case DedupeRelation::kConferenceAbstract:
      return "conference-abstract";
    case DedupeRelation::kProtocol:
      return "protocol";
    case DedupeRelation::kNotice:
      return "notice";
    case DedupeRelation::kVersion:
      return "version";
    case DedupeRelation::kNone:
      break;
  }
  return "";
}

struct Deduplicator::Impl {
  TextArena arena;
  std::vector<RecordForm> forms;
};

Deduplicator::Deduplicator() : impl_(std::make_unique<Impl>()) {}
Deduplicator::~Deduplicator() = default;
Deduplicator::Deduplicator(Deduplicator&&) noexcept = default;
Deduplicator& Deduplicator::operator=(Deduplicator&&) noexcept = default;

void Deduplicator::Add(const DedupeRecord& record) { impl_->forms.push_back(MakeForm(record, impl_->arena)); }

DedupeResult Deduplicator::Find(const std::vector<PairDecision>& decisions) const {
  return Search(impl_->forms, decisions).Result();
}

DedupeResult Deduplicate(const std::vector<DedupeRecord>& records, const std::vector<PairDecision>& decisions) {
  Deduplicator deduplicator;
  for (const DedupeRecord& record : records) deduplicator.Add(record);
  return deduplicator.Find(decisions);
}

}  // namespace litmill::store
