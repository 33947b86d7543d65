// SPDX-License-Identifier: Apache-2.0
// A search strategy from anywhere: never a crash; what is read without an error is written and read back the same;
// every place of a diagnostic is in the text; every translation is well-formed UTF-8 and loses nothing in silence.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/unicode.h"
#include "search/search.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace litmill::search;  // NOLINT(google-build-using-namespace): one function, one stage.
  const std::string_view text(static_cast<const char*>(static_cast<const void*>(data)), size);
  for (const Diagnostic& diagnostic : Lint(text)) {
    if (diagnostic.span.end > size || diagnostic.span.begin > diagnostic.span.end) std::abort();
    if (litmill::FindInvalidUtf8(RenderDiagnostic(diagnostic, text, "fuzz")) != std::string::npos) std::abort();
  }
  const ParsedStrategy parsed = ParseLeniently(text);
  if (parsed.strategy.lines.empty() && !HasErrors(parsed.diagnostics)) std::abort();
  for (const Target target : AllTargets()) {
    const Translation translation = Translate(parsed.strategy, target);
    if (litmill::FindInvalidUtf8(translation.text) != std::string::npos) std::abort();
    if (translation.text.empty() && translation.warnings.empty()) std::abort();
  }
  if (HasErrors(parsed.diagnostics)) return 0;
  const auto again = ParseStrategy(ToPubMed(parsed.strategy));
  if (!again || !(again->lines == parsed.strategy.lines)) std::abort();
  litmill::Record record;
  record.title.text = std::string(text);
  const auto query = Resolve(parsed.strategy);
  if (!query) std::abort();
  const Matcher matcher(*query);
  const SearchableRecord searchable(record);
  const Explanation explanation = matcher.Explain(searchable);
  if (explanation.matched != matcher.Matches(searchable)) std::abort();
  if (FailedParts(explanation).empty() != explanation.matched) std::abort();
  return 0;
}
