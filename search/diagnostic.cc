// SPDX-License-Identifier: Apache-2.0
#include "search/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "core/unicode.h"
#include "search/words.h"

namespace litmill::search {
namespace {

/// The part of the line around `offset` that is shown, one string a character, with tabs and control characters as a
/// space. Only a window is looked at, so that a diagnostic costs the same in a line of a megabyte.
struct Excerpt {
  std::vector<std::string> before, after;  ///< Characters in front of the place; from the place on.
  bool cut_before = false, cut_after = false;
};

std::string ForPeople(std::string_view source, std::size_t at, const DecodedCodePoint& point) {
  if (point.value < 0x20 || point.value == 0x7F) return " ";
  if (point.value == 0xFFFD) return "\xEF\xBF\xBD";  // Also for the ill-formed: people get well-formed text.
  return std::string(source.substr(at, point.size));
}

Excerpt ExcerptAround(std::string_view source, std::size_t offset) {
  constexpr std::size_t kBefore = 50;
  constexpr std::size_t kAfter = 60;
  Excerpt excerpt;
  offset = std::min(offset, source.size());
  std::size_t begin = offset;
  while (begin > 0 && source[begin - 1] != '\n' && excerpt.before.size() <= kBefore) {
    do --begin;  // Back over continuation bytes to the start of a character.
    while (begin > 0 && (static_cast<unsigned char>(source[begin]) & 0xC0U) == 0x80U && offset - begin < 4 * kBefore);
    excerpt.before.push_back(ForPeople(source, begin, DecodeUtf8(source, begin)));
  }
  std::reverse(excerpt.before.begin(), excerpt.before.end());
  if (excerpt.before.size() > kBefore) {
    excerpt.before.erase(excerpt.before.begin());
    excerpt.cut_before = true;
  }
  std::size_t i = offset;
  while (i < source.size() && source[i] != '\n' && excerpt.after.size() < kAfter) {
    const DecodedCodePoint point = DecodeUtf8(source, i);
    excerpt.after.push_back(ForPeople(source, i, point));
    i += point.size;
  }
  excerpt.cut_after = i < source.size() && source[i] != '\n';
  return excerpt;
}

}  // namespace

std::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kInfo:
      return "info";
  }
  return "";
}

const std::vector<DiagnosticKind>& DiagnosticKinds() {
  static const auto* const kinds = new std::vector<DiagnosticKind>{
      // What cannot be read.
      {"S001", Severity::kError, "a round bracket is never closed"},
      {"S002", Severity::kError, "a closing round bracket has no opening one"},
      {"S003", Severity::kError, "a quotation mark is never closed"},
      {"S004", Severity::kError, "a field tag is empty, never closed, or has nothing in front of it"},
      {"S005", Severity::kError, "PubMed has no such field tag"},
      {"S006", Severity::kError, "an operator has nothing on its left or right"},
      {"S007", Severity::kError, "a pair of brackets or quotation marks, or the strategy, is empty"},
      {"S008", Severity::kError, "nested too deeply"},
      {"S009", Severity::kError, "a line reference names no other line, or lines refer to one another in a circle"},
      {"S010", Severity::kError, "AND NOT, OR NOT: PubMed's operator is NOT alone"},
      {"S011", Severity::kError, "a field tag after round brackets: PubMed wants a tag on each term"},
      {"S012", Severity::kError, "a date that is none, or a range that ends before it begins"},
      {"S013", Severity::kError, "a modifier that the field tag does not take"},
      {"S014", Severity::kError, "the text is not well-formed UTF-8"},
      {"S015", Severity::kError, "line numbers are repeated"},
      // What PubMed reads otherwise than it was meant.
      {"S101", Severity::kWarning, "curly quotation marks or apostrophes"},
      {"S102", Severity::kWarning, "an invisible or no-break space"},
      {"S103", Severity::kWarning, "a dash or hyphen that is not the keyboard's"},
      {"S104", Severity::kError, "a lower-case operator: PubMed reads it as a word"},
      {"S105", Severity::kWarning, "AND, OR and NOT mixed without brackets: PubMed goes from left to right"},
      {"S106", Severity::kError, "truncation with fewer than four characters before the asterisk"},
      {"S107", Severity::kError, "a wildcard that is not an asterisk at the end of the last word"},
      {"S108", Severity::kError, "a wildcard in a proximity search: PubMed ignores the proximity"},
      {"S109", Severity::kError, "proximity on a field that has none (only ti, tiab and ad have)"},
      {"S110", Severity::kError, "proximity needs at least two words in quotation marks"},
      {"S111", Severity::kWarning, "several words without quotation marks"},
      {"S112", Severity::kWarning, "no field tag: PubMed maps the words itself, and the mapping changes"},
      {"S113", Severity::kWarning, "a short word that means many things (mg, MS, IV): letter case is not searched"},
      {"S114", Severity::kWarning, "the same term twice"},
      {"S115", Severity::kWarning, "a line that no later line uses"},
      {"S116", Severity::kWarning, "a single date: records whose print and electronic dates differ are missed"},
      {"S117", Severity::kWarning, "humans[mh] drops every record that is not yet indexed"},
      {"S118", Severity::kWarning, "NOT animals[mh] removes human studies too, since Humans is below Animals"},
      {"S119", Severity::kInfo, "a phrase with a stop word may be missing from PubMed's phrase index"},
      {"S120", Severity::kInfo, "NOT can take away records that belong in"},
      {"S121", Severity::kInfo, "a term that a truncated term beside it finds already"},
      {"S122", Severity::kInfo, "only the British or only the American spelling"},
      {"S123", Severity::kInfo, "a Greek letter or a raised or lowered figure"},
      {"S124", Severity::kWarning, "an unquoted hyphenated word is a phrase: not in the phrase index means no hits"},
      {"S125", Severity::kWarning, "a concept has headings but no text words: records not yet indexed are missed"},
      {"S126", Severity::kInfo, "a concept has text words but no headings"},
      {"S127", Severity::kWarning, "a MeSH heading without quotation marks can be mapped to other headings"},
      {"S128", Severity::kInfo, "[ab] works but is not in PubMed's documentation"},
      {"S129", Severity::kWarning, "OR between different kinds of limits and concepts"},
  };
  return *kinds;
}

Diagnostic MakeDiagnostic(std::string_view code, const Span& span, std::string message, std::string suggestion) {
  for (const DiagnosticKind& kind : DiagnosticKinds()) {
    if (kind.code == code) {
      return Diagnostic{std::string(code), kind.severity, span, std::move(message), std::move(suggestion)};
    }
  }
  std::abort();  // A code that the table does not have is a bug; the tests use every code.
}

std::string RenderDiagnostic(const Diagnostic& diagnostic, std::string_view source, std::string_view name) {
  const Span& span = diagnostic.span;
  std::string out;
  if (!name.empty()) out += fmt::format("{}:", name);
  if (span.line > 0) out += fmt::format("{}:{}:", span.line, span.column);
  if (!out.empty()) out += " ";
  out += fmt::format("{} {}: {}\n", SeverityName(diagnostic.severity), diagnostic.code, diagnostic.message);
  if (span.line > 0) {
    const Excerpt excerpt = ExcerptAround(source, span.begin);
    std::string shown = excerpt.cut_before ? "..." : "";
    for (const std::string& character : excerpt.before) shown += character;
    std::string carets(excerpt.before.size() + (excerpt.cut_before ? 3 : 0), ' ');
    for (const std::string& character : excerpt.after) shown += character;
    if (excerpt.cut_after) shown += "...";
    const std::size_t begin = std::min(span.begin, source.size());
    const std::size_t bytes = std::min(span.end > begin ? span.end - begin : 0, 4 * excerpt.after.size());
    const std::size_t width = std::min(CountCharacters(source.substr(begin, bytes)), excerpt.after.size());
    carets.append(std::max<std::size_t>(width, 1), '^');
    out += fmt::format("  {}\n  {}\n", shown, carets);
  }
  if (!diagnostic.suggestion.empty()) out += fmt::format("  try: {}\n", diagnostic.suggestion);
  return out;
}

bool HasErrors(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::kError; });
}

}  // namespace litmill::search
