// SPDX-License-Identifier: Apache-2.0
#include "core/rule_set.h"

#include <algorithm>

#include "core/hash.h"

namespace litmill {
namespace {

std::string ConceptHash(const Concept& c) {
  Sha256 hash;
  const auto add_list = [&hash](const std::vector<std::string>& list) {
    hash.UpdateField(std::to_string(list.size()));
    for (const std::string& item : list) hash.UpdateField(item);
  };
  hash.UpdateField(c.facet);
  hash.UpdateField(c.id);
  add_list(c.mesh);
  add_list(c.publication_types);
  add_list(c.parents);
  for (const Rule& r : c.rules) {
    hash.UpdateField(r.name);
    hash.UpdateField(r.kind == RuleKind::kMask ? "mask" : "include");
    hash.UpdateField(r.pattern);
    hash.UpdateField(r.case_sensitive ? "case" : "");
    hash.UpdateField(r.gate);
    hash.UpdateField(std::to_string(static_cast<int>(r.gate_scope)));
    hash.UpdateField(std::to_string(static_cast<int>(r.abbreviation)));
  }
  hash.UpdateField(std::to_string(static_cast<int>(c.valence)));
  hash.UpdateField(std::to_string(c.rank));
  return hash.HexDigest();
}

}  // namespace

std::string RuleSet::Hash() const {
  std::vector<std::string> hashes;
  hashes.reserve(concepts.size());
  for (const Concept& c : concepts) hashes.push_back(ConceptHash(c));
  std::sort(hashes.begin(), hashes.end());  // the order of files and concepts changes no tag
  Sha256 hash;
  for (const std::string& h : hashes) hash.Update(h);
  for (const auto& [facet, by_role] : weights) {
    hash.UpdateField(facet);
    for (const double weight : by_role) hash.UpdateField(std::to_string(weight));
  }
  return hash.HexDigest();
}

std::vector<const Rule*> RuleSet::FlattenedRules() const {
  std::vector<const Rule*> flat;
  for (const Concept& c : concepts)
    for (const Rule& r : c.rules) flat.push_back(&r);
  return flat;
}

}  // namespace litmill
