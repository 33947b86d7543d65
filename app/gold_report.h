// SPDX-License-Identifier: Apache-2.0
// Measures on labelled sets, for a terminal, for a program, and for docs/accuracy.md.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/gold_measure.h"
#include "core/rule_set.h"

namespace litmill::app {

/// The best known figures first, the rows as a table, and at most `max_errors` errors of each measure.
[[nodiscard]] std::string MeasuresAsText(const std::vector<GoldMeasure>& measures, std::size_t max_errors);

/// Everything, with all errors.
[[nodiscard]] nlohmann::ordered_json MeasuresAsJson(const std::vector<GoldMeasure>& measures, const RuleSet& rules);

/// The document: which rule set, which data, which figures, which kinds of errors. It holds no word of the labelled
/// texts, which are not ours to give away.
[[nodiscard]] std::string MeasuresAsMarkdown(const std::vector<GoldMeasure>& measures, const RuleSet& rules);

}  // namespace litmill::app
