// SPDX-License-Identifier: Apache-2.0
// The cues that the engine knows: words about other words ("no evidence of", "compared with"). Rule files say which
// words they are (facet "cue"), this table says how far each reaches and what it makes of the mentions it reaches.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/tagged_record.h"

namespace litmill::tag {

enum class CueKind : std::uint8_t {
  kNegationBefore,
  kNegationNear,
  kNegationNext,
  kNegationVerb,
  kNegationAfter,
  kNegationJoined,
  kHedgeBefore,
  kHedgeNear,
  kHedgeAfter,
  kNeededBefore,
  kNeededAfter,
  kAim,
  kAimOpening,
  kExclusionBefore,
  kExclusionList,
  kExclusionAfter,
  kInclusion,
  kHistory,
  kBackground,
  kComparator,
  kScopeEnd,
};
inline constexpr std::size_t kCueKindCount = 21;

/// Where the mentions stand that a cue speaks of.
enum class CueReach : std::uint8_t {
  kForward,   ///< Behind it.
  kBackward,  ///< In front of it.
  kJoined,    ///< On either side, with nothing but a hyphen between: "dementia-free".
  kSentence,  ///< The whole sentence.
  kEnd,       ///< None: it ends the reach of others.
};

/// Which of the mentions in reach.
enum class CueScope : std::uint8_t {
  kList,  ///< The first within `words`, and those coordinated with it: "no evidence of depression, anxiety or
          ///< dementia".
  kAll,   ///< Each within `words`.
  kRest,  ///< All to the end (or start) of the sentence, however far.
};

/// Facets by what they say of a study. What a facet is not told apart by name counts as all three.
enum FacetTraits : std::uint8_t {
  kTopicFacet = 1,      ///< Whom and what it was about: condition, form, population, ...
  kDesignFacet = 2,     ///< How it was done.
  kStatementFacet = 4,  ///< What it says: direction, outcome, mechanism, safety, ...
  kAnyFacet = 7,
};
[[nodiscard]] FacetTraits TraitsOfFacet(std::string_view facet);

struct CueSpec {
  std::string_view id;  ///< The concept id in rule files.
  CueReach reach = CueReach::kForward;
  CueScope scope = CueScope::kList;
  std::uint8_t words = 0;  ///< Between the cue and the (first) mention, at most.
  Assertion assertion = Assertion::kPresent;
  std::uint8_t facets = kAnyFacet;  ///< FacetTraits that it speaks of.
  bool comma_ends = false;          ///< A comma before the first mention ends its reach.
  bool phrase_ends = false;  ///< So does a preposition or auxiliary ("than placebo in | migraine"), and a mention
                             ///< that the cue does not speak of ("than placebo | reduced ...").
};

/// By CueKind.
[[nodiscard]] const CueSpec& SpecOf(CueKind kind);
[[nodiscard]] std::optional<CueKind> FindCueKind(std::string_view id);
/// "negation_before, negation_near, ...", for messages.
[[nodiscard]] std::string CueKindList();

}  // namespace litmill::tag
