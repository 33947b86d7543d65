// SPDX-License-Identifier: Apache-2.0
// What was given or taken: the mentions that findings take for their intervention.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tag/analysis.h"

namespace litmill::tag {

/// Of facet form or exposure.
[[nodiscard]] bool IsIntervention(const CompiledRules& rules, const Candidate& mention);

/// The concept of the title's first intervention, else of the one with the most mentions; kNoConcept when there is
/// none.
[[nodiscard]] std::uint32_t MainIntervention(const CompiledRules& rules, const Analysis& analysis);

/// Leaves of the mentions (indices into Analysis::standing) each concept once, without the parents of another one, and
/// at most `most`.
void KeepSpecificInterventions(const CompiledRules& rules, const Analysis& analysis, std::size_t most,
                               std::vector<std::uint32_t>& interventions);

}  // namespace litmill::tag
