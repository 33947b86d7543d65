// SPDX-License-Identifier: Apache-2.0
#include "search/to_pubmed.h"

#include <fmt/format.h>

#include "search/dates.h"
#include "search/lexer.h"
#include "search/numbered_lines.h"
#include "search/words.h"

namespace litmill::search {
namespace {

std::string TagOf(const Term& term) {
  if (term.field == Field::kNone) return "";
  if (term.field == Field::kUnknown) return fmt::format("[{}]", term.unknown_tag);
  std::string tag(FieldTag(term.field));
  if (!term.explode) tag += ":noexp";
  if (term.proximity) tag += fmt::format(":~{}", *term.proximity);
  return "[" + tag + "]";
}

std::string TermText(const Term& term) {
  std::string text = ReplaceAll(term.text, "\"", " ");
  if (!term.subheading.empty()) text += "/" + ReplaceAll(term.subheading, "\"", " ");
  if (term.quoted || !IsPlainText(text)) text = "\"" + text + "\"";
  return text + TagOf(term);
}

std::string DateText(const DateRange& range) {
  const std::string_view tag = FieldTag(range.field);
  if (range.period) return fmt::format("\"{}\"[{}]", FormatPeriod(*range.period), tag);
  if (range.single) return fmt::format("{}[{}]", FormatDatePoint(range.from), tag);
  return fmt::format("{}:{}[{}]", FormatDatePoint(range.from), FormatDatePoint(range.to), tag);
}

void Append(const Node& node, std::string& out) {
  if (const Term* term = node.AsTerm()) {
    out += TermText(*term);
  } else if (const DateRange* range = node.AsDateRange()) {
    out += DateText(*range);
  } else if (const LineReference* reference = node.AsLineReference()) {
    out += fmt::format("#{}", reference->number);
  } else {
    const Operation& operation = *node.AsOperation();
    bool first = true;
    for (const Node& operand : operation.operands) {
      if (!first) out.append(" ").append(OperatorName(operation.op)).append(" ");
      first = false;
      const bool nested = operand.AsOperation() != nullptr;
      if (nested) out.push_back('(');
      Append(operand, out);
      if (nested) out.push_back(')');
    }
  }
}

}  // namespace

bool IsPlainText(std::string_view text) {
  if (text.empty() || text.find_first_of("()[]\"") != std::string_view::npos) return false;
  if (text.front() == ':' || text.back() == ':' || CleanText(text) != text) return false;
  for (const std::string_view word : SplitWords(text)) {
    if (word == "AND" || word == "OR" || word == "NOT") return false;
    if (word.size() >= 2 && word.front() == '#' && ReadNumber(word.substr(1)) >= 0) return false;
  }
  return true;
}

std::string ToPubMed(const Node& node) {
  std::string out;
  Append(node, out);
  // A term such as "1. magnesium" at the beginning would be read as the number of a line; in brackets it is not.
  if (!SplitNumberedLines(out).empty()) return "(" + out + ")";
  return out;
}

std::string ToPubMed(const Strategy& strategy) {
  std::string out;
  for (const Line& line : strategy.lines) {
    if (!out.empty()) out.push_back('\n');
    if (strategy.numbered) {
      out += fmt::format("#{} ", line.number);
      Append(line.query, out);
    } else {
      out += ToPubMed(line.query);
    }
  }
  return out;
}

}  // namespace litmill::search
