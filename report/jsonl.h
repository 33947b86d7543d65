// SPDX-License-Identifier: Apache-2.0
// JSON Lines: one object a work, a line each; the whole Record.
//
// Names are those of core/record.h, of the corpus where they differ (docs/schema.md). What is empty, false by default
// or 1 by default is left out; lists keep their order. Besides the Record: year, publication_date, is_retracted,
// sources, and tags ({"condition": ["migraine"]}). Nothing is lost, inline markup neither (title_markup, markup).
#pragma once

#include <string>

#include "store/work_record.h"

namespace litmill::report {

/// One line, LF at its end.
void AppendJsonLine(const store::WorkRecord& work, std::string& out);

}  // namespace litmill::report
