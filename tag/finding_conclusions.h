// SPDX-License-Identifier: Apache-2.0
// What the findings of a record say together.
#pragma once

#include <vector>

#include "core/tagged_record.h"

namespace litmill::tag {

/// Appends one conclusion for each intervention and outcome: the movement that the most confidence speaks for, and
/// whether others contradict it. What is unclear contradicts nothing.
void Conclude(const std::vector<Finding>& findings, std::vector<Conclusion>& conclusions);

}  // namespace litmill::tag
