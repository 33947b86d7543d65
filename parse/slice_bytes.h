// SPDX-License-Identifier: Apache-2.0
// What the XML parser would take without a word and should not: bad UTF-8, impossible character references, unknown
// entities.
#pragma once

#include <string>
#include <string_view>

#include "parse/record_context.h"

namespace litmill::parse {

/// Repairs `bytes` so that everything parsed from them is valid UTF-8 without NUL: ill-formed UTF-8, NUL bytes and
/// references to characters that do not exist become U+FFFD. Warns ("invalid-utf8", "bad-character-reference",
/// "unknown-entity", "stray-ampersand").
void RepairBytes(RecordContext& context, std::string& bytes);

/// The digits inside the first <PMID ...>...</PMID> of `bytes`, "" when there are none: to name a record that could not
/// be parsed.
[[nodiscard]] std::string GuessPmid(std::string_view bytes);

}  // namespace litmill::parse
