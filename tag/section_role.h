// SPDX-License-Identifier: Apache-2.0
// What a field of a record is there for, from NLM's category of the section or the publisher's label.
#pragma once

#include "core/record.h"
#include "core/tagged_record.h"
#include "tag/joined_text.h"

namespace litmill::tag {

[[nodiscard]] SectionRole RoleOfField(const Record& record, const Field& field);

}  // namespace litmill::tag
