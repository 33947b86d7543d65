// SPDX-License-Identifier: Apache-2.0
// Records made of a seed, for properties of what writes and reads export files. All of it is invented.
#pragma once

#include <random>
#include <string>

#include "core/record.h"

namespace litmill::testing {

/// kSound: every text keeps the promise at the head of core/record.h, in several alphabets, with the letters that mean
/// something to a format (; , { } \ " ' and = - @ : /). kHostile: any text may also hold line ends, ends of records of
/// every format, control characters, NUL and bytes that are no UTF-8.
enum class Texts { kSound, kHostile };

/// Any list may be empty, any field too; `source_id` keeps records apart.
[[nodiscard]] Record ArbitraryRecord(std::mt19937_64& random, const std::string& source_id, Texts texts);

/// The fields that RIS, MEDLINE text, BibTeX, CSL-JSON and CSV with litmill's note (core/export_note.h) bring back, one
/// a line: two records that agree in this text went through a file of these without loss. People without a name, empty
/// sections and what the headers of report/ call "not carried" are left out; given names are the initials where a
/// record has no more; identifiers are sorted.
[[nodiscard]] std::string CarriedFields(const Record& record);

}  // namespace litmill::testing
