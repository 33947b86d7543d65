// SPDX-License-Identifier: Apache-2.0
// Trial registration numbers, whatever the format that brings them: they go to the record's accessions.
#pragma once

#include <string>
#include <string_view>

#include "core/record.h"

namespace litmill::parse {

/// A number of which the source says that it is a trial's, with the registry that it names; the number's own form,
/// where it has one, names the registry better.
void AddTrial(Record& record, std::string registry, std::string number);

/// The number that the whole text is ("NCT01234567"); false when it is none.
bool AddTrialNumber(Record& record, std::string_view text);

/// Numbers separated by commas, semicolons or spaces, each once: registers repeat a number as an author, an ID and an
/// address.
void AddTrials(Record& record, std::string_view text);

}  // namespace litmill::parse
