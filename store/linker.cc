// SPDX-License-Identifier: Apache-2.0
#include "store/linker.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <set>
#include <string_view>
#include <tuple>

#include "store/names.h"

namespace litmill::store {
namespace {

/// Sorted lists.
bool Intersect(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i == *j) return true;
    *i < *j ? ++i : ++j;
  }
  return false;
}

/// A record as the rule sees it. Views into the input.
struct Node {
  std::size_t input = 0;
  std::string_view source, source_id;
  std::size_t source_rank = 0;
  bool is_notice = false;
  std::vector<std::string_view> pmids, dois;  ///< Sorted.
};

bool Contradict(const Node& a, const Node& b) {
  if (a.source == b.source) return true;
  if (!a.pmids.empty() && !b.pmids.empty()) return !Intersect(a.pmids, b.pmids);
  if (a.is_notice != b.is_notice) return true;
  return !a.dois.empty() && !b.dois.empty() && !Intersect(a.dois, b.dois);
}

/// How strong the evidence of a scheme is; smaller is stronger.
int Tier(std::string_view scheme) {
  if (scheme == "pmid") return 0;
  if (scheme == "pmcid") return 1;
  return scheme == "doi" ? 2 : 3;
}

/// An identifier and a node (in the order of preference) that has it.
struct Claim {
  std::string_view scheme, value;
  std::size_t node = 0;
  [[nodiscard]] auto Key() const { return std::make_tuple(Tier(scheme), scheme, value, node); }
};

class Linker {
 public:
  explicit Linker(const std::vector<LinkableRecord>& records);
  LinkedRecords Link();

 private:
  using Group = std::pair<std::size_t, std::size_t>;  ///< Claims from first up to second share one value.

  void AddNode(const LinkableRecord& record, std::size_t input);
  void AddClaims(const LinkableRecord& record, std::size_t node);
  void FindGroups();
  [[nodiscard]] bool IsAmbiguous(const Group& group) const;
  void JoinGroup(const Group& group, bool doi_must_agree);
  [[nodiscard]] bool Compatible(std::size_t a, std::size_t b) const;
  void Join(std::size_t a, std::size_t b);

  std::set<std::string_view> databases_;
  std::vector<Node> nodes_;  ///< In the order of preference.
  std::vector<Claim> claims_;
  std::vector<Group> groups_;                      ///< Of records of two databases or more, the strongest first.
  std::vector<std::size_t> component_;             ///< By node.
  std::vector<std::vector<std::size_t>> members_;  ///< By component, ascending.
  LinkedRecords result_;
};

Linker::Linker(const std::vector<LinkableRecord>& records) {
  for (std::size_t i = 0; i < records.size(); ++i) AddNode(records[i], i);
  std::sort(nodes_.begin(), nodes_.end(), [](const Node& a, const Node& b) {
    return std::tie(a.source_rank, a.source, a.source_id) < std::tie(b.source_rank, b.source, b.source_id);
  });
  for (std::size_t n = 0; n < nodes_.size(); ++n)
    if (!records[nodes_[n].input].is_deleted) AddClaims(records[nodes_[n].input], n);
  component_.resize(nodes_.size());
  std::iota(component_.begin(), component_.end(), 0U);
  for (std::size_t n = 0; n < nodes_.size(); ++n) members_.push_back({n});
  FindGroups();
}

void Linker::AddNode(const LinkableRecord& record, std::size_t input) {
  Node& node = nodes_.emplace_back();
  node.input = input;
  node.source = record.source;
  node.source_id = record.source_id;
  node.source_rank = SourceRank(record.source);
  node.is_notice = record.is_notice;
  databases_.insert(node.source);
  // PubMed's identifier is the PMID itself.
  if (record.source == "pubmed") node.pmids.push_back(node.source_id);
  for (const auto& [scheme, value] : record.identifiers) {
    if (scheme == "pmid" && record.source != "pubmed") node.pmids.push_back(value);
    if (scheme == "doi") node.dois.push_back(value);
  }
  std::sort(node.pmids.begin(), node.pmids.end());
  std::sort(node.dois.begin(), node.dois.end());
}

void Linker::AddClaims(const LinkableRecord& record, std::size_t node) {
  for (const std::string_view pmid : nodes_[node].pmids) claims_.push_back({"pmid", pmid, node});
  if (record.source != "pubmed") claims_.push_back({nodes_[node].source, nodes_[node].source_id, node});
  for (const auto& [scheme, value] : record.identifiers)
    if (scheme == "pmcid" || scheme == "doi" || (scheme != "pmid" && databases_.count(scheme) > 0))
      claims_.push_back({scheme, value, node});
}

void Linker::FindGroups() {
  std::sort(claims_.begin(), claims_.end(), [](const Claim& a, const Claim& b) { return a.Key() < b.Key(); });
  claims_.erase(
      std::unique(claims_.begin(), claims_.end(), [](const Claim& a, const Claim& b) { return a.Key() == b.Key(); }),
      claims_.end());
  for (std::size_t begin = 0, end = 0; begin < claims_.size(); begin = end) {
    bool several_databases = false;
    for (end = begin; end < claims_.size() && claims_[end].scheme == claims_[begin].scheme &&
                      claims_[end].value == claims_[begin].value;
         ++end)
      several_databases = several_databases || nodes_[claims_[end].node].source != nodes_[claims_[begin].node].source;
    if (several_databases) groups_.emplace_back(begin, end);
  }
}

bool Linker::IsAmbiguous(const Group& group) const {
  if (Tier(claims_[group.first].scheme) != 1 && Tier(claims_[group.first].scheme) != 2) return false;
  const Node* with_pmid = nullptr;
  for (std::size_t c = group.first; c < group.second; ++c) {
    const Node& node = nodes_[claims_[c].node];
    // The records of a database stand side by side.
    if (c > group.first && nodes_[claims_[c - 1].node].source == node.source) return true;
    if (node.pmids.empty()) continue;
    if (with_pmid != nullptr && !Intersect(with_pmid->pmids, node.pmids)) return true;
    with_pmid = &node;
  }
  return false;
}

bool Linker::Compatible(std::size_t a, std::size_t b) const {
  for (const std::size_t x : members_[a])
    for (const std::size_t y : members_[b])
      if (Contradict(nodes_[x], nodes_[y])) return false;
  return true;
}

void Linker::Join(std::size_t a, std::size_t b) {
  for (const std::size_t member : members_[b]) component_[member] = a;
  std::vector<std::size_t> both;
  std::merge(members_[a].begin(), members_[a].end(), members_[b].begin(), members_[b].end(), std::back_inserter(both));
  members_[a] = std::move(both);
  members_[b].clear();
}

void Linker::JoinGroup(const Group& group, bool doi_must_agree) {
  for (std::size_t c = group.first; c < group.second; ++c) {
    for (std::size_t earlier = group.first; earlier < c; ++earlier) {
      const std::size_t node = claims_[c].node, other = claims_[earlier].node;
      if (component_[node] == component_[other]) continue;
      if (doi_must_agree && !Intersect(nodes_[node].dois, nodes_[other].dois)) continue;
      if (!Compatible(component_[other], component_[node])) continue;
      Join(component_[other], component_[node]);
      result_.links.push_back(
          {nodes_[node].input, nodes_[other].input, std::string(claims_[c].scheme), std::string(claims_[c].value)});
    }
  }
}

LinkedRecords Linker::Link() {
  for (const Group& group : groups_)
    if (Tier(claims_[group.first].scheme) == 0) JoinGroup(group, true);
  for (const Group& group : groups_)
    if (!IsAmbiguous(group)) JoinGroup(group, false);
  result_.representative.resize(nodes_.size());
  for (std::size_t n = 0; n < nodes_.size(); ++n)
    result_.representative[nodes_[n].input] = nodes_[members_[component_[n]].front()].input;
  for (const Group& group : groups_) {
    bool is_split = false;
    for (std::size_t c = group.first; c < group.second; ++c)
      is_split = is_split || component_[claims_[c].node] != component_[claims_[group.first].node];
    if (!is_split) continue;
    const Claim& first = claims_[group.first];
    LinkConflict& conflict = result_.conflicts.emplace_back();
    conflict.scheme = first.scheme;
    conflict.value = first.value;
    for (std::size_t c = group.first; c < group.second; ++c) conflict.records.push_back(nodes_[claims_[c].node].input);
  }
  return std::move(result_);
}

}  // namespace

LinkedRecords LinkRecords(const std::vector<LinkableRecord>& records) { return Linker(records).Link(); }

}  // namespace litmill::store
