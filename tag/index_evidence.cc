// SPDX-License-Identifier: Apache-2.0
#include "tag/index_evidence.h"

#include <string>
#include <unordered_map>

namespace litmill::tag {
namespace {

using UiMap = std::unordered_map<std::string, std::vector<std::uint32_t>>;

struct IndexTerm {
  Evidence evidence;
  const char* field;
  std::size_t position;
  const std::string& ui;
  const std::string& name;
  bool major;
};

void AppendTerm(const UiMap& map, const IndexTerm& term, std::vector<Mention>& mentions) {
  const auto found = map.find(term.ui);
  if (found == map.end()) return;
  for (const std::uint32_t concept_index : found->second) {
    Mention mention;
    mention.concept_index = concept_index;
    mention.rule_index = kNoRule;
    mention.evidence = term.evidence;
    mention.field = term.field;
    mention.position = static_cast<std::int32_t>(term.position);
    mention.end = static_cast<std::uint32_t>(term.name.size());
    mention.text = term.name;
    mention.ui = term.ui;
    mention.major = term.major;
    mention.role = SectionRole::kIndex;
    mentions.push_back(std::move(mention));
  }
}

}  // namespace

void AppendIndexMentions(const CompiledRules& rules, const Record& record, std::vector<Mention>& mentions) {
  for (std::size_t i = 0; i < record.mesh_headings.size(); ++i) {
    const MeshHeading& heading = record.mesh_headings[i];
    AppendTerm(rules.concepts_of_mesh, {Evidence::kMesh, "mesh", i, heading.ui, heading.name, heading.Major()},
               mentions);
  }
  for (std::size_t i = 0; i < record.chemicals.size(); ++i) {
    const Chemical& chemical = record.chemicals[i];
    AppendTerm(rules.concepts_of_mesh, {Evidence::kChemical, "chemical", i, chemical.ui, chemical.name, false},
               mentions);
  }
  for (std::size_t i = 0; i < record.supplementary_concepts.size(); ++i) {
    const SupplementaryConcept& term = record.supplementary_concepts[i];
    AppendTerm(rules.concepts_of_mesh, {Evidence::kMesh, "supplementary-concept", i, term.ui, term.name, false},
               mentions);
  }
  for (std::size_t i = 0; i < record.publication_types.size(); ++i) {
    const PublicationType& type = record.publication_types[i];
    AppendTerm(rules.concepts_of_publication_type,
               {Evidence::kPublicationType, "publication-type", i, type.ui, type.name, false}, mentions);
  }
}

}  // namespace litmill::tag
