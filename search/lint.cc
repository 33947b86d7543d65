// SPDX-License-Identifier: Apache-2.0
#include "search/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/unicode.h"
#include "search/lexer.h"
#include "search/lint_rules.h"

namespace litmill::search {
namespace {

void SortByPlace(std::vector<Diagnostic>& diagnostics) {
  std::stable_sort(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.code < b.code;
  });
}

}  // namespace

void LintCharacters(const SourceMap& source, std::vector<Diagnostic>& out) {
  const std::string_view text = source.text();
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80 && !IsInvisible(static_cast<unsigned char>(text[i]))) {
      ++i;
      continue;
    }
    const DecodedCodePoint point = DecodeUtf8(text, i);
    const auto report = [&](std::string_view code, std::string_view what, std::string suggestion) {
      out.push_back(MakeDiagnostic(
          code, source.Locate(i, i + point.size),
          fmt::format("{} (U+{:04X}), perhaps from a word processor", what, static_cast<std::uint32_t>(point.value)),
          std::move(suggestion)));
    };
    if (IsCurlyDoubleQuote(point.value)) report("S101", "a curly quotation mark", "\"");
    if (IsCurlyApostrophe(point.value)) report("S101", "a curly apostrophe", "'");
    if (IsUnicodeSpace(point.value)) report("S102", "a space that is not the keyboard's", "a plain space");
    if (IsInvisible(point.value)) report("S102", "an invisible character", "take it away");
    if (IsTypographicDash(point.value)) report("S103", "a dash that is not the keyboard's", "-");
    i += point.size;
  }
}

void LintLines(const Strategy& strategy, std::vector<Diagnostic>& out) {
  if (!strategy.numbered || strategy.lines.size() < 2) return;
  std::set<int> used;
  for (const Line& line : strategy.lines)
    for (const Node* leaf : Leaves(line.query))
      if (const LineReference* reference = leaf->AsLineReference()) used.insert(reference->number);
  for (const Line& line : strategy.lines) {  // The last one is the result and needs no user.
    if (&line == &strategy.lines.back() || used.count(line.number) != 0) continue;
    out.push_back(MakeDiagnostic("S115", line.span, fmt::format("no other line uses line #{}", line.number)));
  }
}

std::vector<Diagnostic> LintTree(const Strategy& strategy, const LintOptions& options) {
  std::vector<Diagnostic> out;
  for (const Line& line : strategy.lines)
    for (const Node* leaf : Leaves(line.query)) LintTerm(*leaf, options, out);
  LintLogic(strategy, out);
  LintLines(strategy, out);
  SortByPlace(out);
  return out;
}

std::vector<Diagnostic> Lint(std::string_view text, const LintOptions& options) {
  ParsedStrategy parsed = ParseLeniently(text);
  std::vector<Diagnostic> out = std::move(parsed.diagnostics);
  if (FindInvalidUtf8(text) != std::string_view::npos) return out;
  LintCharacters(SourceMap(text), out);
  for (Diagnostic& diagnostic : LintTree(parsed.strategy, options)) out.push_back(std::move(diagnostic));
  SortByPlace(out);
  return out;
}

std::string RenderDiagnostics(const std::vector<Diagnostic>& diagnostics, std::string_view source,
                              std::string_view name) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics) out += RenderDiagnostic(diagnostic, source, name);
  return out;
}

}  // namespace litmill::search
