// SPDX-License-Identifier: Apache-2.0
#include "store/dedupe_cluster.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <tuple>

namespace litmill::store {
namespace {

/// Of a larger work only so many records are held against a new one: it consists of copies by then.
constexpr std::size_t kMaxCompared = 32;

struct Work {
  std::vector<std::uint32_t> members;   ///< Ascending.
  std::vector<std::string_view> pmids;  ///< Sorted.
  std::vector<std::uint32_t> never;     ///< Records that a person keeps out.
  bool is_joined_by_person = false;
};

class ClusterBuilder {
 public:
  ClusterBuilder(const std::vector<RecordForm>& forms, const std::vector<std::uint32_t>& order)
      : forms_(forms), order_(order), work_of_(order.size()), works_(order.size()) {
    std::iota(work_of_.begin(), work_of_.end(), 0U);
    for (std::uint32_t place = 0; place < order.size(); ++place) {
      works_[place].members.push_back(place);
      works_[place].pmids = Form(place).pmids;
    }
  }

  void KeepApart(std::uint32_t a, std::uint32_t b) {
    works_[a].never.push_back(b);
    works_[b].never.push_back(a);
  }

  /// Whether the two stand in one work afterwards.
  void Apply(const JudgedPair& pair, Clusters& result) {
    const std::uint32_t a = work_of_[pair.record], b = work_of_[pair.other];
    if (a == b) return;
    if (IsForbidden(works_[a], b) || (!pair.by_person && Contradict(works_[a], works_[b]))) {
      result.held_apart.push_back(pair);
      return;
    }
    Join(std::min(a, b), std::max(a, b), pair.by_person);
    result.joined.push_back(pair);
  }

  [[nodiscard]] std::vector<std::uint32_t> Representatives() const { return work_of_; }

 private:
  [[nodiscard]] const RecordForm& Form(std::uint32_t place) const { return forms_[order_[place]]; }

  [[nodiscard]] bool IsForbidden(const Work& work, std::uint32_t other) const {
    return std::any_of(work.never.begin(), work.never.end(),
                       [&](std::uint32_t record) { return work_of_[record] == other; });
  }

  [[nodiscard]] bool Contradict(const Work& a, const Work& b) const {
    // Who joined two records by hand knows that they contradict each other: the rest of the work cannot be held
    // against them.
    if (a.is_joined_by_person || b.is_joined_by_person) return false;
    if (!a.pmids.empty() && !b.pmids.empty()) {
      std::vector<std::string_view> both;
      std::set_intersection(a.pmids.begin(), a.pmids.end(), b.pmids.begin(), b.pmids.end(), std::back_inserter(both));
      if (both.empty()) return true;
    }
    for (std::size_t i = 0; i < std::min(a.members.size(), kMaxCompared); ++i)
      for (std::size_t j = 0; j < std::min(b.members.size(), kMaxCompared); ++j) {
        const RecordForm& first = Form(a.members[i]);
        const RecordForm& second = Form(b.members[j]);
        if (AreOpposed(first, second, Compare(first, second))) return true;
      }
    return false;
  }

  /// A work is named by its first record.
  void Join(std::uint32_t a, std::uint32_t b, bool by_person) {
    Work& into = works_[a];
    Work& from = works_[b];
    for (const std::uint32_t member : from.members) work_of_[member] = a;
    const auto merge = [](auto& target, const auto& added) {
      std::remove_reference_t<decltype(target)> both;
      std::set_union(target.begin(), target.end(), added.begin(), added.end(), std::back_inserter(both));
      target = std::move(both);
    };
    merge(into.members, from.members);
    merge(into.pmids, from.pmids);
    into.never.insert(into.never.end(), from.never.begin(), from.never.end());
    into.is_joined_by_person = into.is_joined_by_person || from.is_joined_by_person || by_person;
    from = {};
  }

  const std::vector<RecordForm>& forms_;
  const std::vector<std::uint32_t>& order_;
  std::vector<std::uint32_t> work_of_;
  std::vector<Work> works_;
};

}  // namespace

Clusters FormClusters(const std::vector<RecordForm>& forms, const std::vector<std::uint32_t>& order,
                      const std::vector<JudgedPair>& judged) {
  ClusterBuilder builder(forms, order);
  std::vector<const JudgedPair*> merges;
  for (const JudgedPair& pair : judged) {
    if (pair.by_person && pair.judgement.verdict == DedupeVerdict::kRefused)
      builder.KeepApart(pair.record, pair.other);
    else if (pair.judgement.verdict == DedupeVerdict::kMerged)
      merges.push_back(&pair);
  }
  std::sort(merges.begin(), merges.end(), [](const JudgedPair* a, const JudgedPair* b) {
    return std::make_tuple(!a->by_person, a->judgement.tier, a->record, a->other) <
           std::make_tuple(!b->by_person, b->judgement.tier, b->record, b->other);
  });
  Clusters result;
  for (const JudgedPair* pair : merges) builder.Apply(*pair, result);
  result.representative = builder.Representatives();
  return result;
}

}  // namespace litmill::store
