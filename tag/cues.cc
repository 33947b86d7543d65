// SPDX-License-Identifier: Apache-2.0
#include "tag/cues.h"

#include <algorithm>
#include <array>

namespace litmill::tag {
namespace {

constexpr std::uint8_t kNotTopic = kDesignFacet | kStatementFacet;
constexpr std::uint8_t kNotDesign = kTopicFacet | kStatementFacet;

/// In the order of CueKind. Six words are NegEx's window; the others are set by how far such phrases reach in
/// abstracts.
constexpr std::array<CueSpec, kCueKindCount> kSpecs = {{
    {"negation_before", CueReach::kForward, CueScope::kList, 6, Assertion::kNegated, kAnyFacet, false, true},
    {"negation_near", CueReach::kForward, CueScope::kList, 3, Assertion::kNegated, kAnyFacet, true, true},
    {"negation_next", CueReach::kForward, CueScope::kList, 0, Assertion::kNegated, kAnyFacet, true},
    {"negation_verb", CueReach::kForward, CueScope::kAll, 4, Assertion::kNegated, kStatementFacet, true},
    {"negation_after", CueReach::kBackward, CueScope::kList, 6, Assertion::kNegated, kAnyFacet, true},
    {"negation_joined", CueReach::kJoined, CueScope::kList, 0, Assertion::kNegated, kAnyFacet, true},
    {"hedge_before", CueReach::kForward, CueScope::kAll, 15, Assertion::kHedged, kStatementFacet, false},
    {"hedge_near", CueReach::kForward, CueScope::kList, 1, Assertion::kHedged, kAnyFacet, true},
    {"hedge_after", CueReach::kBackward, CueScope::kAll, 10, Assertion::kHedged, kStatementFacet, false},
    {"needed_before", CueReach::kForward, CueScope::kAll, 6, Assertion::kHedged, kNotTopic, false},
    {"needed_after", CueReach::kBackward, CueScope::kAll, 12, Assertion::kHedged, kNotTopic, false},
    {"aim", CueReach::kForward, CueScope::kRest, 0, Assertion::kObjective, kAnyFacet, false},
    {"aim_opening", CueReach::kForward, CueScope::kRest, 0, Assertion::kObjective, kAnyFacet, false},
    {"exclusion_before", CueReach::kForward, CueScope::kAll, 15, Assertion::kExcluded, kAnyFacet, false},
    {"exclusion_list", CueReach::kForward, CueScope::kRest, 0, Assertion::kExcluded, kAnyFacet, false},
    {"exclusion_after", CueReach::kBackward, CueScope::kRest, 0, Assertion::kExcluded, kAnyFacet, false},
    {"inclusion", CueReach::kEnd, CueScope::kAll, 0, Assertion::kPresent, kAnyFacet, false},
    {"history", CueReach::kForward, CueScope::kList, 6, Assertion::kBackground, kNotDesign, false},
    {"background", CueReach::kSentence, CueScope::kRest, 0, Assertion::kBackground, kAnyFacet, false},
    {"comparator", CueReach::kForward, CueScope::kList, 6, Assertion::kComparator, kTopicFacet, true, true},
    {"scope_end", CueReach::kEnd, CueScope::kAll, 0, Assertion::kPresent, kAnyFacet, false},
}};

struct NamedTraits {
  std::string_view facet;
  FacetTraits traits;
};
constexpr NamedTraits kTraits[] = {
    {"condition", kTopicFacet},
    {"form", kTopicFacet},
    {"exposure", kTopicFacet},
    {"population", kTopicFacet},
    {"route", kTopicFacet},
    {"comparator", kTopicFacet},
    {"intervention", kTopicFacet},
    {"co_intervention", kTopicFacet},
    {"use", kTopicFacet},
    {"off_topic", kTopicFacet},
    {"design", kDesignFacet},
    {"direction", kStatementFacet},
    {"outcome", kStatementFacet},
    {"mechanism", kStatementFacet},
    {"safety", kStatementFacet},
    {"interaction", kStatementFacet},
    {"limitation", kStatementFacet},
    {"statistic", kStatementFacet},
    {"stat", kStatementFacet},
};

}  // namespace

FacetTraits TraitsOfFacet(std::string_view facet) {
  for (const NamedTraits& named : kTraits)
    if (named.facet == facet) return named.traits;
  return kAnyFacet;
}

const CueSpec& SpecOf(CueKind kind) { return kSpecs[static_cast<std::size_t>(kind)]; }

std::optional<CueKind> FindCueKind(std::string_view id) {
  const auto* const found = std::find_if(kSpecs.begin(), kSpecs.end(), [id](const CueSpec& s) { return s.id == id; });
  if (found == kSpecs.end()) return std::nullopt;
  return static_cast<CueKind>(found - kSpecs.begin());
}

std::string CueKindList() {
  std::string list;
  for (const CueSpec& spec : kSpecs) {
    if (!list.empty()) list += ", ";
    list += spec.id;
  }
  return list;
}

}  // namespace litmill::tag
