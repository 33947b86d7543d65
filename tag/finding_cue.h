// SPDX-License-Identifier: Apache-2.0
// What a concept of facet direction says, for findings: its strength, the movement and the verdict it stands for.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/rule_set.h"
#include "core/tagged_record.h"

namespace litmill::tag {

/// Strongest first: of two cues for one outcome the stronger one is what the sentence says.
enum class CueStrength : std::uint8_t {
  kNoDifference,
  kTrend,
  kAssociation,
  kVerdict,
  kMovement,
  kWithinGroup,
  kRemark
};

struct CueMeaning {
  CueStrength strength = CueStrength::kRemark;
  Movement movement = Movement::kUnclear;
  Benefit benefit = Benefit::kUnknown;
};

/// Of the concept with this id; a concept unknown here is a kRemark, which makes no finding.
[[nodiscard]] CueMeaning MeaningOf(std::string_view direction_id);

[[nodiscard]] Benefit BenefitOf(Movement movement, Valence valence);
[[nodiscard]] Movement MovementFor(Benefit benefit, Valence valence);

}  // namespace litmill::tag
