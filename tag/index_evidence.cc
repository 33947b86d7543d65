// SPDX-License-Identifier: Apache-2.0
#include "tag/index_evidence.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>

namespace litmill::tag {
namespace {

using UiMap = std::unordered_map<std::string, std::vector<std::uint32_t>>;

/// The last four digits, as a number below 10,000.
std::size_t EndingOf(std::string_view ui) {
  std::size_t ending = 0;
  for (const char c : ui.substr(ui.size() - std::min<std::size_t>(ui.size(), 4)))
    ending = ending * 10 + static_cast<unsigned char>(c) % 10U;
  return ending;
}

/// What the mentions of one term share.
struct IndexTerm {
  Evidence evidence;
  const char* field;
  std::size_t position;
  const std::string& ui;
  const std::string& name;
};

void AppendTerm(const UiMap& map, const IndexTerm& term, bool major, std::vector<Mention>& mentions) {
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
    mention.major = major;
    mention.role = SectionRole::kIndex;
    mentions.push_back(std::move(mention));
  }
}

}  // namespace

IndexTerms::IndexTerms(const CompiledRules& rules) : rules_(rules) {
  for (const UiMap* const map : {&rules.concepts_of_mesh, &rules.concepts_of_publication_type})
    for (const auto& [ui, concepts] : *map) known_endings_.set(EndingOf(ui));
}

void IndexTerms::AppendMentions(const Record& record, std::vector<Mention>& mentions) const {
  const UiMap& mesh = rules_.concepts_of_mesh;
  for (std::size_t i = 0; i < record.mesh_headings.size(); ++i) {
    const MeshHeading& heading = record.mesh_headings[i];
    if (known_endings_[EndingOf(heading.ui)])
      AppendTerm(mesh, {Evidence::kMesh, "mesh", i, heading.ui, heading.name}, heading.Major(), mentions);
  }
  for (std::size_t i = 0; i < record.chemicals.size(); ++i) {
    const Chemical& chemical = record.chemicals[i];
    if (known_endings_[EndingOf(chemical.ui)])
      AppendTerm(mesh, {Evidence::kChemical, "chemical", i, chemical.ui, chemical.name}, false, mentions);
  }
  for (std::size_t i = 0; i < record.supplementary_concepts.size(); ++i) {
    const SupplementaryConcept& term = record.supplementary_concepts[i];
    if (known_endings_[EndingOf(term.ui)])
      AppendTerm(mesh, {Evidence::kMesh, "supplementary-concept", i, term.ui, term.name}, false, mentions);
  }
  for (std::size_t i = 0; i < record.publication_types.size(); ++i) {
    const PublicationType& type = record.publication_types[i];
    if (known_endings_[EndingOf(type.ui)])
      AppendTerm(rules_.concepts_of_publication_type,
                 {Evidence::kPublicationType, "publication-type", i, type.ui, type.name}, false, mentions);
  }
}

}  // namespace litmill::tag
