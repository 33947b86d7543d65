// SPDX-License-Identifier: Apache-2.0
// How Elsevier's services (Scopus, Embase) refuse.
#pragma once

#include <string_view>

#include "parse/json_reader.h"

namespace litmill::parse {

/// The problem that an answer without records is: "not-found", "error-answer" with the service's words, or
/// "unexpected-answer".
[[nodiscard]] Problem ElsevierProblem(const Json& answer, std::string_view service);

}  // namespace litmill::parse
