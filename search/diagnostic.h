// SPDX-License-Identifier: Apache-2.0
// What is wrong or doubtful in a strategy: a stable code, a place, a sentence for people, and often a suggestion.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/tree.h"

namespace litmill::search {

/// kError: PubMed would not run what was meant. kWarning: it probably would not. kInfo: worth a look.
enum class Severity { kError, kWarning, kInfo };

/// "error", "warning", "info".
[[nodiscard]] std::string_view SeverityName(Severity severity);

struct Diagnostic {
  std::string code;  ///< "S001"; never reused for something else. docs/search/README.md lists them.
  Severity severity = Severity::kError;
  Span span;
  std::string message;
  std::string suggestion;  ///< Empty = none.
};

/// Every code with its severity and what it means in a line, in order: the table of the documentation.
struct DiagnosticKind {
  std::string_view code;
  Severity severity;
  std::string_view title;
};
[[nodiscard]] const std::vector<DiagnosticKind>& DiagnosticKinds();

/// A diagnostic of a listed code, with that code's severity.
[[nodiscard]] Diagnostic MakeDiagnostic(std::string_view code, const Span& span, std::string message,
                                        std::string suggestion = "");

/// For people: "NAME:3:14: error S004: ..." and below it the line of `source` with carets under the place (a long line
/// is cut around it), then the suggestion. `name` is the file or key that the text came from; empty leaves it out. Ends
/// with a line feed.
[[nodiscard]] std::string RenderDiagnostic(const Diagnostic& diagnostic, std::string_view source,
                                           std::string_view name = "");

[[nodiscard]] bool HasErrors(const std::vector<Diagnostic>& diagnostics);

}  // namespace litmill::search
